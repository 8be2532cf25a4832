import Content
import Testing

@Suite("Editors' synonyms")
struct SynonymTests {
    private static let path = "Intents/synonyms.md"
    private static let text = """
        ---
        ---
        Palabras que aquí quieren decir lo mismo.

        # Español

        ## Papeles
        - tique,  ticket , comprobante
          de compra
        * portes, gastos de envío

        # en
        1. receipt, sales slip

        # Español
        - email, e-mail
        """

    @Test("groups are read by language, in the order of the file, as they are written")
    func groups() throws {
        let bundle = try SmallShop().adding(Self.path, Self.text.replacing("## Papeles\n", with: "")).bundle()
        #expect(bundle.problems == [])
        #expect(
            bundle.synonyms == [
                "es": [
                    ["tique", "ticket", "comprobante de compra"], ["portes", "gastos de envío"], ["email", "e-mail"],
                ], "en": [["receipt", "sales slip"]],
            ])
    }

    @Test("headings below a language part its groups")
    func headings() throws {
        let bundle = try SmallShop().adding(Self.path, Self.text).bundle()
        #expect(bundle.synonyms["es"]?.count == 3)
    }

    @Test("a shop without the file has none, and an empty file is no mistake")
    func none() throws {
        #expect(try SmallShop().bundle().synonyms.isEmpty)
        let bundle = try SmallShop().adding(Self.path, "").bundle()
        #expect(bundle.synonyms.isEmpty && bundle.problems.isEmpty)
    }

    @Test("what is wrong leaves the old content serving; a changed file changes the content's version")
    func version() throws {
        #expect(throws: ContentFailure.self) { try SmallShop().adding(Self.path, "# es\n- tique\n").bundle() }
        let versions = try ["# es\n- tique, boleta\n", "# es\n- tique, ticket\n"].map {
            try SmallShop().adding(Self.path, $0).bundle().version
        }
        #expect(Set(versions + [try SmallShop().bundle().version]).count == 3)
    }

    @Test("a name may be the first of its group, and words of groups need not occur anywhere")
    func names() throws {
        let bundle = try SmallShop().adding(Self.path, "# es\n- tetera, pava\n- xilófono, marimba\n").bundle()
        #expect(bundle.problems == [])
    }
}
