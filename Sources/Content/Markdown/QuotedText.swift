/// What somebody wrote, as a Markdown quotation in which nothing is markup.
public enum QuotedText {
    /// Each line behind `>`.
    public static func markdown(_ text: String) -> String {
        text.lines(omittingEmpty: false).map { line in
            line.isEmpty ? ">" : "> " + MarkdownEscape.lineStart(MarkdownEscape.lineEnds(MarkdownEscape.text(line)))
        }.joined(separator: "\n")
    }
}
