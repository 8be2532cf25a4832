import Matching

/// Why the bot would answer a message as it does: everything that understanding and deciding went by.
public struct Explanation: Sendable {
    /// A word of the message.
    public struct Word: Sendable, Equatable {
        /// Folded, as written.
        public let text: String
        /// As it was read: spelt right where it was not known.
        public let read: String
        /// Its stem.
        public let stem: String
        /// Whether a phrase has it in any form.
        public let isKnown: Bool
    }

    /// A rule that the message has a word of.
    public struct TriedRule: Sendable, Equatable {
        /// As it is written.
        public let text: String
        /// The intent's id.
        public let intent: String
        /// The file and the line.
        public let place: String
        /// What became of it.
        public let outcome: RuleSet.Outcome
    }

    /// An intent that the message may mean.
    public struct Candidate: Sendable, Equatable {
        /// Its id.
        public let intent: String
        /// 0…1
        public let confidence: Double
        /// The shares that make its score: a base, then words, then pairs of neighbours.
        public let terms: [ExplainedShare]
        /// Whether it may only be offered, since a rule's exclusion holds it back.
        public let isHeldBack: Bool

        /// The sum of the terms' shares.
        public var score: Double { terms.reduce(0) { $0 + $1.share } }
    }

    /// A section that may answer.
    public struct Section: Sendable, Equatable {
        /// The file with its anchor.
        public let path: String
        /// Its heading.
        public let title: String
        /// The intent that its article names.
        public let intent: String?
        /// 0…1
        public let confidence: Double
    }

    /// The message.
    public let text: String
    /// The language it was read in.
    public let language: String
    /// How sure that is: natural logarithm of the odds.
    public let languageLogOdds: Double
    /// In written order.
    public let words: [Word]
    /// The rules that were tried, the most precise first.
    public let rules: [TriedRule]
    /// The likeliest intents by their phrases, best first, also where a rule decides or holds them back.
    public let candidates: [Candidate]
    /// Of each intent that is held back, the rule whose exclusion does it.
    public let heldBack: [TriedRule]
    /// From which confidence the best intent decides.
    public let threshold: Double
    /// Whether the best intent is clearly likelier than the second; else the bot asks, however sure it is.
    public let isClear: Bool
    /// What speaks for and against the best intent, as log-odds that add up to its confidence's.
    public let confidenceTerms: [ExplainedShare]
    /// The best sections, best first.
    public let sections: [Section]
    /// From which confidence the best section decides.
    public let sectionThreshold: Double
    /// Slots of the best intent that the message fills.
    public let slots: [Understanding.Found]
    /// Whether it is angry.
    public let isAngry: Bool
    /// What decides.
    public let decision: Decision
    /// The intent that the reply belongs to.
    public let intent: String?

    /// The rule that decides, where one does.
    public var decidingRule: TriedRule? { rules.first { $0.outcome == .decides } }

    /// The name of what decides: `rule`, or the decision's.
    public var decides: String { decidingRule == nil ? decision.name : "rule" }

    /// How far the best intent's score lies above the second's; nil where there is no second.
    public var margin: Double? { candidates.count > 1 ? candidates[0].score - candidates[1].score : nil }

    /// Whether an intent would be sure enough, and another is about as likely.
    public var isInDoubt: Bool { !isClear && (answerable.first?.confidence ?? 0) >= threshold }

    /// The likeliest intents that may answer.
    public var answerable: [Candidate] { candidates.filter { !$0.isHeldBack } }
}
