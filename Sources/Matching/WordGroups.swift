import Language

/// The letter groups inside each known word and the spaces around it, worked out once: most words of a message are
/// known.
struct WordGroups: Sendable {
    private var starts: [UInt32] = [0]
    private var features: [UInt32] = []

    /// - Parameters:
    ///   - known: how many of the words are told; the others have no groups here.
    ///   - groups: among them every group of these words.
    ///   - first: the feature that is the first of them.
    init(_ words: WordList, known: Int, _ groups: KeyTable, first: Int) {
        var letters: [UInt32] = []
        for word in 0..<known {
            words.letters(word, into: &letters)
            ([0x20] + letters + [0x20]).withUnsafeBufferPointer { units in
                LetterGroups.forEach(in: units) { features.append(UInt32(first + groups.index(of: $0))) }
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

        /// The groups' features in the order of ``LetterGroups``: three for each letter.
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
        for start in starts {
            var hash = StableHash.adding(units[start], to: StableHash.basis)
            for position in start + 1..<max(min(start + 4, units.count), start + 1) {
                hash = StableHash.adding(units[position], to: hash)
                count(hash, &tally)
            }
        }
    }

    /// Counts the groups that start in a known word or the space before it.
    /// - Parameters:
    ///   - inner: those that lie between the two spaces.
    ///   - space: where the space behind the word is.
    @inline(__always)
    func count(_ inner: UnsafeBufferPointer<UInt32>, before space: Int, _ tally: inout FeatureTally) {
        let last = inner.count - 3
        for index in 0..<last { tally.add(Int(inner[index])) }
        let isLast = space + 1 == units.count
        // Behind the last letter but one (or the space) and the last stand the groups that reach into the next word.
        tally.add(Int(inner[last]))
        tally.add(Int(inner[last + 1]))
        if !isLast {
            var hash = StableHash.adding(units[space - 2], to: StableHash.basis)
            for position in space - 1...space + 1 { hash = StableHash.adding(units[position], to: hash) }
            count(hash, &tally)
        }
        tally.add(Int(inner[last + 2]))
        if !isLast {
            var hash = StableHash.adding(units[space - 1], to: StableHash.basis)
            hash = StableHash.adding(0x20, to: hash)
            hash = StableHash.adding(units[space + 1], to: hash)
            count(hash, &tally)
            count(StableHash.adding(units[space + 2], to: hash), &tally)
        }
    }

    @inline(__always)
    private func count(_ hash: UInt64, _ tally: inout FeatureTally) {
        let key = StableHash.finished(hash)
        let number = groups.index(of: key)
        if number < 0 { tally.add(unknown: key) } else { tally.add(first &+ number) }
    }
}
