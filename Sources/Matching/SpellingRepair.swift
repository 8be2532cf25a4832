import Language

/// Replaces a misspelt word by the known word that is one edit away (insert, delete, replace, swap of neighbours).
///
/// Every known word is filed under itself and under each of its one-letter deletions; two words at distance one share
/// one of these (Garbe's symmetric delete). Worth 7 to 11 points of search under typing errors, nothing on clean text.
struct SpellingRepair: Sendable {
    private static let shortestRepaired = 4
    static let longestRepaired = 24
    private static let shortestCandidate = 3
    /// How many times likelier the finger meant the key beside the one that it hit than any other. Under such slips worth
    /// 0.3 to 0.6 points of accuracy, under random edits nothing; 16 gives a tenth more of the one and less of the other.
    private static let slipWeight: UInt64 = 4

    /// Where each bucket of `entries` starts.
    private let starts: [UInt32]
    /// Word numbers, in ascending order within a bucket.
    private let entries: [UInt32]
    /// Of each entry, a part of its key that did not choose the bucket: words that share nothing but this are rare.
    private let tags: [UInt16]
    private let mask: Int
    private let kept: KeyTable

    /// - Parameter unrepaired: words that are right though nobody's phrases contain them, such as brand names.
    init(words: WordList, unrepaired: [String]) {
        // Walked anew to count and to file: a list of all keys would be larger than what is made of it.
        var starts = [UInt32](repeating: 0, count: Self.bucketCount(words) + 1)
        let mask = starts.count - 2
        Self.forEachKey(of: words) { key, _ in starts[Self.bucket(key, mask) + 1] += 1 }
        for bucket in 0...mask { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var entries = [UInt32](repeating: 0, count: Int(starts[mask + 1]))
        var tags = [UInt16](repeating: 0, count: entries.count)
        Self.forEachKey(of: words) { key, word in
            let bucket = Self.bucket(key, mask)
            entries[Int(next[bucket])] = UInt32(word)
            tags[Int(next[bucket])] = Self.tag(key)
            next[bucket] += 1
        }
        self.mask = mask
        self.starts = starts
        self.entries = entries
        self.tags = tags
        var keptKeys = KeyIndexer()
        var buffer = TokenBuffer()
        for text in unrepaired {
            buffer.tokenize(text)
            for token in buffer.tokens { _ = keptKeys.insert(token.key) }
        }
        kept = KeyTable(keys: keptKeys.keys)
    }

    /// The number of the word that `word`, which is unknown, was meant to be; -1 where there is none.
    ///
    /// Of several the one with the same first letter (or that of the key beside), then a swap, then the commonest, a slip
    /// to the next key counting as many times more, then the last in order.
    func candidate(for word: ArraySlice<UInt8>, key: UInt64, words: WordList, scratch: inout Scratch) -> Int {
        Letters.decode(word, into: &scratch.letters)
        let length = scratch.letters.count
        guard length >= Self.shortestRepaired, length <= Self.longestRepaired, !isKept(key),
            !scratch.letters.contains(where: { (0x30...0x39).contains($0) })
        else { return -1 }
        Self.keys(of: scratch.letters, into: &scratch.keys)
        var best = -1
        var bestRank = Rank.none
        for key in scratch.keys {
            let bucket = Self.bucket(key, mask)
            for place in Int(starts[bucket])..<Int(starts[bucket + 1]) where tags[place] == Self.tag(key) {
                let index = Int(entries[place])
                guard index != best else { continue }
                words.letters(index, into: &scratch.candidate)
                guard let edit = EditDistance.oneEdit(scratch.letters, scratch.candidate) else { continue }
                let rank = Rank(
                    edit: edit, sameStart: scratch.letters[0] == scratch.candidate[0], count: words.counts[index])
                if best < 0 || bestRank < rank
                    || (bestRank == rank && words.word(best).lexicographicallyPrecedes(words.word(index)))
                {
                    (best, bestRank) = (index, rank)
                }
            }
        }
        return best
    }

    /// Whether a word is right though nobody's phrases contain it.
    func isKept(_ key: UInt64) -> Bool { kept.index(of: key) >= 0 }

    /// Storage that is used again.
    struct Scratch: Sendable {
        var letters: [UInt32] = []
        var candidate: [UInt32] = []
        var keys: [UInt64] = []
    }

    private struct Rank: Comparable {
        let sameStart: Bool
        let isSwap: Bool
        let weight: UInt64

        static let none = Rank(edit: .change, sameStart: false, count: 0)

        init(edit: EditDistance.OneEdit, sameStart: Bool, count: UInt32) {
            self.sameStart = sameStart || edit == .slip
            isSwap = edit == .swap
            weight = UInt64(count) * (edit == .slip ? SpellingRepair.slipWeight : 1)
        }

        static func < (one: Rank, other: Rank) -> Bool {
            if one.sameStart != other.sameStart { return other.sameStart }
            if one.isSwap != other.isSwap { return other.isSwap }
            return one.weight < other.weight
        }
    }

    private static func bucket(_ key: UInt64, _ mask: Int) -> Int { Int(UInt32(truncatingIfNeeded: key)) & mask }

    private static func tag(_ key: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: key >> 32) }

    /// A power of two, no less than there are keys.
    private static func bucketCount(_ words: WordList) -> Int {
        var keys = 0
        forEachKey(of: words) { _, _ in keys += 1 }
        var count = 16
        while count < keys { count *= 2 }
        return count
    }

    /// Every key under which a word is filed, in the words' order.
    @inline(__always)
    private static func forEachKey(of words: WordList, _ body: (_ key: UInt64, _ word: Int) -> Void) {
        var letters: [UInt32] = []
        var keys: [UInt64] = []
        for word in 0..<words.count {
            words.letters(word, into: &letters)
            guard letters.count >= shortestCandidate, letters.count <= longestRepaired + 1 else { continue }
            Self.keys(of: letters, into: &keys)
            for key in keys { body(key, word) }
        }
    }

    /// The word's own key and that of every deletion of one letter.
    private static func keys(of letters: [UInt32], into keys: inout [UInt64]) {
        keys.removeAll(keepingCapacity: true)
        for omitted in -1..<letters.count {
            if omitted > 0, letters[omitted] == letters[omitted - 1] { continue }
            var hash = StableHash.basis
            for index in letters.indices where index != omitted { hash = StableHash.adding(letters[index], to: hash) }
            keys.append(StableHash.finished(hash))
        }
    }
}
