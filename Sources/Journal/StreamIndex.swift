import Events

/// Version and positions of every stream, about 80 bytes for a conversation of 8 events.
///
/// A copy is taken in constant time: shards are copied on the first write after it, some 30 KB each at 300,000
/// streams. That is what makes a snapshot cheap for the decider.
struct StreamIndex: Sendable, Equatable {
    /// Enough that one shard's copy is no pause; named streams stand in one more.
    static let shardCount = 1024

    private(set) var shards = [StreamShard](repeating: StreamShard(), count: shardCount + 1)
    /// Names of the streams that are no conversations; a name's key is its number here.
    private(set) var names: [String] = []
    private var numbers: [String: Int] = [:]

    init() {}

    init(shards: [StreamShard], names: [String]) {
        self.shards = shards
        self.names = names
        for (number, name) in names.enumerated() { numbers[name] = number }
    }

    /// How many streams there are.
    var count: Int { shards.reduce(0) { $0 + $1.records.count } }

    /// The stream's version; 0 where there is none.
    func version(_ stream: StreamKey) -> Int { record(stream).map { Int($0.record.version) } ?? 0 }

    /// The position of the stream's newest event; 0 where there is none.
    func lastPosition(_ stream: StreamKey) -> Int { record(stream)?.record.lastPosition ?? 0 }

    /// The positions of all of the stream's events, rising.
    func positions(_ stream: StreamKey) -> [Int] {
        guard let (shard, record) = record(stream) else { return [] }
        return shards[shard].positions(record)
    }

    /// Adds an event.
    mutating func append(_ stream: StreamKey, version: Int, position: Int) {
        switch stream {
        case .conversation(let bits):
            let hash = Self.hash(bits)
            shards[Self.shard(hash)].append(bits, hash: hash, position: position, version: version)
        case .named(let name):
            let number = numbers[name] ?? names.count
            if number == names.count {
                names.append(name)
                numbers[name] = number
            }
            let key = UInt64(number)
            shards[Self.shardCount].append(key, hash: Self.hash(key), position: position, version: version)
        }
    }

    private func record(_ stream: StreamKey) -> (shard: Int, record: StreamShard.Record)? {
        switch stream {
        case .conversation(let bits):
            let hash = Self.hash(bits)
            let shard = Self.shard(hash)
            return shards[shard].record(bits, hash: hash).map { (shard, $0) }
        case .named(let name):
            guard let number = numbers[name] else { return nil }
            let key = UInt64(number)
            return shards[Self.shardCount].record(key, hash: Self.hash(key)).map { (Self.shardCount, $0) }
        }
    }

    private static func shard(_ hash: UInt64) -> Int { Int(hash >> 54) }

    /// The finaliser of MurmurHash3: ids are random but a test's are not.
    static func hash(_ key: UInt64) -> UInt64 {
        var hash = key
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ (hash >> 33)
    }
}
