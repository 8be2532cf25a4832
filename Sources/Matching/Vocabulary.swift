import Language

/// Every word, stem, pair of stems and letter group of a bot's phrases, with its number.
struct Vocabulary: Sendable {
    let stemmer: Stemmer?
    let words: WordList
    let repair: SpellingRepair
    /// The stem of each known word, which saves stemming it again.
    let stemOfWord: [UInt32]
    let stems: KeyTable
    let pairs: KeyTable
    let groups: KeyTable
    let stemCount: Int
    /// Number of the first letter group; pairs start at `stemCount`.
    let firstGroup: Int
    let featureCount: Int

    init(
        stemmer: Stemmer?, words: WordList, unrepaired: [String], stemOfWord: [UInt32], stems: [UInt64],
        pairs: [UInt64], groups: [UInt64]
    ) {
        self.stemmer = stemmer
        self.words = words
        self.stemOfWord = stemOfWord
        repair = SpellingRepair(words: words, unrepaired: unrepaired)
        self.stems = KeyTable(keys: stems)
        self.pairs = KeyTable(keys: pairs)
        self.groups = KeyTable(keys: groups)
        stemCount = stems.count
        firstGroup = stems.count + pairs.count
        featureCount = firstGroup + groups.count
    }
}

/// What features weigh: inverse document frequencies over some phrases.
struct FeatureWeights: Sendable {
    /// `idf^0.7` of each feature, 0 where none of the phrases has it.
    let weights: [Float]
    /// Plain idf of each stem, 0 likewise.
    let stemInformation: [Float]
    /// idf of a stem that no phrase has.
    let unknownInformation: Float

    init(frequencies: [UInt32], phrases: Int, stemCount: Int) {
        // Few distinct frequencies, many features: one logarithm and power for each frequency.
        let largest = Int(frequencies.max() ?? 0)
        let information = (0...largest).map { Logarithm.information(phrases: phrases, frequency: $0) }
        let powers = information.map { Logarithm.power($0, Recipe.idfExponent) }
        weights = frequencies.map { $0 == 0 ? 0 : powers[Int($0)] }
        stemInformation = frequencies.prefix(stemCount).map { $0 == 0 ? 0 : information[Int($0)] }
        unknownInformation = Logarithm.information(phrases: phrases, frequency: 0)
    }
}

/// Scales one text's features: `(1 + ln tf) × weight`, each block to length √½.
enum FeatureScaling {
    /// - Parameter split: where the letter groups start in `values`.
    @inline(__always)
    static func normalise(_ values: UnsafeMutableBufferPointer<Float>, split: Int) {
        scale(UnsafeMutableBufferPointer(rebasing: values[..<split]))
        scale(UnsafeMutableBufferPointer(rebasing: values[split...]))
    }

    @inline(__always)
    private static func scale(_ values: UnsafeMutableBufferPointer<Float>) {
        var square: Float = 0
        for value in values { square += value * value }
        guard square > 0 else { return }
        let factor = (0.5 / square).squareRoot()
        for index in values.indices { values[index] *= factor }
    }
}
