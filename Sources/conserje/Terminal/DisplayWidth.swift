/// How many columns text takes in a terminal.
enum DisplayWidth {
    /// Columns of one character: 0 for marks, 2 for emoji and East Asian wide ones, else 1.
    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.isASCII { return first.value < 0x20 ? 0 : 1 }
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // The wide blocks of Unicode's EastAsianWidth.txt, coarsely.
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// Columns of a text, its escape sequences not counted.
    static func of(_ text: some StringProtocol) -> Int {
        var width = 0
        var isEscape = false
        for character in text {
            if character == "\u{1B}" {
                isEscape = true
            } else if isEscape {
                if character.isLetter { isEscape = false }
            } else {
                width += of(character)
            }
        }
        return width
    }

    /// The text, cut with an ellipsis where it takes more columns.
    static func fit(_ text: String, into columns: Int) -> String {
        guard of(text) > columns else { return text }
        var result = ""
        var width = 0
        for character in text {
            width += of(character)
            if width > columns - 1 { break }
            result.append(character)
        }
        return result + "…"
    }

    /// The text with spaces up to that many columns.
    static func pad(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - of(text)))
    }

    /// Breaks lines between words where they take more columns; a word that is longer stays whole. The continuation
    /// is indented by `indent` columns.
    static func wrap(_ line: String, at columns: Int, indent: Int = 0) -> String {
        guard columns > indent + 10, of(line) > columns else { return line }
        var result = ""
        var width = 0
        for (index, word) in line.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            let size = of(word)
            if index > 0, width + 1 + size > columns {
                result += "\n" + String(repeating: " ", count: indent)
                width = indent
            } else if index > 0 {
                result += " "
                width += 1
            }
            result += word
            width += size
        }
        return result
    }
}
