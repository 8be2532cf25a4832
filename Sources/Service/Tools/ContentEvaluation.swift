import Content
import Dialogue
import Matching

/// Measures the content as a customer meets it: phrases, thresholds, anger and sections together.
enum ContentEvaluation {
    /// Into how many parts the phrases go where there is no test file.
    static let folds = 10

    /// Where a phrase stands in the content.
    struct Phrase {
        /// Place among the content's intents.
        let intent: Int
        /// The language's code.
        let language: String
        /// Place among the intent's phrases of that language.
        let place: Int
    }

    /// What is asked, and of what.
    struct Part {
        let bundle: ContentBundle
        let lines: [LabelledText]
        /// Where the lines stand in the content, if they are its own.
        var phrases: [Phrase] = []
    }

    /// Asks the content what lines mean; without lines, its own phrases, each part of them asked of content that
    /// learned from the other nine.
    ///
    /// - Returns: with parts, the figures' `trainSeconds` is the mean of the ten.
    static func report(
        _ bundle: ContentBundle, _ lines: [LabelledText]?, extras: EvaluationReport.Extras
    ) -> EvaluationReport {
        let parts = parts(bundle, lines)
        let run = Run(parts, typingErrors: extras.typingErrors)
        var report = EvaluationReport(
            run.clean.figures, run.clean.predictions, texts: parts.flatMap { $0.lines.map(\.text) })
        report.typos = run.misspelt?.figures
        let phrases = parts.flatMap(\.phrases)
        if !phrases.isEmpty {
            report.languages = bundle.settings.languages.map { code in
                let own = zip(phrases, report.predictions).filter { $0.0.language == code }.map(\.1)
                return (code, EvaluationFigures(own, threshold: report.figures.threshold))
            }
        }
        if extras.learningCurve { report.curve = curve(bundle, lines) }
        return report
    }

    /// What is asked of what: lines of the whole content, or ten parts of its phrases of the other nine.
    /// - Parameter limit: told how many phrases an intent has in a language, the most that are learned from.
    static func parts(
        _ bundle: ContentBundle, _ lines: [LabelledText]?, limit: (Int) -> Int = { $0 }
    ) -> [Part] {
        if let lines { return [Part(bundle: keeping(bundle, limit: limit) { _ in true }, lines: lines)] }
        // Every tenth phrase of an intent and language, so that each part has some of all.
        return (0..<folds).map { fold in
            var (held, places): ([LabelledText], [Phrase]) = ([], [])
            for (index, intent) in bundle.intents.enumerated() {
                for language in bundle.settings.languages {
                    let phrases = intent.phrases[language] ?? []
                    for place in phrases.indices where place % folds == fold {
                        held.append(LabelledText(label: intent.id, text: phrases[place]))
                        places.append(Phrase(intent: index, language: language, place: place))
                    }
                }
            }
            return Part(
                bundle: keeping(bundle, limit: limit) { $0 % folds != fold }, lines: held, phrases: places)
        }
    }

    /// The content with no more than `limit` phrases of an intent and language, of those allowed by their places.
    private static func keeping(
        _ bundle: ContentBundle, limit: (Int) -> Int, where isAllowed: (Int) -> Bool
    ) -> ContentBundle {
        let kept = bundle.intents.map { intent in
            intent.phrases.mapValues { LearningCurve.choice(of: $0.count, limit: limit($0.count), where: isAllowed) }
        }
        let indices = Dictionary(uniqueKeysWithValues: bundle.intents.enumerated().map { ($1.id, $0) })
        return bundle.keepingPhrases { intent, language, place in
            indices[intent.id].flatMap { kept[$0][language]?[place] } ?? false
        }
    }

    private static func curve(_ bundle: ContentBundle, _ lines: [LabelledText]?) -> [LearningPoint] {
        let largest = bundle.intents.flatMap { $0.phrases.values.map(\.count) }.max() ?? 0
        return LearningCurve.steps(largest: largest).map { limit in
            let parts = parts(bundle, lines) { min(limit ?? $0, $0) }
            // An intent in one language counts as one, since a language learns from its own phrases alone.
            let counts = parts.flatMap { $0.bundle.intents.flatMap { $0.phrases.values.map(\.count) } }
            return LearningPoint(
                limit: limit, phrases: Double(counts.reduce(0, +)) / Double(max(counts.count, 1)),
                figures: Run(parts).clean.figures)
        }
    }

    /// Learns from each part's content and asks it the part's lines.
    struct Run {
        /// What came of it.
        typealias Outcome = (figures: EvaluationFigures, predictions: [Prediction])

        /// The lines as they are.
        let clean: Outcome
        /// The lines with typing errors.
        let misspelt: Outcome?

        init(_ parts: [Part], typingErrors seed: UInt64? = nil) {
            var clean = Answers()
            var misspelt = seed.map { _ in Answers() }
            var errors = seed.map { TypingErrors(seed: $0) }
            // Each part finds its own threshold; the first one's is the scale of all.
            var threshold: Float?
            for part in parts {
                let start = clean.clock.now
                let content = Interpreter(part.bundle)
                clean.training += clean.clock.now - start
                let target = threshold ?? content.answerThreshold
                threshold = target
                clean.ask(content, part.lines, at: target)
                if let lines = errors?.misspell(part.lines) { misspelt?.ask(content, lines, at: target) }
            }
            self.clean = clean.outcome(threshold ?? 0, parts: parts.count)
            self.misspelt = misspelt?.outcome(threshold ?? 0, parts: parts.count)
        }
    }

    /// Predictions with the time that they took.
    private struct Answers {
        let clock = ContinuousClock()
        var training = Duration.zero
        private var asking = Duration.zero
        private var predictions: [Prediction] = []

        init() {}

        mutating func ask(_ content: Interpreter, _ lines: [LabelledText], at threshold: Float) {
            var scratch = InterpreterScratch()
            let start = clock.now
            for line in lines {
                let (intent, confidence) = content.prediction(line.text, at: threshold, scratch: &scratch)
                predictions.append(Prediction(gold: line.label, best: intent, confidence: confidence))
            }
            asking += clock.now - start
        }

        func outcome(_ threshold: Float, parts: Int) -> Run.Outcome {
            var figures = EvaluationFigures(predictions, threshold: threshold)
            figures.trainSeconds = training / .seconds(1) / Double(max(parts, 1))
            figures.queryMicrosecondsMean = asking / .microseconds(1) / Double(max(predictions.count, 1))
            return (figures, predictions)
        }
    }
}
