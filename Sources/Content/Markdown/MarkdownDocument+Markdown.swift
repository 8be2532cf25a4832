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
        var bullet: String?
        for block in blocks {
            if let previous {
                // In a tight list no two blocks can follow each other that would need a blank line between them.
                if !isTight {
                    result.append("")
                } else if block.isText, let end = endOfQuote(previous) {
                    result.append(end)
                }
            }
            result += lines(of: block, &bullet)
            previous = block.kind
        }
        return result
    }

    /// Of nine digits; a tenth is no list item's (5.2).
    private static let greatestNumber = 999_999_999

    /// - Parameter bullet: of the list before the block, if it follows one; then of the block, if it is one.
    private static func lines(of block: MarkdownBlock, _ bullet: inout String?) -> [String] {
        let taken = bullet
        bullet = nil
        switch block.kind {
        case .heading(let level, let inlines):
            let text = MarkdownEscape.lineEnds(InlineMarkdown.write(inlines, isOneLine: true))
            let marks = String(repeating: "#", count: level)
            // `\#` at the end of a heading would otherwise be taken for a closing mark.
            return [text.isEmpty ? marks : marks + " " + (text.hasSuffix("#") ? text.dropLast() + "\\#" : text[...])]
        case .paragraph(let inlines):
            return InlineMarkdown.write(inlines, isOneLine: false).lines(omittingEmpty: false)
                .map { MarkdownEscape.lineStart(MarkdownEscape.lineEnds($0)) }
        case .rule: return ["***"]
        case .table(let lines):
            // Further in, a line that begins as a block does is a row; with a bar before it, it is one here too.
            return lines.map { BlockStart.interruptsParagraph(Array($0.utf8)) ? "|" + $0 : $0 }
        case .quote(let blocks):
            let inner = lines(of: blocks, isTight: false)
            return inner.isEmpty ? [">"] : inner.map { $0.isEmpty ? ">" : "> " + $0 }
        case .code(let info, let text): return codeLines(info, text)
        case .list(let list):
            let items = list.items.map { lines(of: $0, isTight: list.isTight) }
            let own = Self.bullet(of: list.start == nil ? items : [], unlike: taken)
            bullet = own
            return listLines(list, items, bullet: own)
        }
    }

    /// A line that ends a paragraph in a quote, which would go on with the text that follows it.
    private static func endOfQuote(_ kind: MarkdownBlock.Kind) -> String? {
        switch kind {
        case .quote: return ">"
        case .list(let list):
            guard let last = list.items.last?.last, let inner = endOfQuote(last.kind) else { return nil }
            let number = list.start.map { String(min($0 + list.items.count - 1, greatestNumber)).utf8.count + 1 }
            return String(repeating: " ", count: (number ?? 1) + 1) + inner
        default: return nil
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
        // Another mark right behind the fence would make it longer.
        return [fence + (info.hasPrefix(mark) ? " " : "") + MarkdownEscape.text(info)] + content + [fence]
    }

    /// Two lists in a row are told apart by their bullet. `* ***` and `- - -` would be rules.
    private static func bullet(of items: [[String]], unlike taken: String?) -> String {
        let free: [String] = ["-", "*", "+"].filter { $0 != taken }
        return free.first { bullet in !items.contains { isRule(bullet + " ", $0) } } ?? free[0]
    }

    private static func isRule(_ marker: String, _ item: [String]) -> Bool {
        item.first.map { BlockStart.isRule(Array((marker + $0).utf8)[...]) } ?? false
    }

    private static func listLines(_ list: MarkdownList, _ items: [[String]], bullet: String) -> [String] {
        var result: [String] = []
        let delimiter = bullet == "-" ? "." : ")"
        for (index, inner) in items.enumerated() {
            if index > 0, !list.isTight { result.append("") }
            let marker = list.start.map { "\(min($0 + index, greatestNumber))\(delimiter) " } ?? bullet + " "
            let indent = String(repeating: " ", count: marker.utf8.count)
            guard !inner.isEmpty else {
                result.append(String(marker.dropLast()))
                continue
            }
            // Where no bullet was free, the item begins on the line below its marker.
            let isRule = isRule(marker, inner)
            if isRule { result.append(bullet) }
            for (number, line) in inner.enumerated() {
                result.append(line.isEmpty ? "" : (number == 0 && !isRule ? marker : indent) + line)
            }
        }
        return result
    }
}

extension MarkdownBlock {
    /// Whether it begins with a line that a paragraph before it would take for its own.
    fileprivate var isText: Bool {
        switch kind {
        case .paragraph, .table: true
        default: false
        }
    }
}
