/// Words that people write, accepted in every language of the catalogue, whatever their case and accents.
public enum Keyword {
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
        let keys = SentenceKey.allCases.filter { $0.rawValue.hasPrefix("keyword") }
        return Dictionary(uniqueKeysWithValues: keys.map { ($0, Set(Catalogue.words($0).map(Anchor.fold))) })
    }()

    /// The code of a language that is named by its code or its own name.
    static func language(_ name: String) -> String? { languageNames[Anchor.fold(name)] }

    /// How editors name the languages, for hints.
    static var languageHints: [String] {
        Catalogue.languages.flatMap { [Catalogue.name(of: $0), $0] }
    }

    /// Whether a word is that keyword.
    public static func matches(_ word: String, _ key: SentenceKey) -> Bool {
        tables[key]?.contains(Anchor.fold(word)) ?? false
    }

    /// Fields by their folded names, which an entry lists in the fields' order.
    static func fields<Field: CaseIterable>(_ key: SentenceKey) -> [String: Field] {
        var table: [String: Field] = [:]
        for language in Catalogue.languages {
            for (field, name) in zip(Field.allCases, Catalogue.words(key, language)) {
                table[Anchor.fold(name)] = field
            }
        }
        return table
    }
}
