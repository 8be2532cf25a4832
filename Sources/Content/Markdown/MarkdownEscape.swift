/// Writes text so that Markdown reads it back as text.
enum MarkdownEscape {
    /// Escapes what could be markup anywhere in a line.
    static func text(_ text: String) -> String {
        guard text.utf8.contains(where: { isSpecial($0) || $0 == 0x0A || $0 == 0x0D }) else { return text }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        result.reserveCapacity(bytes.count + 8)
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A || byte == 0x0D {
                // From an entity: as it stands it would end the line.
                result += Array("&#\(byte);".utf8)
                continue
            }
            if isSpecial(byte), needsEscape(bytes, index) { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Blanks at either end of a line, which came from entities, would be dropped or make the line code.
    static func lineEnds(_ line: String) -> String {
        guard let first = line.utf8.first, let last = line.utf8.last, first.isBlank || last.isBlank else { return line }
        if line.utf8.count == 1 { return "&#\(first);" }
        let middle = line.utf8.dropFirst(first.isBlank ? 1 : 0).dropLast(last.isBlank ? 1 : 0)
        return (first.isBlank ? "&#\(first);" : "") + String(decoding: middle, as: UTF8.self)
            + (last.isBlank ? "&#\(last);" : "")
    }

    /// Escapes what would begin a block at the beginning of a line.
    static func lineStart(_ line: String) -> String {
        let bytes = Array(line.utf8.prefix(64))
        guard let first = bytes.first else { return line }
        if first.isASCIIDigit {
            let digits = bytes.prefix { $0.isASCIIDigit }.count
            guard digits <= 9, digits < bytes.count,
                bytes[digits] == UInt8(ascii: ".") || bytes[digits] == UInt8(ascii: ")"),
                digits + 1 == bytes.count || bytes[digits + 1].isBlank
            else { return line }
            return String(decoding: bytes[..<digits], as: UTF8.self) + "\\"
                + String(decoding: line.utf8.dropFirst(digits), as: UTF8.self)
        }
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "#"), UInt8(ascii: ">"),
            UInt8(ascii: "~"):
            return "\\" + line
        case UInt8(ascii: ":"), UInt8(ascii: "|"):
            // The second line of a table.
            return line.utf8.allSatisfy { $0.isBlank || ":-|".utf8.contains($0) } ? "\\" + line : line
        default: return line
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "&"):
            true
        default: false
        }
    }

    private static func needsEscape(_ bytes: [UInt8], _ index: Int) -> Bool {
        let before = index > 0 ? bytes[index - 1] : 0x20
        let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
        switch bytes[index] {
        case UInt8(ascii: "\\"):
            // A line end, and a blank at the end of a line, are written as entities, which begin with `&`.
            let isEntity = after == 0x0A || after == 0x0D || after.isBlank && index + 2 >= bytes.count
            return after.isASCIIPunctuation || isEntity
        case UInt8(ascii: "_"):
            let isWord: (UInt8) -> Bool = { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 }
            return !(isWord(before) && isWord(after))
        case UInt8(ascii: "&"): return InlineText.entity(bytes[index...]) != nil
        case UInt8(ascii: "<"): return after.isASCIILetter
        default: return true
        }
    }
}
