import Language

/// Writes a language's chat abbreviations out where phrases are learned from, so that whoever writes *q* and whoever
/// writes *que* are understood alike.
struct Abbreviations {
    private let short: KeyTable
    private let meanings: [String]

    init(language: String?) {
        let list = language.map { ChatWords.abbreviations(language: $0) } ?? [:]
        short = KeyTable(keys: list.map { StableHash.of($0.key.utf8) })
        meanings = list.map(\.value)
    }

    /// Writes out what a phrase has of them.
    func writeOut(_ phrase: inout TokenBuffer) {
        guard phrase.tokens.contains(where: { short.index(of: $0.key) >= 0 }) else { return }
        let words = phrase.tokens.indices.map { position in
            let index = short.index(of: phrase.tokens[position].key)
            return index >= 0 ? meanings[index] : phrase.word(position)
        }
        phrase.tokenize(words.joined(separator: " "), limit: Recipe.wordLimit)
    }
}
