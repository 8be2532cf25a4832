import Language

/// The letter groups inside each known word and the spaces around it, worked out once: most words of a message are
/// known.
struct WordGroups: Sendable {
    private var starts: [UInt32] = [0]
    private var features: [UInt32] = []

    /// - Parameters:
    ///   - known: how many of the words are told; the others have no groups here.
    ///   - groups: those that are features. A word that has another has no groups here either: it is read by its letters.
    ///   - first: the feature that is the first of them.
    init(_ words: WordList, known: Int, _ groups: KeyTable, first: Int) {
        var letters: [UInt32] = []
        for word in 0..<known {
            words.letters(word, into: &letters)
            ([0x20] + letters + [0x20]).withUnsafeBufferPointer { units in
                let start = features.count
                var isWhole = true
                LetterGroups.forEach(in: units) { key in
                    let group = groups.index(of: key)
                    isWhole = isWhole && group >= 0
                    features.append(UInt32(truncatingIfNeeded: first + group))
                }
                if !isWhole { features.removeLast(features.count - start) }
            }
            starts.append(UInt32(features.count))
        }
        for _ in known..<words.count { starts.append(UInt32(features.count)) }
    }

    @inline(__always)
    func withView<Result>(_ body: (View) -> Result) -> Result {
        starts.withUnsafeBufferPointer { starts in
            features.withUnsafeBufferPointer { body(View(starts: starts, features: $0)) }
        }
    }

    /// Lent groups, valid while ``WordGroups/withView(_:)`` runs.
    struct View {
        let starts: UnsafeBufferPointer<UInt32>
        let features: UnsafeBufferPointer<UInt32>

        /// The groups' features in the order of ``LetterGroups``.
        subscript(word: Int) -> UnsafeBufferPointer<UInt32> {
            UnsafeBufferPointer(rebasing: features[Int(starts[word])..<Int(starts[word + 1])])
        }
    }
}

/// Counts the letter groups of a text word by word, in the order of ``LetterGroups/forEach(in:_:)``.
struct GroupReader {
    let units: UnsafeBufferPointer<UInt32>
    let groups: KeyTable.View
    /// The feature that is the first of the groups.
    let first: Int

    /// Counts the groups that start in `starts`.
    @inline(__always)
    func count(starts: Range<Int>, _ tally: inout FeatureTally) {
        for start in starts where start + 2 < units.count {
            LetterGroups.forEach(in: units, from: start) { count($0, &tally) }
        }
    }

    /// Counts the groups that start in a known word or the space before it.
    /// - Parameters:
    ///   - inner: those that lie between the two spaces.
    ///   - space: where the space behind the word is.
    @inline(__always)
    func count(_ inner: UnsafeBufferPointer<UInt32>, before space: Int, _ tally: inout FeatureTally) {
        for feature in inner { tally.add(Int(feature)) }
        guard space + 1 < units.count else { return }
        // From the last letter but one (or the space) on and from the last one, groups reach into the next word.
        var hash = StableHash.adding(units[space - 2], to: StableHash.basis)
        for position in space - 1...space + 1 { hash = StableHash.adding(units[position], to: hash) }
        count(StableHash.finished(hash), &tally)
        LetterGroups.forEach(in: units, from: space - 1) { count($0, &tally) }
    }

    @inline(__always)
    private func count(_ key: UInt64, _ tally: inout FeatureTally) {
        let number = groups.index(of: key)
        if number < 0 { tally.add(unknown: key) } else { tally.add(first &+ number) }
    }
}
