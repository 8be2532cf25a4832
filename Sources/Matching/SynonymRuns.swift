import Language

/// Runs of words that are read as another, found by keys of their stems.
///
/// Most words of a text begin no run, which takes one look-up.
struct SynonymRuns: Sendable {
    /// One way to say what a group means.
    private struct Run {
        let keys: [UInt64]
        /// Whose first way it is read as; nil where it is that itself.
        let group: Int?
    }

    private let beginnings: KeyTable
    /// What begins with each of `beginnings`, the longest first.
    private var runs: [[Run]] = []

    /// - Parameter groups: keys of each group's ways to say it; the others are read as the first.
    init(_ groups: [[[UInt64]]]) {
        var beginnings = KeyIndexer()
        for (group, ways) in groups.enumerated() {
            for keys in ways {
                guard let first = keys.first else { continue }
                let index = beginnings.insert(first)
                if index == runs.count { runs.append([]) }
                // What another group has too is its first one's.
                guard !runs[index].contains(where: { $0.keys == keys }) else { continue }
                let place = runs[index].firstIndex { $0.keys.count < keys.count } ?? runs[index].count
                runs[index].insert(Run(keys: keys, group: keys == ways[0] ? nil : group), at: place)
            }
        }
        self.beginnings = KeyTable(keys: beginnings.keys)
    }

    /// Which words of a text are read as which group's first way, in written order; of several runs that begin with a
    /// word the longest.
    /// - Parameters:
    ///   - count: how many words the text has.
    ///   - key: of a word's stem.
    @inline(__always)
    func find(_ count: Int, key: (Int) -> UInt64) -> [(words: Range<Int>, group: Int)] {
        var found: [(words: Range<Int>, group: Int)] = []
        var position = 0
        while position < count {
            let beginning = beginnings.index(of: key(position))
            guard beginning >= 0,
                let run = runs[beginning].first(where: { run in
                    run.keys.count <= count - position
                        && run.keys.indices.dropFirst().allSatisfy { key(position + $0) == run.keys[$0] }
                })
            else {
                position += 1
                continue
            }
            if let group = run.group { found.append((position..<position + run.keys.count, group)) }
            position += run.keys.count
        }
        return found
    }
}
