import Threading

/// Turns the files of a content folder into a bundle.
struct ContentAssembly {
    static let settingsPath = "Intents/settings.md"
    static let slotsPath = "Intents/slots.md"
    static let synonymsPath = "Intents/synonyms.md"
    static let testsFolder = "Intents/tests/"
    static let productsPath = "KnowledgeBase/products.csv"
    static let ordersPath = "KnowledgeBase/orders.csv"

    private var version = ContentVersion()
    private var sources: [SourceText] = []
    private var problems = Problems()

    mutating func add(path: String, bytes: [UInt8]) {
        version.add(path: path, bytes: bytes)
        let source = SourceText(path: path, bytes: bytes)
        if let offset = SourceText.firstInvalidByte(source.bytes) {
            problems.report(.notUTF8, in: source, at: offset, hint: .hintNotUTF8)
            // The rest is read all the same, so that its problems are told too.
            let repaired = Array(String(decoding: source.bytes, as: UTF8.self).utf8)
            sources.append(SourceText(path: path, bytes: repaired))
        } else {
            sources.append(source)
        }
    }

    mutating func addUnreadable(path: String, _ failure: FileReader.Failure) {
        switch failure {
        case .tooLarge: problems.add(Diagnostic(path: path, line: 1, column: 1, key: .fileTooLarge))
        case .unreadable(let code):
            problems.add(
                Diagnostic(path: path, line: 1, column: 1, key: .fileUnreadable, fault: SystemFault(code)))
        }
    }

    mutating func finish() -> Result<ContentBundle, ContentFailure> {
        let settings = source(Self.settingsPath).map { SettingsReader.read($0, &problems) } ?? missingSettings()
        let slots =
            source(Self.slotsPath)
            .map { SlotsReader.read($0, languages: settings.languages, &problems) } ?? SlotList()
        let named = nameIntents()
        let (intents, articles) = SideBySide.run(
            { [self] in readIntents(named, IntentReader.Surroundings(settings: settings, slots: slots)) },
            { [self] in readArticles(settings, intents: named.map(\.id)) })
        problems.add(intents.problems)
        problems.add(articles.problems)
        for links in [intents.links, articles.links] {
            links.check(files: files, anchors: articles.anchors, &problems)
        }
        let products =
            source(Self.productsPath)
            .map { ProductReader.read($0, languages: settings.languages, &problems) } ?? []
        let names = SynonymsReader.Names(settings: settings, products: products)
        let synonyms = source(Self.synonymsPath).map { SynonymsReader.read($0, names, &problems) } ?? [:]
        let orders =
            source(Self.ordersPath)
            .map { OrderReader.read($0, skus: Set(products.map(\.sku)), form: settings.orderNumber, &problems) } ?? []
        let tests = readTests(.init(settings: settings, intents: named.map(\.id).sorted()))
        let sorted = problems.sorted()
        if problems.hasErrors { return .failure(.invalid(sorted)) }
        return .success(
            ContentBundle(
                version: version.text, settings: settings, slots: slots, synonyms: synonyms,
                intents: intents.intents, articles: articles.articles, products: products, orders: orders,
                tests: tests + intents.intents.flatMap(\.tests) + articles.articles.flatMap(\.tests), problems: sorted))
    }

    private func source(_ path: String) -> SourceText? { sources.first { $0.path == path } }

    private mutating func missingSettings() -> Settings {
        problems.add(
            Diagnostic(
                path: Self.settingsPath, line: 1, column: 1, severity: .warning, key: .settingsMissing,
                hint: .hintSettingsMissing))
        var settings = Settings()
        settings.teams = [Settings.Team(id: settings.defaultTeam, names: [:], languages: nil)]
        return settings
    }

    // MARK: - Intents

    /// An intent's file, with what its path says.
    private struct NamedIntent {
        let source: SourceText
        let id: String
        let phase: Intent.Phase
    }

    private mutating func nameIntents() -> [NamedIntent] {
        var named: [NamedIntent] = []
        var places: [String: String] = [:]
        for source in sources where source.path.hasPrefix("Intents/") {
            guard !source.path.hasPrefix(Self.testsFolder),
                ![Self.settingsPath, Self.slotsPath, Self.synonymsPath].contains(source.path)
            else { continue }
            let parts = source.path.split(separator: "/").map(String.init)
            guard parts.count == 3, let phase = Intent.Phase(rawValue: parts[1]) else {
                problems.reportUnknown(
                    .phaseUnknown, parts.count == 3 ? parts[1] : "Intents",
                    among: Intent.Phase.allCases.map(\.rawValue), in: source, at: 0)
                continue
            }
            let id = String(parts[2].dropLast(3))
            let isName =
                !id.isEmpty
                && id.utf8.allSatisfy {
                    ($0.isASCIILetter && $0 >= 0x61) || $0.isASCIIDigit || $0 == UInt8(ascii: "_")
                        || $0 == UInt8(ascii: "-")
                }
            guard isName else {
                problems.report(.intentBadName, in: source, at: 0, ["name": id], hint: .hintIntentBadName)
                continue
            }
            if let first = places[id] {
                problems.report(.intentRepeated, in: source, at: 0, ["name": id, "place": first])
                continue
            }
            places[id] = source.path
            named.append(NamedIntent(source: source, id: id, phase: phase))
        }
        return named
    }

    private func readIntents(
        _ named: [NamedIntent], _ known: IntentReader.Surroundings
    ) -> (intents: [Intent], links: LinkCollector, problems: Problems) {
        var phrases = PhraseIndex()
        var links = LinkCollector()
        var problems = Problems()
        let intents = named.map {
            IntentReader.read($0.source, id: $0.id, phase: $0.phase, known, &phrases, &links, &problems)
        }
        return (intents, links, problems)
    }

    private mutating func readTests(_ names: ConversationTestReader.Names) -> [ConversationTest] {
        sources.filter { $0.path.hasPrefix(Self.testsFolder) }
            .flatMap { ConversationTestReader.read($0, names, &problems) }
    }

    // MARK: - Knowledge base

    private var files: Set<String> { Set(sources.map(\.path)) }

    private func readArticles(
        _ settings: Settings, intents: [String]
    ) -> (articles: [Article], anchors: [String: Set<String>], links: LinkCollector, problems: Problems) {
        let known = ArticleReader.Surroundings(
            settings: settings, intents: intents.sorted(), files: files)
        var anchors: [String: Set<String>] = [:]
        var links = LinkCollector()
        var problems = Problems()
        var articles: [Article] = []
        for source in sources where source.path.hasPrefix("KnowledgeBase/") && source.path.hasSuffix(".md") {
            let result = ArticleReader.read(source, known, &links, &problems)
            articles.append(result.article)
            anchors[source.path] = result.anchors
        }
        return (articles, anchors, links, problems)
    }
}
