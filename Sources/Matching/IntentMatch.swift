/// What a matcher makes of one message.
public struct IntentMatch: Sendable, Equatable {
    /// The best intents, best first; empty where the message has no word or the bot no phrase.
    public let candidates: [IntentCandidate]
    /// Words that were read as another.
    public let repairs: [SpellingChange]
    /// Least confidence to answer with.
    public let threshold: Float

    /// The best intent, also where it is below the threshold.
    public var best: IntentCandidate? { candidates.first }

    /// Estimate of the probability that the best intent is what was meant, in 0…1.
    public var confidence: Float { candidates.first?.confidence ?? 0 }

    /// How far the best intent's score lies above the second's; infinite where there is no second.
    public var margin: Float { candidates.count > 1 ? candidates[0].score - candidates[1].score : .infinity }

    /// Whether the best intent is sure enough to be answered.
    public var isConfident: Bool { !candidates.isEmpty && confidence >= threshold }
}

/// One intent and how well a message fits it.
public struct IntentCandidate: Sendable, Equatable {
    /// Index in ``IntentMatcher/intents``.
    public let intent: Int
    /// The linear machine's output: positive for the intent's own phrases, negative for others.
    public let score: Float
    /// In 0…1: an estimate of the probability that this was meant, for the best; for others the same function of
    /// their score and coverage, comparable among themselves.
    public let confidence: Float
}

/// A misspelt word and what it was read as, both folded.
public struct SpellingChange: Sendable, Equatable {
    /// As written.
    public let from: String
    /// As read.
    public let to: String
}
