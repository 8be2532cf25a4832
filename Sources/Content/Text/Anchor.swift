import Language

/// Folding of words for keys, and of headings for anchors.
enum Anchor {
    /// Lower case, without accents; `ñ` becomes `n`. Other signs stay.
    static func fold(_ text: String) -> String {
        // Ids and most words are their own folding.
        if text.utf8.allSatisfy({ $0 < 0x80 && !(0x41...0x5A).contains($0) }) { return text }
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { append(scalar, keepingEnye: false, to: &folded) }
        return String(decoding: folded, as: UTF8.self)
    }

    /// The words of a text, folded and joined by one space: two phrases with the same key are the same phrase to a reader.
    static func phraseKey(_ text: String) -> String { joined(text, with: 0x20, keepingEnye: false) }

    /// The anchor of a heading: lower case, accents folded (`ñ` stays), runs of anything else one `-`, none at the ends.
    static func slug(_ heading: String) -> String { joined(heading, with: UInt8(ascii: "-"), keepingEnye: true) }

    private static func joined(_ text: String, with separator: UInt8, keepingEnye: Bool) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var pending = false
        for scalar in text.unicodeScalars {
            if isCombining(scalar) {
                // A combining mark belongs to the letter before it.
                if keepingEnye, scalar.value == 0x303, result.last == UInt8(ascii: "n") {
                    result.removeLast()
                    result += [0xC3, 0xB1]
                }
                continue
            }
            guard isWord(scalar) else {
                pending = true
                continue
            }
            if pending, !result.isEmpty { result.append(separator) }
            pending = false
            append(scalar, keepingEnye: keepingEnye, to: &result)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            return byte.isASCIILetter || byte.isASCIIDigit
        }
        if Folding.latinLetter(scalar) != nil { return true }
        return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
    }

    private static func append(_ scalar: Unicode.Scalar, keepingEnye: Bool, to result: inout [UInt8]) {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            result.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        } else if !keepingEnye, scalar == "ñ" || scalar == "Ñ" {
            result.append(UInt8(ascii: "n"))
        } else if var letter = Folding.latinLetter(scalar) {
            while letter != 0 {
                result.append(UInt8(truncatingIfNeeded: letter))
                letter >>= 8
            }
        } else if !isCombining(scalar) {
            for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isCombining(lower) {
                result += Array(String(Character(lower)).utf8)
            }
        }
    }
}
