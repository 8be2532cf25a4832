import Testing

@testable import Matching

@Suite("Evaluation reports")
struct EvaluationReportTests {
    private func prediction(_ gold: String, _ best: String, _ confidence: Float) -> Prediction {
        Prediction(gold: gold, best: best, confidence: confidence)
    }

    /// a: 2 of 3 right, one taken for b. b: 1 of 2 right, one taken for a below the threshold. b|c: answered as c.
    private var predictions: [Prediction] {
        [
            prediction("a", "a", 0.9), prediction("a", "a", 0.4), prediction("a", "b", 0.8), prediction("b", "b", 0.7),
            prediction("b", "a", 0.2), prediction("b|c", "c", 0.6), prediction("oos", "a", 0.75),
            prediction("oos", "b", 0.1),
        ]
    }

    @Test("precision, recall and F1 are those of the best intents, what is kept and wrongly answered of the threshold")
    func intents() throws {
        let intents = IntentFigures.all(of: predictions, threshold: 0.5)
        #expect(intents.map(\.intent) == ["a", "b", "c"])
        let (a, b, c) = (intents[0], intents[1], intents[2])
        #expect(a.lines == 3 && a.precision == 2.0 / 3 && a.recall == 2.0 / 3 && a.f1 == 2.0 / 3)
        #expect(a.kept == 1.0 / 3 && a.wrongAnswers == 1)
        #expect(b.lines == 2 && b.precision == 0.5 && b.recall == 0.5 && b.f1 == 0.5)
        #expect(b.kept == 0.5 && b.wrongAnswers == 1)
        #expect(c.lines == 1 && c.precision == 1 && c.recall == 1 && c.f1 == 1 && c.wrongAnswers == 0)
    }

    @Test("an intent that is never best has no precision, one that is never meant no recall; no best is no intent")
    func undefined() {
        let intents = IntentFigures.all(
            of: [prediction("a", "b", 0.9), prediction("a", "", 0)], threshold: 0.5)
        #expect(intents.map(\.intent) == ["a", "b"])
        #expect(intents[0].precision == nil && intents[0].recall == 0 && intents[0].f1 == 0)
        #expect(intents[1].precision == 0 && intents[1].recall == nil && intents[1].kept == nil)
    }

    @Test("confusions are counted by pair with their surest examples; out of scope counts where it is answered")
    func confusions() {
        let lines = predictions + [prediction("a", "b", 0.95), prediction("a", "b", 0.1), prediction("a", "b", 0.3)]
        let texts = lines.indices.map { "text \($0)" }
        let confusions = Confusion.all(of: lines, texts: texts, threshold: 0.5)
        #expect(confusions.map { "\($0.gold)>\($0.best) \($0.lines)" } == ["a>b 4", "b>a 1", "oos>a 1"])
        #expect(confusions[0].examples.map(\.text) == ["text 8", "text 2", "text 10"])
        #expect(confusions[0].examples[0].confidence == 0.95)
    }

    @Test("ECE is the distance of confidence and accuracy, weighted by lines; the curve has all ten steps")
    func calibration() {
        let reliability = Reliability([
            prediction("a", "a", 0.95), prediction("a", "a", 0.95), prediction("a", "b", 0.95),
            prediction("a", "a", 0.95), prediction("oos", "a", 0.15), prediction("a", "a", 0.25),
        ])
        // 0.95 against 3 of 4 (0.2 × 4), 0.15 against none of one, 0.25 against one of one.
        #expect(abs(reliability.expectedError - (0.2 * 4 + 0.15 + 0.75) / 6) < 1e-6)
        #expect(reliability.bins.count == 10 && reliability.bins.map(\.lines) == [0, 1, 1, 0, 0, 0, 0, 0, 0, 4])
        #expect(reliability.bins[9].accuracy == 0.75 && reliability.bins[9].to == 1)
        #expect(reliability.bins[0].accuracy == nil && reliability.bins[0].confidence == nil)
        #expect(Reliability([]).expectedError == 0)
        #expect(Reliability([prediction("a", "a", 1), prediction("a", "a", 0)]).bins.map(\.lines).reduce(0, +) == 2)
    }

    @Test("lines are counted by confidence, right, wrong and out of scope apart")
    func histogram() {
        let counts = ConfidenceHistogram(predictions)
        #expect(counts.right.reduce(0, +) == 4 && counts.wrong.reduce(0, +) == 2)
        #expect(counts.outOfScope.reduce(0, +) == 2 && counts.outOfScope[15] == 1 && counts.outOfScope[2] == 1)
    }

