import Language

/// Finds rules that are no use: that can never match, or never decide.
public struct RuleCheck {
    private let patterns: [RulePattern]
    private let rules: RuleSet
    private let names: RuleNames
    private let isMentionable: (Int) -> Bool
    /// More words than all bounded gaps of any rule take together.
    private let wide: Int
    /// Of each rule, where it stands among the programs.
    private var ranks: [Int]

    /// A rule that stands for more texts than this is not compared with others.
    private static let mostTexts = 64

    /// - Parameters:
    ///   - patterns: those of a language that the matcher was made with.
    ///   - isMentionable: whether a message can mention a value of the slot of that number.
    public init(
        _ patterns: [RulePattern], slots: [String], of matcher: IntentMatcher, language: Int = 0,
        isMentionable: @escaping (Int) -> Bool
    ) {
        self.patterns = patterns.map { matcher.synonyms[language].synonyms.writingOut($0) }
        rules = matcher.rules[language]
        names = RuleNames(lexicon: matcher.vocabulary.lexicon, slots: slots)
        self.isMentionable = isMentionable
        wide = 1 + (patterns.map { $0.body.gaps.reduce(0) { $0 + ($1 ?? 0) } }.max() ?? 0)
        ranks = [Int](repeating: 0, count: patterns.count)
        for (rank, rule) in rules.written.enumerated() { ranks[rule] = rank }
    }

    /// Whether no message can match: each way needs a word that the rule excludes, or a slot that has no values.
    public func isImpossible(_ rule: Int) -> Bool {
        let excluded = Set(patterns[rule].excluded.map(names.stems))
        func isPossible(_ element: RuleElement) -> Bool {
            switch element {
            case .word(let word): !excluded.contains([names.stem(word)])
            case .slot(let name): isMentionable(names.slot(name))
            case .gap, .optional: true
            case .sequence(let parts): parts.allSatisfy(isPossible)
            case .alternatives(let parts): parts.contains(where: isPossible)
            }
        }
        return !isPossible(patterns[rule].body)
    }

    /// The first of the more precise rules that matches whatever this one matches; nil where none is found.
    ///
    /// Right where it finds one: all texts that the rule stands for are tried, its gaps and mentions as wide as may
    /// be. A rule that matches those through its own gaps matches narrower ones too.
    public func cover(of rule: Int) -> Int? {
        let pattern = patterns[rule]
        let excluded = Set(pattern.excluded.map(names.stems))
        guard let texts = texts(pattern.body), let first = texts.first else { return nil }
        let messages = texts.map { message($0, pattern) }
        var candidates: [UInt32] = []
        rules.index.gather(message(first, pattern).stems, into: &candidates)
        for case .slot(let slot) in first where slot >= 0 { candidates += rules.index.slots[slot] }
        var states: [UInt64] = []
        var work = 0
        for rank in Set(candidates).map(Int.init).sorted() where rank < ranks[rule] {
            let program = rules.programs[rank]
            guard excluded.isSuperset(of: program.excluded) else { continue }
            // What stands in gaps and before the rule is not known here.
            guard program.banned.isEmpty || patterns[rules.written[rank]] == pattern else { continue }
            let coversAll = messages.allSatisfy { $0.matches(program, states: &states, work: &work) }
            if coversAll { return rules.written[rank] }
        }
        return nil
    }

    /// A part of a text that a rule stands for.
    private enum Part {
        case stem(Int)
        case slot(Int)
        case unknown(Int)
    }

    /// Every text that a rule stands for; nil where there are too many.
    private func texts(_ element: RuleElement) -> [[Part]]? {
        switch element {
        case .word(let word): return [[.stem(names.stem(word))]]
        case .slot(let name): return [[.slot(names.slot(name))]]
        case .gap(let most, _): return [[.unknown(most ?? wide)]]
        case .optional(let part): return texts(part).map { [[]] + $0 }.flatMap(bounded)
        case .alternatives(let parts):
            var all: [[Part]] = []
            for part in parts {
                guard let texts = texts(part), let sum = bounded(all + texts) else { return nil }
                all = sum
            }
            return all
        case .sequence(let parts):
            var all: [[Part]] = [[]]
            for part in parts {
                guard let texts = texts(part), all.count * texts.count <= Self.mostTexts else { return nil }
                all = all.flatMap { start in texts.map { start + $0 } }
            }
            return all
        }
    }

    private func bounded(_ texts: [[Part]]) -> [[Part]]? { texts.count <= Self.mostTexts ? texts : nil }

    /// A text in the midst of others' words, where the rule does not say that it begins or ends there.
    private func message(_ text: [Part], _ pattern: RulePattern) -> RuleMessage {
        var stems = [Int](repeating: -1, count: pattern.startsMessage ? 0 : wide)
        var mentions = [[SlotMention]](repeating: [], count: names.slots.count)
        for part in text {
            switch part {
            case .stem(let stem): stems.append(stem)
            case .unknown(let count): stems += [Int](repeating: -1, count: count)
            case .slot(let slot):
                if mentions.indices.contains(slot) {
                    mentions[slot].append(SlotMention(start: stems.count, end: stems.count + wide))
                }
                stems += [Int](repeating: -1, count: wide)
            }
        }
        if !pattern.endsMessage { stems += [Int](repeating: -1, count: wide) }
        return RuleMessage(stems: stems, mentions: mentions, isWhole: true)
    }
}
