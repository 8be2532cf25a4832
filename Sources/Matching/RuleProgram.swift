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
        /// Takes any word that is none of those of that number.
        case anyBut(Int)
        /// Takes any number of words that are none of those of that number.
        case gapBut(Int)
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
    /// Words, or a word's synonym of several, that exclude a match wherever they stand.
    let excluded: [[Int]]
    /// Stems that do not stand in a gap, or right before the match.
    private(set) var banned: [[Int]] = []
    /// Which of ``banned`` do not stand among how many words before the match.
    private(set) var before: (banned: Int, within: Int)?
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
        if let words = pattern.before { before = (ban(words.words, names), words.within ?? Recipe.wordLimit) }
    }

    /// Whether there are words that may keep it from matching.
    var excludes: Bool { !excluded.isEmpty || !banned.isEmpty }

    private mutating func ban(_ words: [String], _ names: RuleNames) -> Int {
        banned.append(words.map(names.stem))
        return banned.count - 1
    }

    private mutating func append(_ element: RuleElement, _ names: RuleNames) {
        switch element {
        case .word(let word): steps.append(.word(names.stem(word)))
        case .slot(let name):
            let slot = names.slot(name)
            steps.append(.slot(slot))
            if !slots.contains(slot) { slots.append(slot) }
        case .gap(let most, let words):
            let number = words.isEmpty ? nil : ban(words, names)
            guard let most else { return steps.append(number.map { .gapBut($0) } ?? .gap) }
            let step = number.map { Step.anyBut($0) } ?? .any
            for _ in 0..<most { appendSkippable { $0.steps.append(step) } }
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
