/// What predictions tell: figures, and where and why they are as they are.
public struct EvaluationReport: Sendable {
    /// What is measured beside the figures, since it costs time.
    public struct Extras: Sendable {
        /// The seed of typing errors that the texts are asked with once more; nil for not.
        public var typingErrors: UInt64?
        /// Whether a learning curve is drawn.
        public var learningCurve: Bool

        /// Nothing unless told.
        public init(typingErrors: UInt64? = nil, learningCurve: Bool = false) {
            self.typingErrors = typingErrors
            self.learningCurve = learningCurve
        }
    }

    /// The figures of all lines.
    public let figures: EvaluationFigures
    /// In the order of the lines.
    public let predictions: [Prediction]
    /// Every intent, sorted by id.
    public let intents: [IntentFigures]
    /// Intents taken for others, the most frequent first.
    public let confusions: [Confusion]
    /// How far confidence can be taken at its word.
    public let reliability: Reliability
    /// How the lines are spread over confidence.
    public let confidences: ConfidenceHistogram
    /// The figures of each language's lines, where their languages are known.
    public var languages: [(code: String, figures: EvaluationFigures)] = []
    /// The figures of the same lines with typing errors, if asked for.
    public var typos: EvaluationFigures?
    /// From few phrases to all, if asked for.
    public var curve: [LearningPoint] = []

    /// Counts up predictions.
    /// - Parameter texts: what was written, in the order of the predictions.
    public init(_ figures: EvaluationFigures, _ predictions: [Prediction], texts: [String]) {
        self.figures = figures
        self.predictions = predictions
        intents = IntentFigures.all(of: predictions, threshold: figures.threshold)
        confusions = Confusion.all(of: predictions, texts: texts, threshold: figures.threshold)
        reliability = Reliability(predictions)
        confidences = ConfidenceHistogram(predictions)
    }

    /// The intents that are found worst, by F1; of equal ones those with more lines first.
    public var worstIntents: [IntentFigures] {
        intents.sorted { ($0.f1, $1.lines, $0.intent) < ($1.f1, $0.lines, $1.intent) }
    }
}

extension Evaluation {
    /// Learns from `train`, predicts `test` and measures what was asked for.
    public static func report(
        train: [LabelledText], test: [LabelledText], extras: EvaluationReport.Extras = .init()
    ) -> EvaluationReport {
        let learned = LearnedMatcher(train)
        let (figures, predictions) = learned.ask(test)
        var report = EvaluationReport(figures, predictions, texts: test.map(\.text))
        if let seed = extras.typingErrors {
            var errors = TypingErrors(seed: seed)
            report.typos = learned.ask(errors.misspell(test)).figures
        }
        if extras.learningCurve { report.curve = curve(train, test) }
        return report
    }

    private static func curve(_ train: [LabelledText], _ test: [LabelledText]) -> [LearningPoint] {
        // By intent in the order in which they come, so that the trainings are the same each time.
        var places: [String: [Int]] = [:]
        for (place, line) in train.enumerated() where line.label != Prediction.outOfScope {
            places[line.label, default: []].append(place)
        }
        return LearningCurve.steps(largest: places.values.map(\.count).max() ?? 0).map { limit in
            var isChosen = [Bool](repeating: false, count: train.count)
            for places in places.values {
                let choice = LearningCurve.choice(of: places.count, limit: limit)
                for (place, chosen) in zip(places, choice) { isChosen[place] = chosen }
            }
            let some = train.indices.filter { isChosen[$0] }.map { train[$0] }
            return LearningPoint(
                limit: limit, phrases: Double(some.count) / Double(max(places.count, 1)),
                figures: LearnedMatcher(some).ask(test).figures)
        }
    }
}

/// A matcher that learned from lines, with the time it took.
struct LearnedMatcher {
    let matcher: IntentMatcher
    let trainSeconds: Double

    init(_ train: [LabelledText], threshold: AnswerThreshold = .automatic) {
        let clock = ContinuousClock()
        let start = clock.now
        let examples = train.filter { $0.label != Prediction.outOfScope }.map { (intent: $0.label, phrase: $0.text) }
        matcher = IntentMatcher(
            examples: examples, language: Evaluation.language(of: train.map(\.text)), threshold: threshold)
        trainSeconds = (clock.now - start) / .seconds(1)
    }

    func ask(_ test: [LabelledText]) -> (figures: EvaluationFigures, predictions: [Prediction]) {
        let clock = ContinuousClock()
        let start = clock.now
        var scratch = MatchScratch()
        let predictions = test.map { line in
            let match = matcher.match(line.text, scratch: &scratch)
            return Prediction(
                gold: line.label, best: match.best.map { matcher.intents[$0.intent] } ?? "",
                confidence: match.confidence)
        }
        let elapsed = clock.now - start
        var figures = EvaluationFigures(predictions, threshold: matcher.threshold)
        figures.trainSeconds = trainSeconds
        figures.queryMicrosecondsMean = elapsed / .microseconds(1) / Double(max(test.count, 1))
        return (figures, predictions)
    }
}
