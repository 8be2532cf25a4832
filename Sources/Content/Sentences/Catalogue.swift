import JSON

/// Every sentence that a customer, an agent or an editor reads, in each language.
///
/// A further language is one more file `Catalogue/CODE.json` and its line in `files`: what is built into the binary
/// cannot be listed at run time.
public enum Catalogue {
    private static var files: [(code: String, bytes: [UInt8])] {
        [
            ("es", PackageResources.es_json),
            ("en", PackageResources.en_json),
        ]
    }

    /// The codes of the languages that there are sentences in.
    public static let languages: [String] = files.map(\.code)

    /// The language whose sentence stands in where another has none.
    public static let fallbackLanguage = "en"

    /// Read once.
    private static let sentences: [String: [SentenceKey: String]] = {
        var table: [String: [SentenceKey: String]] = [:]
        for file in files {
            var sentences: [SentenceKey: String] = [:]
            for (name, text) in members(of: file.bytes) {
                if let key = SentenceKey.named[name] { sentences[key] = text }
            }
            table[file.code] = sentences
        }
        return table
    }()

    /// What the files hold, in their order, for tests of their completeness.
    static func members(of language: String) -> [(name: String, text: String)] {
        files.first { $0.code == language }.map { members(of: $0.bytes) } ?? []
    }

    private static func members(of bytes: [UInt8]) -> [(name: String, text: String)] {
        guard let members = try? JSONValue.parse(bytes).members else { return [] }
        return members.compactMap { member in member.value.string.map { (member.name, $0) } }
    }

    /// The sentence as it is written, with its placeholders.
    static func template(_ key: SentenceKey, _ language: String) -> String {
        sentences[language]?[key] ?? sentences[fallbackLanguage]?[key] ?? key.rawValue
    }

    /// A sentence with its placeholders filled.
    ///
    /// `{name}` is replaced by that argument; `{n|one form|other form}` by the form that the number `n` asks for, with
    /// `#` in it for the number. An argument that is missing leaves its placeholder as it is written.
    public static func sentence(
        _ key: SentenceKey, _ language: String, _ arguments: [String: SentenceArgument] = [:]
    ) -> String {
        SentenceTemplate.fill(template(key, language)) { arguments[$0] }
    }

    /// The same with text arguments alone.
    static func sentence(_ key: SentenceKey, _ language: String, textArguments: [String: String]) -> String {
        SentenceTemplate.fill(template(key, language)) { name in textArguments[name].map { .text($0) } }
    }

    /// The words of an entry that lists several between `|`.
    public static func words(_ key: SentenceKey, _ language: String) -> [String] {
        template(key, language).split(separator: "|").map(String.init)
    }

    /// The words of an entry in all languages.
    public static func words(_ key: SentenceKey) -> [String] { languages.flatMap { words(key, $0) } }

    /// What a language calls itself; its code where the catalogue has none.
    public static func name(of language: String) -> String { words(.languageName, language).first ?? language }

    /// The first word of an entry in each language, as hints name it.
    static func names(_ key: SentenceKey) -> [String] { languages.compactMap { words(key, $0).first } }
}
