@testable import Content

/// Keys and values stand where they are said to stand, each key once, and what follows is cut at headings without
/// losing or doubling a line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrontMatters(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        let source = sourceText("a.md", bytes)
        var problems = Problems()
        let front = FrontMatter(source, &problems)
        requirePlaces(problems.list, in: [source])
        require((0...source.lines.count).contains(front.bodyLine), "body at line \(front.bodyLine)")
        require(Set(front.entries.map(\.key)).count == front.entries.count, "a key twice")
        for entry in front.entries {
            require(
                entry.valueRange.lowerBound >= entry.keyOffset && entry.valueRange.upperBound <= source.bytes.count,
                "value at \(entry.valueRange)")
            require(source.string(entry.valueRange) == entry.value, "another value at \(entry.valueRange)")
            require(source.lineIndex(at: entry.keyOffset) < front.bodyLine, "\(entry.key) stands in the body")
        }
        let (preamble, sections) = HeadingSection.split(source, from: front.bodyLine)
        var next = preamble.upperBound
        require(preamble.lowerBound == min(front.bodyLine, next), "preamble \(preamble)")
        for section in sections {
            require(section.lines.lowerBound == next + 1, "lines \(section.lines) after \(next)")
            require(source.lineIndex(at: section.heading.lowerBound) <= next, "heading below its place")
            next = section.lines.upperBound
            let items = ListItems(source, section.lines)
            require(items.items.allSatisfy { $0.upperBound <= source.bytes.count }, "an item beyond the end")
        }
        require(next == source.lines.count, "lines up to \(next) of \(source.lines.count)")
    }
}
