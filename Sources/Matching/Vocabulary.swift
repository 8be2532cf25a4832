import Language

/// Every word, stem, pair of stems and letter group of a bot's phrases, with its number.
struct Vocabulary: Sendable {
    let lexicon: Lexicon
    let respelling: Respelling
    let pairs: KeyTable
    let groups: KeyTable
    let wordGroups: WordGroups
    /// How many stems phrases have: those of rules alone have the numbers behind, and are no features.
    let stemCount: Int
    /// Number of the first letter group; pairs start at `stemCount`.
    let firstGroup: Int
    let featureCount: Int

    /// - Parameters:
    ///   - lexicon: the phrases' words.
    ///   - ruleWords: words of rules, of each language, which are read though no phrase has them.
    init(
        _ lexicon: LexiconBuilder, languages: [String?], ruleWords: [[String]], unrepaired: [String],
        pairs: [UInt64], groups: [UInt64]
    ) {
        var whole = lexicon
        for (language, words) in ruleWords.enumerated() {
            for word in words { _ = whole.insert(Array(word.utf8)[...], language: language, times: 0) }
        }
        self.lexicon = Lexicon(whole, unrepaired: unrepaired)
        respelling = Respelling(languages: languages, words: self.lexicon.words)
        self.pairs = KeyTable(keys: pairs)
        self.groups = KeyTable(keys: groups)
        stemCount = lexicon.stems.keys.count
        firstGroup = stemCount + pairs.count
        featureCount = firstGroup + groups.count
        let phraseWords = lexicon.stemOfWord.count
        wordGroups = WordGroups(self.lexicon.words, known: phraseWords, self.groups, first: firstGroup)
    }
}

extension Vocabulary {
    /// Whether a stem as ``Lexicon/read(_:)`` gives it is one of a phrase, not unknown or of rules alone.
    func isOfPhrases(stem: Int) -> Bool { stem >= 0 && stem < stemCount }
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
