/// The folded words of one text, in storage that is used again for the next.
///
/// A word is a run of letters, digits and `_`. Apostrophes inside it are removed (*don't* → *dont*).
public struct TokenBuffer: Sendable {
    /// A space, then each word followed by a space; so `" hola que tal "`. Empty when there is no word.
    public private(set) var bytes: [UInt8] = []
    /// The words in written order.
    public private(set) var tokens: [Token] = []
    /// Places in ``tokens`` before which a punctuation mark or a line break stands, rising; also the one behind the last.
    public private(set) var pauses: [Int] = []
    /// Whether the text's words may be others with their accents kept; also where accents stand behind the limit.
    public private(set) var mayHaveAccents = false

    /// Whether a text is nothing but numbers, which ask for nothing.
    public var isNumbers: Bool { !bytes.isEmpty && bytes.allSatisfy { $0 == 0x20 || $0.isASCIIDigit } }

    /// An empty buffer; it grows to the longest text it meets.
    public init() {}

    /// Replaces what is held by the words of `text`, at most `limit` of them.
    public mutating func tokenize(_ text: String, limit: Int = .max, accents: Folding.Accents = .folded) {
        var text = text
        text.withUTF8 { tokenize($0, limit: limit, accents: accents) }
    }

    /// Replaces what is held by the words of the UTF-8 `text`; bytes that are no UTF-8 separate words.
    /// - Complexity: O(bytes), without allocation once the buffer has grown.
    public mutating func tokenize(
        _ text: UnsafeBufferPointer<UInt8>, limit: Int = .max, accents: Folding.Accents = .folded
    ) {
        bytes.removeAll(keepingCapacity: true)
        tokens.removeAll(keepingCapacity: true)
        pauses.removeAll(keepingCapacity: true)
        mayHaveAccents = false
        guard limit > 0 else { return }
        // At worst two bytes are folded to three; a space is added before the first word and behind the last.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count * 2 + 2) { room in
            guard let room = room.baseAddress else { return }
            var writer = WordWriter(room, accents: accents)
            Folding.withASCII { folds in
                var position = 0
                while true {
                    position = writer.takeLetters(of: text, from: position, folds)
                    guard position < text.count else { break }
                    let isEnd: Bool
                    if text[position] < 0x80 {
                        isEnd = writer.isOpen && folds[Int(text[position])] == Folding.asciiSeparator
                        if Self.isPause(UInt32(text[position])) { notePause(writer.isOpen) }
                        position += 1
                    } else {
                        let from = position
                        let scalar = UTF8Decoding.scalar(in: text, at: &position)
                        if Self.isPause(scalar) { notePause(writer.isOpen) }
                        isEnd = writer.take(scalar, from: from, to: position)
                    }
                    guard isEnd else { continue }
                    tokens.append(writer.close())
                    if tokens.count == limit {
                        writer.mayHaveAccents = text.contains { $0 >= 0x80 }
                        break
                    }
                }
            }
            if writer.isOpen { tokens.append(writer.close()) }
            mayHaveAccents = writer.mayHaveAccents
            if !tokens.isEmpty { bytes.append(contentsOf: writer.written) }
        }
    }

    /// Puts the words of another text in the place of some, as if they stood there in what was written.
    public mutating func replace(_ words: Range<Int>, with other: TokenBuffer) {
        guard let first = tokens[words].first, let last = tokens[words].last, !other.tokens.isEmpty else { return }
        let (start, end) = (first.range.lowerBound, last.range.upperBound)
        let origin = first.origin.lowerBound..<last.origin.upperBound
        // Without the spaces around.
        bytes.replaceSubrange(start..<end, with: other.bytes.dropFirst().dropLast())
        let shift = other.bytes.count - 2 - (end - start)
        for index in words.upperBound..<tokens.count {
            tokens[index] = tokens[index].moved(by: shift, origin: tokens[index].origin)
        }
        let grown = other.tokens.count - words.count
        pauses = pauses.compactMap { $0 <= words.lowerBound ? $0 : $0 < words.upperBound ? nil : $0 + grown }
        tokens.replaceSubrange(words, with: other.tokens.map { $0.moved(by: start - 1, origin: origin) })
    }

    private mutating func notePause(_ isInWord: Bool) {
        let next = isInWord ? tokens.count + 1 : tokens.count
        if pauses.last != next { pauses.append(next) }
    }

    /// Whether a mark parts what is said: a line break, `!`, `(`, `)`, `,`, `.`, `:`, `;`, `?`, `¡`, `¿`, dashes, `…`.
    @inline(__always)
    private static func isPause(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return pauseMarks &>> UInt64(scalar) & 1 != 0 }
        return scalar == 0xA1 || scalar == 0xBF || scalar == 0x2013 || scalar == 0x2014 || scalar == 0x2026
    }

    /// Those below 64, a bit for each.
    private static let pauseMarks: UInt64 = [0x0A, 0x21, 0x28, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F]
        .reduce(0) { $0 | 1 << UInt64($1) }

    /// Whether `text` has the same words as a text whose ``bytes`` are given.
    public static func isSame(_ text: String, as folded: [UInt8]) -> Bool {
        // Most are told apart without reading them: they are too short (at worst two bytes are folded to three), or
        // the letters that they begin with are others.
        if text.utf8.count * 3 < (folded.count - 2) * 2 { return false }
        var text = text
        if text.withUTF8({ beginsOtherwise($0, than: folded) }) { return false }
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        return buffer.bytes == folded
    }

    /// Whether the first letters of a text show that it has other words.
    private static func beginsOtherwise(_ text: UnsafeBufferPointer<UInt8>, than folded: [UInt8]) -> Bool {
        var index = 0
        // ¿ and ¡ (C2 BF, C2 A1) separate words.
        while index < text.count, text[index] == 0xC2 || text[index] == 0xBF || text[index] == 0xA1 { index += 1 }
        var place = 1
        while index < text.count, place < folded.count {
            // No digit, and no n: the mark behind it may make it ñ.
            guard case 0x61...0x7A = text[index] | 0x20, text[index] | 0x20 != 0x6E else { return false }
            if text[index] | 0x20 != folded[place] { return true }
            index += 1
            place += 1
        }
        return false
    }

    /// The word at `index` as a string; for explanations, not for hot paths.
    public func word(_ index: Int) -> String {
        String(decoding: bytes[tokens[index].range], as: UTF8.self)
    }
}
