import Language

/// Editors' rules, ready to be tried on messages: on their words as read, then, where these have synonyms, as written.
/// Immutable; a reference, since each message takes it in hand twice.
public final class RuleSet: Sendable {
    /// How many there are.
    public let count: Int

    /// The most precise first; of equally precise ones, the first written.
    let programs: [RuleProgram]
    /// Of each of `programs`, which rule it is.
    let written: [Int]
    let index: RuleIndex
    private let slotCount: Int

    /// - Parameters:
    ///   - patterns: in the order in which they are written.
    ///   - lexicon: knows their words.
    init(_ patterns: [RulePattern], slots: [String], _ lexicon: Lexicon) {
        let names = RuleNames(lexicon: lexicon, slots: slots)
        let specificities = patterns.map { RuleSpecificity($0) }
        let ranked = patterns.indices.sorted { one, other in
            let (first, second) = (specificities[one], specificities[other])
            return first == second ? one < other : first > second
        }
        count = patterns.count
        written = ranked
        programs = ranked.map { RuleProgram(patterns[$0], names) }
        index = RuleIndex(ranked.map { patterns[$0].body }, names)
        slotCount = slots.count
    }

    /// What became of a rule that was tried.
    public enum Outcome: String, Sendable {
        /// It matches, and decides.
        case decides
        /// It matches, and a more precise one decides.
        case outranked
        /// It would match, but for a word that it excludes.
        case excluded
        /// What it looks for is not there, or not in that order.
        case unmatched
    }

    /// The rule that decides about the message in `scratch`, whose words its matcher read; nil where none does.
    /// - Parameter find: adds the mentions of the slot of that number in the ``MatchScratch/written`` words, by their
    ///   start; asked only where a rule needs it.
    /// - Complexity: O(words), and for each rule filed under one of them O(words × its steps).
    public func match(
        _ scratch: inout MatchScratch, mentions find: (_ slot: Int, _ found: inout [SlotMention]) -> Void
    ) -> Int? {
        guard count > 0 else { return nil }
        gather(&scratch, find)
        guard !scratch.filedRules.isEmpty else { return nil }
        for place in scratch.filedRules.indices {
            let rank = Int(scratch.filedRules[place])
            if matches(rank, &scratch, find) { return written[rank] }
        }
        return nil
    }

    /// The rules that would match the message in `scratch` but for a word that they exclude, the most precise first,
    /// where ``match(_:mentions:)`` has just found that none does.
    public func heldBack(
        _ scratch: inout MatchScratch, mentions find: (_ slot: Int, _ found: inout [SlotMention]) -> Void
    ) -> [Int] {
        guard count > 0 else { return [] }
        var rules: [Int] = []
        for place in scratch.filedRules.indices {
            let rank = Int(scratch.filedRules[place])
            guard programs[rank].excludes, matches(rank, ignoresExclusions: true, &scratch, find) else { continue }
            rules.append(written[rank])
        }
        return rules
    }

    /// All rules that are tried on the message in `scratch`, whose words its matcher read, the most precise first.
    public func tried(
        _ scratch: inout MatchScratch, mentions find: (_ slot: Int, _ found: inout [SlotMention]) -> Void
    ) -> [(rule: Int, outcome: Outcome)] {
        guard count > 0 else { return [] }
        gather(&scratch, find)
        var isDecided = false
        return scratch.filedRules.map { rank in
            let rank = Int(rank)
            guard matches(rank, &scratch, find) else {
                let isExcluded = programs[rank].excludes && matches(rank, ignoresExclusions: true, &scratch, find)
                return (written[rank], isExcluded ? .excluded : .unmatched)
            }
            defer { isDecided = true }
            return (written[rank], isDecided ? .outranked : .decides)
        }
    }

    /// Collects the rules to be tried, by rank.
    private func gather(_ scratch: inout MatchScratch, _ find: (Int, inout [SlotMention]) -> Void) {
        scratch.filedRules.removeAll(keepingCapacity: true)
        if slotCount > 0 {
            while scratch.areMentionsKnown.count < slotCount {
                scratch.areMentionsKnown.append(false)
                scratch.mentions.append([])
                scratch.writtenMentions.append([])
            }
            for slot in scratch.areMentionsKnown.indices { scratch.areMentionsKnown[slot] = false }
        }
        index.gather(scratch.stems, into: &scratch.filedRules)
        scratch.ruleStems = RuleIndex.bits(of: scratch.stems)
        if !scratch.synonyms.isEmpty {
            index.gather(scratch.spelledStems, into: &scratch.filedRules)
            scratch.ruleStems |= RuleIndex.bits(of: scratch.spelledStems)
        }
        for slot in index.slots.indices where !index.slots[slot].isEmpty {
            Self.know(slot, &scratch, find)
            if !scratch.mentions[slot].isEmpty { scratch.filedRules.append(contentsOf: index.slots[slot]) }
        }
        guard scratch.filedRules.count > 1 else { return }
        scratch.filedRules.sort()
        var kept = 1
        for place in 1..<scratch.filedRules.count where scratch.filedRules[place] != scratch.filedRules[kept - 1] {
            scratch.filedRules[kept] = scratch.filedRules[place]
            kept += 1
        }
        scratch.filedRules.removeLast(scratch.filedRules.count - kept)
    }

    private func matches(
        _ rank: Int, ignoresExclusions: Bool = false, _ scratch: inout MatchScratch,
        _ find: (Int, inout [SlotMention]) -> Void
    ) -> Bool {
        guard index.mayMatch(rank, scratch.ruleStems) else { return false }
        for slot in programs[rank].slots where slot >= 0 { Self.know(slot, &scratch, find) }
        scratch.triedRules += 1
        let read = RuleMessage(
            stems: scratch.stems, mentions: scratch.mentions, pauses: scratch.text.pauses,
            isWhole: scratch.text.tokens.count < Recipe.wordLimit)
        func matches(_ message: RuleMessage, ignoresExclusions: Bool) -> Bool {
            message.matches(
                programs[rank], ignoresExclusions: ignoresExclusions, states: &scratch.ruleStates,
                work: &scratch.ruleSteps)
        }
        if matches(read, ignoresExclusions: ignoresExclusions) { return true }
        guard !scratch.synonyms.isEmpty else { return false }
        // What the words as read exclude, the words as written don't bring back.
        if !ignoresExclusions, programs[rank].excludes,
            read.hasExcluded(programs[rank]) || matches(read, ignoresExclusions: true)
        {
            return false
        }
        // A rule may name a word of a phrase that is read as another.
        let written = RuleMessage(
            stems: scratch.spelledStems, mentions: scratch.writtenMentions, pauses: scratch.spelled.pauses,
            isWhole: scratch.spelled.tokens.count < Recipe.wordLimit)
        return matches(written, ignoresExclusions: ignoresExclusions)
    }

    /// Has the mentions of a slot found, once a message.
    private static func know(_ slot: Int, _ scratch: inout MatchScratch, _ find: (Int, inout [SlotMention]) -> Void) {
        guard !scratch.areMentionsKnown[slot] else { return }
        scratch.areMentionsKnown[slot] = true
        scratch.mentions[slot].removeAll(keepingCapacity: true)
        find(slot, &scratch.mentions[slot])
        guard !scratch.synonyms.isEmpty else { return }
        scratch.writtenMentions[slot] = scratch.mentions[slot]
        for index in scratch.mentions[slot].indices {
            scratch.mentions[slot][index] = scratch.placed(scratch.mentions[slot][index])
        }
    }
}
