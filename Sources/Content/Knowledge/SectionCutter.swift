/// Cuts an article at its headings.
struct SectionCutter {
    private(set) var article: Article
    private(set) var anchors: Set<String> = [""]

    /// The headings above the present place, by level.
    private var headings: [(level: Int, title: String)] = []
    private var anchor = ""
    private var line = 1
    private var blocks: [MarkdownBlock] = []
    private var anchorCounts: [String: Int] = [:]
    private var withoutText: [(line: Int, title: String)] = []

    init(article: Article) { self.article = article }

    mutating func add(_ block: MarkdownBlock) {
        guard case .heading(let level, let inlines) = block.kind else {
            blocks.append(block)
            return
        }
        closeSection()
        let title = inlines.plainText
        headings.removeAll { $0.level >= level }
        headings.append((level, title))
        anchor = uniqueAnchor(title)
        line = block.line
    }

    /// Closes the last section.
    /// - Returns: the headings with example questions and nothing to say.
    mutating func finish() -> [(line: Int, title: String)] {
        closeSection()
        return withoutText
    }

    private mutating func closeSection() {
        defer { blocks.removeAll() }
        let (text, questions) = separateQuestions()
        guard !text.isEmpty else {
            if !questions.isEmpty { withoutText.append((line, headings.last?.title ?? article.title)) }
            return
        }
        var titles = headings.map(\.title).filter { !$0.isEmpty }
        // The article's own heading says the title once more.
        if titles.first == article.title { titles.removeFirst() }
        article.sections.append(
            Section(
                path: article.path, anchor: anchor, titlePath: [article.title] + titles, language: article.language,
                intent: article.intent, body: MarkdownDocument.markdown(text),
                plainText: MarkdownDocument.plainText(text), paragraphs: text.map { MarkdownDocument.markdown([$0]) },
                exampleQuestions: questions))
    }

    /// Takes the lists after a paragraph `Preguntas:` out of the text.
    private func separateQuestions() -> (text: [MarkdownBlock], questions: [String]) {
        var text: [MarkdownBlock] = []
        var questions: [String] = []
        for (index, block) in blocks.enumerated() {
            guard case .list(let list) = block.kind, let previous = text.last, Self.announcesQuestions(previous) else {
                text.append(block)
                continue
            }
            text.removeLast()
            let count = Self.questionCount(list, isLast: index == blocks.count - 1)
            questions += list.items.prefix(count).map { MarkdownDocument.plainText($0) }.filter { !$0.isEmpty }
            let rest = Array(list.items.dropFirst(count))
            if let line = rest.first?.first?.line {
                let isTight = Self.gap(in: rest) == nil
                let remaining = MarkdownList(start: list.start, isTight: isTight, items: rest)
                text.append(MarkdownBlock(kind: .list(remaining), line: line))
            }
        }
        return (text, questions)
    }

    /// How many items are questions. To Markdown two bullet lists with a blank line between are one; to whoever wrote
    /// them the second is text. With a blank line between all of them they are all questions, if text follows.
    private static func questionCount(_ list: MarkdownList, isLast: Bool) -> Int {
        guard !list.isTight, let first = gap(in: list.items) else { return list.items.count }
        let isSpaced = first == 1 && list.items.count > 2 && gap(in: Array(list.items.dropFirst())) == 1
        return isSpaced && !isLast ? list.items.count : first
    }

    /// Index of the first item that does not stand on the line after the one before it.
    private static func gap(in items: [[MarkdownBlock]]) -> Int? {
        for index in items.indices.dropFirst() {
            guard let before = items[index - 1].first, let line = items[index].first?.line else { continue }
            var height = 1
            if case .paragraph(let inlines) = before.kind {
                height += inlines.reduce(0) { $0 + ($1 == .softBreak || $1 == .hardBreak ? 1 : 0) }
            }
            if items[index - 1].count == 1, line > before.line + height { return index }
        }
        return nil
    }

    private static func announcesQuestions(_ block: MarkdownBlock) -> Bool {
        guard case .paragraph(let inlines) = block.kind else { return false }
        let text = inlines.plainText
        return text.hasSuffix(":") && Keyword.matches(String(text.dropLast()), .keywordExamples)
    }

    private mutating func uniqueAnchor(_ title: String) -> String {
        let slug = Anchor.slug(title)
        var found = slug
        repeat {
            let count = anchorCounts[slug, default: 0] + 1
            anchorCounts[slug] = count
            found = count == 1 ? slug : "\(slug)-\(count)"
        } while anchors.contains(found) && !slug.isEmpty
        anchors.insert(found)
        return found
    }
}
