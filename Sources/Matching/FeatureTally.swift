/// Counts a text's features: writes down each when it is first met. Its owner has made room enough.
struct FeatureTally {
    /// How often the text has each feature; zero before it is read.
    let counts: UnsafeMutablePointer<UInt16>
    let features: UnsafeMutablePointer<UInt32>
    let unknown: UnsafeMutablePointer<UInt64>
    /// How many distinct features were met.
    private(set) var featureCount = 0
    private var unknownCount = 0

    init(
        counts: UnsafeMutablePointer<UInt16>, features: UnsafeMutablePointer<UInt32>,
        unknown: UnsafeMutablePointer<UInt64>
    ) {
        self.counts = counts
        self.features = features
        self.unknown = unknown
    }

    /// The features met, in the order in which they came first.
    var distinct: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: features, count: featureCount) }

    /// What was met that is no feature, with repetitions.
    var unknownKeys: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: unknown, count: unknownCount) }

    @inline(__always)
    mutating func add(_ feature: Int) {
        let count = counts[feature]
        // Overwritten by the next one where it is not new.
        features[featureCount] = UInt32(truncatingIfNeeded: feature)
        featureCount &+= count == 0 ? 1 : 0
        counts[feature] = count &+ 1
    }

    @inline(__always)
    mutating func add(unknown key: UInt64) {
        unknown[unknownCount] = key
        unknownCount &+= 1
    }
}

/// How many different keys there are.
enum DistinctKeys {
    static func count(_ keys: UnsafeBufferPointer<UInt64>) -> Int {
        guard keys.count > 1 else { return keys.count }
        var size = 8
        while size < keys.count * 2 { size *= 2 }
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size) { slots in
            slots.initialize(repeating: 0)
            var count = 0
            for key in keys {
                // Zero marks a free slot.
                let key = max(key, 1)
                var slot = Int(truncatingIfNeeded: key) & (size - 1)
                while slots[slot] != 0, slots[slot] != key { slot = (slot + 1) & (size - 1) }
                if slots[slot] == 0 { count += 1 }
                slots[slot] = key
            }
            return count
        }
    }
}
