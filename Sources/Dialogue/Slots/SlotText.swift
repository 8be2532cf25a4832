import Language

/// A message as the readers of slots see it: its bytes, its folded words, and which of its bytes are taken already.
struct SlotText {
    /// UTF-8.
    let bytes: [UInt8]
    /// Folded, in written order.
    let words: [String]
    /// Where each word stands in `bytes`.
    let origins: [Range<Int>]
    /// Of each byte, whether it belongs to a word, and how many words begin before it.
    private let isWord: [Bool]
    private let wordsBefore: [Int]
    private var isTaken: [Bool]

    /// Bytes of a message that are read: of a longer one nobody expects that a number at its end is picked out, and
    /// readers look back and ahead at each word.
    private static let mostBytes = 2_000

    init(_ text: String) {
        let text = String(decoding: text.utf8.prefix(Self.mostBytes), as: UTF8.self)
        bytes = Array(text.utf8)
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        words = buffer.tokens.indices.map { buffer.word($0) }
        origins = buffer.tokens.map { Int($0.origin.lowerBound)..<Int($0.origin.upperBound) }
        var isWord = [Bool](repeating: false, count: bytes.count)
        var wordsBefore = [Int](repeating: 0, count: bytes.count + 1)
        for origin in origins {
            for offset in origin { isWord[offset] = true }
            wordsBefore[origin.lowerBound + 1] = 1
        }
        for offset in wordsBefore.indices.dropFirst() { wordsBefore[offset] += wordsBefore[offset - 1] }
        self.isWord = isWord
        self.wordsBefore = wordsBefore
        isTaken = [Bool](repeating: false, count: bytes.count)
    }

    /// The message itself as far as it is kept for a slot, nil where it has no words.
    var firstWords: String? {
        words.isEmpty ? nil : String(String(decoding: bytes, as: UTF8.self).prefix(Self.mostKept))
    }

    /// Characters of a slot in the customer's own words.
    private static let mostKept = 500

    /// Whether nothing has been read from these bytes yet.
    func isFree(_ range: Range<Int>) -> Bool { !isTaken[range].contains(true) }

    /// Marks bytes as read.
    mutating func take(_ range: Range<Int>) { for offset in range { isTaken[offset] = true } }

    /// The bytes from the first to the last of some words.
    func range(ofWords words: Range<Int>) -> Range<Int> {
        words.isEmpty ? 0..<0 : origins[words.lowerBound].lowerBound..<origins[words.upperBound - 1].upperBound
    }

    /// The text of some bytes.
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The place among the words of the first that does not begin before a byte.
    func word(at offset: Int) -> Int { wordsBefore[offset] }

    /// Whether one of `cues`, words or runs of words, stands among the `reach` words before a place.
    func hasCue(_ cues: [[String]], before place: Int, reach: Int) -> Bool {
        let nearest = max(0, place - reach)
        return cues.contains { cue in
            (nearest..<max(nearest, place)).contains { matches(cue, at: $0) && $0 + cue.count <= place }
        }
    }

    /// Of each word, whether one of `cues`, words or runs of words, ends with it.
    func ends(of cues: [[String]]) -> [Bool] {
        var ends = [Bool](repeating: false, count: words.count)
        for place in words.indices {
            if let cue = longest(of: cues, at: place) { ends[place + cues[cue].count - 1] = true }
        }
        return ends
    }

    /// Whether these words stand at a place.
    func matches(_ run: [String], at place: Int) -> Bool {
        place >= 0 && place + run.count <= words.count && zip(run, words[place...]).allSatisfy { $0 == $1 }
    }

    /// The longest of some runs of words that stands at a place, as its index.
    func longest(of runs: [[String]], at place: Int) -> Int? {
        guard place < words.count else { return nil }
        var best: Int?
        for (index, run) in runs.enumerated()
        where run.first == words[place] && run.count > best.map({ runs[$0].count }) ?? 0 && matches(run, at: place) {
            best = index
        }
        return best
    }

    /// Whether a byte is part of a word, so that what begins behind it is none of its own.
    func isInWord(_ offset: Int) -> Bool { isWord.indices.contains(offset) && isWord[offset] }
}

extension UInt8 {
    var isWordByte: Bool { isASCIIDigit || isASCIILetter || self == 0x5F }
}
