import Language

/// Files each rule under words, or slots, of which a message that it matches has at least one, the rarest there are: a
/// message tries the rules that are filed under its own words, not all of them.
struct RuleIndex: Sendable {
    /// Of each rule, what a message that it matches must have of each of the rule's parts: at least one of some stems, as
    /// bits that other stems may share. A look at these spares most rules' steps.
    private let needs: [[UInt64]]
    /// Where each stem's entries start.
    private var starts: [UInt32]
    private var entries: [UInt32] = []
    /// Of each slot.
    private(set) var slots: [[UInt32]]

    private enum Key: Hashable {
        case stem(Int)
        case slot(Int)
    }

    /// - Parameter bodies: what each rule looks for, by rank.
    init(_ bodies: [RuleElement], _ names: RuleNames) {
        let frequencies = names.lexicon.stemFrequencies
        var rules: [Key: Int] = [:]
        for body in bodies { for key in Set(Self.keys(body, names)) { rules[key, default: 0] += 1 } }
        // A word that phrases have often, messages have often, and what many rules name is likely to be usual. What
        // a message mentions is looked for only where there is no other way.
        func cost(_ key: Key) -> Int {
            switch key {
            case .stem(let stem):
                (frequencies.indices.contains(stem) ? Int(frequencies[stem]) : 0) + rules[key, default: 0]
            case .slot: 1 << 32
            }
        }
        needs = bodies.map { Self.needs($0, names, cost) }
        var filed = [[UInt32]](repeating: [], count: names.lexicon.stemCount)
        slots = [[UInt32]](repeating: [], count: names.slots.count)
        for (rank, body) in bodies.enumerated() {
            let rank = UInt32(truncatingIfNeeded: rank)
            for key in Self.needed(body, names, cost)?.keys ?? [] {
                switch key {
                case .stem(let stem):
                    if filed.indices.contains(stem), filed[stem].last != rank { filed[stem].append(rank) }
                case .slot(let slot):
                    if slots.indices.contains(slot), slots[slot].last != rank { slots[slot].append(rank) }
                }
            }
        }
        starts = [0]
        for list in filed {
            entries += list
            starts.append(UInt32(truncatingIfNeeded: entries.count))
        }
    }

    /// Adds the ranks of the rules that are filed under words of a message.
    func gather(_ stems: [Int], into ranks: inout [UInt32]) {
        starts.withUnsafeBufferPointer { starts in
            for (position, stem) in stems.enumerated() where stem >= 0 {
                let (from, to) = (Int(starts[stem]), Int(starts[stem + 1]))
                if from == to || stems[..<position].contains(stem) { continue }
                ranks.append(contentsOf: entries[from..<to])
            }
        }
    }

    /// Whether a message with stems of these bits may match a rule.
    func mayMatch(_ rank: Int, _ stems: UInt64) -> Bool { needs[rank].allSatisfy { $0 & stems != 0 } }

    /// The bits of a message's stems.
    static func bits(of stems: [Int]) -> UInt64 { stems.reduce(0) { $0 | bit(of: $1) } }

    private static func bit(of stem: Int) -> UInt64 { stem < 0 ? 0 : 1 &<< UInt64(stem & 63) }

    private static func needs(_ body: RuleElement, _ names: RuleNames, _ cost: (Key) -> Int) -> [UInt64] {
        if case .sequence(let parts) = body { return parts.flatMap { needs($0, names, cost) } }
        guard let keys = needed(body, names, cost)?.keys else { return [] }
        var bits: UInt64 = 0
        for key in keys {
            guard case .stem(let stem) = key else { return [] }
            bits |= bit(of: stem)
        }
        return [bits]
    }

    /// All words and slots that may take part in a match.
    private static func keys(_ element: RuleElement, _ names: RuleNames) -> [Key] {
        switch element {
        case .word(let word): [.stem(names.stem(word))]
        case .slot(let slot): [.slot(names.slot(slot))]
        case .gap: []
        case .optional(let part): keys(part, names)
        case .sequence(let parts), .alternatives(let parts): parts.flatMap { keys($0, names) }
        }
    }

    /// The cheapest set of words and slots of which every match has one; nil where a match may have none.
    private static func needed(
        _ element: RuleElement, _ names: RuleNames, _ cost: (Key) -> Int
    ) -> (keys: [Key], cost: Int)? {
        switch element {
        case .word, .slot:
            let key = keys(element, names)
            return (key, key.reduce(0) { $0 + cost($1) })
        case .gap, .optional: return nil
        case .sequence(let parts):
            let choices = parts.compactMap { needed($0, names, cost) }
            return choices.min { $0.cost < $1.cost }
        case .alternatives(let parts):
            let all = parts.map { needed($0, names, cost) }
            if all.contains(where: { $0 == nil }) { return nil }
            return all.compactMap { $0 }.reduce((keys: [], cost: 0)) { ($0.keys + $1.keys, $0.cost + $1.cost) }
        }
    }
}
