import Content
import Matching

/// What of a section is said in a chat.
enum Quotation {
    /// A section that is no longer is said whole; of others the paragraph that answers.
    private static let longest = 400

    /// The section's Markdown, or the paragraph of it that tells most of what was asked, with the one that announces it
    /// and the list that it announces.
    static func text(of section: Section, for question: String, _ search: SectionSearch?) -> String {
        guard section.body.utf8.count > longest, let search, !section.paragraphs.isEmpty else { return section.body }
        var scratch = MatchScratch()
        scratch.read(question)
        let heading = section.titlePath.joined(separator: " ")
        let best = search.bestParagraph(section.paragraphs, heading: heading, scratch: &scratch)
        var (first, last) = (best, best)
        while first > 0, announces(section.paragraphs[first - 1]) { first -= 1 }
        while last + 1 < section.paragraphs.count, announces(section.paragraphs[last]) { last += 1 }
        return section.paragraphs[first...last].joined(separator: "\n\n")
    }

    private static func announces(_ paragraph: String) -> Bool { paragraph.utf8.last == 0x3A }
}
