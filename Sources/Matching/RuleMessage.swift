/// Where a message mentions a value of a slot.
public struct SlotMention: Sendable, Equatable {
    /// Its first word.
    public let start: Int
    /// The word behind its last.
    public let end: Int

    /// A mention of the words from `start` to before `end`.
    public init(start: Int, end: Int) {
        self.start = start
        self.end = end
    }
}

/// A message as rules see it.
struct RuleMessage {
    /// Of each word; negative where it is unknown.
    let stems: [Int]
    /// Of each slot, by their start.
    let mentions: [[SlotMention]]
    /// Places of words behind a punctuation mark, rising.
    var pauses: [Int] = []
    /// Whether the last word is the message's: a long one is cut.
    let isWhole: Bool

    /// Whether a rule matches.
    /// - Parameters:
    ///   - ignoresExclusions: whether it may have words that the rule excludes.
    ///   - states: room that is used again: a set of the program's steps for each word and the end.
    ///   - work: how many steps it took is added.
    /// - Complexity: O(words × (steps + words that it excludes))
    func matches(
        _ program: RuleProgram, ignoresExclusions: Bool = false, states: inout [UInt64], work: inout Int
    ) -> Bool {
        guard program.lengths.contains(stems.count) else { return false }
        if !ignoresExclusions {
            work += program.excluded.count
            if hasExcluded(program) { return false }
        }
        let width = (program.steps.count + 63) / 64
        let size = (stems.count + 1) * width
        if states.count < size { states = [UInt64](repeating: 0, count: size) }
        return states.withUnsafeMutableBufferPointer { states in
            states[..<size].update(repeating: 0)
            return program.steps.withUnsafeBufferPointer { steps in
                reachesEnd(program, steps, states, width: width, ignoresExclusions, &work)
            }
        }
    }

    /// Whether it has a word that a rule excludes wherever it stands.
    func hasExcluded(_ program: RuleProgram) -> Bool { program.excluded.contains(where: has) }

    private func has(_ words: [Int]) -> Bool {
        guard let first = words.first else { return false }
        if words.count == 1 { return stems.contains(first) }
        return stems.indices.contains { stems[$0...].starts(with: words) }
    }

    private func reachesEnd(
        _ program: RuleProgram, _ steps: UnsafeBufferPointer<RuleProgram.Step>,
        _ states: UnsafeMutableBufferPointer<UInt64>, width: Int,
        _ ignoresExclusions: Bool, _ work: inout Int
    ) -> Bool {
        var furthest = 0
        var pause = 0
        // The first place where the match may begin, as far as words before it go.
        var beginning = 0
        func reach(_ position: Int, _ step: Int) {
            furthest = max(furthest, position)
            states[position &* width &+ step &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: step & 63)
        }
        for position in 0...stems.count {
            while pause < pauses.count, pauses[pause] <= position {
                beginning = 0
                pause += 1
            }
            if position >= beginning, position == 0 || !program.startsMessage { reach(position, 0) }
            let banned = ignoresExclusions ? 0 : banned(at: position, program, &work)
            if let before = program.before, banned &>> UInt64(before.banned) & 1 != 0 {
                beginning = position + 1 + before.within
            }
            if program.startsMessage, position > furthest { return false }
            for block in 0..<width {
                var done: UInt64 = 0
                // Steps lead forward: what this one reaches at the same word is still to come.
                while case let open = states[position * width + block] & ~done, open != 0 {
                    done |= open & (0 &- open)
                    work += 1
                    let step = block * 64 + open.trailingZeroBitCount
                    let isInside = position < stems.count
                    switch steps[step] {
                    case .word(let stem): if isInside, stems[position] == stem { reach(position + 1, step + 1) }
                    case .any: if isInside { reach(position + 1, step + 1) }
                    case .gap:
                        reach(position, step + 1)
                        if isInside { reach(position + 1, step) }
                    case .anyBut(let number):
                        if isInside, banned &>> UInt64(number) & 1 == 0 { reach(position + 1, step + 1) }
                    case .gapBut(let number):
                        reach(position, step + 1)
                        if isInside, banned &>> UInt64(number) & 1 == 0 { reach(position + 1, step) }
                    case .slot(let slot): forEachMention(of: slot, at: position) { reach($0, step + 1) }
                    case .fork(let target):
                        reach(position, step + 1)
                        reach(position, target)
                    case .jump(let target): reach(position, target)
                    case .match: if !program.endsMessage || (isWhole && !isInside) { return true }
                    }
                }
            }
        }
        return false
    }

    /// Which of a rule's banned lists the word at a place is in, a bit for each: a rule is too short for more than 64.
    private func banned(at position: Int, _ program: RuleProgram, _ work: inout Int) -> UInt64 {
        guard !program.banned.isEmpty, position < stems.count else { return 0 }
        var found: UInt64 = 0
        for (number, list) in program.banned.enumerated() {
            work += list.count
            if list.contains(stems[position]) { found |= 1 &<< UInt64(truncatingIfNeeded: number) }
        }
        return found
    }

    /// Gives the ends of a slot's mentions that start at a word.
    private func forEachMention(of slot: Int, at start: Int, _ body: (Int) -> Void) {
        guard mentions.indices.contains(slot) else { return }
        let found = mentions[slot]
        var (low, high) = (0, found.count)
        while low < high {
            let middle = (low + high) / 2
            if found[middle].start < start { low = middle + 1 } else { high = middle }
        }
        while low < found.count, found[low].start == start {
            body(found[low].end)
            low += 1
        }
    }
}
