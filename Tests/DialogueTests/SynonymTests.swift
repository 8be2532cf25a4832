import Content
import Testing

@testable import Dialogue

@Suite("Synonyms in a shop")
struct SynonymTests {
    private func content(_ synonyms: String?, price: String = "") throws -> Interpreter {
        var files = Shop.files
        files["Intents/synonyms.md"] = synonyms
        files["Intents/pre-sale/price.md"] = files["Intents/pre-sale/price.md"].map {
            $0.replacing("## Pregunta: product\n", with: price + "## Pregunta: product\n")
        }
        files["KnowledgeBase/es/papeles.md"] = """
            ---
            title: Papeles
            language: es
            ---
            # El tique
            Para cambiar algo hace falta el tique.
            """
        return Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
    }

    private let synonyms = """
        # Español
        - importe, coste total, cuánto cuesta
        - tique, comprobante de compra
        - jarra, tetera, goteo
        - gratis, estafa
        # English
        - cost, come to
        """

    @Test("products and anger are found in the words as written")
    func written() throws {
        let content = try content(synonyms)
        for text in ["¿cuánto cuesta la tetera?", "coste total tetera", "importe de teteras"] {
            let understanding = content.understand(text, language: "es")
            #expect(understanding.candidates.first.map { content.bundle.intents[$0.intent].id } == "price", "\(text)")
            #expect(understanding.slots == [Understanding.Found(slot: "product", values: ["CL-0003"])], "\(text)")
        }
        #expect(content.understand("la tetera es una estafa", language: "es").isAngry)
        #expect(!content.understand("es gratis", language: "es").isAngry)
    }

    @Test("rules take mentions as they are written, and words in any way to say them")
    func rules() throws {
        let content = try content(synonyms, price: "## Reglas\n- importe *1 {product} ya $\n")
        for text in [
            "importe la tetera ya", "coste total cafetera de goteo Matina ya", "cuánto cuesta la tetera ya",
        ] {
            #expect(content.explain(text, language: "es").decides == "rule", "\(text)")
        }
        #expect(content.explain("importe de jarra ya", language: "es").decides != "rule")
    }

    @Test("a rule's exclusion holds its intent back where the product is named by a synonym too")
    func exclusions() throws {
        let content = try content(synonyms, price: "## Reglas\n- importe *1 {product} ya !nunca\n")
        for text in ["importe la tetera ya nunca", "coste total cafetera de goteo Matina ya nunca"] {
            let understanding = content.understand(text, language: "es")
            #expect(understanding.heldBack.map { content.bundle.intents[$0.intent].id } == ["price"], "\(text)")
        }
        #expect(content.understand("importe de jarra ya nunca", language: "es").heldBack.isEmpty)
    }

    @Test("an explanation tells what was read as what")
    func explained() throws {
        let words = try content(synonyms).explain("mi comprobante de compra la tetera", language: "es").words
        #expect(words.map(\.text) == ["mi", "comprobante de compra", "la", "tetera"])
        #expect(words.map(\.read) == ["mi", "tique", "la", "jarra"])
        #expect(words.map(\.stem)[1] == "tiqu" && words.map(\.isKnown) == [true, false, true, true])
    }

    @Test("the knowledge base is searched by any word of a group; without the file it is not")
    func search() throws {
        let text = "el comprobante de compra"
        let sections = try [synonyms, nil].map {
            try content($0).suggestions(text, language: "es").first?.confidence ?? 0
        }
        #expect(sections[0] > sections[1])
        #expect(try content(synonyms).suggestions("el tique", language: "es").first?.confidence == sections[0])
    }

    @Test("phrases held back leave the groups in use")
    func heldBack() throws {
        let part = try content(synonyms).bundle.keepingPhrases { _, _, _ in true }
        #expect(part.synonyms == (try content(synonyms).bundle.synonyms))
        #expect(part.synonyms["en"] == [["cost", "come to"]])
    }
}
