extension MarkdownDocument {
    /// The words alone, as search and a terminal want them: a line a list item, a blank line between blocks.
    public var plainText: String { Self.plainText(blocks) }

    static func plainText(_ blocks: some Collection<MarkdownBlock>) -> String {
        blocks.map { lines(of: $0).joined(separator: "\n") }.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func lines(of block: MarkdownBlock) -> [String] {
        switch block.kind {
        case .heading(_, let inlines), .paragraph(let inlines):
            return inlines.plainText.lines(omittingEmpty: true)
        case .rule: return []
        case .code(_, let text): return text.lines(omittingEmpty: true)
        case .table(let rows):
            return rows.enumerated().filter { $0.offset != 1 }.map { row in
                MarkdownTable.cells(Array(row.element.utf8)[...]).map { InlineParser.parse(Array($0)).plainText }
                    .filter { !$0.isEmpty }.joined(separator: " · ")
            }
        case .quote(let blocks): return blocks.flatMap { lines(of: $0) }
        case .list(let list):
            return list.items.enumerated().flatMap { index, item in
                let marker = list.start.map { "\($0 + index). " } ?? "- "
                let inner = item.flatMap { lines(of: $0) }
                return inner.enumerated().map { ($0.offset == 0 ? marker : "  ") + $0.element }
            }
        }
    }
}
