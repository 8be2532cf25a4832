import Language

/// The words of a body of text with how often each occurs: what spelling is repaired towards.
struct WordList: Sendable {
    let table: KeyTable
    /// How often each word occurs.
    let counts: [UInt32]
    private let bytes: [UInt8]
    private let ends: [UInt32]
    /// Bytes of the longest word.
    let longest: Int

    init(_ builder: WordListBuilder) {
        table = KeyTable(keys: builder.indexer.keys)
        counts = builder.counts
        bytes = builder.bytes
        ends = builder.ends
        longest = zip([0] + ends, ends).reduce(0) { max($0, Int($1.1 - $1.0)) }
    }

    var count: Int { counts.count }

    /// The UTF-8 of the word `index`.
    func word(_ index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
    }

    /// Writes the letters of the word `index` to `room`, which has space for ``longest``.
    /// - Returns: how many there are.
    @inline(__always)
    func letters(_ index: Int, to room: UnsafeMutableBufferPointer<UInt32>) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            let range = (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
            return Letters.decode(UnsafeBufferPointer(rebasing: bytes[range]), to: room)
        }
    }

    /// The letters of the word `index`, one unit each.
    func letters(_ index: Int, into letters: inout [UInt32]) {
        Letters.decode(word(index), into: &letters)
    }
}

/// Gathers the words of a ``WordList``.
struct WordListBuilder {
    private(set) var indexer = KeyIndexer(capacity: 1024)
    fileprivate(set) var counts: [UInt32] = []
    fileprivate var bytes: [UInt8] = []
    fileprivate var ends: [UInt32] = []

    /// Visits each word with its number.
    func forEach(_ visit: (_ index: Int, _ word: ArraySlice<UInt8>) -> Void) {
        var start = 0
        for (index, end) in ends.enumerated() {
            visit(index, bytes[start..<Int(end)])
            start = Int(end)
        }
    }

    /// Counts a word that occurs so many times more and gives its number.
    mutating func insert(_ word: ArraySlice<UInt8>, times: UInt32 = 1) -> Int {
        let index = indexer.insert(StableHash.of(word))
        if index == counts.count {
            counts.append(0)
            bytes.append(contentsOf: word)
            ends.append(UInt32(bytes.count))
        }
        counts[index] += times
        return index
    }
}

/// Folded UTF-8 as one unit a letter; folded text is valid UTF-8.
enum Letters {
    static func key(_ letters: some Sequence<UInt32>) -> UInt64 {
        StableHash.finished(letters.reduce(StableHash.basis) { StableHash.adding($1, to: $0) })
    }

    static func decode(_ bytes: ArraySlice<UInt8>, into letters: inout [UInt32]) {
        letters.removeAll(keepingCapacity: true)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bytes.count) { room in
            let count = bytes.withUnsafeBufferPointer { decode($0, to: room) }
            letters.append(contentsOf: UnsafeMutableBufferPointer(rebasing: room[..<count]))
        }
    }

    /// - Parameter room: for as many letters as there are bytes.
    /// - Returns: how many letters there are.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, to room: UnsafeMutableBufferPointer<UInt32>) -> Int {
        // Plain loops over all of them, which are made of wide instructions.
        var union: UInt8 = 0
        for byte in bytes { union |= byte }
        if union < 0x80 {
            for index in bytes.indices { room[index] = UInt32(bytes[index]) }
            return bytes.count
        }
        var count = 0
        for byte in bytes {
            if byte & 0xC0 != 0x80 {
                room[count] = UInt32(byte & (byte < 0x80 ? 0x7F : byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F))
                count &+= 1
            } else if count > 0 {
                room[count - 1] = room[count - 1] << 6 | UInt32(byte & 0x3F)
            }
        }
        return count
    }
}
