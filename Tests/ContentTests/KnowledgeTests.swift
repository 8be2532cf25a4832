import Content
import Testing

@Suite("Knowledge base")
struct KnowledgeTests {
    private func sections(_ text: String) throws -> [Section] {
        let shop = SmallShop().adding("KnowledgeBase/es/a.md", "---\ntitle: Todo\ntranslation: envios.md\n---\n" + text)
        return try shop.bundle().articles.first { $0.path == "KnowledgeBase/es/a.md" }?.sections ?? []
    }

    @Test("each heading opens a section with its own anchor and the titles above it")
    func cut() throws {
        let found = try sections("Antes.\n\n## Uno\na\n### Dentro\nb\n\n## Uno\nc\n\n## Vacía\n")
        #expect(found.map(\.anchor) == ["", "uno", "dentro", "uno-2"])
        #expect(found.map(\.titlePath) == [["Todo"], ["Todo", "Uno"], ["Todo", "Uno", "Dentro"], ["Todo", "Uno"]])
        #expect(found.map(\.body) == ["Antes.", "a", "b", "c"])
        #expect(found[3].source == "KnowledgeBase/es/a.md#uno-2")
        #expect(found.allSatisfy { $0.language == "es" })
    }

    @Test("example questions sharpen the search and are not shown")
    func questions() throws {
        let found = try sections("## A\nPreguntas:\n- ¿uno?\n- ¿dos\n  y medio?\n\nTexto.\n\nMás *texto*.\n")
        #expect(found[0].exampleQuestions == ["¿uno?", "¿dos y medio?"])
        #expect(found[0].body == "Texto.\n\nMás *texto*.")
        #expect(found[0].paragraphs == ["Texto.", "Más *texto*."])
    }

    @Test("a list of text after the list of questions is text")
    func twoLists() throws {
        let found = try sections("## A\nPreguntas:\n- ¿uno?\n- ¿dos?\n\n- **texto**: a\n- más\n")
        #expect(found[0].exampleQuestions == ["¿uno?", "¿dos?"])
        #expect(found[0].body == "- **texto**: a\n- más")
    }

    @Test("questions with blank lines between are all questions where text follows")
    func spacedQuestions() throws {
        let found = try sections("## A\nPreguntas:\n\n- ¿uno?\n\n- ¿dos?\n\n- ¿tres?\n\nTexto.\n")
        #expect(found[0].exampleQuestions == ["¿uno?", "¿dos?", "¿tres?"])
        #expect(found[0].body == "Texto.")
    }

    @Test("an article names its language, intent and translation")
    func article() throws {
        let article = try #require(try SmallShop().bundle().articles.last)
        #expect(article.title == "Envíos")
        #expect(article.intent == "price")
        #expect(article.translation == "KnowledgeBase/en/delivery.md")
        #expect(article.sections[1].anchor == "cuanto-tarda-año-nuevo")
    }

    @Test("products and orders come from their tables")
    func tables() throws {
        let bundle = try SmallShop().bundle()
        let product = try #require(bundle.product("CL-0001"))
        #expect(product.price == 128_990)
        #expect(product.colours["en"] == ["red", "blue"])
        #expect(product.descriptions["es"] == "Buena, bonita")
        #expect(bundle.product("CL-0002")?.restock?.iso == "2026-12-03")
        let order = try #require(bundle.order("10001"))
        #expect(order.state == .outForDelivery)
        #expect(order.items.map(\.count) == [1, 2])
        #expect(order.tracking == nil)
        #expect(order.total == 4000)
        #expect(order.customer == nil)
    }

    @Test("an order may tell which of the website's customers it is of; else an id that is its address does")
    func customers() throws {
        let path = "KnowledgeBase/orders.csv"
        var shop = SmallShop()
        let lines = try #require(shop.files[path]).split(separator: "\n")
        shop.files[path] = lines.enumerated().map { $1 + ($0 == 0 ? ",customer" : ",4711") }.joined(separator: "\n")
        let order = try #require(try shop.bundle().order("10001"))
        #expect(order.customer == "4711" && order.belongs(to: "4711") && !order.belongs(to: "4712"))
        let plain = try #require(try SmallShop().bundle().order("10001"))
        #expect(plain.belongs(to: plain.email.uppercased()) && !plain.belongs(to: plain.postcode))
        #expect(!plain.belongs(to: ""))
    }
}
