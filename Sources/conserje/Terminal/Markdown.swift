/// Shows Markdown of replies in a terminal: emphasis, code, links, lists, headings, quotations. What it doesn't know
/// stays as it was written.
struct Markdown: Sendable {
    let style: TextStyle
    /// Where lines are broken, nil to leave them.
    var width: Int?

    /// The text for the terminal, without a line break at the end.
    func rendered(_ source: String) -> String {
        var isCode = false
        var lines: [String] = []
        for line in TextStyle.harmless(source).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isCode.toggle()
            } else {
                lines.append(isCode ? "    " + style(.cyan, String(line)) : block(line))
            }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private func block(_ line: Substring) -> String {
        let indent = line.prefix { $0 == " " }
        let rest = line.dropFirst(indent.count)
        let hashes = rest.prefix { $0 == "#" }
        if (1...6).contains(hashes.count), rest.dropFirst(hashes.count).hasPrefix(" ") {
            return wrapped(style(.bold, inline(rest.dropFirst(hashes.count + 1))))
        }
        if rest.hasPrefix("> ") { return wrapped("│ " + inline(rest.dropFirst(2)), indent: 2) }
        if rest.hasPrefix("- ") || rest.hasPrefix("* ") || rest.hasPrefix("+ ") {
            return wrapped(indent + "• " + inline(rest.dropFirst(2)), indent: indent.count + 2)
        }
        let number = rest.prefix(while: \.isWholeNumber)
        if !number.isEmpty, rest.dropFirst(number.count).hasPrefix(". ") {
            let text = inline(rest.dropFirst(number.count + 2))
            return wrapped(indent + number + ". " + text, indent: indent.count + number.count + 2)
        }
        return wrapped(indent + inline(rest), indent: indent.count)
    }

    private func wrapped(_ line: String, indent: Int = 0) -> String {
        guard let width else { return line }
        return DisplayWidth.wrap(line, at: width, indent: indent)
    }

    private func inline(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let first = rest.first {
            if first == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol {
                result.append(next)
                rest = rest.dropFirst(2)
            } else if let (shown, after) = span(rest, previous: result.last) {
                result += shown
                rest = after
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// An emphasis, code or link at the start of the text, with what follows it.
    private func span(_ text: Substring, previous: Character?) -> (String, Substring)? {
        if text.hasPrefix("`"), let (inner, after) = between(text, "`", "`") {
            return (style(.cyan, String(inner)), after)
        }
        if text.hasPrefix("**"), let (inner, after) = between(text, "**", "**") {
            return (style(.bold, inline(inner)), after)
        }
        if text.hasPrefix("*"), !text.hasPrefix("* "), let (inner, after) = between(text, "*", "*") {
            return (style(.italic, inline(inner)), after)
        }
        // Underscores inside a word are no emphasis: product_name_1.
        if text.hasPrefix("_"), previous?.isLetter != true, previous?.isNumber != true,
            let (inner, after) = between(text, "_", "_"), after.first?.isLetter != true
        {
            return (style(.italic, inline(inner)), after)
        }
        if text.hasPrefix("["), let (label, after) = between(text, "[", "]"), after.hasPrefix("("),
            let (target, rest) = between(after, "(", ")")
        {
            let shown = inline(label)
            return (shown == target ? shown : style(.underlined, shown) + " (" + target + ")", rest)
        }
        return nil
    }

    private func between(_ text: Substring, _ open: String, _ close: String) -> (Substring, Substring)? {
        let inner = text.dropFirst(open.count)
        guard let end = inner.firstRange(of: close), end.lowerBound > inner.startIndex else { return nil }
        return (inner[..<end.lowerBound], inner[end.upperBound...])
    }
}
