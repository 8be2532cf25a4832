import Checksums
import Testing

@Suite("Checksums agree with their published vectors")
struct ChecksumsTests {
    @Test("CRC-32C agrees with RFC 3720 appendix B.4 and the check value of the polynomial")
    func crc() {
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CRC32C.checksum(Array(UInt8(0)...31)) == 0x46DD_794E)
        #expect(CRC32C.checksum([]) == 0)
    }

    @Test("CRC-32C of pieces is that of the whole, wherever it is cut")
    func pieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for cut in [0, 1, 7, 8, 9, 500, 999, 1000] {
            var crc = CRC32C()
            bytes[..<cut].withUnsafeBytes { crc.update($0) }
            bytes[cut...].withUnsafeBytes { crc.update($0) }
            #expect(crc.value == CRC32C.checksum(bytes))
        }
    }

    @Test("CRC-32C of two runs of bytes follows from that of each, however long the second is")
    func combined() {
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: ($0 &* $0) >> 3 ^ $0) }
        for cut in [0, 1, 2, 999, 3_713, 11_808, 15_903, 15_904, 15_905, 19_999, 20_000] {
            let (first, second) = (CRC32C.checksum(Array(bytes[..<cut])), CRC32C.checksum(Array(bytes[cut...])))
            let whole = CRC32C.checksum(bytes)
            #expect(CRC32C.combined(first, second, secondCount: bytes.count - cut) == whole, "\(cut)")
            var crc = CRC32C()
            bytes[..<cut].withUnsafeBytes { crc.update($0) }
            crc.append(second, count: bytes.count - cut)
            #expect(crc.value == whole, "\(cut)")
        }
    }

    @Test(
        "SHA-256 agrees with FIPS 180-4's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func sha(text: String, digest: String) {
        #expect(Hexadecimal.encode(SHA256.digest(text.utf8)) == digest)
    }

    @Test("SHA-256 of a million letters a")
    func million() {
        let digest = SHA256.digest(repeatElement(UInt8(ascii: "a"), count: 1_000_000))
        #expect(
            Hexadecimal.encode(digest) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// Key, message and code of RFC 4231, sections 4.2 to 4.8; of the truncated one the first 16 bytes.
    private static let authenticated: [(key: [UInt8], message: [UInt8], code: String)] = [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(1...25), [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            [UInt8](repeating: 0x0C, count: 20), Array("Test With Truncation".utf8),
            "a3b6167473100ee06e0c796c2955552b"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test("HMAC-SHA256 agrees with RFC 4231", arguments: authenticated)
    func hmac(key: [UInt8], message: [UInt8], code: String) {
        #expect(Hexadecimal.encode(HMACSHA256.code(of: message, key: key)).hasPrefix(code))
    }

    @Test("hexadecimal digits come back as the bytes they were, and what is no digit is refused")
    func hexadecimal() {
        #expect(Hexadecimal.decode("00ffA5".utf8) == [0, 255, 0xA5])
        #expect(Hexadecimal.decode("0".utf8) == nil)
        #expect(Hexadecimal.decode("0g".utf8) == nil)
    }

    @Test("digests that differ in one bit or in length are not equal")
    func comparison() {
        #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2, 2]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
    }
}
