/// Folding of words for keys, and of headings for anchors.
enum Anchor {
    /// Lower case, without accents; `ñ` becomes `n`. Other signs stay.
    static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { append(scalar, keepingEnye: false, to: &folded) }
        return String(folded)
    }

    /// The words of a text, folded and joined by one space: two phrases with the same key are the same phrase to a reader.
    static func phraseKey(_ text: String) -> String {
        joined(text, with: " ", keepingEnye: false)
    }

    /// The anchor of a heading: lower case, accents folded (`ñ` stays), runs of anything else one `-`, none at the ends.
    static func slug(_ heading: String) -> String {
        joined(heading, with: "-", keepingEnye: true)
    }

    private static func joined(_ text: String, with separator: Unicode.Scalar, keepingEnye: Bool) -> String {
        var result = String.UnicodeScalarView()
        var pending = false
        for scalar in text.unicodeScalars {
            guard isWord(scalar) else {
                // A combining mark belongs to the letter before it.
                if !isCombining(scalar) {
                    pending = true
                } else if keepingEnye, scalar.value == 0x303, result.last == "n" {
                    result.removeLast()
                    result.append("ñ")
                }
                continue
            }
            if pending, !result.isEmpty { result.append(separator) }
            pending = false
            append(scalar, keepingEnye: keepingEnye, to: &result)
        }
        return String(result)
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            return byte.isASCIILetter || byte.isASCIIDigit
        }
        if isCombining(scalar) { return false }
        return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
    }

    private static func append(_ scalar: Unicode.Scalar, keepingEnye: Bool, to result: inout String.UnicodeScalarView) {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            result.append(byte >= 0x41 && byte <= 0x5A ? Unicode.Scalar(byte | 0x20) : scalar)
            return
        }
        if isCombining(scalar) { return }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isCombining(lower) {
            if keepingEnye, lower == "ñ" {
                result.append(lower)
            } else if let plain = plainLetters[lower] {
                result.append(contentsOf: plain.unicodeScalars)
            } else {
                result.append(lower)
            }
        }
    }

    /// Lower-case Latin letters with marks, of Latin-1 and Latin Extended-A.
    private static let plainLetters: [Unicode.Scalar: String] = {
        let groups = [
            "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı",
            "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŉ", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşš", "t": "ţťŧ",
            "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž", "ss": "ß", "ae": "æ", "oe": "œ",
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (plain, marked) in groups {
            for scalar in marked.unicodeScalars { table[scalar] = plain }
        }
        return table
    }()
}
