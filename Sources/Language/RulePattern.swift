/// What an editor's rule looks for in the words of a message.
///
/// It stands here since the editors' files are read, and messages matched, by modules that do not know each other.
public struct RulePattern: Sendable, Equatable {
    /// What stands in the message, neighbours one behind the other.
    public let body: RuleElement
    /// What does not stand right before it.
    public let before: Before?
    /// Whether the message must begin with it.
    public let startsMessage: Bool
    /// Whether the message must end with it.
    public let endsMessage: Bool
    /// Folded words that must not stand anywhere in the message, in any form.
    public let excluded: [String]

    /// Words that must not stand right before what a pattern looks for.
    public struct Before: Sendable, Equatable {
        /// Folded, in any form.
        public let words: [String]
        /// How many words before it are looked at, as far as there is no punctuation mark; nil: all.
        public let within: Int?

        /// Words that must not stand among the last `within` before it.
        public init(_ words: [String], within: Int?) {
            self.words = words
            self.within = within
        }
    }

    /// A pattern.
    public init(
        _ body: RuleElement, before: Before? = nil, startsMessage: Bool = false, endsMessage: Bool = false,
        excluded: [String] = []
    ) {
        self.body = body
        self.before = before
        self.startsMessage = startsMessage
        self.endsMessage = endsMessage
        self.excluded = excluded
    }

    /// All folded words that it names, those that it excludes too.
    public var words: [String] { body.words + excluded + (before?.words ?? []) }

    /// All folded words that it excludes, wherever.
    public var allExcluded: [String] { excluded + (before?.words ?? []) + body.excluded }
}

/// A part of a ``RulePattern``.
public indirect enum RuleElement: Sendable, Equatable {
    /// A folded word; every word of the same stem is it.
    case word(String)
    /// One mention of a value of the slot of that name, however many words it has.
    case slot(String)
    /// Any words but these folded ones in any form, at most that many; nil: any number.
    case gap(atMost: Int?, without: [String] = [])
    /// One behind the other.
    case sequence([RuleElement])
    /// One of them.
    case alternatives([RuleElement])
    /// There or not.
    case optional(RuleElement)

    /// The words and slots that there are at least where it matches.
    public var fewestNeeded: Int {
        switch self {
        case .word, .slot: 1
        case .gap, .optional: 0
        case .sequence(let parts): parts.reduce(0) { $0 + $1.fewestNeeded }
        case .alternatives(let parts): parts.map(\.fewestNeeded).min() ?? 0
        }
    }

    /// The most words that there are where it matches; nil where there is no limit, or slots set it.
    public var mostWords: Int? {
        switch self {
        case .word: 1
        case .slot: nil
        case .gap(let most, _): most
        case .optional(let part): part.mostWords
        case .sequence(let parts):
            parts.reduce(0) { most, part in most.flatMap { most in part.mostWords.map { most + $0 } } }
        case .alternatives(let parts):
            parts.reduce(0) { most, part in most.flatMap { most in part.mostWords.map { Swift.max(most, $0) } } }
        }
    }

    /// The most words of each gap in written order; nil for any number.
    public var gaps: [Int?] {
        switch self {
        case .word, .slot: []
        case .gap(let most, _): [most]
        case .optional(let part): part.gaps
        case .sequence(let parts), .alternatives(let parts): parts.flatMap(\.gaps)
        }
    }

    fileprivate var words: [String] {
        switch self {
        case .word(let word): [word]
        case .slot: []
        case .gap(_, let words): words
        case .optional(let part): part.words
        case .sequence(let parts), .alternatives(let parts): parts.flatMap(\.words)
        }
    }

    fileprivate var excluded: [String] {
        switch self {
        case .word, .slot: []
        case .gap(_, let words): words
        case .optional(let part): part.excluded
        case .sequence(let parts), .alternatives(let parts): parts.flatMap(\.excluded)
        }
    }
}
