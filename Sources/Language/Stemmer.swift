/// Snowball stemmers over bytes, chosen by language code.
public enum Stemmer: UInt8, Sendable, CaseIterable {
    /// Snowball English (Porter 2, as of Snowball 3).
    case english
    /// Snowball Spanish.
    case spanish

    /// The stemmer of a language code such as `es`, `es-MX` or `en_GB`; nil for a language without one.
    public init?(language: String) {
        switch language.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
        case "en": self = .english
        case "es": self = .spanish
        default: return nil
        }
    }

    /// Replaces a lower-case UTF-8 word by its stem, in place. Folded words are welcome.
    public func stem(_ word: inout [UInt8]) {
        switch self {
        case .english: EnglishStemmer.stem(&word)
        case .spanish: SpanishStemmer.stem(&word)
        }
    }

    /// The stem of `word`; for tests and tools.
    public func stem(_ word: String) -> String {
        var bytes = Array(word.utf8)
        stem(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Up to eight ASCII letters that words begin or end with, the last letter in the lowest byte.
struct Affix: ExpressibleByStringLiteral, Sendable {
    let letters: UInt64
    /// The bytes of a word's tail that are compared.
    let mask: UInt64
    let count: Int

    @inline(__always)
    init(stringLiteral text: StaticString) {
        var (letters, mask): (UInt64, UInt64) = (0, 0)
        for index in 0..<text.utf8CodeUnitCount {
            letters = letters &<< 8 | UInt64(text.utf8Start[index])
            mask = mask &<< 8 | 0xFF
        }
        self.letters = letters
        self.mask = mask
        count = text.utf8CodeUnitCount
    }
}

/// The last eight bytes of a word, as in ``Affix``; zeros before a shorter one.
struct WordTail {
    let letters: UInt64

    @inline(__always)
    func ends(in suffix: Affix) -> Bool { letters & suffix.mask == suffix.letters }
}

extension [UInt8] {
    /// The end of the word, or of its first `end` bytes.
    @inline(__always)
    func tail(before end: Int? = nil) -> WordTail {
        let end = end ?? count
        return withUnsafeBufferPointer { bytes in
            var letters: UInt64 = 0
            for index in Swift.max(end - 8, 0)..<end { letters = letters &<< 8 | UInt64(bytes[index]) }
            return WordTail(letters: letters)
        }
    }

    /// Whether the bytes, or the first `end` of them, end in `suffix`.
    func ends(in suffix: Affix, before end: Int? = nil) -> Bool { tail(before: end).ends(in: suffix) }

    /// Whether the bytes are those of `word`.
    func equals(_ word: Affix) -> Bool { count == word.count && ends(in: word) }

    /// Cuts `length` bytes off the end and writes `replacement` there.
    mutating func replaceEnd(_ length: Int, with replacement: Affix = "") {
        removeLast(Swift.min(length, count))
        for index in 0..<replacement.count {
            append(UInt8(truncatingIfNeeded: replacement.letters >> UInt64(8 * (replacement.count - 1 - index))))
        }
    }
}
