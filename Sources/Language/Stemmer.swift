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

extension [UInt8] {
    /// Whether the bytes, or the first `end` of them, end in `suffix`.
    func ends(in suffix: StaticString, before end: Int? = nil) -> Bool {
        let end = end ?? count
        let length = suffix.utf8CodeUnitCount
        guard length <= end else { return false }
        for index in 0..<length where self[end - length + index] != suffix.utf8Start[index] { return false }
        return true
    }

    /// Whether the bytes are those of `word`.
    func equals(_ word: StaticString) -> Bool { count == word.utf8CodeUnitCount && ends(in: word) }

    /// Whether the bytes begin with `prefix`.
    func begins(with prefix: StaticString) -> Bool {
        guard prefix.utf8CodeUnitCount <= count else { return false }
        return ends(in: prefix, before: prefix.utf8CodeUnitCount)
    }

    /// Cuts `length` bytes off the end and writes `replacement` there.
    mutating func replaceEnd(_ length: Int, with replacement: StaticString = "") {
        removeLast(Swift.min(length, count))
        append(
            contentsOf: UnsafeBufferPointer(start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
    }
}
