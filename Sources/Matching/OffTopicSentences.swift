import Language
import SeededRandom

/// Sentences that ask as customers do, about something that the bot knows nothing of: *how much is a haircut*.
///
/// Phrases that a fold held back, with their telling words, those that few phrases have, replaced by words that the
/// fold has never met, which other phrases that it held back happen to have. To it they are what such sentences are to
/// the whole: frames that it knows around things that it does not.
struct OffTopicSentences {
    private let training: TrainingSet
    private let weights: FeatureWeights
    private var random: SplitMix64
    /// Of each language.
    private var unknown: [Int: [String]] = [:]
    private var buffer = TokenBuffer()

    /// - Parameters:
    ///   - heldBack: the rows that the fold did not learn from.
    ///   - weights: of what it learned from.
    init(_ training: TrainingSet, heldBack: [Int], weights: FeatureWeights, seed: Int) {
        self.training = training
        self.weights = weights
        random = SplitMix64(seed: UInt64(seed))
        for row in heldBack {
            let example = training.examples[row]
            buffer.tokenize(example.phrase, limit: Recipe.wordLimit)
            for position in buffer.tokens.indices where isTelling(position) && information(position) == nil {
                unknown[example.language, default: []].append(buffer.word(position))
            }
        }
    }

    /// A sentence made from a row's phrase; nil where it has no telling word, or none is unknown.
    mutating func next(from row: Int) -> String? {
        let example = training.examples[row]
        guard let others = unknown[example.language] else { return nil }
        buffer.tokenize(example.phrase, limit: Recipe.wordLimit)
        let most = weights.unknownInformation
        let long = buffer.tokens.indices.filter { isTelling($0) }
            .sorted { (information($0) ?? most, $1) > (information($1) ?? most, $0) }
        guard !long.isEmpty else { return nil }
        let telling = Set(long.prefix(max(1, long.count / 2)))
        return buffer.tokens.indices.map { position in
            telling.contains(position)
                ? others[Int(truncatingIfNeeded: random.next() >> 1) % others.count] : buffer.word(position)
        }.joined(separator: " ")
    }

    private func isTelling(_ position: Int) -> Bool {
        TellingWord.looksLike(buffer.bytes[buffer.tokens[position].range])
    }

    /// What a word's stem tells; nil where the fold has not met it.
    private func information(_ position: Int) -> Float? {
        let stem = training.vocabulary.lexicon.stem(ofKnown: buffer.tokens[position].key)
        // A rule's word is no phrase's.
        guard training.vocabulary.isOfPhrases(stem: stem) else { return nil }
        let information = weights.stemInformation[stem]
        return information > 0 ? information : nil
    }
}
