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

    @Test("the longest name wins, and a zone is found in either language")
    func zones() throws {
        #expect(try find("zone", "envío a Las Palmas de Gran Canaria") == ["canarias"])
        #expect(try find("zone", "to the Canary Islands", "en") == ["canarias"])
        #expect(try find("zone", "la tetera a la península") == ["peninsula"])
    }
}
