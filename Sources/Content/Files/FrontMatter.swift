/// The `key: value` lines between two `---` lines at the top of a file.
struct FrontMatter {
    struct Entry {
        let key: String
        let value: String
        /// Where the key begins, as an offset of the file's bytes.
        let keyOffset: Int
        /// Where the value's own text stands, without quotes.
        let valueRange: Range<Int>
    }

    private(set) var entries: [Entry] = []
    /// Index of the first line after the front matter.
    private(set) var bodyLine = 0

    func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

    /// A file that does not begin with `---` has none, which is no mistake.
    init(_ source: SourceText, _ problems: inout Problems) {
        guard let first = source.lines.first, Self.isFence(source, first) else { return }
        guard let closing = source.lines.indices.dropFirst().first(where: { Self.isFence(source, source.lines[$0]) })
        else {
            problems.report(.frontMatterUnclosed, in: source, at: first.lowerBound, hint: .hintFrontMatterUnclosed)
            return
        }
        bodyLine = closing + 1
        for line in source.lines[1..<closing] { readLine(source, source.trimmed(line), &problems) }
    }

    private mutating func readLine(_ source: SourceText, _ line: Range<Int>, _ problems: inout Problems) {
        guard !line.isEmpty else { return }
        guard let colon = line.first(where: { source.bytes[$0] == UInt8(ascii: ":") }), colon > line.lowerBound else {
            problems.report(.frontMatterMalformed, in: source, at: line.lowerBound, hint: .hintFrontMatterMalformed)
            return
        }
        let key = source.string(source.trimmed(line.lowerBound..<colon)).lowercased()
        guard !entries.contains(where: { $0.key == key }) else {
            problems.report(.frontMatterRepeated, in: source, at: line.lowerBound, ["name": key])
            return
        }
        var value = source.trimmed(colon + 1..<line.upperBound)
        let quote = UInt8(ascii: "\"")
        if value.count >= 2, source.bytes[value.lowerBound] == quote, source.bytes[value.upperBound - 1] == quote {
            value = value.lowerBound + 1..<value.upperBound - 1
        }
        entries.append(
            Entry(key: key, value: source.string(value), keyOffset: line.lowerBound, valueRange: value))
    }

    private static func isFence(_ source: SourceText, _ line: Range<Int>) -> Bool {
        let trimmed = source.trimmed(line)
        return trimmed.count == 3 && trimmed.lowerBound == line.lowerBound
            && source.bytes[trimmed].allSatisfy { $0 == UInt8(ascii: "-") }
    }
}
