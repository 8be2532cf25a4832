import Language

/// Phrases as counts of numbered features, and the vocabulary that numbers them.
///
/// Features are numbered stems first, then pairs of stems, then letter groups. A set is needed while a matcher is
/// trained; only its vocabulary stays.
struct TrainingSet {
    private(set) var vocabulary: Vocabulary
    let examples: [Example]
    /// The class of each phrase.
    private(set) var labels: [Int] = []
    private(set) var starts: [Int] = [0]
    private(set) var features: [UInt32] = []
    private(set) var counts: [UInt16] = []

    var count: Int { labels.count }

    /// A phrase, its class and its language, both by number.
    struct Example {
        let label: Int
        let language: Int
        let phrase: String
    }

    /// - Parameter ruleWords: of each language.
    init(
        _ examples: [Example], languages: [String?], ruleWords: [[String]] = [], unrepaired: [String] = []
    ) {
        self.examples = examples
        var lexicon = LexiconBuilder(languages: languages)
        var (pairs, groups) = (KeyIndexer(capacity: 4096), KeyIndexer(capacity: 8192))
        var buffer = TokenBuffer()
        let abbreviations = languages.map { Abbreviations(language: $0) }
        var units: [UInt32] = []
        // Numbers within the block, made global when the blocks' sizes are known.
        var rows: [RawFeature] = []
        // Three letter groups a letter, a stem and a pair a word; too much costs nothing.
        rows.reserveCapacity(examples.reduce(0) { $0 + 4 * $1.phrase.utf8.count + 8 })
        var rowStarts = [0]
        for example in examples {
            buffer.tokenize(example.phrase, limit: Recipe.wordLimit)
            abbreviations[example.language].writeOut(&buffer)
            labels.append(example.label)
            var previous = StemPair.start
            for token in buffer.tokens {
                let stem = lexicon.insert(buffer.bytes[token.range], language: example.language)
                rows.append(RawFeature(.stem, stem))
                rows.append(RawFeature(.pair, pairs.insert(StemPair.key(previous, stem))))
                previous = stem
            }
            if !buffer.tokens.isEmpty {
                rows.append(RawFeature(.pair, pairs.insert(StemPair.key(previous, StemPair.end))))
            }
            Letters.decode(buffer.bytes[...], into: &units)
            units.withUnsafeBufferPointer { units in
                LetterGroups.forEach(in: units) { rows.append(RawFeature(.group, groups.insert($0))) }
            }
            rowStarts.append(rows.count)
        }
        if examples.count > Recipe.manyPhrasesOfIntent * (1 + (labels.max() ?? 0)) {
            Self.dropRare(&pairs, .pair, &rows, rowStarts)
            Self.dropRare(&groups, .group, &rows, rowStarts)
        }
        vocabulary = Vocabulary(
            lexicon, languages: languages, ruleWords: ruleWords, unrepaired: unrepaired, pairs: pairs.keys,
            groups: groups.keys)
        count(rows, rowStarts)
    }

    /// Drops the features of a block that one phrase alone has, and numbers the others anew. These are more than half of
    /// all; where intents have many phrases they tell nothing but that phrase.
    private static func dropRare(
        _ indexer: inout KeyIndexer, _ block: RawFeature.Block, _ rows: inout [RawFeature], _ rowStarts: [Int]
    ) {
        var last = [Int](repeating: -1, count: indexer.keys.count)
        var isCommon = [Bool](repeating: false, count: indexer.keys.count)
        for row in 0..<(rowStarts.count - 1) {
            for index in rowStarts[row]..<rowStarts[row + 1] where rows[index].block == block {
                let feature = rows[index].number
                if last[feature] >= 0, last[feature] != row { isCommon[feature] = true }
                last[feature] = row
            }
        }
        var kept = KeyIndexer(capacity: 4096)
        let numbers = indexer.keys.enumerated().map { isCommon[$0] ? kept.insert($1) : -1 }
        indexer = kept
        for index in rows.indices where rows[index].block == block {
            let number = numbers[rows[index].number]
            rows[index] = number >= 0 ? RawFeature(block, number) : RawFeature(.none, 0)
        }
    }

    private mutating func count(_ rows: [RawFeature], _ rowStarts: [Int]) {
        features.reserveCapacity(rows.count)
        counts.reserveCapacity(rows.count)
        let offsets = [0, vocabulary.stemCount, vocabulary.firstGroup]
        var tally = [UInt16](repeating: 0, count: vocabulary.featureCount)
        for row in 0..<labels.count {
            for block in [RawFeature.Block.stem, .pair, .group] {
                let first = features.count
                for index in rowStarts[row]..<rowStarts[row + 1] where rows[index].block == block {
                    let feature = rows[index].number + offsets[Int(block.rawValue)]
                    if tally[feature] == 0 { features.append(UInt32(feature)) }
                    tally[feature] &+= 1
                }
                for feature in features[first...] {
                    counts.append(tally[Int(feature)])
                    tally[Int(feature)] = 0
                }
            }
            starts.append(features.count)
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

/// A feature as it is met, by its number within its block.
private struct RawFeature {
    enum Block: UInt32 { case stem, pair, group, none }

    private var packed: UInt32

    init(_ block: Block, _ number: Int) { packed = block.rawValue << 30 | UInt32(truncatingIfNeeded: number) }

    var block: Block { Block(rawValue: packed >> 30) ?? .none }
    var number: Int { Int(packed & 0x3FFF_FFFF) }
}
