import Content

/// HTML as `cmark` writes it, to compare the two.
enum HTML {
    static func render(_ document: MarkdownDocument) -> String { render(document.blocks, isTight: false) }

    private static func render(_ blocks: [MarkdownBlock], isTight: Bool) -> String {
        var result = ""
        for (index, block) in blocks.enumerated() {
            switch block.kind {
            case .heading(let level, let inlines): result += "<h\(level)>\(render(inlines))</h\(level)>\n"
            case .paragraph(let inlines):
                if isTight {
                    result += render(inlines) + (index + 1 < blocks.count ? "\n" : "")
                } else {
                    result += "<p>\(render(inlines))</p>\n"
                }
            case .rule: result += "<hr />\n"
            case .quote(let inner): result += "<blockquote>\n\(render(inner, isTight: false))</blockquote>\n"
            case .code(let info, let text):
                let word =
                    info.split(whereSeparator: \.isWhitespace).first.map { " class=\"language-\(escape(String($0)))\"" }
                    ?? ""
                result += "<pre><code\(word)>\(escape(text))</code></pre>\n"
            case .table(let lines):
                let paragraph = MarkdownDocument("x\n" + lines.joined(separator: "\n"))
                if case .paragraph(let inlines) = paragraph.blocks[0].kind {
                    result += "<p>\(render(Array(inlines.dropFirst(2))))</p>\n"
                }
            case .list(let list):
                let tag = list.start == nil ? "ul" : "ol"
                let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
                result += "<\(tag)\(start)>\n"
                for item in list.items {
                    let inner = render(item, isTight: list.isTight)
                    var opensWithText = false
                    if list.isTight, case .paragraph? = item.first?.kind { opensWithText = true }
                    result += "<li>" + (inner.isEmpty || opensWithText ? "" : "\n") + inner + "</li>\n"
                }
                result += "</\(tag)>\n"
            }
        }
        return result
    }

    private static func render(_ inlines: [MarkdownInline]) -> String {
        var result = ""
        for inline in inlines {
            switch inline {
            case .text(let text): result += escape(text)
            case .code(let code): result += "<code>\(escape(code))</code>"
            case .softBreak: result += "\n"
            case .hardBreak: result += "<br />\n"
            case .open(.emphasis): result += "<em>"
            case .close(.emphasis): result += "</em>"
            case .open(.strong): result += "<strong>"
            case .close(.strong): result += "</strong>"
            case .open(.link(let destination, let title)):
                result +=
                    "<a href=\"\(reference(destination))\"" + (title.isEmpty ? "" : " title=\"\(escape(title))\"") + ">"
            case .close(.link): result += "</a>"
            }
        }
        return result
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static func reference(_ destination: String) -> String {
        var result = ""
        for byte in destination.utf8 {
            switch byte {
            case UInt8(ascii: "&"): result += "&amp;"
            case UInt8(ascii: "'"): result += "&#x27;"
            case let byte where byte.isLetterOrDigit || "-_.+!*(),%#@?=;:/,+$~".utf8.contains(byte):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
