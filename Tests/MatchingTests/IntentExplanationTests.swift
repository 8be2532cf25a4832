import Testing

@testable import Matching

@Suite("Explanations of a match")
struct IntentExplanationTests {
    @Test(
        "the shares add up to the scores, and the evidence to the confidence",
        arguments: ["cuánto cuesta la cafetera", "devolver devolver lo devuelto", "la facutra xyz", "a", "hola hola"])
    func sums(text: String) {
        var scratch = MatchScratch()
        let match = Shop.matcher.match(text, scratch: &scratch)
        let explanation = Shop.matcher.explain(text, scratch: &scratch)
        #expect(explanation.candidates.map(\.intent) == match.candidates.map(\.intent))
        for (explained, candidate) in zip(explanation.candidates, match.candidates) {
            var sum = 0.0
            for term in explained.terms { sum += term.share }
            #expect(explained.score == sum)
            #expect(abs(sum - Double(candidate.score)) < 1e-4)
        }
        #expect(abs(explanation.confidence - match.confidence) < 1e-4)
        #expect(explanation.confidenceTerms.count == 1 + Evidence.names.count)
        #expect(explanation.repairs == match.repairs)
    }

    @Test("every word has one number, and the telling word has the largest")
    func words() throws {
        var scratch = MatchScratch()
        let explanation = Shop.matcher.explain("quiero la facutra del xyzzy", scratch: &scratch)
        let best = try #require(explanation.candidates.first)
        #expect(Shop.matcher.intents[best.intent] == "invoice")
        let words = best.terms.filter { $0.kind == .word }
        #expect(words.map(\.text) == ["quiero", "la", "factura", "del", "xyzzy"])
        #expect(words.max { $0.share < $1.share }?.text == "factura")
        #expect(explanation.unknownWords == ["xyzzy"])
        #expect(explanation.repairs == [SpellingChange(from: "facutra", to: "factura")])
        #expect(best.terms.contains { $0.kind == .pair && $0.text == "la factura" })
        #expect(explanation.margin.map { $0 > 0 } == true)
    }

    @Test(
        "the best intent explained alone has the shares that it has among the others",
        arguments: ["cuánto cuesta la cafetera", "devolver devolver lo devuelto", "la facutra xyz", "a", "hola hola"])
    func best(text: String) {
        var scratch = MatchScratch()
        let explanation = Shop.matcher.explain(text, scratch: &scratch)
        #expect(explanation.candidates.first != nil)
        #expect(Shop.matcher.explainBest(text, scratch: &scratch) == explanation.candidates.first)
    }

    @Test("no word explains nothing")
    func nothing() {
        var scratch = MatchScratch()
        #expect(Shop.matcher.explainBest("…", scratch: &scratch) == nil)
        let explanation = Shop.matcher.explain("…", scratch: &scratch)
        #expect(explanation.candidates.isEmpty && explanation.margin == nil && explanation.confidence == 0)
    }
}
