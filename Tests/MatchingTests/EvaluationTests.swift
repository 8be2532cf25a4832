import Testing

@testable import Matching

@Suite("Evaluation figures")
struct EvaluationTests {
    private func prediction(_ gold: String, _ best: String, _ confidence: Float) -> Prediction {
        Prediction(gold: gold, best: best, confidence: confidence)
    }

    @Test("accuracy, what is kept, out-of-scope recall and AUROC are counted as defined")
    func figures() {
        let figures = EvaluationFigures(
            [
                prediction("a", "a", 0.9), prediction("a", "b", 0.8), prediction("b", "b", 0.3),
                prediction("b|c", "c", 0.5), prediction("oos", "a", 0.4), prediction("oos", "b", 0.5),
            ], threshold: 0.5)
        #expect(figures.accuracy == 0.75)
        #expect(figures.inScopeKept == 0.5)
        #expect(figures.outOfScopeRecall == 0.5)
        // Pairs won: 0.9 and 0.8 both twice, 0.3 none, 0.5 once and one tie.
        #expect(figures.auroc == 5.5 / 8)
    }

    @Test("without out-of-scope lines there is no recall of them")
    func inScopeOnly() {
        let figures = EvaluationFigures([prediction("a", "a", 0.9)], threshold: 0.5)
        #expect(figures.outOfScopeRecall == nil && figures.auroc == nil && figures.accuracy == 1)
        #expect(EvaluationFigures([], threshold: 0.5).accuracy == 0)
    }

    @Test("MCC of two classes is the textbook's, of perfect answers one")
    func mcc() {
        // 3 true positives, 1 false negative, 1 false positive, 2 true negatives.
        let lines =
            Array(repeating: prediction("a", "a", 1), count: 3) + [prediction("a", "a", 0), prediction("oos", "a", 1)]
            + Array(repeating: prediction("oos", "a", 0), count: 2)
        let figures = EvaluationFigures(lines, threshold: 0.5)
        #expect(abs(figures.mcc - (3.0 * 2 - 1 * 1) / (4.0 * 4 * 3 * 3).squareRoot()) < 1e-12)
        #expect(
            abs(EvaluationFigures([prediction("a", "a", 1), prediction("oos", "a", 0)], threshold: 0.5).mcc - 1) < 1e-12
        )
    }

    @Test("lines are read as label, tab, text; others are reported by number")
    func parsing() {
        let (texts, malformed) = LabelledText.parse("a\thola\tque tal\n\nsin tabulador\n\tsin etiqueta\r\nb\tadiós\r\n")
        #expect(texts == [LabelledText(label: "a", text: "hola\tque tal"), LabelledText(label: "b", text: "adiós")])
        #expect(malformed == [3, 4])
    }

    @Test("a matcher is learned from the training lines alone and predicts each test line")
    func intents() {
        let train = Shop.phrases.map { LabelledText(label: $0.intent, text: $0.phrase) }
        let test = [
            LabelledText(label: "price", text: "precio del horno"), LabelledText(label: "oos", text: "zzz"),
            LabelledText(label: "greeting", text: ""),
        ]
        let (figures, predictions) = Evaluation.intents(train: train, test: test)
        #expect(predictions.map(\.gold) == ["price", "oos", "greeting"])
        #expect(predictions[0].best == "price" && predictions[2].best == "")
        #expect(figures.accuracy == 0.5 && figures.outOfScopeRecall == 1 && figures.trainSeconds > 0)
        #expect(predictions[2].line == "greeting\t\t0.0")
    }

    @Test("a file's language is told by its stop words")
    func language() {
        #expect(Evaluation.language(of: Shop.phrases.map(\.phrase)) == "es")
        #expect(Evaluation.language(of: ["where is the order"]) == "en")
    }

    @Test("search is measured by rank and recall")
    func search() {
        let queries = [
            SearchQuery(text: "pagar con tarjeta", relevant: ["payment"]),
            SearchQuery(text: "devoluciones", relevant: ["returns", "nowhere"]),
            SearchQuery(text: "zzzzqqqq", relevant: ["payment"]),
        ]
        let (figures, run) = SearchEvaluation.search(documents: Shop.sections, queries: queries)
        #expect(abs(figures.mrr10 - 2.0 / 3) < 1e-12)
        #expect(abs(figures.recall1 - 0.5) < 1e-12 && abs(figures.recall10 - 0.5) < 1e-12)
        #expect(figures.auroc == 1 && figures.indexSeconds > 0)
        #expect((0...1).contains(figures.ece))
        #expect(run.first?.document == "payment" && run.first?.rank == 1 && run.first?.query == 0)
        #expect(run.allSatisfy { $0.rank <= 10 && $0.query < 2 })
    }
}
