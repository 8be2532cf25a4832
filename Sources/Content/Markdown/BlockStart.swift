/// What the beginning of a line says (CommonMark 0.30, chapter 4 and 5.2). Lines come without their indentation.
enum BlockStart {
    /// `## Heading ##`, without the marks.
    static func heading(_ line: ArraySlice<UInt8>) -> (level: Int, text: [UInt8])? {
        let marks = line.prefix { $0 == UInt8(ascii: "#") }
        guard (1...6).contains(marks.count) else { return nil }
        let after = line.dropFirst(marks.count)
        guard after.first.map({ $0.isBlank }) ?? true else { return nil }
        var text = trim(after)
        let closing = text.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        if closing == text.count {
            text = text.suffix(0)
        } else if closing > 0, text[text.endIndex - closing - 1].isBlank {
            text = trim(text.dropLast(closing))
        }
        return (marks.count, Array(text))
    }

    /// A line of three or more `` ` `` or `~`; after backticks no other backtick may follow.
    static func fence(_ line: ArraySlice<UInt8>) -> (mark: UInt8, length: Int)? {
        guard let mark = line.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let length = line.prefix { $0 == mark }.count
        guard length >= 3, mark == UInt8(ascii: "~") || !line.dropFirst(length).contains(mark) else { return nil }
        return (mark, length)
    }

    static func closesFence(_ line: ArraySlice<UInt8>, _ mark: UInt8, _ length: Int) -> Bool {
        let marks = line.prefix { $0 == mark }.count
        return marks >= length && line.dropFirst(marks).allSatisfy(\.isBlank)
    }

    /// The level that a line of `=` or `-` gives to the paragraph above it.
    static func underline(_ line: ArraySlice<UInt8>) -> Int? {
        guard let mark = line.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-") else { return nil }
        guard line.drop(while: { $0 == mark }).allSatisfy(\.isBlank) else { return nil }
        return mark == UInt8(ascii: "=") ? 1 : 2
    }

    /// `***`, `- - -`, `___`.
    static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        guard let mark = line.first, [UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(mark)
        else { return false }
        var count = 0
        for byte in line where !byte.isBlank {
            guard byte == mark else { return false }
            count += 1
        }
        return count >= 3
    }

    /// Whether a line begins a block though a paragraph comes before it.
    static func interruptsParagraph(_ line: [UInt8]) -> Bool {
        var cursor = LineCursor(line, line.indices)
        return line.first == UInt8(ascii: ">") || heading(line[...]) != nil || fence(line[...]) != nil
            || underline(line[...]) != nil || isRule(line[...]) || listMarker(&cursor, inParagraph: true) != nil
    }

    /// Takes a list marker with the blanks after it, if there is one.
    static func listMarker(_ cursor: inout LineCursor, inParagraph: Bool) -> BlockNode.ListMarker? {
        let line = cursor.rest
        guard let first = line.first else { return nil }
        var start: Int?
        var width = 1
        if first.isASCIIDigit {
            let digits = line.prefix { $0.isASCIIDigit }
            guard digits.count <= 9 else { return nil }
            let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            guard !inParagraph || number == 1 else { return nil }
            start = number
            width = digits.count + 1
        }
        guard line.count >= width else { return nil }
        let delimiter = line[line.startIndex + width - 1]
        let allowed = start == nil ? "*+-" : ".)"
        guard allowed.utf8.contains(delimiter) else { return nil }
        let after = line.dropFirst(width)
        guard after.first.map({ $0.isBlank }) ?? true else { return nil }
        // An empty item does not interrupt a paragraph.
        if inParagraph, after.allSatisfy(\.isBlank) { return nil }

        let markerOffset = cursor.indent
        cursor.advanceToNonspace()
        cursor.advance(bytes: width)
        let afterMarker = cursor
        repeat {
            cursor.advance(columns: 1)
        } while cursor.column - afterMarker.column < 5
            && cursor.byte.map({ $0.isBlank }) ?? false
        let blanks = cursor.column - afterMarker.column
        let isBlankItem = cursor.byte == nil
        var padding = width + blanks
        if blanks >= 5 || blanks < 1 || isBlankItem {
            padding = width + 1
            cursor = afterMarker
            cursor.skipOneBlank()
        }
        return BlockNode.ListMarker(start: start, delimiter: delimiter, markerOffset: markerOffset, padding: padding)
    }

    private static func trim(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var trimmed = line.drop(while: \.isBlank)
        while let last = trimmed.last, last.isBlank { trimmed.removeLast() }
        return trimmed
    }
}
