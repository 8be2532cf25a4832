/// Reads one article of the knowledge base.
struct ArticleReader {
    /// What an article may refer to.
    struct Surroundings {
        let settings: Settings
        let intents: [String]
        /// All files that were found, relative to the content folder.
        let files: Set<String>
    }

    struct Result {
        let article: Article
        /// Of every heading, also of those without text.
        let anchors: Set<String>
    }

    private let source: SourceText
    private let known: Surroundings
    private static let keys = ["title", "language", "intent", "translation"]

    static func read(
        _ source: SourceText, _ known: Surroundings, _ links: inout LinkCollector, _ problems: inout Problems
    ) -> Result {
        ArticleReader(source: source, known: known).read(&links, &problems)
    }

    private init(source: SourceText, known: Surroundings) {
        self.source = source
        self.known = known
    }

    private func read(_ links: inout LinkCollector, _ problems: inout Problems) -> Result {
        let front = FrontMatter(source, &problems)
        for entry in front.entries where !Self.keys.contains(entry.key) {
            problems.reportUnknown(
                .frontMatterUnknownKey, entry.key, among: Self.keys, in: source, at: entry.keyOffset)
        }
        let intent = intent(front, &problems)
        let golden = GoldenQuestions(
            source: source, settings: known.settings, intent: intent, article: source.path)
        let (lines, tests) = golden.takeOut(from: front.bodyLine, &problems)
        let document = MarkdownDocument(source.bytes, lines: lines[min(front.bodyLine, lines.count)...])
        for line in document.unclosedFences {
            problems.report(
                .fenceUnclosed, in: source, at: source.lines[line - 1].lowerBound, hint: .hintFenceUnclosed,
                severity: .warning)
        }
        links.collect(document.blocks, in: source, lineOffset: 0)

        let title = title(front, document)
        let article = Article(
            path: source.path, title: title, language: language(front, &problems), intent: intent,
            translation: translation(front, &problems), sections: [], tests: tests)
        var cutter = SectionCutter(article: article)
        for block in document.blocks { cutter.add(block) }
        for (line, title) in cutter.finish() {
            problems.report(
                .sectionWithoutText, in: source, at: source.lines[max(0, line - 1)].lowerBound, ["name": title],
                severity: .warning)
        }
        return Result(article: cutter.article, anchors: cutter.anchors)
    }

    private func title(_ front: FrontMatter, _ document: MarkdownDocument) -> String {
        if let entry = front.entry("title"), !entry.value.isEmpty { return entry.value }
        for block in document.blocks {
            if case .heading(1, let inlines) = block.kind, !inlines.plainText.isEmpty { return inlines.plainText }
        }
        let name = source.path.split(separator: "/").last ?? ""
        return String(name.hasSuffix(".md") ? name.dropLast(3) : name)
    }

    private func language(_ front: FrontMatter, _ problems: inout Problems) -> String {
        let folders = source.path.split(separator: "/")
        let byFolder = folders.count > 2 ? Keyword.language(String(folders[1])) : nil
        let inferred = byFolder ?? known.settings.languages.first ?? Catalogue.fallbackLanguage
        guard let entry = front.entry("language") else { return inferred }
        guard let code = Keyword.language(entry.value) else {
            problems.reportUnknown(
                .languageUnknown, entry.value, among: Keyword.languageHints, in: source, at: entry.valueRange.lowerBound
            )
            return inferred
        }
        return code
    }

    private func intent(_ front: FrontMatter, _ problems: inout Problems) -> String? {
        guard let entry = front.entry("intent"), !entry.value.isEmpty else { return nil }
        if known.intents.contains(entry.value) { return entry.value }
        problems.reportUnknown(
            .intentUnknown, entry.value, among: known.intents, in: source, at: entry.valueRange.lowerBound)
        return nil
    }

    private func translation(_ front: FrontMatter, _ problems: inout Problems) -> String? {
        guard let entry = front.entry("translation"), !entry.value.isEmpty else {
            if known.settings.languages.count > 1 {
                problems.report(
                    .translationMissing, in: source, at: 0, hint: .hintTranslationMissing, severity: .warning)
            }
            return nil
        }
        if let path = RelativePath.resolve(entry.value, from: source.path), known.files.contains(path) { return path }
        let articles = known.files.filter { $0.hasPrefix("KnowledgeBase/") && $0.hasSuffix(".md") }.sorted()
        problems.reportUnknown(
            .translationFileMissing, entry.value, among: articles.map { RelativePath.write($0, from: source.path) },
            in: source, at: entry.valueRange.lowerBound)
        return nil
    }
}
