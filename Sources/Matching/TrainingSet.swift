import Language

/// Phrases as counts of numbered features, and the vocabulary that numbers them.
///
/// Features are numbered stems first, then pairs of stems, then letter groups. A set is needed while a matcher is
/// trained; only its vocabulary stays.
struct TrainingSet {
    private(set) var vocabulary: Vocabulary
    /// The class of each phrase.
    private(set) var labels: [Int] = []
    private(set) var starts: [Int] = [0]
    private(set) var features: [UInt32] = []
    private(set) var counts: [UInt16] = []

    var count: Int { labels.count }

    init(
        _ examples: [(label: Int, phrase: String)], language: String?, ruleWords: [String] = [],
        unrepaired: [String], foreign: [String]
    ) {
        var lexicon = LexiconBuilder(language: language)
        var (pairs, groups) = (KeyIndexer(capacity: 4096), KeyIndexer(capacity: 8192))
        var buffer = TokenBuffer()
        var units: [UInt32] = []
        // Numbers within the block, made global when the blocks' sizes are known.
        var rows: [(block: UInt8, feature: Int)] = []
        var rowStarts = [0]
        for (label, phrase) in examples {
            buffer.tokenize(phrase, limit: Recipe.wordLimit)
            labels.append(label)
            var previous = StemPair.start
            for token in buffer.tokens {
                let stem = lexicon.insert(buffer.bytes[token.range])
                rows.append((0, stem))
                rows.append((1, pairs.insert(StemPair.key(previous, stem))))
                previous = stem
            }
            if !buffer.tokens.isEmpty { rows.append((1, pairs.insert(StemPair.key(previous, StemPair.end)))) }
            Letters.decode(buffer.bytes[...], into: &units)
            units.withUnsafeBufferPointer { units in
                LetterGroups.forEach(in: units) { rows.append((2, groups.insert($0))) }
            }
            rowStarts.append(rows.count)
        }
        vocabulary = Vocabulary(
            lexicon, ruleWords: ruleWords, unrepaired: unrepaired, foreign: foreign, pairs: pairs.keys,
            groups: groups.keys)
        count(rows, rowStarts)
    }

    private mutating func count(_ rows: [(block: UInt8, feature: Int)], _ rowStarts: [Int]) {
        let offsets = [0, vocabulary.stemCount, vocabulary.firstGroup]
        var tally = [UInt16](repeating: 0, count: vocabulary.featureCount)
        for row in 0..<labels.count {
            for block in UInt8(0)...2 {
                let first = features.count
                for index in rowStarts[row]..<rowStarts[row + 1] where rows[index].block == block {
                    let feature = rows[index].feature + offsets[Int(block)]
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
