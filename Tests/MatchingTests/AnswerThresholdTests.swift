import Testing

@testable import Matching

@Suite("Threshold")
struct AnswerThresholdTests {
    /// As many as are out of scope, the more evidence the likelier right.
    private let rows = (0..<400).map { step in
        let isInScope = step.isMultiple(of: 2)
        let value = Double(step) / 400
        return ConfidenceModel.Row(
            evidence: Evidence(isInScope ? value : value / 2, 0.5, 0.5, 1), kind: isInScope ? .inScope : .hidden,
            isRight: isInScope && step > 40)
    }
    private var model: ConfidenceModel { .fit(rows) }

    /// What share of all messages the rows stand for that are answered, and are as told.
    private func share(_ threshold: Float, where isCounted: (ConfidenceModel.Row) -> Bool) -> Double {
        zip(rows, ConfidenceModel.weights(of: rows)).reduce(0) { sum, entry in
            let isAnswered = Float(model.confidence(entry.0.evidence)) >= threshold
            return sum + (isAnswered && isCounted(entry.0) ? entry.1 : 0)
        }
    }

    @Test("what is found by itself costs as many right answers as it may, and no more")
    func automatic() {
        let threshold = AnswerThreshold.automatic.value(rows, model)
        let inScope = ConfidenceModel.Row.Kind.inScope.share
        func lost(_ threshold: Float) -> Double {
            (share(0) { $0.isRight } - share(threshold) { $0.isRight }) / inScope
        }
        // Sums of the same shares in another order.
        #expect(lost(threshold) <= Recipe.lostAnswers + 1e-9 && lost(threshold + 0.02) > Recipe.lostAnswers)
    }

    @Test("what is likelier right than wrong is answered, however few right answers more confidence would cost")
    func evenOdds() {
        let clear = (0..<100).map { step in
            ConfidenceModel.Row(
                evidence: Evidence(step.isMultiple(of: 2) ? 1 + Double(step) / 1000 : -1, 0.5, 0.5, 1),
                kind: step.isMultiple(of: 2) ? .inScope : .hidden, isRight: step.isMultiple(of: 2))
        }
        let model = ConfidenceModel.fit(clear)
        #expect(clear.allSatisfy { !$0.isRight || model.confidence($0.evidence) > 0.6 })
        #expect(AnswerThreshold.automatic.value(clear, model) == 0.5)
    }

    @Test("what is hardly ever right is not answered, however many right answers that costs")
    func hardlyRight() {
        // Little tells which are right: a quarter of all messages.
        let alike = (0..<200).map { step in
            ConfidenceModel.Row(
                evidence: Evidence(step.isMultiple(of: 6) ? 0.16 : 0.1 * Double(step % 3), 0.5, 0.5, 1),
                kind: step.isMultiple(of: 2) ? .inScope : .hidden, isRight: step.isMultiple(of: 6))
        }
        let model = ConfidenceModel.fit(alike)
        #expect(model != .uncalibrated)
        #expect(AnswerThreshold.automatic.value(alike, model) == 0.3)
    }

    @Test("no more messages get a wrong answer than may, and not many fewer", arguments: [0.01, 0.03, 0.1])
    func wrongAnswers(most: Double) {
        let threshold = AnswerThreshold.wrongAnswers(most).value(rows, model)
        #expect(share(threshold) { !$0.isRight } <= most)
        #expect(share(threshold - 0.02) { !$0.isRight } > most)
    }

    @Test("all may be answered where no answer is too wrong, and next to none where every wrong one is")
    func ends() {
        #expect(AnswerThreshold.wrongAnswers(1).value(rows, model) == 0)
        let strict = AnswerThreshold.wrongAnswers(0).value(rows, model)
        #expect(share(strict) { !$0.isRight } == 0 && share(strict) { $0.isRight } > 0.1)
    }

    @Test("what an editor fixes holds, and too few phrases find nothing")
    func fixed() {
        #expect(AnswerThreshold.fixed(0.6).value(rows, model) == 0.6)
        #expect(AnswerThreshold.wrongAnswers(0.1).value([], .fit([])) == Recipe.uncalibratedThreshold)
        #expect(IntentMatcher(examples: Shop.phrases, language: "es", threshold: .fixed(0.6)).threshold == 0.6)
    }
}

@Suite("Intents that are confused")
struct IntentConfusionsTests {
    @Test("two are confused whichever was meant, from the second time on")
    func pairs() {
        let mistakes = [(0, 1), (1, 0), (0, 2)].map { IntentConfusions.Mistake(meant: $0.0, best: $0.1) }
        let confusions = IntentConfusions(mistakes, intents: 3)
        #expect(confusions.contains(0, 1) && confusions.contains(1, 0))
        #expect(!confusions.contains(0, 2) && !confusions.contains(1, 2))
    }

    @Test("phrases tell which intents are confused")
    func learned() {
        // Two intents that nobody could tell apart, and two that have nothing in common with any.
        let things = ["taza", "mesa", "silla", "lámpara", "olla", "sartén", "jarra", "bandeja", "cuchara", "plato"]
        let phrases: [(intent: String, phrase: String)] = things.enumerated().flatMap { number, thing in
            [
                ("a", "quiero comprar una \(thing) nueva \(number)"),
                ("b", "quiero comprar una \(thing) nueva \(number)"),
                ("c", "dónde está mi pedido \(number)"), ("d", "muchas gracias, adiós \(number)"),
            ]
        }
        let matcher = IntentMatcher(examples: phrases, language: "es")
        func place(_ intent: String) -> Int { matcher.intents.firstIndex(of: intent) ?? 0 }
        #expect(matcher.confidenceModel != .uncalibrated)
        #expect(matcher.areConfused(place("a"), place("b")))
        #expect(!matcher.areConfused(place("c"), place("d")))
    }
}
