import Content

/// Reads e-mail addresses and telephone numbers.
enum ContactReader {
    typealias Mention = SlotReader.Mention

    // MARK: - E-mail

    /// Addresses as people type them: RFC 5322's `dot-atom`, a domain of two labels or more.
    static func emails(_ text: SlotText) -> [Mention] {
        let bytes = text.bytes
        return bytes.indices.filter { bytes[$0] == UInt8(ascii: "@") }.compactMap { at in
            var start = at
            while start > 0, isLocal(bytes[start - 1]) { start -= 1 }
            while start < at, bytes[start] == UInt8(ascii: ".") { start += 1 }
            var end = at + 1
            while end < bytes.count, isDomain(bytes[end]) { end += 1 }
            // A full stop, or a dash, behind the address is the sentence's.
            while end > at + 1, !bytes[end - 1].isWordByte { end -= 1 }
            let local = String(decoding: bytes[start..<at], as: UTF8.self)
            let labels = String(decoding: bytes[(at + 1)..<end], as: UTF8.self).split(
                separator: ".", omittingEmptySubsequences: false)
            guard !local.isEmpty, local.utf8.count <= 64, !local.hasSuffix("."), !local.contains(".."),
                labels.count >= 2, labels.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 63 }),
                let top = labels.last, top.utf8.count >= 2, top.utf8.allSatisfy(\.isASCIILetter)
            else { return nil }
            return Mention(value: text.string(start..<end).lowercased(), range: start..<end)
        }
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        byte.isWordByte || ".!#$%&'*+/=?^`{|}~-".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || byte.isASCIILetter || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    // MARK: - Telephone

    /// Spanish numbers, of nine digits from 6 to 9, however they are grouped, and any in E.164 or behind `00`.
    /// - Parameter known: a number in the form of an order's is none.
    static func phones(_ text: SlotText, known: OrderNumber) -> [Mention] {
        var mentions: [Mention] = []
        var groups: [Range<Int>] = []
        func flush() {
            var start = 0
            while start < groups.count {
                if let found = longestPhone(text, groups[start...]), text.isFree(found.range),
                    !known.matches(text.string(found.range))
                {
                    mentions.append(found)
                    start = groups.firstIndex { $0.lowerBound >= found.range.upperBound } ?? groups.count
                } else {
                    start += 1
                }
            }
            groups = []
        }
        var offset = 0
        while offset < text.bytes.count {
            guard text.bytes[offset].isASCIIDigit else {
                offset += 1
                continue
            }
            let start = offset
            while offset < text.bytes.count, text.bytes[offset].isASCIIDigit { offset += 1 }
            let isWhole = !text.isLetter(at: start - 1) && !text.isLetter(at: offset)
            if let last = groups.last, !isNear(text.bytes[last.upperBound..<start]) { flush() }
            if isWhole { groups.append(start..<offset) } else { flush() }
        }
        flush()
        return mentions
    }

    /// Whether two groups of digits may belong to one number.
    private static func isNear(_ between: ArraySlice<UInt8>) -> Bool {
        between.count <= 2 && between.allSatisfy { " .-/()".utf8.contains($0) }
    }

    /// Digits of `00` and the longest number of E.164.
    private static let mostDigits = 17

    private static func longestPhone(_ text: SlotText, _ groups: ArraySlice<Range<Int>>) -> Mention? {
        var (digits, found): (Int, Mention?) = (0, nil)
        for end in groups.indices {
            digits += groups[end].count
            if digits > mostDigits { break }
            found = phone(text, groups[...end]) ?? found
        }
        return found
    }

    private static func phone(_ text: SlotText, _ groups: ArraySlice<Range<Int>>) -> Mention? {
        guard let first = groups.first, let last = groups.last else { return nil }
        let digits = groups.map { text.string($0) }.joined()
        let hasPlus = first.lowerBound > 0 && text.bytes[first.lowerBound - 1] == UInt8(ascii: "+")
        let start = hasPlus ? first.lowerBound - 1 : first.lowerBound
        let international = hasPlus ? digits : digits.hasPrefix("00") ? String(digits.dropFirst(2)) : nil
        if let international {
            guard (8...15).contains(international.count), international.first != "0" else { return nil }
            let isSpanish = international.hasPrefix("34")
            guard !isSpanish || isNational(international.dropFirst(2)) else { return nil }
            return Mention(value: "+" + international, range: start..<last.upperBound)
        }
        let national = digits.count == 11 && digits.hasPrefix("34") ? digits.dropFirst(2) : Substring(digits)
        guard isNational(national) else { return nil }
        return Mention(value: "+34" + national, range: start..<last.upperBound)
    }

    private static func isNational(_ digits: Substring) -> Bool {
        digits.count == 9 && digits.first.map { "6789".contains($0) } == true
    }
}

extension SlotText {
    /// Whether a letter stands there.
    func isLetter(at offset: Int) -> Bool {
        bytes.indices.contains(offset) && (bytes[offset].isASCIILetter || bytes[offset] >= 0x80)
    }
}
