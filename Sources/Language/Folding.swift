/// What one scalar of a customer's text becomes before it is matched: up to four bytes of UTF-8, packed low byte first.
///
/// Letters lose their case and their accents, except ñ, which is a letter of its own in Spanish (*año* is not *ano*).
/// Marks, zero-width characters and variation selectors vanish; all else, emoji among it, separates words.
public enum Folding {
    /// The scalar ends a word.
    static let separator: UInt32 = 0
    /// The scalar leaves no trace, as if it had not been written.
    static let dropped: UInt32 = .max

    /// Whether a folded letter keeps its accents (language detection reads them) or loses them (matching).
    public enum Accents: Sendable {
        /// á becomes a.
        case folded
        /// á stays á.
        case kept
    }

    /// Folds the whole of `text`: words separated by one space each, none at the ends.
    ///
    /// For keys and titles; the matcher uses ``TokenBuffer``, which keeps the words apart.
    public static func fold(_ text: String, accents: Accents = .folded) -> String {
        var buffer = TokenBuffer()
        buffer.tokenize(text, accents: accents)
        return String(decoding: buffer.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    /// The folded form of a scalar beyond ASCII.
    static func folded(_ scalar: UInt32, accents: Accents) -> UInt32 {
        if let index = LatinFolding.index(of: scalar) {
            return accents == .folded ? LatinFolding.unaccented[index] : LatinFolding.lowercased[index]
        }
        switch scalar {
        case 0x2018, 0x2019, 0x02BC, 0xFF07: return dropped  // apostrophes
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: return dropped
        case 0x2010...0x205F: return separator
        case 0x4E00...0x9FFF, 0x3041...0x3096, 0x30A1...0x30FA, 0xAC00...0xD7A3: return packed(scalar)
        case 0xFF01...0xFF5E: return ascii(scalar - 0xFEE0)
        case 0xFB00: return pack("ff")
        case 0xFB01: return pack("fi")
        case 0xFB02: return pack("fl")
        case 0xFB03: return pack("ffi")
        case 0xFB04: return pack("ffl")
        case 0xFB05, 0xFB06: return pack("st")
        case 0x1F000...0x1FAFF: return separator  // pictographs
        default: return byProperties(scalar)
        }
    }

    /// A lower-case letter, digit or `_`; else a separator. Apostrophes are dropped: *don't* is one word.
    @inline(__always)
    static func ascii(_ byte: UInt32) -> UInt32 {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, 0x5F: byte
        case 0x41...0x5A: byte | 0x20
        case 0x27, 0x60: dropped
        default: separator
        }
    }

    /// In ``withASCII(_:)``: ``separator``, and what is neither that nor an ASCII letter or digit.
    static let asciiSeparator: UInt8 = 0
    static let noLetter: UInt8 = .max

    private static let folds = (0...0xFF as ClosedRange<UInt32>).map { byte in
        byte < 0x80 ? UInt8(truncatingIfNeeded: ascii(byte)) : noLetter
    }

    /// Lends what each byte is folded to by itself.
    @inline(__always)
    static func withASCII<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        folds.withUnsafeBufferPointer(body)
    }

    /// A letter and the combining mark after it as one letter; nil where the mark is simply dropped.
    static func composed(_ letter: UInt32, mark: UInt32, accents: Accents) -> UInt32? {
        if mark == 0x303, letter == 0x6E { return pack("ñ") }
        guard accents == .kept else { return nil }
        switch (letter, mark) {
        case (0x61, 0x301): return pack("á")
        case (0x65, 0x301): return pack("é")
        case (0x69, 0x301): return pack("í")
        case (0x6F, 0x301): return pack("ó")
        case (0x75, 0x301): return pack("ú")
        case (0x75, 0x308): return pack("ü")
        default: return nil
        }
    }

    /// Rare scalars: other scripts and symbols, by what Unicode says of them.
    private static func byProperties(_ value: UInt32) -> UInt32 {
        guard let scalar = Unicode.Scalar(value) else { return separator }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return dropped }
        if properties.canonicalCombiningClass != .notReordered { return dropped }
        switch properties.numericType {
        case .decimal, .digit:
            if let number = properties.numericValue, number >= 0, number <= 9 { return 0x30 + UInt32(number) }
        default: break
        }
        guard properties.isAlphabetic, let lower = properties.lowercaseMapping.unicodeScalars.first else {
            return separator
        }
        // The Kelvin and Ångström signs have their lower case among the Latin letters.
        return LatinFolding.index(of: lower.value) == nil ? packed(lower.value) : folded(lower.value, accents: .folded)
    }

    /// UTF-8 of a scalar, packed.
    static func packed(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0..<0x80: scalar
        case 0x80..<0x800: (0xC0 | scalar >> 6) | (0x80 | scalar & 0x3F) << 8
        case 0x800..<0x10000:
            (0xE0 | scalar >> 12) | (0x80 | scalar >> 6 & 0x3F) << 8 | (0x80 | scalar & 0x3F) << 16
        default:
            (0xF0 | scalar >> 18) | (0x80 | scalar >> 12 & 0x3F) << 8 | (0x80 | scalar >> 6 & 0x3F) << 16
                | (0x80 | scalar & 0x3F) << 24
        }
    }

    /// Up to four bytes of UTF-8, packed.
    static func pack(_ text: String) -> UInt32 {
        var value: UInt32 = 0
        for (index, byte) in text.utf8.prefix(4).enumerated() { value |= UInt32(byte) << UInt32(8 * index) }
        return value
    }
}
