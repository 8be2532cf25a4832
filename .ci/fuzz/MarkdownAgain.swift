@testable import Content

/// The one spelling of a document is read back as a document of the same words and the same spelling.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMarkdownAgain(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        let document = MarkdownDocument(String(decoding: bytes, as: UTF8.self))
        let spelling = document.markdown
        let again = MarkdownDocument(spelling)
        require(
            words(again) == words(document), "\(words(document)) became \(words(again)): \(spelling.debugDescription)")
        let second = again.markdown
        require(second == spelling, "first \(spelling.debugDescription), then \(second.debugDescription)")
    }
}

/// The words and what holds them, without the white space between.
private func words(_ document: MarkdownDocument) -> [Substring] {
    document.plainText.split { $0 == " " || $0 == "\n" || $0 == "\t" }
}
