/// Every distinct letter group of every section, with how often the section has it.
struct GroupOccurrences {
    /// The groups of each word, one word's behind the other's, and where each word's end.
    private let groups: [UInt32]
    private let ends: [UInt32]
    /// How many groups there are.
    private let count: Int
    private let bags: WordBags
    /// What a walk found; nil of many sections, where it would take too much memory and each walk counts again.
    private var kept: Found?

    private struct Found {
        var groups: [UInt32] = []
        var counts: [UInt16] = []
        /// Where each section's groups end.
        var ends: [Int] = []
    }

    /// - Parameters:
    ///   - groups: the groups of each word, one word's behind the other's.
    ///   - ends: where each word's end.
    ///   - count: how many different groups there are.
    init(groups: [UInt32], ends: [UInt32], count: Int, _ bags: WordBags) {
        (self.groups, self.ends, self.count, self.bags) = (groups, ends, count, bags)
        guard bags.count <= SectionRecipe.exhaustiveLimit else { return }
        var found = Found()
        found.ends.reserveCapacity(bags.count)
        walk { group, section, count in
            while found.ends.count < section { found.ends.append(found.groups.count) }
            found.groups.append(UInt32(truncatingIfNeeded: group))
            found.counts.append(count)
        }
        while found.ends.count < bags.count { found.ends.append(found.groups.count) }
        kept = found
    }

    /// Visits them, sections in ascending order.
    @inline(__always)
    func forEach(_ visit: (_ group: Int, _ section: Int, _ count: UInt16) -> Void) {
        guard let kept else { return walk(visit) }
        var place = 0
        for (section, end) in kept.ends.enumerated() {
            while place < end {
                visit(Int(kept.groups[place]), section, kept.counts[place])
                place += 1
            }
        }
    }

    @inline(__always)
    private func walk(_ visit: (_ group: Int, _ section: Int, _ count: UInt16) -> Void) {
        var counts = [UInt32](repeating: 0, count: count)
        var met: [UInt32] = []
        for section in 0..<bags.count {
            met.removeAll(keepingCapacity: true)
            for place in bags.places(section) {
                let word = Int(bags.words[place])
                for group in groups[(word == 0 ? 0 : Int(ends[word - 1]))..<Int(ends[word])] {
                    if counts[Int(group)] == 0 { met.append(group) }
                    counts[Int(group)] += UInt32(bags.counts[place])
                }
            }
            for group in met {
                visit(Int(group), section, UInt16(clamping: counts[Int(group)]))
                counts[Int(group)] = 0
            }
        }
    }
}
