import Content
import Events
import Testing

@testable import Dialogue

@Suite("Quotation")
struct QuotationTests {
    /// An article in both languages with the same brand and numbers in them, its section too long to be said whole.
    private static let articles = [
        "KnowledgeBase/es/taller.md": """
        ---
        title: Taller Brío
        language: es
        translation: ../en/workshop.md
        ---
        ## Reparar un molinillo Brío 3000
        El molinillo Brío 3000 se repara en nuestro taller de Getafe, que abre de lunes a viernes y donde trabajan siete \
        técnicos con las herramientas y los recambios originales del fabricante desde hace veinticinco años.

        El presupuesto es gratuito y se envía por correo; caduca a las dos semanas, y después hay que pedirlo otra vez \
        desde la misma página o llamando al taller.

        Para mandarlo hace falta:

        - la caja original, o una igual de resistente
        - la etiqueta que imprimes desde tu cuenta
        """,
        "KnowledgeBase/en/workshop.md": """
        ---
        title: Brío workshop
        language: en
        translation: ../es/taller.md
        ---
        ## Repairing a Brío 3000 grinder
        The Brío 3000 grinder is repaired in our workshop in Getafe, which opens from Monday to Friday and where seven \
        technicians have been working with the maker's own tools and spare parts for twenty-five years.

        The estimate is free of charge and comes by e-mail; it lapses after a fortnight, and then you have to ask for it \
        again on the same page or by telephone.

        To send it you need:

        - the original box, or one that is as strong
        - the label that you print from your account
        """,
    ]

    private static let content: Interpreter? = {
        let files = Shop.files.merging(articles) { $1 }.sorted { $0.key < $1.key }
        guard case .success(let bundle) = ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }) else {
            return nil
        }
        return Interpreter(bundle)
    }()

    private func suggestion(_ question: String, _ language: String) throws -> Suggestion {
        try #require(Self.content).suggestions(question, language: language)[0]
    }

    @Test("of a long section the paragraph that answers is quoted, a list with what announces it")
    func paragraph() throws {
        let estimate = try suggestion("¿cuándo caduca el presupuesto del molinillo Brío 3000?", "es")
        #expect(estimate.text.hasPrefix("El presupuesto") && estimate.text.hasSuffix("al taller."))
        #expect(estimate.path == "KnowledgeBase/es/taller.md#reparar-un-molinillo-brio-3000")
        let list = try suggestion("¿mando el molinillo Brío 3000 con la etiqueta y la caja original?", "es")
        #expect(list.text.hasPrefix("Para mandarlo hace falta:\n\n- la caja") && list.text.hasSuffix("tu cuenta"))
    }

    @Test("each language answers from its own sections, though the other's have the same names and numbers")
    func languages() throws {
        let content = try #require(Self.content)
        for (language, path) in [("es", "KnowledgeBase/es/"), ("en", "KnowledgeBase/en/")] {
            for question in ["Brío 3000", "Getafe", "presupuesto estimate Brío", "¿la caja? the box?"] {
                let paths = content.suggestions(question, language: language).map(\.path)
                #expect(paths.allSatisfy { $0.hasPrefix(path) }, "\(question): \(paths)")
            }
        }
        #expect(!content.suggestions("Getafe", language: "en").isEmpty)
        let asked = content.understand("how long is the estimate for the Brío 3000 grinder good for", language: nil)
        let section = try #require(asked.section)
        #expect(content.sections[section.section].language == "en")
    }
}