    @Test("told for lines that all mean an intent, confidence is higher than where a quarter is out of scope")
    func ownShare() {
        // Right nine times in ten: at the assumed share the odds of 0.9 are about 2.1, which is a confidence of 0.675.
        let assumed = Recipe.hiddenShare + Recipe.offTopicShare
        let confidence = Float((1 - assumed) * 0.9)
        let lines = (0..<10).map { prediction("a", $0 < 9 ? "a" : "b", confidence) }
        #expect(abs(Reliability(lines).expectedError - 0.225) < 1e-6)
        #expect(Reliability.errorAtOwnShare(lines) < 1e-6)
        #expect(EvaluationFigures(lines, threshold: 0.5).calibrationErrorAtOwnShare < 1e-6)
        // Three in scope and one out of it are the assumed share: there is nothing to turn.
        let mixed = (0..<3).map { _ in prediction("a", "a", 0.6) } + [prediction("oos", "a", 0.6)]
        #expect(abs(Reliability.errorAtOwnShare(mixed) - Reliability(mixed).expectedError) < 1e-6)
        #expect(Reliability.errorAtOwnShare([prediction("a", "a", 0)]) == 1)
        #expect(Reliability.errorAtOwnShare([]) == 0)
    }

    @Test("answered with a wrong intent is a share of the lines with an intent")
    func sureWrong() {
        let figures = EvaluationFigures(predictions, threshold: 0.5)
        #expect(figures.sureWrong == 1.0 / 6)
        #expect(figures.calibrationError == Reliability(predictions).expectedError)
        #expect(EvaluationFigures([prediction("a", "b", 0.5)], threshold: 0.5).sureWrong == 1)
    }

    @Test("MCC of three classes is Gorodkin's")
    func mcc() {
        // Confusion matrix, meant by answered: a (2, 1, 0), b (0, 1, 1), c (0, 0, 2).
        let lines = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("b", "c"), ("c", "c"), ("c", "c")]
        let figures = EvaluationFigures(lines.map { prediction($0.0, $0.1, 1) }, threshold: 0.5)
        // s = 7, c = 5, meant (3, 2, 2), answered (2, 2, 3): 5·7 − 16, over √((49 − 17)(49 − 17)).
        #expect(abs(figures.mcc - 19.0 / 32) < 1e-12)
    }

    @Test("a report asks the same matcher with typing errors and learns again for the curve, the same each time")
    func extras() {
        let train = Shop.phrases.map { LabelledText(label: $0.intent, text: $0.phrase) }
        let test = [
            LabelledText(label: "price", text: "precio de la cafetera italiana"),
            LabelledText(label: "invoice", text: "factura completa"), LabelledText(label: "oos", text: "zzz"),
        ]
        let plain = Evaluation.report(train: train, test: test)
        #expect(plain.typos == nil && plain.curve.isEmpty && plain.languages.isEmpty)
        let extras = EvaluationReport.Extras(typingErrors: 3, learningCurve: true)
        let report = Evaluation.report(train: train, test: test, extras: extras)
        #expect(report.predictions == plain.predictions)
        #expect(report.typos?.inScopeLines == 2 && report.typos?.outOfScopeLines == 1)
        #expect(report.curve.map(\.limit) == [5, nil] && report.curve.map(\.phrases) == [5, 6])
        #expect(report.curve.last?.accuracy == report.figures.accuracy)
        let again = Evaluation.report(train: train, test: test, extras: extras)
        #expect(again.curve == report.curve && again.typos?.accuracy == report.typos?.accuracy)
    }

    @Test("a choice of phrases holds the shorter ones, keeps to what is allowed and is not just the first")
    func choices() {
        let chosen = [5, 10, 20].map { limit in
            LearningCurve.choice(of: 100, limit: limit) { $0 % 10 != 3 }
        }
        for (choice, limit) in zip(chosen, [5, 10, 20]) { #expect(choice.count { $0 } == limit) }
        for place in 0..<100 {
            #expect(!chosen[0][place] || chosen[1][place])
            #expect(!chosen[1][place] || chosen[2][place])
            #expect(!chosen[2][place] || place % 10 != 3)
        }
        #expect(chosen[0] != (0..<100).map { $0 < 5 })
        #expect(LearningCurve.choice(of: 7, limit: nil).allSatisfy { $0 })
        #expect(LearningCurve.steps(largest: 40) == [5, 10, 20, nil])
    }

    @Test("a search's report counts the first relevant section's rank")
    func search() {
        let queries = [
            SearchQuery(text: "pagar con tarjeta", relevant: ["payment"]),
            SearchQuery(text: "plazos de entrega", relevant: ["warranty"]),
            SearchQuery(text: "zzzzqqqq", relevant: ["payment"]),
        ]
        let report = SearchEvaluation.report(documents: Shop.sections, queries: queries, typingErrors: 1)
        #expect(report.ranks.count == 10 && report.ranks[0] == 1 && report.ranks[1...].reduce(0, +) == 1)
        #expect(report.notFound == 1 && report.typos != nil)
        let mrr = zip(report.ranks, 1...10).reduce(0.0) { $0 + Double($1.0) / Double($1.1) } / 3
        #expect(abs(report.figures.mrr10 - mrr) < 1e-12)
    }
}
