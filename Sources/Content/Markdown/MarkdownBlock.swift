/// A block of a document: the part of CommonMark 0.30 that editors of ordinary articles write.
///
/// Not read, and kept as text: raw HTML, images, link reference definitions. Tables (GFM) are recognised and kept as
/// their lines.
public struct MarkdownBlock: Sendable, Equatable {
    /// What the block is and holds.
    public enum Kind: Sendable, Equatable {
        case heading(level: Int, [MarkdownInline])
        case paragraph([MarkdownInline])
        case list(MarkdownList)
        case quote([MarkdownBlock])
        case code(info: String, text: String)
        case table([String])
        case rule
    }

    /// What the block is and holds.
    public let kind: Kind
    /// The line that it begins on, from 1, within the text that was parsed.
    public let line: Int
}

/// A list with its items.
public struct MarkdownList: Sendable, Equatable {
    /// The number of the first item; nil for a bullet list.
    public let start: Int?
    /// No blank lines between the items: their paragraphs stand without space around them.
    public let isTight: Bool
    /// The blocks of each item.
    public let items: [[MarkdownBlock]]
}

/// A parsed text.
public struct MarkdownDocument: Sendable, Equatable {
    /// The blocks in their order.
    public let blocks: [MarkdownBlock]
    /// Lines (from 1) of code fences that are never closed.
    public let unclosedFences: [Int]

    /// Reads Markdown. Never fails: whatever is no markup is text.
    /// - Complexity: O(bytes), whatever the text.
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes, lines: SourceText.lineRanges(bytes)[...])
    }

    /// Reads some lines of a file; a block's line counts from the first of the file.
    init(_ bytes: [UInt8], lines: ArraySlice<Range<Int>>) {
        var parser = BlockParser(bytes)
        for index in lines.indices { parser.readLine(lines[index], number: index + 1) }
        (blocks, unclosedFences) = parser.finish()
    }
}
