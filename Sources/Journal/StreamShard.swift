/// A part of the stream index: an open-addressed table from key to record, and the records' positions as delta-coded
/// varints in chunks of 16 bytes. Three flat arrays, so that a copy-on-write copy and a snapshot are three copies.
struct StreamShard: Sendable, Equatable {
    /// One stream.
    struct Record: Sendable, Equatable {
        let key: UInt64
        var lastPosition: Int
        var version: UInt32
        var firstChunk: UInt32
        var lastChunk: UInt32
        /// Bytes in use of the last chunk.
        var used: UInt32
    }

    /// Payload and, in the last four bytes, the number of the next chunk.
    struct Chunk: Sendable, Equatable {
        var low: UInt64 = 0
        var high: UInt32 = 0
        var next: UInt32 = 0

        @inline(__always)
        subscript(index: UInt32) -> UInt8 {
            get {
                index < 8
                    ? UInt8(truncatingIfNeeded: low >> UInt64(index * 8))
                    : UInt8(truncatingIfNeeded: high >> ((index - 8) * 8))
            }
            set {
                if index < 8 {
                    low |= UInt64(newValue) << UInt64(index * 8)
                } else {
                    high |= UInt32(newValue) << ((index - 8) * 8)
                }
            }
        }
    }

    /// Payload bytes of a chunk.
    static let payload: UInt32 = 12

    /// Number of the record + 1, or 0; a power of two, at most three quarters full.
    var slots: [UInt32] = []
    var records: [Record] = []
    var chunks: [Chunk] = []

    /// The stream's record.
    func record(_ key: UInt64, hash: UInt64) -> Record? {
        guard !slots.isEmpty else { return nil }
        let number = slots[slot(of: key, hash: hash)]
        return number == 0 ? nil : records[Int(number) - 1]
    }

    /// Adds a position to a stream, whose version becomes `version`.
    mutating func append(_ key: UInt64, hash: UInt64, position: Int, version: Int) {
        if (records.count + 1) * 4 > slots.count * 3 { grow() }
        let place = slot(of: key, hash: hash)
        if slots[place] == 0 {
            makeRoom(&records)
            makeRoom(&chunks)
            records.append(
                Record(
                    key: key, lastPosition: 0, version: 0, firstChunk: UInt32(chunks.count),
                    lastChunk: UInt32(chunks.count), used: 0))
            chunks.append(Chunk())
            slots[place] = UInt32(records.count)
        }
        let index = Int(slots[place]) - 1
        var rest = UInt64(position - records[index].lastPosition)
        repeat {
            put(UInt8(truncatingIfNeeded: rest & 0x7F) | (rest > 0x7F ? 0x80 : 0), index)
            rest >>= 7
        } while rest > 0
        records[index].lastPosition = position
        records[index].version = UInt32(truncatingIfNeeded: version)
    }

    /// All positions of a record, rising. A snapshot may hold any bytes: what they add up to is no event's then.
    func positions(_ record: Record) -> [Int] {
        var positions: [Int] = []
        positions.reserveCapacity(min(Int(record.version), chunks.count * Int(Self.payload)))
        var position = 0
        var delta: UInt64 = 0
        var shift: UInt64 = 0
        var chunk = Int(record.firstChunk)
        while true {
            let isLast = chunk == Int(record.lastChunk)
            for index in 0..<(isLast ? record.used : Self.payload) {
                let byte = chunks[chunk][index]
                delta |= UInt64(byte & 0x7F) << shift
                shift += 7
                if byte & 0x80 == 0 {
                    position &+= Int(truncatingIfNeeded: delta)
                    positions.append(position)
                    delta = 0
                    shift = 0
                }
            }
            if isLast { return positions }
            chunk = Int(chunks[chunk].next)
        }
    }

    private mutating func put(_ byte: UInt8, _ index: Int) {
        if records[index].used == Self.payload {
            makeRoom(&chunks)
            chunks[Int(records[index].lastChunk)].next = UInt32(chunks.count)
            records[index].lastChunk = UInt32(chunks.count)
            records[index].used = 0
            chunks.append(Chunk())
        }
        chunks[Int(records[index].lastChunk)][records[index].used] = byte
        records[index].used += 1
    }

    /// Growth by a quarter: doubling would leave a third of the index's memory unused.
    private func makeRoom<Element>(_ array: inout [Element]) {
        if array.count == array.capacity { array.reserveCapacity(array.count + max(8, array.count / 4)) }
    }

    private func slot(of key: UInt64, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != 0, records[Int(slots[place]) - 1].key != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let count = max(16, slots.count * 2)
        slots = [UInt32](repeating: 0, count: count)
        for (index, record) in records.enumerated() {
            slots[slot(of: record.key, hash: StreamIndex.hash(record.key))] = UInt32(index + 1)
        }
    }
}
