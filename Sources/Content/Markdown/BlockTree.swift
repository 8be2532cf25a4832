/// Turns the blocks that were read into values, with the running text of each parsed.
struct BlockTree {
    private let nodes: [BlockNode]

    init(_ nodes: [BlockNode]) { self.nodes = nodes }

    /// Depth is bounded by `BlockParser.deepestNesting`, so recursion is safe.
    func blocks(of parent: Int) -> [MarkdownBlock] {
        nodes[parent].children.compactMap { index in
            kind(nodes[index], index).map { MarkdownBlock(kind: $0, line: nodes[index].line) }
        }
    }

    private func kind(_ node: BlockNode, _ index: Int) -> MarkdownBlock.Kind? {
        switch node.kind {
        case .document, .item: return nil
        case .quote: return .quote(blocks(of: index))
        case .list:
            let items = node.children.map { blocks(of: $0) }
            return .list(MarkdownList(start: node.marker?.start, isTight: node.isTight, items: items))
        case .paragraph:
            if let table = MarkdownTable.lines(of: node.text) { return .table(table) }
            return .paragraph(InlineParser.parse(node.text))
        case .heading(let level): return .heading(level: level, InlineParser.parse(node.text))
        case .rule: return .rule
        case .indentedCode: return .code(info: "", text: indentedText(node.text))
        case .fencedCode:
            let end = node.text.firstIndex(of: 0x0A) ?? node.text.endIndex
            let info = InlineText.unescaped(node.text[..<end])
            let text = String(decoding: node.text[end...].dropFirst(), as: UTF8.self)
            return .code(info: trim(info), text: text)
        }
    }

    /// Without the blank lines at the end.
    private func indentedText(_ text: [UInt8]) -> String {
        var end = text.count
        while end > 0, text[end - 1].isBlank || text[end - 1] == 0x0A { end -= 1 }
        let lineEnd = text[end...].firstIndex(of: 0x0A) ?? text.endIndex
        return String(decoding: text[..<lineEnd], as: UTF8.self) + "\n"
    }

    private func trim(_ text: String) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var trimmed = text[...].drop(while: isBlank)
        while let last = trimmed.last, isBlank(last) { trimmed.removeLast() }
        return String(trimmed)
    }
}

/// Tables of GitHub's Markdown, kept as their lines.
enum MarkdownTable {
    /// The lines of a paragraph that is a table: a row, a line of dashes with as many cells, more rows.
    static func lines(of text: [UInt8]) -> [String]? {
        let ranges = SourceText.lineRanges(text)
        guard ranges.count >= 2, text[ranges[0]].contains(UInt8(ascii: "|")) else { return nil }
        let delimiters = cells(text[ranges[1]])
        guard delimiters.count == cells(text[ranges[0]]).count, delimiters.allSatisfy(isDelimiter) else { return nil }
        return ranges.map { range in
            var line = text[range]
            while let last = line.last, last.isBlank { line.removeLast() }
            return String(decoding: line.drop(while: \.isBlank), as: UTF8.self)
        }
    }

    /// The cells of a row, trimmed; `\|` belongs to a cell.
    static func cells(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        let bar = UInt8(ascii: "|")
        var row = line.drop(while: \.isBlank)
        while let last = row.last, last.isBlank { row.removeLast() }
        if row.first == bar { row = row.dropFirst() }
        if row.last == bar, row.dropLast().last != UInt8(ascii: "\\") { row = row.dropLast() }
        var cells: [ArraySlice<UInt8>] = []
        var start = row.startIndex
        for index in row.indices where row[index] == bar {
            if index > row.startIndex, row[index - 1] == UInt8(ascii: "\\") { continue }
            cells.append(row[start..<index])
            start = index + 1
        }
        cells.append(row[start...])
        return cells.map { cell in
            var trimmed = cell.drop(while: \.isBlank)
            while let last = trimmed.last, last.isBlank { trimmed.removeLast() }
            return trimmed
        }
    }

    private static func isDelimiter(_ cell: ArraySlice<UInt8>) -> Bool {
        var dashes = cell
        if dashes.first == UInt8(ascii: ":") { dashes.removeFirst() }
        if dashes.last == UInt8(ascii: ":") { dashes.removeLast() }
        return !dashes.isEmpty && dashes.allSatisfy { $0 == UInt8(ascii: "-") }
    }
}
