/// How well one intent is found, by the best intent of every line that an intent was meant in.
public struct IntentFigures: Sendable, Equatable {
    /// The intent's id.
    public let intent: String
    /// How many lines meant it.
    public let lines: Int
    /// Share of the lines whose best intent it is that meant it; nil where it is the best of none.
    public let precision: Double?
    /// Share of the lines that meant it whose best intent it is; nil where none did.
    public let recall: Double?
    /// Harmonic mean of precision and recall.
    public let f1: Double
    /// Share of the lines that meant it that are answered with it, at the threshold; nil where none did.
    public let kept: Double?
    /// How many lines that meant another intent, or none, are answered with it.
    public let wrongAnswers: Int

    /// The figures of every intent that was meant or predicted, sorted by id.
    public static func all(of predictions: [Prediction], threshold: Float) -> [IntentFigures] {
        var tallies: [String: Tally] = [:]
        for prediction in predictions {
            let isAnswered = prediction.confidence >= threshold
            if isAnswered, !prediction.isRight { tallies[prediction.best, default: Tally()].wrongAnswers += 1 }
            guard prediction.isInScope else { continue }
            tallies[prediction.truth(of: prediction.best), default: Tally()].meant += 1
            tallies[prediction.best, default: Tally()].best += 1
            guard prediction.isRight else { continue }
            tallies[prediction.best, default: Tally()].right += 1
            if isAnswered { tallies[prediction.best, default: Tally()].kept += 1 }
        }
        // A line without any word is best for none.
        tallies[""] = nil
        return tallies.sorted { $0.key < $1.key }.map { $1.figures(of: $0) }
    }

    private struct Tally {
        var meant = 0
        var best = 0
        var right = 0
        var kept = 0
        var wrongAnswers = 0

        func figures(of intent: String) -> IntentFigures {
            func share(_ part: Int, of whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
            return IntentFigures(
                intent: intent, lines: meant, precision: share(right, of: best), recall: share(right, of: meant),
                f1: share(2 * right, of: meant + best) ?? 0, kept: share(kept, of: meant), wrongAnswers: wrongAnswers)
        }
    }
}

/// Two intents of which one is taken for the other.
public struct Confusion: Sendable, Equatable {
    /// A line that shows it.
    public struct Example: Sendable, Equatable {
        /// What was written.
        public let text: String
        /// In 0…1.
        public let confidence: Float
    }

    /// How many lines are kept to show it.
    public static let exampleCount = 3

    /// What was meant.
    public let gold: String
    /// What it was taken for.
    public let best: String
    /// How many lines.
    public let lines: Int
    /// The most confident of them, most confident first.
    public let examples: [Example]

    /// The pairs of intents in lines whose best intent is wrong, and of `oos` with the intents that such lines are
    /// answered with; most lines first, then by name.
    /// - Parameter texts: what was written, in the order of the predictions.
    public static func all(of predictions: [Prediction], texts: [String], threshold: Float) -> [Confusion] {
        struct Pair: Hashable {
            let gold: String
            let best: String
        }
        var examples: [Pair: [Example]] = [:]
        for (prediction, text) in zip(predictions, texts) where !prediction.isRight && !prediction.best.isEmpty {
            guard prediction.isInScope || prediction.confidence >= threshold else { continue }
            let pair = Pair(gold: prediction.truth(of: prediction.best), best: prediction.best)
            examples[pair, default: []].append(Example(text: text, confidence: prediction.confidence))
        }
        return examples.map { pair, examples in
            Confusion(
                gold: pair.gold, best: pair.best, lines: examples.count,
                examples: Array(
                    examples.enumerated().sorted {
                        ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
                    }.map(\.element).prefix(exampleCount)))
        }.sorted { ($1.lines, $0.gold, $0.best) < ($0.lines, $1.gold, $1.best) }
    }
}
