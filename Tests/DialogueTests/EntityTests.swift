import Content
import Testing

@testable import Dialogue

@Suite("Slots' values in a message")
struct EntityTests {
    private func find(_ slot: String, _ text: String, _ language: String = "es") throws -> [String] {
        let content = try #require(Shop.content)
        return try #require(content.model(language)).entities.find(slot, in: text)?.values ?? []
    }

    @Test(
        "a value is found by name, synonym or model, whatever the accents, capitals and number",
        arguments: [
            ("cuánto cuesta la Cafetera de goteo Brío Duo?", ["CL-0001"]), ("y la brio", ["CL-0001"]),
            ("CAFETERA EXPRESS", ["CL-0001"]), ("dos teteras", ["CL-0003"]), ("el hervidor silba", ["CL-0003"]),
        ])
    func named(text: String, expected: [String]) throws {
        #expect(try find(SlotList.product, text) == expected)
    }

    @Test("nothing is found where nothing is named")
    func nothing() throws {
        #expect(try find(SlotList.product, "quiero cancelar mi pedido") == [])
        #expect(try find(SlotList.product, "") == [])
        #expect(try find("nothing", "tetera") == [])
    }

    @Test("a stop word names nothing, though its stem is a model's")
    func stopWords() throws {
        var files = Shop.files
        files["KnowledgeBase/products.csv"]? +=
            "\nCL-0004,Amasadora Masa,Masa mixer,Batidoras,Mixers,Batimar,249,1,,,,,,,,,"
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        let entities = try #require(Interpreter(bundle).model("es")).entities
        #expect(entities.find(SlotList.product, in: "la más barata") == nil)
        #expect(entities.find(SlotList.product, in: "¿y la Masa?")?.values == ["CL-0004"])
    }

    @Test("the longest name wins, and a zone is found in either language")
    func zones() throws {
        #expect(try find("zone", "envío a Las Palmas de Gran Canaria") == ["canarias"])
        #expect(try find("zone", "to the Canary Islands", "en") == ["canarias"])
        #expect(try find("zone", "la tetera a la península") == ["peninsula"])
    }

    @Test("the whole name of a product is that product, though another's goes on where it ends")
    func wholeName() throws {
        var files = Shop.files
        files["KnowledgeBase/products.csv"]? +=
            "\nCL-0004,Cafetera de goteo Matina Plus,Matina Plus,Cafeteras,Coffee machines,Alborea,150,2,,,,,,,,,"
        let content = Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
        for (text, values) in [
            ("la cafetera de goteo Matina", ["CL-0002"]), ("la cafetera de goteo Matina Plus", ["CL-0004"]),
            ("cafetera de goteo", ["CL-0001", "CL-0002", "CL-0004"]),
        ] {
            #expect(content.models[0].entities.find("product", in: text)?.values == values, "\(text)")
        }
    }
}
