/// What stands in the round brackets of `[text](destination "title")` (CommonMark 6.3).
enum LinkTarget {
    struct Target {
        let destination: String
        let title: String
        /// Offset after the closing bracket.
        let end: Int
    }

    /// As in the reference implementation: deeper brackets are no destination, which keeps hostile text linear.
    private static let deepestBrackets = 32

    /// - Parameter start: offset of the opening round bracket.
    static func parse(_ bytes: [UInt8], at start: Int) -> Target? {
        var index = start
        guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return nil }
        index = skipSpace(bytes, index + 1)
        guard let destination = destination(bytes, &index) else { return nil }
        let afterDestination = index
        index = skipSpace(bytes, index)
        var title = ""
        if index > afterDestination, let found = self.title(bytes, &index) {
            title = found
            index = skipSpace(bytes, index)
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: ")") else { return nil }
        return Target(destination: destination, title: title, end: index + 1)
    }

    private static func destination(_ bytes: [UInt8], _ index: inout Int) -> String? {
        let start = index
        if index < bytes.count, bytes[index] == UInt8(ascii: "<") {
            index += 1
            while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
                guard bytes[index] != 0x0A, bytes[index] != UInt8(ascii: "<") else { return nil }
                index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard index < bytes.count else { return nil }
            index += 1
            return InlineText.unescaped(bytes[start + 1..<index - 1])
        }
        var depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1].isASCIIPunctuation {
                index += 2
                continue
            }
            if byte == UInt8(ascii: "(") {
                depth += 1
                guard depth <= deepestBrackets else { return nil }
            } else if byte == UInt8(ascii: ")") {
                guard depth > 0 else { break }
                depth -= 1
            } else if byte <= 0x20 || byte == 0x7F {
                break
            }
            index += 1
        }
        guard depth == 0, index < bytes.count else { return nil }
        return InlineText.unescaped(bytes[start..<index])
    }

    private static func title(_ bytes: [UInt8], _ index: inout Int) -> String? {
        guard index < bytes.count else { return nil }
        let open = bytes[index]
        guard open == UInt8(ascii: "\"") || open == UInt8(ascii: "'") || open == UInt8(ascii: "(") else { return nil }
        let closing = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : open
        var end = index + 1
        while end < bytes.count, bytes[end] != closing {
            if open == UInt8(ascii: "("), bytes[end] == open { return nil }
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < bytes.count else { return nil }
        let title = InlineText.unescaped(bytes[index + 1..<end])
        index = end + 1
        return title
    }

    private static func skipSpace(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index].isBlank || bytes[index] == 0x0A { index += 1 }
        return index
    }
}
