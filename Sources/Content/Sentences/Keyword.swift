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

    /// Whether a text is one of the words that an entry lists, in any language.
    static func isOne(of key: SentenceKey, _ text: String) -> Bool {
        let folded = Anchor.fold(text)
        return Catalogue.words(key).contains { Anchor.fold($0) == folded }
    }

    /// Entries that list phrases in a fixed order, each with other ways to say it behind a slash.
    private static let phraseTables: [SentenceKey: [String: Int]] = {
        let keys: [SentenceKey] = [.testReplies, .testActs, .testStates]
        return Dictionary(
            uniqueKeysWithValues: keys.map { key in
                let phrases = Catalogue.languages.flatMap { language in
                    Catalogue.words(key, language).enumerated().flatMap { place, ways in
                        ways.split(separator: "/").map { (Anchor.fold(String($0)), place) }
                    }
                }
                return (key, Dictionary(phrases, uniquingKeysWith: { first, _ in first }))
            })
    }()

    /// In words.
    private static let longestPhrase = 5

    /// The longest of the entry's phrases that a text begins with: its place in the entry, and what comes behind.
    static func phrase(in text: String, _ key: SentenceKey) -> (place: Int, rest: String)? {
        // Over bytes: the text is a line of a customer, and to split it by `Character` took two fifths of the reading.
        let isBetween: (UInt8) -> Bool = { " ,;:()\t\n".utf8.contains($0) }
        let words = text.utf8.split(maxSplits: longestPhrase, whereSeparator: isBetween).map { Substring($0) }
        for count in (1...longestPhrase).reversed() where count <= words.count {
            let phrase = Anchor.fold(words.prefix(count).joined(separator: " "))
            guard let place = phraseTables[key]?[phrase] else { continue }
            let rest = text.utf8[words[count - 1].endIndex...].drop { isBetween($0) && $0 != UInt8(ascii: "(") }
            return (place, String(Substring(rest)))
        }
        return nil
    }

    /// The first way to say each of an entry's phrases, for hints.
    static func phrases(_ key: SentenceKey) -> [String] {
        Catalogue.words(key).map { String($0.prefix { $0 != "/" }) }
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
