/// A hash of bytes that is the same in every run and on every machine, unlike `Hasher`.
///
/// Xor and multiply for each unit, as FNV-1a does but with a denser multiplier (2^64 / golden ratio), and half of
/// MurmurHash3's final mix, so that low bits may choose a slot and high bits verify it.
public enum StableHash {
    /// Where a running hash starts.
    public static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

    /// One more unit (a byte, a scalar, an id) into a running hash.
    @inlinable
    @inline(__always)
    public static func adding(_ unit: UInt32, to hash: UInt64) -> UInt64 {
        (hash ^ UInt64(unit)) &* 0x9E37_79B9_7F4A_7C15
    }

    /// A running hash as a key: every bit depends on every unit.
    @inlinable
    @inline(__always)
    public static func finished(_ hash: UInt64) -> UInt64 {
        var mixed = hash
        mixed ^= mixed >> 33
        mixed &*= 0xFF51_AFD7_ED55_8CCD
        mixed ^= mixed >> 33
        return mixed
    }

    /// The key of some bytes.
    @inlinable
    @inline(__always)
    public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = basis
        for byte in bytes { hash = adding(UInt32(byte), to: hash) }
        return finished(hash)
    }
}
