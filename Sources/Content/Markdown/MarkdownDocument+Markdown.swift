extension MarkdownDocument {
    /// The same document in one spelling: `-` bullets, `**strong**`, `*emphasis*`, one line a paragraph or list item,
    /// one blank line between blocks. Reading it again gives the same document.
    public var markdown: String { Self.markdown(blocks) }

    static func markdown(_ blocks: some Collection<MarkdownBlock>) -> String {
        lines(of: blocks, isTight: false).joined(separator: "\n")
    }

    static func lines(of blocks: some Collection<MarkdownBlock>, isTight: Bool) -> [String] {
        var result: [String] = []
        var previous: MarkdownBlock.Kind?
        var bullet = "-"
        for block in blocks {
            if let previous {
                // Two lists in a row are told apart by their bullet.
                if case .list = previous, case .list = block.kind {
                    bullet = bullet == "-" ? "*" : "-"
                } else {
                    bullet = "-"
                }
                // In a tight list no two blocks can follow each other that would need a blank line between them.
                if !isTight { result.append("") }
            }
            result += lines(of: block, bullet: bullet)
            previous = block.kind
        }
        return result
    }

    private static func lines(of block: MarkdownBlock, bullet: String) -> [String] {
        switch block.kind {
        case .heading(let level, let inlines):
            let text = InlineMarkdown.write(inlines, isOneLine: true)
            let marks = String(repeating: "#", count: level)
            // `\#` at the end of a heading would otherwise be taken for a closing mark.
            return [text.isEmpty ? marks : marks + " " + (text.hasSuffix("#") ? text.dropLast() + "\\#" : text[...])]
        case .paragraph(let inlines):
            return InlineMarkdown.write(inlines, isOneLine: false).lines(omittingEmpty: false)
                .map { MarkdownEscape.lineStart($0) }
        case .rule: return ["***"]
        case .table(let lines): return lines
        case .quote(let blocks):
            let inner = lines(of: blocks, isTight: false)
            return inner.isEmpty ? [">"] : inner.map { $0.isEmpty ? ">" : "> " + $0 }
        case .code(let info, let text): return codeLines(info, text)
        case .list(let list): return listLines(list, bullet: bullet)
        }
    }

    private static func codeLines(_ info: String, _ text: String) -> [String] {
        var content = text.lines(omittingEmpty: false)
        if content.last == "" { content.removeLast() }
        let longest = content.map { line in line.drop { $0 == " " }.prefix { $0 == "`" }.count }.max() ?? 0
        // Backticks may not stand in the information after a fence of backticks.
        let mark = info.contains("`") ? "~" : "`"
        let tildes = content.map { line in line.drop { $0 == " " }.prefix { $0 == "~" }.count }.max() ?? 0
        let fence = String(repeating: mark, count: max(3, 1 + (mark == "`" ? longest : tildes)))
        return [fence + MarkdownEscape.text(info)] + content + [fence]
    }

    private static func listLines(_ list: MarkdownList, bullet: String) -> [String] {
        var result: [String] = []
        let delimiter = bullet == "-" ? "." : ")"
        for (index, item) in list.items.enumerated() {
            if index > 0, !list.isTight { result.append("") }
            let marker = list.start.map { "\($0 + index)\(delimiter) " } ?? bullet + " "
            let indent = String(repeating: " ", count: marker.utf8.count)
            let inner = lines(of: item, isTight: list.isTight)
            guard !inner.isEmpty else {
                result.append(String(marker.dropLast()))
                continue
            }
            for (number, line) in inner.enumerated() {
                result.append(line.isEmpty ? "" : (number == 0 ? marker : indent) + line)
            }
        }
        return result
    }
}
