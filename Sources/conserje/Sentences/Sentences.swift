import JSON

/// What a person reads, in that person's language. The sentences stand in `Catalogue`.
struct Sentences: Sendable {
    /// The languages of the catalogue.
    enum Language: String, Sendable, CaseIterable {
        case es, en

        /// What was asked for, or what the system is set to: Spanish where that begins with `es`, else English.
        static func preferred(option: String?, environment: [String: String]) -> Language {
            if let option, let language = Language(rawValue: option) { return language }
            let variables = ["CONSERJE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
            let setting = variables.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
            return setting?.hasPrefix("es") == true ? .es : .en
        }
    }

    /// The language of these sentences.
    let language: Language
    private let table: [String: String]

    /// The sentences of one language.
    init(_ language: Language) {
        self.language = language
        table = Self.catalogue(language)
    }

    /// A sentence with its `{placeholders}` filled in.
    func callAsFunction(_ sentence: Sentence, _ values: [String: String] = [:]) -> String {
        Self.fill(table[sentence.rawValue] ?? sentence.rawValue, values)
    }

    /// The words for a code of the protocol (`reason`, `low_confidence`), or the code where it has none.
    func word(_ group: String, for code: String) -> String { table[group + "." + code] ?? code }

    /// Every key with its sentence, as the catalogue has them.
    static func catalogue(_ language: Language) -> [String: String] {
        let bytes =
            switch language {
            case .es: PackageResources.terminal_es_json
            case .en: PackageResources.terminal_en_json
            }
        let members = (try? JSONValue.parse(bytes))?.members ?? []
        return Dictionary(members.map { ($0.name, $0.value.string ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    /// Names of the placeholders of a sentence.
    static func placeholders(of sentence: String) -> Set<String> {
        let parts = sentence.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
        return Set(parts.compactMap { $0.split(separator: "}").first.map(String.init) })
    }

    /// Each placeholder once, from left to right: a value that holds braces is not looked at again.
    private static func fill(_ sentence: String, _ values: [String: String]) -> String {
        guard sentence.contains("{") else { return sentence }
        var result = ""
        var rest = sentence[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            result += values[String(name)] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
