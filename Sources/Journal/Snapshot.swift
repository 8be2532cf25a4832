import Checksums

/// A snapshot's file: the log's index up to a position and the folded state, as bytes, of whoever folds it.
///
/// Little-endian: `CJSNAP01`, position, last lost, unknown; names; shards that hold
/// something; segments; payload; CRC-32C of all before.
struct Snapshot: Sendable {
    /// A segment as far as the snapshot reaches.
    struct KnownSegment: Sendable, Equatable {
        let first: Int
        let size: Int
        let count: Int
        let sealed: UInt32?
        let offsets: [UInt32]

        init(_ segment: Segment) {
            first = segment.first
            size = segment.size
            count = segment.count
            sealed = segment.sealed
            offsets = segment.offsets
        }

        /// Whether a line ends in the file where the snapshot says so.
        func fits(_ file: any StorageFile) -> Bool {
            size == 0 || (try? file.bytes(at: size - 1, count: 1)) == [0x0A]
        }
    }

    var position = 0
    var lastLost = 0
    var unknown = 0
    var index = StreamIndex()
    var segments: [KnownSegment] = []
    var payload: [UInt8] = []

    static let magic = Array("CJSNAP01".utf8)
}

extension Snapshot {
    /// Writes all of it; the checksum comes last.
    func write(to file: any StorageFile) throws(StorageError) {
        var output = SnapshotOutput(file: file)
        let shards = index.shards.enumerated().filter { !$0.element.records.isEmpty }
        try output.put(bytes: Self.magic)
        for number in [position, lastLost, unknown, index.names.count, shards.count, segments.count] {
            try output.put(number)
        }
        for name in index.names {
            try output.put(name.utf8.count)
            try output.put(bytes: Array(name.utf8))
        }
        for (number, shard) in shards {
            try output.put(number)
            try output.put(array: shard.slots)
            try output.put(array: shard.records)
            try output.put(array: shard.chunks)
        }
        for segment in segments {
            for number in [segment.first, segment.size, segment.count, segment.sealed.map(Int.init) ?? -1] {
                try output.put(number)
            }
            try output.put(array: segment.offsets)
        }
        try output.put(array: payload)
        try output.finish()
    }

    /// Reads a snapshot; nil where it is damaged.
    init?(reading name: String, from device: any StorageDevice) {
        guard let file = try? device.open(name, create: false), let size = try? file.size(),
            let bytes = try? file.bytes(at: 0, count: size), bytes.count > Self.magic.count + 4,
            bytes.starts(with: Self.magic)
        else { return nil }
        let end = bytes.count - 4
        let isWhole = bytes.withUnsafeBytes { buffer in
            CRC32C.checksum(UnsafeRawBufferPointer(rebasing: buffer[..<end]))
                == UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: end, as: UInt32.self))
        }
        guard isWhole,
            let snapshot = bytes.withUnsafeBytes({ buffer in
                Self(SnapshotInput(bytes: UnsafeRawBufferPointer(rebasing: buffer[Self.magic.count..<end])))
            })
        else { return nil }
        self = snapshot
    }

    private init?(_ source: consuming SnapshotInput) {
        var input = source
        guard let position = input.number(), let lastLost = input.number(), let unknown = input.number(),
            let nameCount = input.number(), let shardCount = input.number(), let segmentCount = input.number(),
            (0...StreamIndex.shardCount + 1).contains(shardCount), FileNames.range.contains(position),
            (0...position).contains(lastLost), (0...position).contains(unknown)
        else { return nil }
        self.init(position: position, lastLost: lastLost, unknown: unknown)
        var names: [String] = []
        for _ in 0..<max(0, nameCount) {
            guard let name: [UInt8] = input.array() else { return nil }
            names.append(String(decoding: name, as: UTF8.self))
        }
        var shards = [StreamShard](repeating: StreamShard(), count: StreamIndex.shardCount + 1)
        for _ in 0..<shardCount {
            guard let number = input.number(), shards.indices.contains(number), let slots: [UInt32] = input.array(),
                let records: [StreamShard.Record] = input.array(),
                let chunks: [StreamShard.Chunk] = input.array()
            else { return nil }
            let shard = StreamShard(slots: slots, records: records, chunks: chunks)
            guard shard.isSound(upTo: position) else { return nil }
            shards[number] = shard
        }
        index = StreamIndex(shards: shards, names: names)
        for _ in 0..<max(0, segmentCount) {
            guard let first = input.number(), let size = input.number(), let count = input.number(),
                let sealed = input.number(), let offsets: [UInt32] = input.array()
            else { return nil }
            let segment = KnownSegment(
                first: first, size: size, count: count, sealed: UInt32(exactly: sealed), offsets: offsets)
            guard segment.isSound else { return nil }
            segments.append(segment)
        }
        guard let payload: [UInt8] = input.array() else { return nil }
        self.payload = payload
    }
}

