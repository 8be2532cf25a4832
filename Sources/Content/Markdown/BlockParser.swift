/// Reads a document's block structure line by line (CommonMark 0.30, appendix "A parsing strategy", phase 1).
struct BlockParser {
    /// Quotes and lists deeper than this are text: nobody writes them, and each line costs as much as it is deep.
    static let deepestNesting = 32

    private let bytes: [UInt8]
    private var nodes: [BlockNode]
    /// The innermost open block.
    private var tip = 0
    private var lineNumber = 0
    private var unclosedFences: [Int] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        nodes = [BlockNode(kind: .document, parent: -1, depth: 0, line: 1)]
    }

    mutating func readLine(_ line: Range<Int>, number: Int) {
        lineNumber = number
        var cursor = LineCursor(bytes, line)
        let oldTip = tip
        guard var container = matchOpenBlocks(&cursor) else { return }
        let lastMatched = container
        var isLeaf = nodes[container].kind.isCode
        var closedUnmatched = container == oldTip
        var isBlank = cursor.isBlankLine
        while !isLeaf {
            cursor.findNextNonspace()
            guard let start = openBlock(&cursor, in: container, lastMatched, &closedUnmatched) else {
                cursor.advanceToNonspace()
                break
            }
            container = tip
            isLeaf = start
            // A line that was used up by a heading or a fence is not blank; one that is empty after `-` is.
            isBlank = !start && cursor.isBlankLine
        }
        addText(&cursor, to: container, lastMatched, closedUnmatched, isBlank)
    }

    mutating func finish() -> ([MarkdownBlock], [Int]) {
        while tip > 0 { close(tip) }
        return (BlockTree(nodes).blocks(of: 0), unclosedFences)
    }

    // MARK: - Blocks that go on

    /// Walks down the open blocks as far as the line continues them; nil where the line is used up by a closing fence.
    private mutating func matchOpenBlocks(_ cursor: inout LineCursor) -> Int? {
        var container = 0
        while let last = nodes[container].children.last, nodes[last].isOpen {
            cursor.findNextNonspace()
            switch continues(last, &cursor) {
            case .matched: container = last
            case .notMatched: return container
            case .lineUsed: return nil
            }
        }
        return container
    }

    private enum Continuation { case matched, notMatched, lineUsed }

    private mutating func continues(_ node: Int, _ cursor: inout LineCursor) -> Continuation {
        switch nodes[node].kind {
        case .document, .list: return .matched
        case .quote:
            guard !cursor.isIndentedCode, cursor.firstByte == UInt8(ascii: ">") else { return .notMatched }
            cursor.advanceToNonspace()
            cursor.advance(bytes: 1)
            cursor.skipOneBlank()
            return .matched
        case .item:
            guard let marker = nodes[node].marker else { return .notMatched }
            if cursor.isBlankLine {
                guard !nodes[node].children.isEmpty else { return .notMatched }
                cursor.advanceToNonspace()
                return .matched
            }
            guard cursor.indent >= marker.markerOffset + marker.padding else { return .notMatched }
            cursor.advance(columns: marker.markerOffset + marker.padding)
            return .matched
        case .paragraph: return cursor.isBlankLine ? .notMatched : .matched
        case .heading, .rule: return .notMatched
        case .indentedCode:
            if cursor.isIndentedCode {
                cursor.advance(columns: 4)
            } else if cursor.isBlankLine {
                cursor.advanceToNonspace()
            } else {
                return .notMatched
            }
            return .matched
        case .fencedCode(let mark, let length, let indent):
            if !cursor.isIndentedCode, BlockStart.closesFence(cursor.rest, mark, length) {
                nodes[node].isOpen = false
                tip = nodes[node].parent
                return .lineUsed
            }
            var left = indent
            while left > 0, let byte = cursor.byte, byte.isBlank {
                cursor.advance(columns: 1)
                left -= 1
            }
            return .matched
        }
    }

    // MARK: - Blocks that begin

    /// Opens the block that the line begins, if it begins one.
    /// - Returns: whether the block holds text and no further blocks; nil where none begins.
    private mutating func openBlock(
        _ cursor: inout LineCursor, in container: Int, _ lastMatched: Int, _ closedUnmatched: inout Bool
    ) -> Bool? {
        func closeUnmatched(_ parser: inout Self) {
            guard !closedUnmatched else { return }
            while parser.tip != lastMatched { parser.close(parser.tip) }
            closedUnmatched = true
        }
        if cursor.isIndentedCode {
            guard nodes[tip].kind != .paragraph, !cursor.isBlankLine else { return nil }
            cursor.advance(columns: 4)
            closeUnmatched(&self)
            add(.indentedCode)
            return true
        }
        let first = cursor.firstByte
        guard !cursor.isBlankLine, first.isASCIIPunctuation || first.isASCIIDigit else { return nil }
        let isDeep = nodes[container].depth >= Self.deepestNesting
        if first == UInt8(ascii: ">"), !isDeep {
            cursor.advanceToNonspace()
            cursor.advance(bytes: 1)
            cursor.skipOneBlank()
            closeUnmatched(&self)
            add(.quote)
            return false
        }
        if let heading = BlockStart.heading(cursor.rest) {
            closeUnmatched(&self)
            add(.heading(heading.level))
            nodes[tip].text = heading.text
            cursor.moveToEnd()
            return true
        }
        if let fence = BlockStart.fence(cursor.rest) {
            closeUnmatched(&self)
            add(.fencedCode(mark: fence.mark, length: fence.length, indent: cursor.indent))
            cursor.advanceToNonspace()
            cursor.advance(bytes: fence.length)
            return true
        }
        if nodes[container].kind == .paragraph, let level = BlockStart.underline(cursor.rest) {
            closeUnmatched(&self)
            nodes[container].kind = .heading(level)
            cursor.moveToEnd()
            return true
        }
        if BlockStart.isRule(cursor.rest) {
            closeUnmatched(&self)
            add(.rule)
            cursor.moveToEnd()
            return true
        }
        guard !isDeep, let marker = BlockStart.listMarker(&cursor, inParagraph: nodes[container].kind == .paragraph)
        else { return nil }
        closeUnmatched(&self)
        if nodes[tip].kind != .list || nodes[container].marker?.delimiter != marker.delimiter
            || (nodes[container].marker?.start == nil) != (marker.start == nil)
        {
            add(.list)
            nodes[tip].marker = marker
        }
        add(.item)
        nodes[tip].marker = marker
        return false
    }

    private mutating func add(_ kind: BlockNode.Kind) {
        while !nodes[tip].kind.canHold(kind) { close(tip) }
        let index = nodes.count
        nodes.append(BlockNode(kind: kind, parent: tip, depth: nodes[tip].depth + 1, line: lineNumber))
        nodes[tip].children.append(index)
        tip = index
    }

    // MARK: - Text

    private mutating func addText(
        _ cursor: inout LineCursor, to container: Int, _ lastMatched: Int, _ closedUnmatched: Bool,
        _ isBlank: Bool
    ) {
        if !closedUnmatched, !isBlank, nodes[tip].kind == .paragraph {
            append(cursor, to: tip)  // a lazy continuation line
            return
        }
        if !closedUnmatched {
            while tip != lastMatched { close(tip) }
        }
        markBlank(container, isBlank)
        if nodes[container].kind.takesLines {
            append(cursor, to: container)
        } else if cursor.offset < cursor.end, !isBlank {
            add(.paragraph)
            cursor.advanceToNonspace()
            append(cursor, to: tip)
        }
    }

    private mutating func append(_ cursor: LineCursor, to node: Int) {
        nodes[node].text += cursor.remainder()
        nodes[node].text.append(0x0A)
    }

    /// Remembers where blank lines stand: one between two items makes their list loose.
    private mutating func markBlank(_ container: Int, _ isBlank: Bool) {
        if isBlank, let last = nodes[container].children.last { nodes[last].endsBlank = true }
        var endsBlank = isBlank
        switch nodes[container].kind {
        case .quote, .fencedCode: endsBlank = false
        case .item where nodes[container].children.isEmpty && nodes[container].line == lineNumber: endsBlank = false
        default: break
        }
        var node = container
        while node >= 0 {
            // A line that is blank within a quote is none to what stands around the quote.
            if nodes[node].kind == .quote { endsBlank = false }
            nodes[node].endsBlank = endsBlank
            node = nodes[node].parent
        }
    }

    private mutating func close(_ node: Int) {
        nodes[node].isOpen = false
        if case .fencedCode = nodes[node].kind { unclosedFences.append(nodes[node].line) }
        if nodes[node].kind == .list { nodes[node].isTight = isTight(node) }
        tip = nodes[node].parent
    }

    private func isTight(_ list: Int) -> Bool {
        let items = nodes[list].children
        for (index, item) in items.enumerated() {
            let isLast = index == items.count - 1
            if !isLast, endsWithBlankLine(item) { return false }
            let children = nodes[item].children
            for (position, child) in children.enumerated()
            where !(isLast && position == children.count - 1) && endsWithBlankLine(child) {
                return false
            }
        }
        return true
    }

    private func endsWithBlankLine(_ node: Int) -> Bool {
        var current = node
        while true {
            if nodes[current].endsBlank { return true }
            guard nodes[current].kind == .list || nodes[current].kind == .item, let last = nodes[current].children.last
            else { return false }
            current = last
        }
    }
}
