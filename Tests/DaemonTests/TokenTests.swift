import Checksums
import Testing

@Suite("Tokens")
struct TokenTests {
    @Test("a token of 128 bits is printed with the agents' line, whose hash is of salt and token")
    func token() throws {
        let child = try Child(["token", "ana", "--role=supervisor", "--teams", "ventas,postventa", "--capacity", "5"])
        #expect(try child.wait() == 0)
        let lines = child.remaining.split(separator: "\n").map(String.init)
        try #require(lines.count == 2)
        let fields = lines[1].split(separator: " ").map(String.init)
        try #require(fields.count == 7)
        #expect(Array(fields[..<5]) == ["ana", "supervisor", "ventas,postventa", "*", "5"])
        #expect(Hexadecimal.decode(lines[0].utf8)?.count == 16)
        let salt = try #require(Hexadecimal.decode(fields[5].utf8))
        #expect(salt.count == 16)
        var digest = SHA256()
        digest.update(salt)
        digest.update(lines[0].utf8)
        #expect(fields[6] == Hexadecimal.encode(digest.finish()))
    }

    @Test("no two tokens are alike, and the defaults are an agent of all teams and languages with capacity 3")
    func defaults() throws {
        let children = [try Child(["token", "eva"]), try Child(["token", "eva"])]
        let outputs = try children.map { child in
            try child.wait()
            return child.remaining
        }
        #expect(outputs[0] != outputs[1])
        #expect(outputs[0].contains("\neva agent * * 3 "))
    }

    @Test(
        "what the agents' file cannot hold is refused",
        arguments: [
            ["token"], ["token", "two words"], ["token", "#ana"], ["token", "ana", "--role", "boss"],
            ["token", "ana", "--teams", "a,,b"], ["token", "ana", "--capacity", "0"], ["token", "ana", "eva"],
        ])
    func refused(words: [String]) throws {
        let child = try Child(words)
        #expect(try child.wait() == 64)
        #expect(child.remaining.isEmpty)
    }
}
