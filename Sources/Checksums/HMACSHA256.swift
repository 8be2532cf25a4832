/// HMAC (RFC 2104) over SHA-256: who makes the code of a message holds the key.
public enum HMACSHA256 {
    /// The code of a message, 32 bytes.
    /// - Parameter key: of any length; one of more than a block's 64 bytes counts by its digest.
    public static func code(of message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        var block = key.count > 64 ? SHA256.digest(key) : key
        block += repeatElement(0, count: 64 - block.count)
        var inner = SHA256()
        inner.update(block.lazy.map { $0 ^ 0x36 })
        inner.update(message)
        var outer = SHA256()
        outer.update(block.lazy.map { $0 ^ 0x5C })
        outer.update(inner.finish())
        return outer.finish()
    }
}
