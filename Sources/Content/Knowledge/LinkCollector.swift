/// Gathers the links of all files, and checks them once every file is known.
struct LinkCollector {
    private struct Link {
        let source: SourceText
        let offset: Int
        let destination: String
    }

    private var links: [Link] = []

    /// - Parameter lineOffset: index of the file's line that the blocks count from.
    mutating func collect(_ blocks: [MarkdownBlock], in source: SourceText, lineOffset: Int) {
        for block in blocks {
            switch block.kind {
            case .heading(_, let inlines), .paragraph(let inlines):
                collect(inlines, in: source, from: block.line - 1 + lineOffset)
            case .list(let list):
                for item in list.items { collect(item, in: source, lineOffset: lineOffset) }
            case .quote(let inner): collect(inner, in: source, lineOffset: lineOffset)
            case .code, .table, .rule: break
            }
        }
    }

    private mutating func collect(_ inlines: [MarkdownInline], in source: SourceText, from line: Int) {
        var search = source.lines.indices.contains(line) ? source.lines[line].lowerBound : source.bytes.count
        for case .open(.link(let destination, _)) in inlines {
            let offset = Self.find(destination, in: source, from: search)
            if let offset { search = offset }
            links.append(
                Link(source: source, offset: offset ?? min(search, source.bytes.count), destination: destination))
        }
    }

    /// Where the destination is written, after `](` or `<`; nil where it is written with escapes.
    private static func find(_ destination: String, in source: SourceText, from start: Int) -> Int? {
        let wanted = Array(destination.utf8)
        guard let first = wanted.first else { return nil }
        // A link stands in its own paragraph: no need to look further than a page.
        let end = min(source.bytes.count - wanted.count, start + 16_384)
        var index = start
        while index <= end {
            if source.bytes[index] == first, index > 0, "(<".utf8.contains(source.bytes[index - 1]),
                source.bytes[index...].starts(with: wanted)
            {
                return index
            }
            index += 1
        }
        return nil
    }

    /// - Parameter anchors: of each article by its path, those of its sections.
    func check(files: Set<String>, anchors: [String: Set<String>], _ problems: inout Problems) {
        for link in links {
            if let scheme = Self.scheme(link.destination) {
                guard !["https", "http", "mailto", "tel"].contains(scheme) else { continue }
                problems.report(
                    .linkScheme, in: link.source, at: link.offset, ["name": scheme], hint: .hintLinkScheme)
                continue
            }
            let parts = link.destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let written = String(parts[0])
            let path = written.isEmpty ? link.source.path : RelativePath.resolve(written, from: link.source.path)
            guard let path, files.contains(path) else {
                let known = anchors.keys.sorted().map { RelativePath.write($0, from: link.source.path) }
                problems.reportUnknown(.linkFileMissing, written, among: known, in: link.source, at: link.offset)
                continue
            }
            guard parts.count == 2, let known = anchors[path], !known.contains(String(parts[1])) else { continue }
            problems.reportUnknown(
                .linkSectionMissing, String(parts[1]), among: known.sorted(), in: link.source, at: link.offset,
                ["path": path])
        }
    }

    private static func scheme(_ destination: String) -> String? {
        guard let colon = destination.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = destination[..<colon]
        return scheme.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+.-".utf8.contains($0) }
            ? scheme.lowercased() : nil
    }
}

/// Paths between files of the content folder.
enum RelativePath {
    /// The path, from the content folder, of what `written` means in a file; nil where it leads out of the folder.
    static func resolve(_ written: String, from file: String) -> String? {
        var parts = file.split(separator: "/").dropLast().map(String.init)
        for part in written.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    /// How a file writes the way to another.
    static func write(_ target: String, from file: String) -> String {
        let from = file.split(separator: "/").dropLast()
        let to = target.split(separator: "/")
        let common = zip(from, to.dropLast()).prefix { $0 == $1 }.count
        return (Array(repeating: "..", count: from.count - common) + to.dropFirst(common).map(String.init))
            .joined(separator: "/")
    }
}
