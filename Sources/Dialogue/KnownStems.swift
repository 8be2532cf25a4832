import Language

/// The stems of the words that example phrases are made of, in whatever language: most words of a message are among
/// them and need not be stemmed.
struct KnownStems: Sendable {
    private let stemmer: Stemmer?
    private let words: KeyTable
    /// The stems of `words`, one behind the other, and where each ends.
    private var stems: [UInt8] = []
    private var ends: [Int] = [0]

    init(of phrases: [String], _ stemmer: Stemmer?) {
        self.stemmer = stemmer
        var buffer = TokenBuffer()
        var seen = KeyIndexer()
        for phrase in phrases {
            buffer.tokenize(phrase)
            for token in buffer.tokens where seen.insert(token.key) == ends.count - 1 {
                var stem = Array(buffer.bytes[token.range])
                stemmer?.stem(&stem)
                stems += stem
                ends.append(stems.count)
            }
        }
        words = KeyTable(keys: seen.keys)
    }

    /// A running hash with one more stem.
    static func adding(_ stem: some Sequence<UInt8>, to hash: UInt64) -> UInt64 {
        var hash = hash
        for byte in stem { hash = StableHash.adding(UInt32(byte), to: hash) }
        return StableHash.adding(0x20, to: hash)
    }

    /// A running hash with the stem of the word at `position` of a text, which moves behind the space after it.
    /// - Parameter buffer: storage that is used again.
    func adding(
        _ text: [UInt8], from position: inout Int, to hash: UInt64, _ buffer: inout [UInt8]
    ) -> UInt64 {
        let start = position
        var key = StableHash.basis
        while text[position] != 0x20 {
            key = StableHash.adding(UInt32(text[position]), to: key)
            position += 1
        }
        position += 1
        let word = words.index(of: StableHash.finished(key))
        if word >= 0 { return Self.adding(stems[ends[word]..<ends[word + 1]], to: hash) }
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: text[start..<position - 1])
        stemmer?.stem(&buffer)
        return Self.adding(buffer, to: hash)
    }
}
