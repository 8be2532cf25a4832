import Glibc
import Testing

@testable import Loop

struct AddressTests {
    @Test(
        "an address is printed as it was written",
        arguments: ["127.0.0.1:7411", "0.0.0.0:0", "[::1]:65535", "[2001:db8::7]:80", "unix:/run/agents.sock"])
    func roundTrip(text: String) throws {
        #expect(try Address(parsing: text).description == text)
    }

    @Test("localhost is 127.0.0.1, and a relative path is printed absolute")
    func spellings() throws {
        #expect(try Address(parsing: "localhost:80").description == "127.0.0.1:80")
        let printed = try Address(parsing: "unix:./a.sock").description
        #expect(printed.hasPrefix("unix:/") && printed.hasSuffix("/a.sock") && !printed.contains("./"))
    }

    @Test(
        "what is no address is refused with a sentence that names it",
        arguments: [
            "", "7411", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+1", "127.0.0.1:-1", "1.2.3:4",
            "example.org:80", "::1:80", "[::1]", "[::1:80", "[127.0.0.1]:80", "unix:", "127.0.0.1:8 0",
        ])
    func refused(text: String) throws {
        let error = try #require(throws: SocketError.self) { try Address(parsing: text) }
        #expect(error.description.contains("\"\(text)\" is not an address"))
    }

    @Test("a path too long for a Unix socket is refused")
    func longPath() throws {
        let path = "/" + String(repeating: "a", count: 107)
        #expect(throws: SocketError.pathTooLong(path: path, limit: 107)) { try Address(parsing: "unix:" + path) }
        _ = try Address(parsing: "unix:/" + String(repeating: "a", count: 106))
    }

    @Test("loopback and Unix sockets are local, others are not")
    func local() throws {
        for text in ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "[::ffff:127.0.0.1]:1", "unix:/x"] {
            let address = try Address(parsing: text)
            #expect(address.isLocal && PeerAddress(address).isLocal, "\(text)")
        }
        for text in ["128.0.0.1:1", "[::2]:1", "[2001:db8::1]:1", "[::ffff:128.0.0.1]:1", "[::ffff:10.0.0.127]:1"] {
            let address = try Address(parsing: text)
            #expect(!address.isLocal && !PeerAddress(address).isLocal, "\(text)")
        }
    }

    @Test("IPv6 peers of one /64 are one network, mapped IPv4 peers are themselves")
    func networks() throws {
        func peer(_ text: String) throws -> PeerAddress { PeerAddress(try Address(parsing: text)) }
        #expect(try peer("[2001:db8::1]:5").network == peer("[2001:db8::ffff:1]:6").network)
        #expect(try peer("[2001:db8::1]:5").network != peer("[2001:db8:0:1::1]:5").network)
        #expect(try peer("[::ffff:10.0.0.1]:5").network == peer("10.0.0.1:6").network)
        #expect(try peer("10.0.0.1:5").network != peer("10.0.0.2:5").network)
        #expect(try peer("10.0.0.1:5").bytes == [10, 0, 0, 1])
        #expect(try peer("[2001:db8::1]:5").bytes == [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    }
}
