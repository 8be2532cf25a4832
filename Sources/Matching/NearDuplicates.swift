/// Two phrases of different intents that say nearly the same: they teach the matcher nothing but doubt.
public struct NearDuplicates: Sendable, Equatable {
    /// Place of one among the examples.
    public let first: Int
    /// Place of the other, which comes later.
    public let second: Int
    /// How alike the matcher reads them, in 0…1.
    public let cosine: Float
    /// Whether they have the same stems, maybe in another order.
    public let hasSameStems: Bool

    /// Cosine from which two phrases are near duplicates. In the shipped content two pairs lie above ("customer service"
    /// and "customer service hours"); the next, at 0.71, differs in the very word that says what is wanted ("how long
    /// does a repair take?", "how long does a refund take?").
    public static let bound: Float = 0.72

    /// The near duplicates among examples of one language, by the place of the second, then of the first.
    /// - Complexity: O(postings of each phrase's features)
    public static func find(
        in examples: [(intent: String, phrase: String)], language: String?, synonyms: [[String]] = []
    ) -> [NearDuplicates] {
        let synonyms = Synonyms(synonyms, language: language)
        var labels: [String: Int] = [:]
        let labelled = examples.map { example in
            let label = labels[example.intent] ?? labels.count
            labels[example.intent] = label
            return TrainingSet.Example(label: label, language: 0, phrase: synonyms.writingOut(example.phrase))
        }
        let set = TrainingSet(labelled, languages: [language])
        let vectors = vectors(set)
        var postings = [[(row: Int, value: Float)]](repeating: [], count: set.vocabulary.featureCount)
        var cosines = [Float](repeating: 0, count: set.count)
        var rowsOfStems: [[UInt32]: [Int]] = [:]
        var found: [NearDuplicates] = []
        for row in 0..<set.count {
            let features = vectors.starts[row]..<vectors.starts[row + 1]
            for index in features {
                let (feature, value) = (Int(vectors.features[index]), vectors.values[index])
                for other in postings[feature] { cosines[other.row] += other.value * value }
                postings[feature].append((row, value))
            }
            let stems = stems(of: row, in: set)
            let same = stems.isEmpty ? [] : rowsOfStems[stems] ?? []
            rowsOfStems[stems, default: []].append(row)
            for other in 0..<row {
                let cosine = cosines[other]
                cosines[other] = 0
                guard set.labels[other] != set.labels[row] else { continue }
                let hasSameStems = same.contains(other)
                guard cosine >= bound || hasSameStems else { continue }
                found.append(
                    NearDuplicates(first: other, second: row, cosine: min(cosine, 1), hasSameStems: hasSameStems))
            }
        }
        return found
    }

    /// The phrases as the matcher reads them, weighted by all of them.
    private static func vectors(_ set: TrainingSet) -> SparseRows {
        let rows = Array(0..<set.count)
        let weights = FeatureWeights(
            frequencies: set.documentFrequencies(in: rows), phrases: set.count, stemCount: set.vocabulary.stemCount)
        var vectors = SparseRows()
        for row in rows { Fit.append(set, row, weights, to: &vectors) }
        return vectors
    }

    /// The stems of a phrase with how often it has each, in the order of their numbers.
    private static func stems(of row: Int, in set: TrainingSet) -> [UInt32] {
        (set.starts[row]..<set.starts[row + 1]).filter { set.features[$0] < set.vocabulary.stemCount }
            .sorted { set.features[$0] < set.features[$1] }
            .flatMap { [set.features[$0], UInt32(set.counts[$0])] }
    }
}
