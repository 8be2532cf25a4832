import Content
import Foundation
import Testing

@Suite("Markdown")
struct MarkdownTests {
    @Test("normalised Markdown reads back as the same document", arguments: MarkdownSamples.documents)
    func normalisedRoundTrip(document: String) {
        let first = MarkdownDocument(document).markdown
        #expect(MarkdownDocument(first).markdown == first)
        #expect(shape(MarkdownDocument(first)) == shape(MarkdownDocument(document)))
    }

    @Test(
        "what has no plain spelling keeps its words and settles at once",
        arguments: [
            "***a*a*", "_a*a*aa_ a_*a*", "\\ \na", "[<aa:>](b)", "*&nbsp;a*", "&#32;&#32;&#32;&#32;a", "a&#10;&#10;# b",
            "[a](b '&#10;&#10;c')", "a|b\n-|-\n    # c", "a\\|b  \n:-|-", "* a\n\n- ***", "-\n  -\n    -",
            "999999999. a\n999999999. b", "~~~ ~`\nc\n~~~", "- > a\n  >\n  b", "- - > a\n    >\n  b",
            "a\\\\&#13;b", "a\\\\&#32;", "- b\n  - - *", "- - - *\n- ***\n\n+ - - *\n+ ***",
            "_a*a*aa_ *`b`*` c`", "***a*a* `b`_`c`_` `",
            "a|b\n-|-\n|-\n:-\n1|2", "a|b\n    - | -\n1|2", "|a\n    -\n1",
            "a|b\n-|-\n    ~~~\n    - c|d\n    1) e\n    > f\n    ***\n    =",
        ])
    func unspellable(document: String) {
        let first = MarkdownDocument(document)
        let again = MarkdownDocument(first.markdown)
        #expect(again.markdown == first.markdown)
        #expect(again.plainText.split(separator: " ") == first.plainText.split(separator: " "))
    }

    @Test("a blank line within a quote makes no list around it loose", arguments: ["a", "- a", "-", "1. - a"])
    func blankInQuote(quoted: String) {
        let text = "- > \(quoted)\n  >\n  b\n- c"
        #expect(MarkdownDocument(text).markdown == text)
    }

    @Test("shipped content keeps its meaning when it is normalised")
    func shippedRoundTrip() {
        for file in Shipped.markdownFiles() {
            let document = MarkdownDocument(file.text)
            #expect(shape(MarkdownDocument(document.markdown)) == shape(document), "\(file.path)")
        }
    }

    @Test("normalised Markdown uses one spelling")
    func oneSpelling() {
        let document = MarkdownDocument("Hola\n===\n\n* uno\n* __dos__\n  y medio\n\n\n1) _a_\n")
        #expect(document.markdown == "# Hola\n\n- uno\n- **dos** y medio\n\n1) *a*")
    }

    @Test("plain text keeps the words and drops the marks")
    func plainText() {
        let text =
            "# Título\n\nCon **negrita**, [enlace](a.md) y `código`.\n\n- uno\n- dos\n\n| a | b |\n|---|---|\n| *1* | 2 |\n"
        #expect(
            MarkdownDocument(text).plainText
                == "Título\n\nCon negrita, enlace y código.\n\n- uno\n- dos\n\na · b\n1 · 2")
    }

    @Test("a table is kept as its lines")
    func table() {
        let text = "| Zona | Precio |\n|---|--:|\n| Península | 4,90 € |"
        #expect(
            MarkdownDocument(text).blocks.map(\.kind) == [
                .table(["| Zona | Precio |", "|---|--:|", "| Península | 4,90 € |"])
            ])
        #expect(MarkdownDocument(text).markdown == text)
    }

    @Test("a fence that is never closed is told with its line")
    func unclosedFence() {
        #expect(MarkdownDocument("a\n\n```\nb\n").unclosedFences == [3])
        #expect(MarkdownDocument("a\n\n```\nb\n```\n").unclosedFences == [])
    }

    @Test(
        "hostile text is read in linear time",
        arguments: [
            "*a ", "**a", "_a_", "[", "[a](", "[a](b", "](", "`", "> ", "- ", "1. ", "*a_ ", "<a:", "[a](<b",
            "[a](b \"",
            "\\", "&#", "a**b", "![", "[[a](b)", "``` ", "\t", "(", "[a](((", "`a``b", "- a\n  ", ">\n", "* *a ", "***",
        ])
    func hostile(piece: String) {
        let small = seconds(for: String(repeating: piece, count: 6_000 / piece.utf8.count))
        let large = seconds(for: String(repeating: piece, count: 60_000 / piece.utf8.count))
        // Ten times the text: a quadratic reader needs a hundred times as long. The floor absorbs noise.
        #expect(large < max(small * 40, 1.0), "\(piece): \(small) s, then \(large) s")
    }

    @Test("backtick runs of ever greater length are read in linear time")
    func growingBackticks() {
        let text = (1..<450).map { String(repeating: "`", count: $0) }.joined(separator: "a")
        #expect(seconds(for: text) < 1)
    }

    private func seconds(for text: String) -> Double {
        let clock = ContinuousClock()
        let spent = clock.measure {
            let document = MarkdownDocument(text)
            _ = document.plainText
            _ = document.markdown
        }
        return Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
    }

    /// A document without line numbers, soft breaks as spaces and neighbouring text joined.
    private func shape(_ document: MarkdownDocument) -> String {
        HTML.render(document).split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ")
    }
}
