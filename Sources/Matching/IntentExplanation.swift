/// Why a matcher ranks the intents of one message as it does.
public struct IntentExplanation: Sendable, Equatable {
    /// The best intents, best first, each with the shares that make its score.
    public let candidates: [ExplainedIntent]
    /// Sigmoid of the sum of ``confidenceTerms``.
    public let confidence: Float
    /// What speaks for and against the best intent being meant, as log-odds: a base, then its score, the coverage of
    /// the message by its phrases, the share of known letter groups and the length.
    public let confidenceTerms: [ExplainedShare]
    /// Least confidence to answer with.
    public let threshold: Float
    /// Words that were read as another.
    public let repairs: [SpellingChange]
    /// Words, folded, that no phrase has in any form.
    public let unknownWords: [String]

    /// How far the best intent's score lies above the second's; nil where there is no second.
    public var margin: Double? { candidates.count > 1 ? candidates[0].score - candidates[1].score : nil }
}

/// One intent and the shares that add up to its score.
public struct ExplainedIntent: Sendable, Equatable {
    /// Index in ``IntentMatcher/intents``.
    public let intent: Int
    /// The base, then every word in written order, then every pair of neighbouring words.
    public let terms: [ExplainedShare]
    /// The sum of the terms' shares, added in their order.
    public var score: Double { terms.reduce(0) { $0 + $1.share } }
}

/// Something that adds to a score or takes from it.
public struct ExplainedShare: Sendable, Equatable {
    /// What a share belongs to.
    public enum Kind: String, Sendable {
        /// What every message starts with.
        case base
        /// A word: its stem and the letter groups that its letters take part in.
        case word
        /// Two neighbouring words; `^` is the message's start, `$` its end.
        case pair
        /// One number of the confidence.
        case evidence
    }

    /// What the share belongs to.
    public let kind: Kind
    /// The word as it was read, the pair, or the name of the evidence.
    public let text: String
    /// Rounded to six decimals: what is printed is what is added.
    public let share: Double

    init(_ kind: Kind, _ text: String, _ share: Double) {
        self.kind = kind
        self.text = text
        self.share = (share * 1e6).rounded() / 1e6
    }
}
