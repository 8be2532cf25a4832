/// A heading of an editors' file with the lines below it.
struct HeadingSection {
    /// 1 or 2; deeper headings belong to the text.
    let level: Int
    /// Where the heading's text stands.
    let heading: Range<Int>
    /// Indices of the lines below, up to the next heading.
    var lines: Range<Int>

    /// Cuts a file at its headings `#` and `##`; what stands before the first is returned as `preamble`.
    static func split(_ source: SourceText, from first: Int) -> (preamble: Range<Int>, sections: [HeadingSection]) {
        var sections: [HeadingSection] = []
        var preambleEnd = source.lines.count
        var fence: (mark: UInt8, length: Int)?
        for index in source.lines.indices.dropFirst(first) {
            let line = source.lines[index]
            let content = source.bytes[line].drop { $0 == 0x20 }
            if let open = fence {
                if BlockStart.closesFence(content, open.mark, open.length) { fence = nil }
                continue
            }
            fence = BlockStart.fence(content)
            guard let range = heading(source, line) else { continue }
            if sections.isEmpty {
                preambleEnd = index
            } else {
                sections[sections.count - 1].lines = sections[sections.count - 1].lines.lowerBound..<index
            }
            sections.append(
                HeadingSection(level: range.level, heading: range.text, lines: index + 1..<source.lines.count))
        }
        return (min(first, preambleEnd)..<preambleEnd, sections)
    }

    private static func heading(_ source: SourceText, _ line: Range<Int>) -> (level: Int, text: Range<Int>)? {
        let mark = UInt8(ascii: "#")
        let level = source.bytes[line].prefix { $0 == mark }.count
        guard level == 1 || level == 2 else { return nil }
        let after = line.lowerBound + level
        guard after == line.upperBound || source.bytes[after].isBlank else { return nil }
        var text = source.trimmed(after..<line.upperBound)
        while !text.isEmpty, source.bytes[text.upperBound - 1] == mark {
            text = text.lowerBound..<text.upperBound - 1
        }
        return (level, source.trimmed(text))
    }
}