extension Snapshot.KnownSegment {
    fileprivate init(first: Int, size: Int, count: Int, sealed: UInt32?, offsets: [UInt32]) {
        self.first = first
        self.size = size
        self.count = count
        self.sealed = sealed
        self.offsets = offsets
    }

    /// Whether there is an offset for every 16th event, each after the one before and within the file.
    fileprivate var isSound: Bool {
        FileNames.range.contains(first) && FileNames.range.contains(size) && FileNames.range.contains(count)
            && offsets.count == (count + Segment.stride - 1) / Segment.stride
            && zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 } && offsets.last.map { $0 < size } ?? true
    }
}

extension StreamShard {
    /// Whether no number in it points outside or in a circle.
    /// - Complexity: O(slots + records + chunks).
    fileprivate func isSound(upTo position: Int) -> Bool {
        guard slots.count & (slots.count - 1) == 0, slots.isEmpty || records.count < slots.count,
            slots.count(where: { $0 != 0 }) == records.count, slots.allSatisfy({ $0 <= records.count }),
            chunks.allSatisfy({ $0.next < chunks.count })
        else { return false }
        // Chunks are added at the end and each is one record's: a chain rises, and all together are no longer than
        // all chunks.
        var steps = 0
        return records.allSatisfy { record in
            guard record.lastChunk < chunks.count, record.firstChunk <= record.lastChunk,
                record.used <= Self.payload, (1...max(1, position)).contains(record.lastPosition)
            else { return false }
            var chunk = record.firstChunk
            while chunk != record.lastChunk {
                let next = chunks[Int(chunk)].next
                guard next > chunk, steps < chunks.count else { return false }
                chunk = next
                steps += 1
            }
            return true
        }
    }
}

/// Gathers bytes into large writes and takes their checksum.
private struct SnapshotOutput {
    let file: any StorageFile
    private var buffer: [UInt8] = []
    private var offset = 0
    private var checksum = CRC32C()

    init(file: any StorageFile) { self.file = file }

    mutating func put(_ number: Int) throws(StorageError) {
        withUnsafeBytes(of: Int64(number).littleEndian) { buffer.append(contentsOf: $0) }
        if buffer.count >= 1 << 20 { try flush() }
    }

    mutating func put(bytes: [UInt8]) throws(StorageError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 20 { try flush() }
    }

    /// The count, then the elements as they lie in memory.
    mutating func put<Element: BitwiseCopyable>(array: [Element]) throws(StorageError) {
        try put(array.count)
        array.withUnsafeBytes { buffer.append(contentsOf: $0) }
        if buffer.count >= 1 << 20 { try flush() }
    }

    private mutating func flush() throws(StorageError) {
        buffer.withUnsafeBytes { checksum.update($0) }
        try file.writeAll(buffer, at: offset)
        offset += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    mutating func finish() throws(StorageError) {
        try flush()
        withUnsafeBytes(of: checksum.value.littleEndian) { buffer.append(contentsOf: $0) }
        try file.writeAll(buffer, at: offset)
    }
}

/// Reads what `SnapshotOutput` wrote; nil where the bytes end too early.
private struct SnapshotInput {
    let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func number() -> Int? {
        guard bytes.count - offset >= 8 else { return nil }
        defer { offset += 8 }
        return Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self)))
    }

    mutating func array<Element: BitwiseCopyable>() -> [Element]? {
        guard let count = number(), count >= 0 else { return nil }
        let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, size <= bytes.count - offset else { return nil }
        let source = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + size)])
        offset += size
        // The empty array's storage is one for all threads, and this would write to it.
        if count == 0 { return [] }
        return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
            filled = count
        }
    }
}
