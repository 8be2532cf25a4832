import Testing

@testable import Matching

@Suite("Near duplicates")
struct NearDuplicatesTests {
    @Test("the same stems in another order are found across intents, with the places of both")
    func reordered() throws {
        let examples = Shop.phrases + [(intent: "delivery", phrase: "¿de la batidora, precios?")]
        let found = NearDuplicates.find(in: examples, language: "es")
        let pair = try #require(found.first)
        #expect(found.count == 1 && pair.hasSameStems)
        #expect(examples[pair.first].phrase == "precio de la batidora" && pair.second == examples.count - 1)
    }

    @Test("a phrase that differs in a word that says nothing is found by its cosine")
    func cosine() throws {
        let examples = Shop.phrases + [(intent: "warranty", phrase: "dónde me descargo mi factura")]
        let pair = try #require(NearDuplicates.find(in: examples, language: "es").first)
        #expect(examples[pair.first].phrase == "dónde descargo mi factura" && !pair.hasSameStems)
        #expect(pair.cosine >= NearDuplicates.bound && pair.cosine < 1)
    }

    @Test("within an intent phrases may be alike; a phrase without a word is like none")
    func none() {
        let examples = [
            (intent: "a", phrase: "precio de la batidora"), (intent: "a", phrase: "la batidora, precio"),
            (intent: "a", phrase: "?"), (intent: "b", phrase: "!"), (intent: "b", phrase: "hola"),
        ]
        #expect(NearDuplicates.find(in: examples, language: "es").isEmpty)
        #expect(NearDuplicates.find(in: Shop.phrases, language: "es").isEmpty)
        #expect(NearDuplicates.find(in: [], language: "es").isEmpty)
    }
}
