/// Reads UTF-8 that nobody has validated.
enum UTF8Decoding {
    /// Stands for bytes that are no UTF-8 (RFC 3629: overlong forms, surrogates, lone continuation bytes).
    static let invalid: UInt32 = .max

    /// The scalar at `position`, which moves behind it; behind one byte where it is invalid.
    static func scalar(in text: UnsafeBufferPointer<UInt8>, at position: inout Int) -> UInt32 {
        let first = UInt32(text[position])
        position += 1
        let length: Int
        var value: UInt32
        let smallest: UInt32
        switch first {
        case 0..<0x80: return first
        case 0xC2...0xDF: (length, value, smallest) = (1, first & 0x1F, 0x80)
        case 0xE0...0xEF: (length, value, smallest) = (2, first & 0x0F, 0x800)
        case 0xF0...0xF4: (length, value, smallest) = (3, first & 0x07, 0x10000)
        default: return invalid
        }
        guard position + length <= text.count else { return invalid }
        for offset in 0..<length {
            let byte = UInt32(text[position + offset])
            guard byte & 0xC0 == 0x80 else { return invalid }
            value = value << 6 | byte & 0x3F
        }
        guard value >= smallest, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return invalid }
        position += length
        return value
    }
}
