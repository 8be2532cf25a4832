/// Whether bytes are text as a line may hold it.
enum TextCheck {
    case clean
    /// Not UTF-8 as RFC 3629 has it.
    case notUTF8
    /// UTF-8, but with a control character other than TAB.
    case control

    /// Broken encoding is told before control characters, wherever in the line each stands.
    static func of(_ bytes: UnsafeRawBufferPointer) -> TextCheck {
        isPlain(bytes) ? .clean : decode(bytes)
    }

    /// Whether every byte is printable ASCII: what almost every line consists of, checked eight bytes at a time.
    private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let count = bytes.count
        guard count >= 8 else {
            for byte in bytes where byte &- 0x20 >= 0x5F { return false }
            return true
        }
        var offset = 0
        while offset < count {
            // The last word overlaps the one before, so that no tail is left.
            let word = bytes.loadUnaligned(fromByteOffset: min(offset, count - 8), as: UInt64.self)
            if suspects(in: word) { return false }
            offset += 8
        }
        return true
    }

    /// Whether any of eight bytes is below 0x20, 0x7F or above. Adding to seven bits cannot carry into the next byte.
    private static func suspects(in word: UInt64) -> Bool {
        let high: UInt64 = 0x8080_8080_8080_8080
        let low = word & ~high
        let isControl = ~(low &+ 0x6060_6060_6060_6060)
        let isDelete = low &+ 0x0101_0101_0101_0101
        return (word | isControl | isDelete) & high != 0
    }

    /// Well-formed sequences as in table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above
    /// U+10FFFF.
    private static func decode(_ bytes: UnsafeRawBufferPointer) -> TextCheck {
        var sawControl = false
        var i = 0
        let count = bytes.count
        while i < count {
            let lead = bytes[i]
            if lead < 0x80 {
                if (lead < 0x20 && lead != 0x09) || lead == 0x7F { sawControl = true }
                i += 1
                continue
            }
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            case 0xF1...0xF3: length = 4
            default: return .notUTF8
            }
            guard i + length <= count, second.contains(bytes[i + 1]) else { return .notUTF8 }
            for k in 2..<max(2, length) where bytes[i + k] & 0xC0 != 0x80 { return .notUTF8 }
            // C1 controls, U+0080 to U+009F.
            if lead == 0xC2 && bytes[i + 1] < 0xA0 { sawControl = true }
            i += length
        }
        return sawControl ? .control : .clean
    }
}
