import Content

/// What of a section is said in a chat.
enum Quotation {
    /// Longer sections are cut at a block's end.
    private static let longest = 900

    /// The section's Markdown, whole blocks from its beginning.
    static func text(of section: Section) -> String {
        guard section.body.utf8.count > longest else { return section.body }
        var text = ""
        for block in section.body.split(separator: "\n\n", omittingEmptySubsequences: true) {
            if !text.isEmpty, text.utf8.count + block.utf8.count > longest { break }
            if !text.isEmpty { text += "\n\n" }
            text += block
        }
        return text
    }
}
