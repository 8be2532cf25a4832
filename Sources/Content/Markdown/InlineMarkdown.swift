/// Writes running text as Markdown.
enum InlineMarkdown {
    /// - Parameter isOneLine: a heading cannot hold a line break; it becomes a space.
    static func write(_ inlines: [MarkdownInline], isOneLine: Bool) -> String {
        let inlines = shape(inlines, isOneLine)
        let text = written(inlines)
        guard inlines.contains(where: { $0.isEmphasis }) else { return text }
        // Not every emphasis that can be read has a spelling with asterisks: `_` within `*`, or a mark beside a space
        // that was an entity. What would be read otherwise loses its emphasis and keeps its words.
        if shape(InlineParser.parse(Array(text.utf8)), isOneLine) == inlines { return text }
        return written(shape(inlines.filter { !$0.isEmphasis }, isOneLine))
    }

    private static func written(_ inlines: [MarkdownInline]) -> String {
        var result = ""
        for inline in inlines {
            switch inline {
            case .text(let text): result += MarkdownEscape.text(text)
            case .code(let code): result += codeSpan(code)
            case .softBreak: result += " "
            case .hardBreak: result += "\\\n"
            case .open(.emphasis), .close(.emphasis): result += "*"
            case .open(.strong), .close(.strong): result += "**"
            case .open(.link): result += "["
            case .close(.link(let destination, let title)): result += "](" + target(destination, title) + ")"
            }
        }
        return result
    }

    /// The inlines with breaks as they are written, neighbouring text joined, and neighbouring code too, whose
    /// backticks would run together. An address within a link, which only `<…>` can make, is text: the link's brackets
    /// could not be written around it.
    private static func shape(_ inlines: [MarkdownInline], _ isOneLine: Bool) -> [MarkdownInline] {
        var result: [MarkdownInline] = []
        var linkDepth = 0
        for inline in inlines {
            let text: String
            switch inline {
            case .open(.link):
                linkDepth += 1
                if linkDepth == 1 { result.append(inline) }
                continue
            case .close(.link):
                linkDepth -= 1
                if linkDepth == 0 { result.append(inline) }
                continue
            case .text(let part): text = part
            case .softBreak: text = " "
            case .hardBreak where isOneLine: text = " "
            case .code(let part):
                if case .code(let before) = result.last {
                    result[result.count - 1] = .code(before + part)
                } else {
                    result.append(inline)
                }
                continue
            default:
                result.append(inline)
                continue
            }
            if case .text(let before) = result.last {
                result[result.count - 1] = .text(before + text)
            } else {
                result.append(.text(text))
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
            if byte == 0x0A || byte == 0x0D {
                result += Array("&#\(byte);".utf8)
                continue
            }
            if special.utf8.contains(byte) { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension MarkdownInline {
    fileprivate var isEmphasis: Bool {
        switch self {
        case .open(.emphasis), .open(.strong), .close(.emphasis), .close(.strong): true
        default: false
        }
    }
}
