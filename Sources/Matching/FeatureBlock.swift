import Language

/// One kind of feature of all phrases: each phrase's features, by number, with how often it has them.
struct FeatureBlock {
    private var indexer: KeyIndexer
    /// Where each phrase's features start, and where the last one's end.
    private(set) var starts = [0]
    /// In the order in which a phrase has them first.
    private(set) var features: [UInt32] = []
    private(set) var counts: [UInt16] = []
    /// Of each phrase, how many features were dropped.
    private(set) var rareCounts: [Int] = []
    /// How often the phrase that is being read has each feature.
    private var tally: [UInt16] = []

    /// - Parameter expected: how many features all phrases may have, with repetitions.
    init(expected: Int) {
        indexer = KeyIndexer(capacity: 4096)
        features.reserveCapacity(expected)
        counts.reserveCapacity(expected)
    }

    /// The features' keys, by number.
    var keys: [UInt64] { indexer.keys }

    /// Counts a feature of the phrase that is being read.
    @inline(__always)
    mutating func add(_ key: UInt64) { add(number: indexer.insert(key)) }

    /// The same where somebody else gives numbers.
    @inline(__always)
    mutating func add(number: Int) {
        while number >= tally.count { tally.append(0) }
        if tally[number] == 0 { features.append(UInt32(truncatingIfNeeded: number)) }
        tally[number] &+= 1
    }

    /// Goes on to the next phrase.
    mutating func endRow() {
        for index in counts.count..<features.count {
            let feature = Int(features[index])
            counts.append(tally[feature])
            tally[feature] = 0
        }
        starts.append(features.count)
        rareCounts.append(0)
    }

    /// Drops the features that one phrase alone has, and numbers the others anew. These are more than half of all; where
    /// intents have many phrases they tell nothing but that phrase.
    mutating func dropRare() {
        var phrases = [UInt32](repeating: 0, count: indexer.keys.count)
        for feature in features { phrases[Int(feature)] += 1 }
        var kept = KeyIndexer(capacity: 4096)
        let numbers = zip(indexer.keys, phrases).map { key, phrases in
            phrases > 1 ? UInt32(truncatingIfNeeded: kept.insert(key)) : UInt32.max
        }
        indexer = kept
        var end = 0
        for row in 0..<(starts.count - 1) {
            let range = starts[row]..<starts[row + 1]
            starts[row] = end
            rareCounts[row] = range.count
            for index in range where numbers[Int(features[index])] != .max {
                features[end] = numbers[Int(features[index])]
                counts[end] = counts[index]
                end += 1
            }
            rareCounts[row] -= end - starts[row]
        }
        starts[starts.count - 1] = end
        features.removeLast(features.count - end)
        counts.removeLast(counts.count - end)
    }
}
