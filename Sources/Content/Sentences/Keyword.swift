/// The words that give an editors' file its structure, accepted in every language of the catalogue.
enum Keyword {
    /// The languages' own names and codes, folded, with the code each stands for.
    private static let languageNames: [String: String] = {
        var names: [String: String] = [:]
        for code in Catalogue.languages {
            names[code] = code
            for name in Catalogue.words(.languageName, code) { names[Anchor.fold(name)] = code }
        }
        return names
    }()

    private static let tables: [SentenceKey: Set<String>] = {
        let keys: [SentenceKey] = [
            .keywordPhrases, .keywordQuestion, .keywordAnswer, .keywordChoices, .keywordIf, .keywordAnd,
            .keywordWithout, .keywordExamples, .keywordAgents, .keywordTeams, .keywordHolidays, .keywordOpen,
            .keywordClosed,
        ]
        return Dictionary(uniqueKeysWithValues: keys.map { ($0, Set(Catalogue.foldedWords($0))) })
    }()

    /// The code of a language that is named by its code or its own name.
    static func language(_ name: String) -> String? { languageNames[Anchor.fold(name)] }

    /// How editors name the languages, for hints.
    static var languageHints: [String] {
        Catalogue.languages.flatMap { [Catalogue.words(.languageName, $0).first ?? $0, $0] }
    }

    /// Whether a word, in any language and whatever its case and accents, is that keyword.
    static func matches(_ word: String, _ key: SentenceKey) -> Bool {
        tables[key]?.contains(Anchor.fold(word)) ?? false
    }
}
