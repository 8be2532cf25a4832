@testable import Content

/// Any text is a document: blocks stand in order within the text, plain text and the one spelling of a
/// document can be written and are not out of proportion.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMarkdown(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = SourceText.lineRanges(Array(text.utf8)).count
        let document = MarkdownDocument(text)
        require(inOrder(document.blocks, within: 1...max(1, lines)), "blocks out of order")
        require(document.unclosedFences.allSatisfy { (1...max(1, lines)).contains($0) }, "a fence outside the text")
        let plain = document.plainText
        require(plain.utf8.count <= 40 * (text.utf8.count + 1), "plain text of \(plain.utf8.count) bytes")
        let spelling = document.markdown
        require(spelling.utf8.count <= 80 * (text.utf8.count + 1), "\(spelling.utf8.count) bytes of Markdown")
        _ = MarkdownDocument(spelling)
    }
}

private func inOrder(_ blocks: [MarkdownBlock], within range: ClosedRange<Int>) -> Bool {
    var last = range.lowerBound
    for block in blocks {
        guard (last...range.upperBound).contains(block.line) else { return false }
        last = block.line
        switch block.kind {
        case .quote(let inner): guard inOrder(inner, within: last...range.upperBound) else { return false }
        case .list(let list):
            guard inOrder(list.items.flatMap { $0 }, within: last...range.upperBound) else { return false }
        default: break
        }
    }
    return true
}
