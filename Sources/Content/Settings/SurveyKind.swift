/// A question that a customer is asked once the conversation is resolved, as the protocol names it.
public enum SurveyKind: String, Sendable, CaseIterable {
    /// How content the customer is, 1…5.
    case csat
    /// How likely the customer is to recommend the shop, 0…10.
    case nps
    /// How easy it was, 1…7.
    case ces

    /// The kinds that a setting names, each once; nil where a word is none. `none` asks nothing.
    static func kinds(in words: [String]) -> [SurveyKind]? {
        if let only = words.first, words.count == 1, Keyword.matches(only, .keywordNone) { return [] }
        var kinds: [SurveyKind] = []
        for word in words {
            guard let kind = SurveyKind(rawValue: word.lowercased()) else { return nil }
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds.isEmpty ? nil : kinds
    }
}
