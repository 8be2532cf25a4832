/// Versions of the streams that a batch has come across. Conversations, which are almost all of them, are held by their
/// random bits in an open-addressed table.
struct BatchVersions {
    /// A power of two, at most half full.
    private var slots: [(bits: UInt64, version: Int)]
    private var count = 0
    private var named: [String: Int] = [:]

    /// The version in a slot that nothing was put into.
    private static let none = -1

    /// An empty table.
    /// - Parameter expected: how many conversations are expected; it takes any number.
    init(expected: Int) {
        var size = 16
        while size < 2 * expected { size *= 2 }
        slots = Array(repeating: (0, Self.none), count: size)
    }

    /// The version that a stream has within the batch; nil where it did not come across it.
    subscript(key: StreamKey) -> Int? {
        switch key {
        case .conversation(let bits):
            let version = slots[slot(of: bits)].version
            return version == Self.none ? nil : version
        case .named(let name): return named[name]
        }
    }

    /// Takes note of a stream's version.
    mutating func set(_ key: StreamKey, _ version: Int) {
        switch key {
        case .conversation(let bits):
            let place = slot(of: bits)
            if slots[place].version == Self.none { count += 1 }
            slots[place] = (bits, version)
            if 2 * count > slots.count { grow() }
        case .named(let name): named[name] = version
        }
    }

    /// Where a conversation stands or would stand.
    private func slot(of bits: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: StreamIndex.hash(bits)) & mask
        while slots[place].version != Self.none, slots[place].bits != bits { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: (0, Self.none), count: 2 * old.count)
        for entry in old where entry.version != Self.none { slots[slot(of: entry.bits)] = entry }
    }
}
