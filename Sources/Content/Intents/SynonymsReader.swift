import Language

/// Reads `Intents/synonyms.md`: below a `# Language`, items of words and phrases that mean the same, parted by commas.
/// What stands before the first heading is for editors, and so are deeper headings.
struct SynonymsReader {
    /// What should not be read as something else.
    struct Names {
        let settings: Settings
        let products: [Product]
    }

    /// More is no word for something but a sentence.
    private static let mostWords = 6

    private let source: SourceText
    private let names: Names
    private var groups: [String: [[String]]] = [:]
    private var reserved: [String: ReservedNames] = [:]
    /// The line of each language's words and phrases, by their stems.
    private var lines: [String: [String: Int]] = [:]

    static func read(_ source: SourceText, _ names: Names, _ problems: inout Problems) -> [String: [[String]]] {
        var reader = SynonymsReader(source: source, names: names)
        let front = FrontMatter(source, &problems)
        for entry in front.entries {
            problems.reportUnknown(.frontMatterUnknownKey, entry.key, among: [], in: source, at: entry.keyOffset)
        }
        let (preamble, sections) = HeadingSection.split(source, from: front.bodyLine)
        if let item = ListItems(source, preamble).items.first {
            problems.report(.synonymOutside, in: source, at: item.lowerBound, hint: .hintSynonymOutside)
        }
        var language: String?
        for section in sections {
            if section.level <= sections[0].level {
                let name = source.string(section.heading)
                language = Keyword.language(name)
                if language == nil {
                    problems.reportUnknown(
                        .languageUnknown, name, among: Keyword.languageHints, in: source,
                        at: section.heading.lowerBound)
                }
            }
            if let language { reader.readGroups(section.lines, language, &problems) }
        }
        return reader.groups
    }

    private init(source: SourceText, names: Names) { (self.source, self.names) = (source, names) }

    private mutating func readGroups(_ lines: Range<Int>, _ language: String, _ problems: inout Problems) {
        let list = ListItems(source, lines)
        for stray in list.strayLines {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintSynonymAlone)
        }
        let reserved = reserved[language] ?? ReservedNames(names, language)
        self.reserved[language] = reserved
        for item in list.items {
            var group: [String] = []
            // What was left out for another reason is no lack of words.
            var count = 0
            for part in source.split(item, at: UInt8(ascii: ",")) {
                let written = ListItems.text(source, part)
                let words = Stems(written, language)
                guard !words.stems.isEmpty else { continue }
                count += 1
                guard take(written, words, at: part.lowerBound, item, language, &problems) else { continue }
                group.append(written)
                guard group.count > 1, let problem = reserved.problem(of: words) else { continue }
                problems.report(
                    problem, in: source, at: part.lowerBound, ["name": written, "first": group[0]],
                    hint: .hintSynonymIsName, severity: .warning)
            }
            if count < 2 {
                problems.report(.synonymAlone, in: source, at: item.lowerBound, hint: .hintSynonymAlone)
            }
            if group.count > 1 { groups[language, default: []].append(group) }
        }
    }

    /// Notes a word or phrase; whether nothing is wrong with it.
    private mutating func take(
        _ written: String, _ words: Stems, at offset: Int, _ item: Range<Int>, _ language: String,
        _ problems: inout Problems
    ) -> Bool {
        guard words.stems.count <= Self.mostWords else {
            problems.report(
                .synonymTooLong, in: source, at: offset,
                ["name": written, "count": String(words.stems.count), "limit": String(Self.mostWords)],
                hint: .hintSynonymTooLong)
            return false
        }
        let own = source.lineIndex(at: item.lowerBound) + 1
        guard let line = lines[language]?[words.key] else {
            lines[language, default: [:]][words.key] = own
            return true
        }
        let isSame = line == own
        problems.report(
            isSame ? .synonymRepeated : .synonymInTwoGroups, in: source, at: offset,
            ["name": written, "line": String(line)], hint: isSame ? nil : .hintSynonymInTwoGroups,
            severity: isSame ? .warning : .error)
        return false
    }
}

/// The words of a text by their stems.
private struct Stems {
    let stems: [String]

    init(_ text: String, _ language: String) {
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        let stemmer = Stemmer(language: language)
        stems = buffer.tokens.indices.map { stemmer?.stem(buffer.word($0)) ?? buffer.word($0) }
    }

    var key: String { stems.joined(separator: " ") }
}

/// Names that mean one thing only: of products, of models, and what `keep_words` has.
private struct ReservedNames {
    private var products: Set<String> = []
    private var kept: Set<String> = []

    init(_ names: SynonymsReader.Names, _ language: String) {
        for product in names.products {
            products.insert(Stems(product.name(language), language).key)
            // A word of the name in every language is the model's.
            let words = product.names.values.map { Set(Stems($0, language).stems) }
            if words.count > 1 { products.formUnion(words.dropFirst().reduce(words[0]) { $0.intersection($1) }) }
        }
        kept = Set(names.settings.keepWords.map { Stems($0, language).key })
    }

    func problem(of words: Stems) -> SentenceKey? {
        kept.contains(words.key) ? .synonymIsKept : products.contains(words.key) ? .synonymIsProduct : nil
    }
}
