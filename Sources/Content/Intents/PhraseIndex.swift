/// Remembers where each example phrase stands: the same one in two intents teaches the matcher nothing but doubt.
struct PhraseIndex {
    private struct Place {
        let intent: String
        let path: String
        let line: Int
    }

    private var places: [String: [String: Place]] = [:]

    mutating func add(
        _ phrase: String, _ language: String, intent: String, in source: SourceText, at offset: Int,
        _ problems: inout Problems
    ) {
        let key = Anchor.phraseKey(phrase)
        guard !key.isEmpty else { return }
        guard let first = places[language]?[key] else {
            places[language, default: [:]][key] = Place(
                intent: intent, path: source.path, line: source.lineIndex(at: offset) + 1)
            return
        }
        let isSame = first.intent == intent
        problems.report(
            isSame ? .phraseRepeated : .phraseInTwoIntents, in: source, at: offset,
            ["phrase": phrase, "intent": first.intent, "place": "\(first.path):\(first.line)"],
            hint: isSame ? nil : .hintPhraseInTwoIntents, severity: isSame ? .warning : .error)
    }
}
