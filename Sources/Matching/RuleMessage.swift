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
    /// Whether the last word is the message's: a long one is cut.
    let isWhole: Bool

    /// Of what was found while rules were tried.
    enum Verdict { case matches, excluded, fails }

    /// Whether a rule matches.
    /// - Parameters:
    ///   - states: room that is used again: a set of the program's steps for each word and the end.
    ///   - work: how many steps it took is added.
    /// - Complexity: O(words × steps)
    func verdict(on program: RuleProgram, states: inout [UInt64], work: inout Int) -> Verdict {
        guard program.lengths.contains(stems.count) else { return .fails }
        work += program.excluded.count
        if program.excluded.contains(where: has) { return .excluded }
        let width = (program.steps.count + 63) / 64
        let size = (stems.count + 1) * width
        if states.count < size { states = [UInt64](repeating: 0, count: size) }
        let isReached = states.withUnsafeMutableBufferPointer { states in
            states[..<size].update(repeating: 0)
            return program.steps.withUnsafeBufferPointer { steps in
                reachesEnd(program, steps, states, width: width, &work)
            }
        }
        return isReached ? .matches : .fails
    }

    private func has(_ words: [Int]) -> Bool {
        guard let first = words.first else { return false }
        if words.count == 1 { return stems.contains(first) }
        return stems.indices.contains { stems[$0...].starts(with: words) }
    }

    private func reachesEnd(
        _ program: RuleProgram, _ steps: UnsafeBufferPointer<RuleProgram.Step>,
        _ states: UnsafeMutableBufferPointer<UInt64>, width: Int, _ work: inout Int
    ) -> Bool {
        var furthest = 0
        func reach(_ position: Int, _ step: Int) {
            furthest = max(furthest, position)
            states[position &* width &+ step &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: step & 63)
        }
        for position in 0...stems.count {
            if position == 0 || !program.startsMessage { reach(position, 0) }
            if position > furthest { return false }
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
