import SeededRandom
import Testing

@testable import Matching

@Suite("Intent matcher")
struct IntentMatcherTests {
    private func best(_ text: String, of matcher: IntentMatcher = Shop.matcher) -> String? {
        var scratch = MatchScratch()
        return matcher.match(text, scratch: &scratch).best.map { matcher.intents[$0.intent] }
    }

    @Test(
        "other words than the phrases' find the intent",
        arguments: [
            ("precio de la tostadora", "price"), ("¿cuándo llegan los pedidos?", "delivery"),
            ("me gustaría devolverlo", "return_item"), ("facturas del pedido", "invoice"),
            ("NO FUNCIONA LA BATIDORA", "warranty"), ("holaaa buenas", "greeting"),
        ])
    func finds(text: String, intent: String) {
        #expect(best(text) == intent)
    }

    @Test("a misspelt word is read as the known one, and that is said")
    func repairs() {
        var scratch = MatchScratch()
        let match = Shop.matcher.match("la facutra porfavor", scratch: &scratch)
        #expect(match.repairs == [SpellingChange(from: "facutra", to: "factura")])
        #expect(match.best.map { Shop.matcher.intents[$0.intent] } == "invoice")
    }

    @Test("words that are never repaired stay as they are, as do short ones and numbers")
    func unrepaired() {
        let matcher = IntentMatcher(examples: Shop.phrases, language: "es", unrepaired: ["Facutra"])
        var scratch = MatchScratch()
        #expect(matcher.match("la facutra", scratch: &scratch).repairs.isEmpty)
        #expect(Shop.matcher.match("hol n1f factur4", scratch: &scratch).repairs.isEmpty)
    }

    @Test("what belongs to no intent gets less confidence than what does")
    func confidence() {
        var scratch = MatchScratch()
        let meant = Shop.matcher.match("cuánto cuesta el horno", scratch: &scratch)
        let strange = Shop.matcher.match("mi tortuga come lechuga fresca", scratch: &scratch)
        #expect(meant.isConfident && !strange.isConfident)
        #expect(meant.confidence > strange.confidence + 0.3)
        #expect((0...1).contains(meant.confidence) && (0...1).contains(strange.confidence))
    }

    @Test("candidates are ranked, and the margin is what lies between the first two")
    func ranking() {
        var scratch = MatchScratch()
        let match = Shop.matcher.match("plazo de entrega", scratch: &scratch)
        #expect(match.candidates.count == 5)
        #expect(match.candidates.map(\.score) == match.candidates.map(\.score).sorted(by: >))
        #expect(match.margin == match.candidates[0].score - match.candidates[1].score)
    }

    @Test("the same phrases make the same matcher, bit for bit")
    func deterministic() {
        let again = IntentMatcher(examples: Shop.phrases, language: "es")
        var scratch = MatchScratch()
        for text in ["precio", "quiero devolver la facutra", "ñandú", "hola"] {
            #expect(again.match(text, scratch: &scratch) == Shop.matcher.match(text, scratch: &scratch))
        }
    }

    @Test("one scratch serves several matchers")
    func sharedScratch() {
        let small = IntentMatcher(examples: Array(Shop.phrases.prefix(12)), language: "es")
        var shared = MatchScratch()
        for text in ["precio de la cafetera", "cuándo llega", "facutra del hervidor", ""] {
            for matcher in [small, Shop.matcher] {
                var fresh = MatchScratch()
                #expect(matcher.match(text, scratch: &shared) == matcher.match(text, scratch: &fresh))
            }
        }
    }

    @Test("one matcher of two languages understands both, and sentences that mix them")
    func languages() {
        let english = [
            ("invoice", "I need an invoice"), ("invoice", "where are the receipts"), ("delivery", "delivery times"),
            ("delivery", "when will it be delivered"), ("price", "how much is it"), ("price", "what are the prices"),
        ]
        let examples =
            Shop.phrases.map { IntentMatcher.Example(intent: $0.intent, phrase: $0.phrase) }
            + english.map { IntentMatcher.Example(intent: $0.0, language: 1, phrase: $0.1) }
        let matcher = IntentMatcher(examples: examples, languages: ["es", "en"])
        var scratch = MatchScratch()
        func best(_ text: String, _ language: Int) -> String? {
            matcher.match(text, language: language, scratch: &scratch).best.map { matcher.intents[$0.intent] }
        }
        #expect(best("the invoices", 1) == "invoice" && best("quiero la factura", 0) == "invoice")
        #expect(best("necesito el receipt", 0) == "invoice")
        // A form that no phrase has, of a word of the other language than the sentence's.
        _ = matcher.match("quiero los deliveries", language: 0, scratch: &scratch)
        #expect(scratch.unknownStems.count == (["quiero", "los"].filter { !knows($0, matcher) }.count))
    }

    private func knows(_ word: String, _ matcher: IntentMatcher) -> Bool {
        var scratch = MatchScratch()
        _ = matcher.match(word, scratch: &scratch)
        return scratch.unknownStems.isEmpty
    }

    @Test("nothing to learn from and nothing to read is no crash")
    func empty() {
        var scratch = MatchScratch()
        let none = IntentMatcher(examples: [], language: "es")
        #expect(none.match("hola", scratch: &scratch).candidates.isEmpty)
        #expect(none.match("hola", scratch: &scratch).confidence == 0)
        let wordless = IntentMatcher(examples: [("a", ""), ("b", "?!"), ("c", "")], language: nil)
        #expect((0...1).contains(wordless.match("hola", scratch: &scratch).confidence))
        for text in ["", "   ", "🙂", "¿?"] {
            let match = Shop.matcher.match(text, scratch: &scratch)
            #expect(match.candidates.isEmpty && !match.isConfident)
        }
    }

    @Test("bots too small to calibrate still rank, with a confidence that follows their words", arguments: 1...5)
    func smallBots(intents: Int) {
        for phrasesEach in 1...3 {
            let names = ["price", "delivery", "return_item", "invoice", "warranty"].prefix(intents)
            let examples = names.flatMap { name in Shop.phrases.filter { $0.intent == name }.prefix(phrasesEach) }
            let matcher = IntentMatcher(examples: examples, language: "es")
            var scratch = MatchScratch()
            let known = matcher.match(examples[0].phrase, scratch: &scratch)
            let strange = matcher.match("xyzzy plugh", scratch: &scratch)
            #expect(known.best?.intent == 0)
            #expect(known.confidence.isFinite && strange.confidence.isFinite)
            #expect(known.confidence > strange.confidence, "\(intents) intents, \(phrasesEach) phrases")
        }
    }

    @Test("a line of eight kilobytes is read to its 200th word, and no bytes crash")
    func longAndBroken() {
        var scratch = MatchScratch()
        let long = String(repeating: "precio ", count: 1_200)
        #expect(Shop.matcher.match(long, scratch: &scratch).best != nil)
        #expect(scratch.text.tokens.count == 200)
        let one = String(repeating: "x", count: 8_192)
        #expect(Shop.matcher.match(one, scratch: &scratch).repairs.isEmpty)
        var generator = SplitMix64(seed: 3)
        for _ in 0..<500 {
            let bytes = (0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) }
            bytes.withUnsafeBufferPointer { scratch.read($0) }
            let match = Shop.matcher.match(&scratch)
            #expect((0...1).contains(match.confidence), "seed 3: \(bytes)")
        }
        #expect(scratch.counts.allSatisfy { $0 == 0 })
    }
}
