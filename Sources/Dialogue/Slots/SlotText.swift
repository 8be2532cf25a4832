import Language

/// A message as the readers of slots see it: its bytes, its folded words, and which of its bytes are taken already.
struct SlotText {
    /// UTF-8.
    let bytes: [UInt8]
    /// Folded, in written order.
    let words: [String]
    /// Where each word stands in `bytes`.
    let origins: [Range<Int>]
    /// Of each byte, whether it belongs to a word.
    private let isWord: [Bool]
    private var taken: [Range<Int>] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        words = buffer.tokens.indices.map { buffer.word($0) }
        origins = buffer.tokens.map { Int($0.origin.lowerBound)..<Int($0.origin.upperBound) }
        var isWord = [Bool](repeating: false, count: bytes.count)
        for origin in origins { for offset in origin { isWord[offset] = true } }
        self.isWord = isWord
    }

    /// Whether nothing has been read from these bytes yet.
    func isFree(_ range: Range<Int>) -> Bool { !taken.contains { $0.overlaps(range) } }

    /// Marks bytes as read.
    mutating func take(_ range: Range<Int>) { taken.append(range) }

    /// The bytes from the first to the last of some words.
    func range(ofWords words: Range<Int>) -> Range<Int> {
        words.isEmpty ? 0..<0 : origins[words.lowerBound].lowerBound..<origins[words.upperBound - 1].upperBound
    }

    /// The text of some bytes.
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The place among the words of the first that does not begin before a byte.
    func word(at offset: Int) -> Int { origins.firstIndex { $0.lowerBound >= offset } ?? words.count }

    /// Whether one of `cues`, words or runs of words, stands among the `reach` words before a place.
    func hasCue(_ cues: [[String]], before place: Int, reach: Int) -> Bool {
        let nearest = max(0, place - reach)
        return cues.contains { cue in
            (nearest..<max(nearest, place)).contains { matches(cue, at: $0) && $0 + cue.count <= place }
        }
    }

    /// Whether these words stand at a place.
    func matches(_ run: [String], at place: Int) -> Bool {
        place >= 0 && place + run.count <= words.count && zip(run, words[place...]).allSatisfy { $0 == $1 }
    }

    /// The longest of some runs of words that stands at a place, as its index.
    func longest(of runs: [[String]], at place: Int) -> Int? {
        runs.indices.filter { !runs[$0].isEmpty && matches(runs[$0], at: place) }.max {
            runs[$0].count < runs[$1].count
        }
    }

    /// Whether a byte is part of a word, so that what begins behind it is none of its own.
    func isInWord(_ offset: Int) -> Bool { isWord.indices.contains(offset) && isWord[offset] }
}

extension UInt8 {
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isWordByte: Bool { isASCIIDigit || isASCIILetter || self == 0x5F }
}
