import SeededRandom

/// Misspells texts as hurried customers do, the same way for the same seed: about three in ten of the words longer than
/// three letters get one edit, as the recipe's figures under typing errors were measured.
public struct TypingErrors: Sendable {
    /// The seed where none is named.
    public static let defaultSeed: UInt64 = 20_240_229

    /// Share of the words that are misspelt.
    static let rate = 0.3
    /// Shorter words are left alone.
    static let shortestWord = 4

    /// What may happen to a word, each as often.
    enum Edit: CaseIterable {
        case delete
        case insert
        case replace
        /// Two neighbouring letters change places.
        case swap
    }

    private var random: SplitMix64

    /// Errors that a seed fixes; each text takes up where the one before ended.
    public init(seed: UInt64 = TypingErrors.defaultSeed) { random = SplitMix64(seed: seed) }

    /// The text with errors. What stands between its words stays.
    public mutating func misspell(_ text: String) -> String {
        var result = ""
        var word: [Character] = []
        for character in text {
            if character.isLetter {
                word.append(character)
                continue
            }
            result += misspell(word)
            result.append(character)
            word.removeAll(keepingCapacity: true)
        }
        return result + misspell(word)
    }

    /// The lines with errors in their texts.
    public mutating func misspell(_ lines: [LabelledText]) -> [LabelledText] {
        var misspelt: [LabelledText] = []
        for line in lines { misspelt.append(LabelledText(label: line.label, text: misspell(line.text))) }
        return misspelt
    }

    private mutating func misspell(_ word: [Character]) -> [Character] {
        guard word.count >= Self.shortestWord, Double.random(in: 0..<1, using: &random) < Self.rate,
            let edit = Edit.allCases.randomElement(using: &random)
        else { return word }
        return apply(edit, to: word)
    }

    /// The word after one edit, which always changes it.
    mutating func apply(_ edit: Edit, to word: [Character]) -> [Character] {
        var word = word
        switch edit {
        case .delete: word.remove(at: Int.random(in: word.indices, using: &random))
        case .insert: word.insert(letter(), at: Int.random(in: 0...word.count, using: &random))
        case .replace:
            let place = Int.random(in: word.indices, using: &random)
            word[place] = letter(otherThan: word[place])
        case .swap:
            let places = word.indices.dropLast().filter { word[$0] != word[$0 + 1] }
            // A word of one letter over and over has nothing to swap.
            guard let place = places.randomElement(using: &random) else { return apply(.replace, to: word) }
            word.swapAt(place, place + 1)
        }
        return word
    }

    private mutating func letter(otherThan other: Character? = nil) -> Character {
        let letters = "abcdefghijklmnopqrstuvwxyz".filter { $0 != other }
        return letters.randomElement(using: &random) ?? "x"
    }
}
