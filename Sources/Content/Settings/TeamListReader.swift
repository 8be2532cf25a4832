/// A list item of the settings, `- name: first; word rest; word rest`.
struct SettingItem {
    /// A part after the name: its first word and the rest.
    struct Part {
        let word: Range<Int>
        let rest: Range<Int>
    }

    let name: Range<Int>
    let parts: [Part]

    init(_ source: SourceText, _ item: Range<Int>) {
        let (name, rest) = ListItems.keyAndRest(source, item)
        self.name = name
        guard let rest, !rest.isEmpty else {
            parts = []
            return
        }
        parts = source.split(rest, at: UInt8(ascii: ";")).filter { !$0.isEmpty }.map { part in
            let end = part.first { source.bytes[$0].isBlank } ?? part.upperBound
            return Part(word: part.lowerBound..<end, rest: source.trimmed(end..<part.upperBound))
        }
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.utf8.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }
}

/// Reads `- ventas: es Ventas; en Sales; languages es, en`.
struct TeamListReader {
    let source: SourceText
    let settings: Settings

    func read(_ lines: Range<Int>, _ problems: inout Problems) -> [Settings.Team] {
        var teams: [Settings.Team] = []
        let list = ListItems(source, lines)
        for stray in list.strayLines {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintTeam)
        }
        for range in list.items {
            let item = SettingItem(source, range)
            let id = source.string(item.name)
            guard SettingItem.isName(id) else {
                problems.report(.teamMalformed, in: source, at: range.lowerBound, hint: .hintTeam)
                continue
            }
            guard !(settings.teams + teams).contains(where: { $0.id == id }) else {
                problems.report(.teamRepeated, in: source, at: range.lowerBound, ["name": id])
                continue
            }
            teams.append(team(id, item, &problems))
        }
        return teams
    }

    private func team(_ id: String, _ item: SettingItem, _ problems: inout Problems) -> Settings.Team {
        var names: [String: String] = [:]
        var languages: [String]?
        for part in item.parts {
            let word = source.string(part.word)
            if let language = Keyword.language(word), !part.rest.isEmpty {
                names[language] = source.string(part.rest)
            } else if Keyword.matches(word, .keywordLanguage) {
                languages = LanguageList.read(part.rest, source, &problems)
            } else {
                problems.reportUnknown(
                    .valueUnknown, word, among: Catalogue.languages + Catalogue.words(.keywordLanguage), in: source,
                    at: part.word.lowerBound)
            }
        }
        return Settings.Team(id: id, names: names, languages: languages)
    }
}

/// Reads `- ana: agent; teams ventas, pedidos; languages es, en; capacity 3`.
struct AgentListReader {
    let source: SourceText
    let settings: Settings

    private static let defaultCapacity = 3
    private static let keywords: [SentenceKey] = [
        .keywordAgent, .keywordSupervisor, .keywordTeam, .keywordLanguage, .keywordCapacity,
    ]

    func read(_ lines: Range<Int>, _ problems: inout Problems) -> [Settings.Agent] {
        var agents: [Settings.Agent] = []
        let list = ListItems(source, lines)
        for stray in list.strayLines {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintAgent)
        }
        for range in list.items {
            let item = SettingItem(source, range)
            let name = source.string(item.name)
            guard SettingItem.isName(name) else {
                problems.report(.agentMalformed, in: source, at: range.lowerBound, hint: .hintAgent)
                continue
            }
            guard !(settings.agents + agents).contains(where: { $0.name == name }) else {
                problems.report(.agentRepeated, in: source, at: range.lowerBound, ["name": name])
                continue
            }
            agents.append(agent(name, item, &problems))
        }
        return agents
    }

    private func agent(_ name: String, _ item: SettingItem, _ problems: inout Problems) -> Settings.Agent {
        var role = Settings.Agent.Role.agent
        var teams: [String] = []
        var languages: [String] = []
        var capacity = Self.defaultCapacity
        for part in item.parts {
            let word = source.string(part.word)
            switch Self.keywords.first(where: { Keyword.matches(word, $0) }) {
            case .keywordAgent: role = .agent
            case .keywordSupervisor: role = .supervisor
            case .keywordTeam: teams += readTeams(part.rest, &problems)
            case .keywordLanguage: languages += LanguageList.read(part.rest, source, &problems)
            case .keywordCapacity:
                if let number = Int(source.string(part.rest)), (1...100).contains(number) {
                    capacity = number
                } else {
                    problems.report(
                        .valueOutOfRange, in: source, at: part.rest.lowerBound,
                        ["name": word, "value": source.string(part.rest), "low": "1", "high": "100"])
                }
            default:
                problems.reportUnknown(
                    .valueUnknown, word, among: Self.keywords.flatMap { Catalogue.words($0) }, in: source,
                    at: part.word.lowerBound)
            }
        }
        return Settings.Agent(name: name, role: role, teams: teams, languages: languages, capacity: capacity)
    }

    private func readTeams(_ range: Range<Int>, _ problems: inout Problems) -> [String] {
        let known = settings.teams.map(\.id)
        return source.split(range, at: UInt8(ascii: ",")).compactMap { part in
            let id = source.string(part)
            if known.contains(id) { return id }
            problems.reportUnknown(.teamUnknown, id, among: known, in: source, at: part.lowerBound)
            return nil
        }
    }
}

/// Languages with commas between.
enum LanguageList {
    static func read(_ range: Range<Int>, _ source: SourceText, _ problems: inout Problems) -> [String] {
        source.split(range, at: UInt8(ascii: ",")).compactMap { part in
            if let code = Keyword.language(source.string(part)) { return code }
            problems.reportUnknown(
                .languageUnknown, source.string(part), among: Keyword.languageHints, in: source, at: part.lowerBound)
            return nil
        }
    }
}
