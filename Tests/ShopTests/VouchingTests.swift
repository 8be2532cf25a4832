import Checksums
import Events
import Testing

@testable import Shop

@Suite("A customer whom a website vouches for")
struct VouchingTests {
    private let vouching = Vouching(secret: Array("0123456789abcdef0123456789abcdef".utf8))
    /// 2026-11-24T11:00:00Z.
    private let end = Timestamp(milliseconds: 1_795_518_000_000)
    /// Python: `hmac.new(secret, "4711|Ana Muñoz|1795518000".encode(), hashlib.sha256).hexdigest()`.
    private let signature = "4e4af09af733d6e927ecb4744bd0a23846a16fe384c6f7d8c6e15b8cdd25a195"

    private func vouches(
        id: String = "4711", name: String = "Ana Muñoz", expires: String = "1795518000", signature: String? = nil,
        before seconds: Int = 60, _ vouching: Vouching? = nil
    ) -> Bool {
        (vouching ?? self.vouching).vouches(
            id: id, name: name, expires: expires, signature: signature ?? self.signature, now: end + -seconds)
    }

    @Test("what Python signed is taken, with the time in either form and the digits in either case")
    func vector() {
        #expect(vouches())
        #expect(vouches(signature: signature.uppercased()))
        #expect(
            vouches(
                expires: "2026-11-24T11:00:00.000Z",
                signature: "db1336bb65fb0e2e395238aaaac760cd928301e0dd2c61791e4b045dd6692cb0"))
    }

    @Test("it holds for an hour at most, and until the moment that it names")
    func time() {
        #expect(vouches(before: 3_600))
        #expect(!vouches(before: 3_601))
        #expect(vouches(before: 1))
        #expect(!vouches(before: 0))
        #expect(!vouches(before: -1))
    }

    @Test("anything else than what was signed is refused")
    func others() {
        #expect(!vouches(id: "4712"))
        #expect(!vouches(name: "Ana Munoz"))
        #expect(!vouches(expires: "1795518001"))
        for signature in ["", "zz", String(signature.dropLast(2)), signature + "00", "5" + signature.dropFirst()] {
            #expect(!vouches(signature: signature), "\(signature)")
        }
        #expect(!vouches(Vouching(secret: Array("another secret".utf8))))
    }

    @Test("one customer's name can't make up another's id, and nobody is no customer")
    func bars() {
        func signed(_ id: String, _ name: String, _ expires: String) -> Bool {
            let secret = Array("s".utf8)
            let code = HMACSHA256.code(of: "\(id)|\(name)|\(expires)".utf8, key: secret)
            return vouches(
                id: id, name: name, expires: expires, signature: Hexadecimal.encode(code), Vouching(secret: secret))
        }
        #expect(signed("7", "8|Ana", "1795518000"))
        #expect(!signed("7|8", "Ana", "1795518000"))
        #expect(!signed("", "Ana", "1795518000"))
        for expires in ["", "soon", "-1795518000", "1795518000000", "1795518000.5", "99999999999999999999"] {
            #expect(!signed("7", "Ana", expires), "\(expires)")
        }
    }
}
