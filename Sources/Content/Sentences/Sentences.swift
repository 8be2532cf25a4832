/// The catalogue in the language of one person.
public struct Sentences: Sendable {
    /// The language's code.
    public let language: String

    /// The sentences of a language of the catalogue.
    public init(_ language: String) { self.language = language }

    /// The sentences of the language that a system is set to, English where there are none in it: the first of
    /// `CONSERJE_LANGUAGE`, `LC_ALL`, `LC_MESSAGES` and `LANG` that is not empty, up to its country.
    public init(environment: [String: String]) {
        let variables = ["CONSERJE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
        let setting = variables.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let code = setting.prefix(while: \.isLetter).lowercased()
        self.init(Catalogue.languages.contains(code) ? code : Catalogue.fallbackLanguage)
    }

    /// What fills `{languages}`: the codes of all.
    public static let languageList = ["languages": Catalogue.languages.joined(separator: ", ")]

    /// A sentence with its placeholders filled.
    public func callAsFunction(_ key: SentenceKey, _ arguments: [String: String] = [:]) -> String {
        Catalogue.sentence(key, language, textArguments: arguments)
    }

    /// The words for a code of the protocol (`reason`, `low_confidence`), or the code where there are none.
    public func word(_ group: String, for code: String) -> String {
        SentenceKey(group, code: code).map { self($0) } ?? code
    }
}
