import Content

/// What the content makes of one message, before anything is decided: pure, made outside the decider.
public struct Understanding: Sendable {
    /// An intent that the message may mean.
    public struct Candidate: Sendable {
        /// Index into the content's intents.
        public let intent: Int
        /// 0…1, the probability that it is the right one.
        public let confidence: Double
    }

    /// An intent that a rule's exclusion keeps from answering.
    public struct HeldBack: Sendable {
        /// Index into the content's intents.
        public let intent: Int
        /// The most precise of the rules that would match but for a word that they exclude, by its place among the
        /// language's.
        public let rule: Int
        /// 0…1, the probability that the intent is the right one, had the rule not been.
        public let confidence: Double
    }

    /// A section that may answer it.
    public struct SectionHit: Sendable {
        /// Index into the content's sections.
        public let section: Int
        /// 0…1, how surely it covers the question.
        public let confidence: Double
    }

    /// The message's folded words: a space, then each word followed by a space; empty where it has none.
    public var words: [UInt8]
    /// The conversation's language, as far as it was known.
    public var prior: String?
    /// The language's code.
    public var language: String
    /// How sure the language is, without regard to the conversation: natural logarithm of the odds.
    public var languageLogOdds: Double
    /// The likeliest intents that may answer, best first.
    public var candidates: [Candidate]
    /// Intents that may only be offered, likeliest first; none where a rule decides.
    public var heldBack: [HeldBack]
    /// The rule that made the best intent the best and only one, by its place among the language's; nil where
    /// statistics did.
    public var rule: Int?
    /// Where the best intent decides.
    public var threshold: Double
    /// The best section; looked for only where no intent decides.
    public var section: SectionHit?
    /// Slots of the best intent that the message fills.
    public var slots: [Found]
    /// How the customer sounds.
    public var tone: Tone
    /// What it picks of several things, where it says nothing else.
    var pick: ChoiceWords.Pick?
    /// Whether it is angry.
    public var isAngry: Bool { tone == .angry }

    /// What a message says of a slot.
    public struct Found: Sendable, Equatable {
        /// The slot's id.
        public let slot: String
        /// Ids of the values that it may mean; one where it is clear.
        public let values: [String]
    }

    /// What may be offered: that many of the likeliest intents, and those that are held back, likeliest first.
    func offers(_ most: Int = .max) -> [Candidate] {
        var offers = Array(candidates.prefix(most))
        for held in heldBack {
            let place = offers.firstIndex { $0.confidence < held.confidence } ?? offers.count
            offers.insert(Candidate(intent: held.intent, confidence: held.confidence), at: place)
        }
        return offers
    }

    /// Whether the language is beyond doubt, whatever the conversation's is.
    public var isLanguageSure: Bool { languageLogOdds >= Interpreter.sureLanguage }

    /// Whether an intent may not answer, as the customer says that it is not meant.
    func isHeldBack(_ intent: Int) -> Bool { heldBack.contains { $0.intent == intent } }

    // Inlined, as are those that it asks: each call would copy all of this to lend it.

    /// Whether the best intent decides.
    @inline(__always)
    public var isSure: Bool { isClear && !isOutweighed && (candidates.first?.confidence ?? 0) >= threshold }

    /// Whether the second intent is clearly less likely: between two that are equally so, the customer is asked.
    @inline(__always)
    var isClear: Bool { candidates.count < 2 || candidates[0].confidence - candidates[1].confidence >= Self.clearLead }

    /// Whether an intent that is held back is clearly likelier than the best: then most of the message is about what the
    /// customer does not mean, and it makes whatever is like that likely too.
    @inline(__always)
    var isOutweighed: Bool { (heldBack.first?.confidence ?? 0) - (candidates.first?.confidence ?? 0) >= Self.clearLead }

    private static let clearLead = 0.1
}
