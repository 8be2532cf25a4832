/// Writes running text as Markdown.
enum InlineMarkdown {
    /// - Parameter isOneLine: a heading cannot hold a line break; it becomes a space.
    static func write(_ inlines: [MarkdownInline], isOneLine: Bool) -> String {
        var result = ""
        // Text that stands alone within a link as its own address is an autolink.
        for inline in inlines {
            switch inline {
            case .text(let text): result += MarkdownEscape.text(text)
            case .code(let code): result += codeSpan(code)
            case .softBreak: result += " "
            case .hardBreak: result += isOneLine ? " " : "\\\n"
            case .open(.emphasis), .close(.emphasis): result += "*"
            case .open(.strong), .close(.strong): result += "**"
            case .open(.link): result += "["
            case .close(.link(let destination, let title)): result += "](" + target(destination, title) + ")"
            }
        }
        return result
    }

    private static func codeSpan(_ code: String) -> String {
        var longest = 0
        var run = 0
        for byte in code.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        // Any length that does not occur closes only where it should; one more than the longest never occurs.
        let fence = String(repeating: "`", count: longest + 1)
        let needsSpace =
            code.hasPrefix("`") || code.hasSuffix("`")
            || (code.hasPrefix(" ") && code.hasSuffix(" ") && code.utf8.contains { $0 != 0x20 })
        return needsSpace ? "\(fence) \(code) \(fence)" : fence + code + fence
    }

    private static func target(_ destination: String, _ title: String) -> String {
        var result = ""
        let isPlain =
            !destination.isEmpty
            && destination.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"()<>\\&".utf8.contains($0) }
        if isPlain {
            result = destination
        } else {
            result = "<" + escaped(destination, "<>\\&") + ">"
        }
        if !title.isEmpty { result += " \"" + escaped(title, "\"\\&") + "\"" }
        return result
    }

    private static func escaped(_ text: String, _ special: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if special.utf8.contains(byte) { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
