import Language

/// Common words by their consonants, for those who leave vowels out: *pdd* is *pedido*, *sta* is *está*.
struct AbridgedWords: Sendable {
    /// Letters of what is written; what is shorter may be anything.
    private static let shortest = 3
    private static let fewestConsonants = 2
    /// How often the phrases have a word that is looked for.
    private static let common: UInt32 = 2

    private let consonants: KeyTable
    /// The words of each, the commonest first.
    private let words: [UInt32]
    /// Where those of each of ``consonants`` start.
    private let starts: [UInt32]

    init(_ list: WordList) {
        var indexer = KeyIndexer()
        var found: [(key: Int, word: UInt32)] = []
        var letters: [UInt32] = []
        for word in 0..<list.count where list.counts[word] >= Self.common {
            list.letters(word, into: &letters)
            let count = letters.count { !Self.isVowel($0) }
            guard count >= Self.fewestConsonants, count < letters.count else { continue }
            found.append((indexer.insert(Self.key(letters)), UInt32(word)))
        }
        found.sort { one, other in
            if one.key != other.key { return one.key < other.key }
            let (first, second) = (list.counts[Int(one.word)], list.counts[Int(other.word)])
            return first == second ? one.word < other.word : first > second
        }
        var starts: [UInt32] = []
        for (place, entry) in found.enumerated() where entry.key == starts.count { starts.append(UInt32(place)) }
        starts.append(UInt32(found.count))
        consonants = KeyTable(keys: indexer.keys)
        words = found.map(\.word)
        self.starts = starts
    }

    /// The number of the commonest word that an unknown one is without its vowels, those at its ends aside; -1 where there
    /// is none. What has a vowel inside is a word by itself: *pan* is not *pain*.
    func whole(of word: ArraySlice<UInt8>, _ list: WordList, _ scratch: inout SpellingRepair.Scratch) -> Int {
        Letters.decode(word, into: &scratch.letters)
        guard scratch.letters.count >= Self.shortest, scratch.letters.count <= SpellingRepair.longestRepaired,
            !scratch.letters.dropFirst().dropLast().contains(where: Self.isVowel)
        else { return -1 }
        let key = consonants.index(of: Self.key(scratch.letters))
        guard key >= 0 else { return -1 }
        for word in words[Int(starts[key])..<Int(starts[key + 1])] {
            list.letters(Int(word), into: &scratch.candidate)
            if Self.isAbridged(scratch.letters, of: scratch.candidate) { return Int(word) }
        }
        return -1
    }

    /// Whether letters are a word's, in order, of which it has more.
    private static func isAbridged(_ letters: [UInt32], of word: [UInt32]) -> Bool {
        var rest = letters[...]
        for letter in word where rest.first == letter { rest.removeFirst() }
        return rest.isEmpty && letters.count < word.count
    }

    private static func key(_ letters: [UInt32]) -> UInt64 {
        Letters.key(letters.lazy.filter { !isVowel($0) })
    }

    private static func isVowel(_ letter: UInt32) -> Bool {
        switch letter {
        case 0x61, 0x65, 0x69, 0x6F, 0x75: true
        default: false
        }
    }
}
