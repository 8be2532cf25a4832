/// A short name for the bytes of all files: FNV-1a, 64 bits, over each path and its file in their order.
struct ContentVersion {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(path: String, bytes: [UInt8]) {
        mix(path.utf8)
        mix(CollectionOfOne(0))
        bytes.withUnsafeBufferPointer { mix($0) }
        // The length keeps the border between two files in its place.
        withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { mix($0) }
    }

    private mutating func mix(_ bytes: some Sequence<UInt8>) {
        var mixed = hash
        for byte in bytes { mixed = (mixed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = mixed
    }

    /// 16 hexadecimal digits.
    var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
