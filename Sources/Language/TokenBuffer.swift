/// The folded words of one text, in storage that is used again for the next.
///
/// A word is a run of letters, digits and `_`. Apostrophes inside it are removed (*don't* → *dont*).
public struct TokenBuffer: Sendable {
    /// A space, then each word followed by a space; so `" hola que tal "`. Empty when there is no word.
    public private(set) var bytes: [UInt8] = []
    /// The words in written order.
    public private(set) var tokens: [Token] = []

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
        guard limit > 0 else { return }
        bytes.append(0x20)
        var position = 0
        var word = Word()
        while position < text.count {
            let from = position
            let byte = text[position]
            if byte < 0x80 {
                position += 1
                let folded = Folding.ascii(UInt32(byte))
                if folded == Folding.separator {
                    if word.isOpen, close(&word, limit: limit) { return }
                } else if folded != Folding.dropped {
                    word.begin(at: bytes.count, origin: from)
                    bytes.append(UInt8(truncatingIfNeeded: folded))
                    word.originEnd = position
                }
                continue
            }
            let scalar = UTF8Decoding.scalar(in: text, at: &position)
            let folded = scalar == UTF8Decoding.invalid ? 0 : Folding.folded(scalar, accents: accents)
            if folded == Folding.separator {
                if word.isOpen, close(&word, limit: limit) { return }
            } else if folded == Folding.dropped {
                guard word.isOpen, let last = bytes.last else { continue }
                if let letter = Folding.composed(UInt32(last), mark: scalar, accents: accents) {
                    bytes.removeLast()
                    append(letter)
                    word.originEnd = position
                }
            } else {
                word.begin(at: bytes.count, origin: from)
                append(folded)
                word.originEnd = position
            }
        }
        if word.isOpen { _ = close(&word, limit: limit) }
        if tokens.isEmpty { bytes.removeAll(keepingCapacity: true) }
    }

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

    private mutating func append(_ packed: UInt32) {
        var rest = packed
        while rest != 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// - Returns: whether the limit is reached.
    private mutating func close(_ word: inout Word, limit: Int) -> Bool {
        tokens.append(
            Token(start: word.start, end: bytes.count, originStart: word.originStart, originEnd: word.originEnd))
        bytes.append(0x20)
        word = Word()
        return tokens.count == limit
    }

    /// The word being read.
    private struct Word {
        var start = -1
        var originStart = 0
        var originEnd = 0

        var isOpen: Bool { start >= 0 }

        mutating func begin(at offset: Int, origin: Int) {
            guard start < 0 else { return }
            start = offset
            originStart = origin
        }
    }
}
