import Language
import Threading

/// Phrases as counts of numbered features, and the vocabulary that numbers them.
///
/// Features are numbered stems first, then pairs of stems, then letter groups. A set is needed while a matcher is
/// trained; only its vocabulary stays.
final class TrainingSet: Sendable {
    let vocabulary: Vocabulary
    let examples: [Example]
    /// The class of each phrase.
    let labels: [Int]
    let starts: [Int]
    let features: [UInt32]
    let counts: [UInt16]
    /// Of each stem of the phrases, whether a word of it says what is meant, as far as its looks tell.
    let tellingStems: [Bool]
    /// How many different letter groups of each phrase are no features, since no other phrase has them.
    let rareGroups: [Int]

    var count: Int { labels.count }

    /// A phrase, its class and its language, both by number.
    struct Example {
        let label: Int
        let language: Int
        let phrase: String
    }

    /// Words and letters are read side by side: neither's numbers depend on the other's.
    /// - Parameter ruleWords: of each language.
    init(
        _ examples: [Example], languages: [String?], ruleWords: [[String]] = [], unrepaired: [String] = []
    ) {
        self.examples = examples
        labels = examples.map(\.label)
        let dropsRare = examples.count > Recipe.manyPhrasesOfIntent * (1 + (labels.max() ?? 0))
        let abbreviations = languages.map { Abbreviations(language: $0) }
        let (words, groups) = SideBySide.run(
            { WordFeatures(examples, languages, abbreviations, dropsRare: dropsRare) },
            { Self.letterGroups(examples, abbreviations, dropsRare: dropsRare) })
        vocabulary = Vocabulary(
            words.lexicon, languages: languages, ruleWords: ruleWords, unrepaired: unrepaired, pairs: words.pairs.keys,
            groups: groups.keys)
        rareGroups = groups.rareCounts
        tellingStems = words.lexicon.tellingStems
        (starts, features, counts) = Self.gather(
            labels.count,
            [(words.stems, 0), (words.pairs, vocabulary.stemCount), (groups, vocabulary.firstGroup)])
    }

    private static func letterGroups(
        _ examples: [Example], _ abbreviations: [Abbreviations], dropsRare: Bool
    ) -> FeatureBlock {
        // Too much room costs nothing.
        var groups = FeatureBlock(
            expected: examples.reduce(0) { $0 + LetterGroups.mostOfLetter * $1.phrase.utf8.count })
        var buffer = TokenBuffer()
        var units: [UInt32] = []
        for example in examples {
            buffer.tokenize(example.phrase, limit: Recipe.wordLimit)
            abbreviations[example.language].writeOut(&buffer)
            Letters.decode(buffer.bytes[...], into: &units)
            units.withUnsafeBufferPointer { units in LetterGroups.forEach(in: units) { groups.add($0) } }
            groups.endRow()
        }
        if dropsRare { groups.dropRare() }
        return groups
    }

    /// Writes the blocks' features of each phrase one behind the other.
    private static func gather(
        _ rows: Int, _ blocks: [(block: FeatureBlock, offset: Int)]
    ) -> (starts: [Int], features: [UInt32], counts: [UInt16]) {
        var (starts, features, counts): ([Int], [UInt32], [UInt16]) = ([0], [], [])
        let total = blocks.reduce(0) { $0 + $1.block.features.count }
        features.reserveCapacity(total)
        counts.reserveCapacity(total)
        starts.reserveCapacity(rows + 1)
        for row in 0..<rows {
            for (block, offset) in blocks {
                let range = block.starts[row]..<block.starts[row + 1]
                for feature in block.features[range] { features.append(feature + UInt32(truncatingIfNeeded: offset)) }
                counts.append(contentsOf: block.counts[range])
            }
            starts.append(features.count)
        }
        return (starts, features, counts)
    }

    /// Lends a phrase's features, and how often it has each.
    @inline(__always)
    func withRow<Result>(
        _ row: Int, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt16>) -> Result
    ) -> Result {
        let range = starts[row]..<starts[row + 1]
        return features.withUnsafeBufferPointer { features in
            counts.withUnsafeBufferPointer { counts in
                body(UnsafeBufferPointer(rebasing: features[range]), UnsafeBufferPointer(rebasing: counts[range]))
            }
        }
    }

    /// In how many of `rows` each feature occurs.
    func documentFrequencies(in rows: [Int]) -> [UInt32] {
        var frequencies = [UInt32](repeating: 0, count: vocabulary.featureCount)
        for row in rows {
            for feature in features[starts[row]..<starts[row + 1]] { frequencies[Int(feature)] += 1 }
        }
        return frequencies
    }
}

/// The words of phrases, their stems, and pairs of neighbouring stems.
private struct WordFeatures {
    private(set) var lexicon: LexiconBuilder
    private(set) var stems = FeatureBlock(expected: 0)
    private(set) var pairs = FeatureBlock(expected: 0)

    init(
        _ examples: [TrainingSet.Example], _ languages: [String?], _ abbreviations: [Abbreviations], dropsRare: Bool
    ) {
        lexicon = LexiconBuilder(languages: languages)
        var buffer = TokenBuffer()
        for example in examples {
            buffer.tokenize(example.phrase, limit: Recipe.wordLimit)
            abbreviations[example.language].writeOut(&buffer)
            var previous = StemPair.start
            for token in buffer.tokens {
                let stem = lexicon.insert(buffer.bytes[token.range], language: example.language)
                stems.add(number: stem)
                pairs.add(StemPair.key(previous, stem))
                previous = stem
            }
            if !buffer.tokens.isEmpty { pairs.add(StemPair.key(previous, StemPair.end)) }
            stems.endRow()
            pairs.endRow()
        }
        if dropsRare { pairs.dropRare() }
    }
}
