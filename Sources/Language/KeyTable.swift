/// Numbers keys 0, 1, 2 … in the order in which they are first met.
///
/// Slots are those of a ``KeyTable``: keys are told apart by all bits but those between the place and the upper half.
public struct KeyIndexer: Sendable {
    /// Every key met, by number.
    public private(set) var keys: [UInt64] = []
    private var slots: [UInt64]
    private var mask: Int

    /// An indexer with room for about `capacity` keys; it grows beyond.
    public init(capacity: Int = 256) {
        let size = KeyTable.slotCount(for: capacity)
        slots = [UInt64](repeating: 0, count: size)
        mask = size - 1
    }

    /// Whether `key` was met.
    public func contains(_ key: UInt64) -> Bool {
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] != 0 {
            if (slots[slot] ^ key) >> 32 == 0 { return true }
            slot = (slot + 1) & mask
        }
        return false
    }

    /// The number of `key`, a new one where it is new.
    public mutating func insert(_ key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] != 0 {
            if (slots[slot] ^ key) >> 32 == 0 { return Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1 }
            slot = (slot + 1) & mask
        }
        keys.append(key)
        slots[slot] = KeyTable.slot(key, keys.count - 1)
        if keys.count * 3 > slots.count * 2 {
            slots = KeyTable.slots(of: keys, count: slots.count * 2)
            mask = slots.count - 1
        }
        return keys.count - 1
    }
}

/// A finished, compact map from 64-bit keys to their numbers: open addressing, eight bytes a slot.
///
/// A slot holds the number and the key's upper half; its lower half chose the place. So of a trillion unknown keys
/// a few would be taken for a known one, which costs one feature of one query its weight.
public struct KeyTable: Sendable {
    @usableFromInline let slots: [UInt64]
    @usableFromInline let mask: Int

    /// A table that gives `keys[i]` the number `i`; the keys are distinct.
    public init(keys: [UInt64]) {
        slots = KeyTable.slots(of: keys, count: KeyTable.slotCount(for: keys.count))
        mask = slots.count - 1
    }

    /// What stands in the slot of a key with that number.
    static func slot(_ key: UInt64, _ number: Int) -> UInt64 {
        key & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: number + 1)
    }

    /// So many slots, a power of two, with all the keys in them.
    static func slots(of keys: [UInt64], count: Int) -> [UInt64] {
        var slots = [UInt64](repeating: 0, count: count)
        for (number, key) in keys.enumerated() {
            var slot = Int(truncatingIfNeeded: key) & (count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = self.slot(key, number)
        }
        return slots
    }

    /// The number of `key`, or -1.
    @inlinable
    @inline(__always)
    public func index(of key: UInt64) -> Int { withView { $0.index(of: key) } }

    /// Lends the table for many look-ups in a loop.
    @inlinable
    @inline(__always)
    public func withView<Result>(_ body: (View) -> Result) -> Result {
        slots.withUnsafeBufferPointer { body(View(slots: $0, mask: mask)) }
    }

    /// A lent table, valid while ``KeyTable/withView(_:)`` runs.
    public struct View {
        @usableFromInline let slots: UnsafeBufferPointer<UInt64>
        @usableFromInline let mask: Int

        @inlinable
        init(slots: UnsafeBufferPointer<UInt64>, mask: Int) {
            self.slots = slots
            self.mask = mask
        }

        /// The number of `key`, or -1.
        @inlinable
        @inline(__always)
        public func index(of key: UInt64) -> Int {
            var slot = Int(truncatingIfNeeded: key) & mask
            while true {
                let held = slots[slot]
                if held == 0 { return -1 }
                if (held ^ key) >> 32 == 0 { return Int(truncatingIfNeeded: held & 0xFFFF_FFFF) - 1 }
                slot = (slot + 1) & mask
            }
        }
    }

    /// A power of two that `count` keys fill to two thirds at most.
    static func slotCount(for count: Int) -> Int {
        var size = 16
        while size * 2 < count * 3 { size *= 2 }
        return size
    }
}
