/// Backslash escapes and entities (CommonMark 2.4, 2.5).
enum InlineText {
    /// The text with escapes and entities resolved.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var result: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.endIndex, bytes[index + 1].isASCIIPunctuation {
                result.append(bytes[index + 1])
                index += 2
            } else if byte == UInt8(ascii: "&"), let entity = entity(bytes[index...]) {
                result += Array(entity.text.utf8)
                index += entity.length
            } else {
                result.append(byte)
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The entity that begins at the first byte, `&` to `;`.
    static func entity(_ bytes: ArraySlice<UInt8>) -> (text: String, length: Int)? {
        let longest = 33
        guard let end = bytes.prefix(longest).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = bytes[bytes.startIndex + 1..<end]
        let length = end - bytes.startIndex + 1
        guard name.first == UInt8(ascii: "#") else {
            return named[String(decoding: name, as: UTF8.self)].map { ($0, length) }
        }
        let isHex = name.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        let digits = name.dropFirst(isHex ? 2 : 1)
        guard (1...(isHex ? 6 : 7)).contains(digits.count),
            digits.first.map({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) ?? false,
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10)
        else { return nil }
        let scalar = number == 0 ? nil : Unicode.Scalar(number)
        return (String(Character(scalar ?? "\u{FFFD}")), length)
    }

    /// The named entities that people write by hand; others stay as they are written.
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "iexcl": "¡", "cent": "¢",
        "pound": "£", "yen": "¥", "sect": "§", "copy": "©", "ordf": "ª", "laquo": "«", "raquo": "»", "reg": "®",
        "deg": "°", "plusmn": "±", "middot": "·", "ordm": "º", "iquest": "¿", "frac12": "½", "frac14": "¼",
        "frac34": "¾", "times": "×", "divide": "÷", "euro": "€", "hellip": "…", "ndash": "–", "mdash": "—",
        "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "lsaquo": "‹", "rsaquo": "›", "bull": "•",
        "trade": "™", "larr": "←", "rarr": "→", "check": "✓", "shy": "\u{AD}", "thinsp": "\u{2009}",
        "ensp": "\u{2002}", "emsp": "\u{2003}", "aacute": "á", "eacute": "é", "iacute": "í", "oacute": "ó",
        "uacute": "ú", "uuml": "ü", "ntilde": "ñ", "ccedil": "ç", "Aacute": "Á", "Eacute": "É", "Iacute": "Í",
        "Oacute": "Ó", "Uacute": "Ú", "Uuml": "Ü", "Ntilde": "Ñ", "Ccedil": "Ç", "agrave": "à", "egrave": "è",
        "ograve": "ò", "Auml": "Ä", "auml": "ä", "Ouml": "Ö", "ouml": "ö", "szlig": "ß", "acirc": "â", "ecirc": "ê",
    ]
}
