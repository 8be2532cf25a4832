import Language

/// Known words by what they sound like in Spanish: *resivo* is *recibo*, *kiero* is *quiero*.
struct Homophones: Sendable {
    /// Letters: of shorter words too many sound alike.
    private static let shortest = 3

    private let sounds: KeyTable
    /// The commonest word of each.
    private let words: [UInt32]

    init(of words: WordList) {
        var (indexer, commonest): (KeyIndexer, [UInt32]) = (KeyIndexer(capacity: words.count), [])
        var letters: [UInt32] = []
        for word in 0..<words.count {
            words.letters(word, into: &letters)
            guard letters.count >= Self.shortest else { continue }
            let sound = indexer.insert(Self.key(&letters))
            if sound == commonest.count {
                commonest.append(UInt32(word))
            } else if words.counts[word] > words.counts[Int(commonest[sound])] {
                commonest[sound] = UInt32(word)
            }
        }
        sounds = KeyTable(keys: indexer.keys)
        self.words = commonest
    }

    /// The number of the commonest word that sounds like an unknown one; -1 where there is none.
    /// - Parameter letters: storage that is used again.
    func word(like word: ArraySlice<UInt8>, _ letters: inout [UInt32]) -> Int {
        Letters.decode(word, into: &letters)
        guard letters.count >= Self.shortest, letters.count <= SpellingRepair.longestRepaired,
            !letters.contains(where: { (0x30...0x39).contains($0) })
        else { return -1 }
        let sound = sounds.index(of: Self.key(&letters))
        return sound < 0 ? -1 : Int(words[sound])
    }

    private static func key(_ letters: inout [UInt32]) -> UInt64 {
        SpanishSound.reduce(&letters)
        return Letters.key(letters)
    }
}
