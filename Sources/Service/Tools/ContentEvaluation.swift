import Content
import Dialogue
import Matching

/// Measures the content as a customer meets it: phrases, thresholds, anger and sections together.
enum ContentEvaluation {
    /// Into how many parts the phrases go where there is no test file.
    static let folds = 10

    /// Asks the content what lines mean; without lines, its own phrases, each part of them asked of content that
    /// learned from the other nine.
    ///
    /// - Returns: with parts, `trainSeconds` is the mean of the ten.
    static func evaluate(
        _ bundle: ContentBundle, _ lines: [LabelledText]?
    ) -> (figures: EvaluationFigures, predictions: [Prediction]) {
        var run = Run()
        guard let lines else {
            // Every tenth phrase of an intent and language, so that each part has some of all.
            for fold in 0..<folds {
                let held = bundle.intents.flatMap { intent in
                    bundle.settings.languages.flatMap { language in
                        let phrases = intent.phrases[language] ?? []
                        return phrases.indices.filter { $0 % folds == fold }
                            .map { LabelledText(label: intent.id, text: phrases[$0]) }
                    }
                }
                run.add(bundle.keepingPhrases { _, _, place in place % folds != fold }, held)
            }
            return run.result
        }
        run.add(bundle, lines)
        return run.result
    }

    private struct Run {
        private let clock = ContinuousClock()
        private var training = Duration.zero
        private var asking = Duration.zero
        private var parts = 0
        private var threshold: Float = 0
        private var predictions: [Prediction] = []

        mutating func add(_ bundle: ContentBundle, _ lines: [LabelledText]) {
            let start = clock.now
            let content = Interpreter(bundle)
            let trained = clock.now
            var scratch = InterpreterScratch()
            for line in lines {
                let (intent, confidence) = content.prediction(line.text, scratch: &scratch)
                predictions.append(Prediction(gold: line.label, best: intent, confidence: confidence))
            }
            training += trained - start
            asking += clock.now - trained
            threshold = content.answerThreshold
            parts += 1
        }

        var result: (figures: EvaluationFigures, predictions: [Prediction]) {
            var figures = EvaluationFigures(predictions, threshold: threshold)
            figures.trainSeconds = training / .seconds(1) / Double(max(parts, 1))
            figures.queryMicrosecondsMean = asking / .microseconds(1) / Double(max(predictions.count, 1))
            return (figures, predictions)
        }
    }
}
