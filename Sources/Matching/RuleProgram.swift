import Language

/// A rule as steps that a set of states goes through word by word (Thompson 1968).
///
/// Steps lead forward only, or stay: one walk over them for each word does, so what a message costs is its words times
/// the steps, whatever the pattern. Never a regular expression, whose cost may be exponential.
struct RuleProgram: Sendable {
    enum Step: Sendable, Equatable {
        /// Takes a word of that stem.
        case word(Int)
        /// Takes any word.
        case any
        /// Takes any number of words.
        case gap
        /// Takes a mention of that slot.
        case slot(Int)
        /// Goes on with the next step and with that one.
        case fork(Int)
        /// Goes on with that one.
        case jump(Int)
        /// The pattern's end.
        case match
    }

    private(set) var steps: [Step] = []
    private(set) var slots: [Int] = []
    let startsMessage: Bool
    let endsMessage: Bool
    /// Words, or a word's synonym of several.
    let excluded: [[Int]]
    /// The fewest and the most words of a message that may match.
    let lengths: ClosedRange<Int>

    init(_ pattern: RulePattern, _ names: RuleNames) {
        startsMessage = pattern.startsMessage
        endsMessage = pattern.endsMessage
        excluded = pattern.excluded.map(names.stems)
        let isWhole = pattern.startsMessage && pattern.endsMessage
        let most = isWhole ? pattern.body.mostWords ?? .max : .max
        lengths = pattern.body.fewestNeeded...most
        append(pattern.body, names)
        steps.append(.match)
    }

    private mutating func append(_ element: RuleElement, _ names: RuleNames) {
        switch element {
        case .word(let word): steps.append(.word(names.stem(word)))
        case .slot(let name):
            let slot = names.slot(name)
            steps.append(.slot(slot))
            if !slots.contains(slot) { slots.append(slot) }
        case .gap(nil): steps.append(.gap)
        case .gap(let most?): for _ in 0..<most { appendSkippable { $0.steps.append(.any) } }
        case .sequence(let parts): for part in parts { append(part, names) }
        case .optional(let part): appendSkippable { $0.append(part, names) }
        case .alternatives(let parts):
            var ends: [Int] = []
            for (index, part) in parts.enumerated() {
                let fork = steps.count
                let isLast = index == parts.count - 1
                if !isLast { steps.append(.fork(0)) }
                append(part, names)
                guard !isLast else { break }
                ends.append(steps.count)
                steps.append(.jump(0))
                steps[fork] = .fork(steps.count)
            }
            for end in ends { steps[end] = .jump(steps.count) }
        }
    }

    private mutating func appendSkippable(_ body: (inout RuleProgram) -> Void) {
        let fork = steps.count
        steps.append(.fork(0))
        body(&self)
        steps[fork] = .fork(steps.count)
    }
}

/// Numbers for the words and slots that rules name.
struct RuleNames {
    let lexicon: Lexicon
    let slots: [String]

    /// The stem of a folded word; -2, which no word of a message has, where the lexicon does not know it.
    func stem(_ word: String) -> Int {
        let stem = lexicon.stem(ofKnown: StableHash.of(word.utf8))
        return stem < 0 ? -2 : stem
    }

    /// The stems of folded words with spaces between.
    func stems(_ words: String) -> [Int] { words.split(separator: " ").map { stem(String($0)) } }

    /// The slot of that name; -1, which nothing mentions, where there is none.
    func slot(_ name: String) -> Int { slots.firstIndex(of: name) ?? -1 }
}
