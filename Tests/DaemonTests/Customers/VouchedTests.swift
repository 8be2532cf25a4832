import Checksums
import Foundation
import JSON
import Testing

@Suite("A customer whom the website vouches for")
struct VouchedTests {
    private static let secret = "0123456789abcdef0123456789abcdef"

    /// The member of `HELLO`, signed as a website does.
    private func customer(_ id: String, _ name: String, in seconds: Int = 600, secret: String = secret) -> String {
        let expires = Int(Date().timeIntervalSince1970) + seconds
        let code = HMACSHA256.code(of: "\(id)|\(name)|\(expires)".utf8, key: Array(secret.utf8))
        return
            #"{"customer":{"id":"\#(id)","name":"\#(name)","expires":\#(expires),"signature":"\#(Hexadecimal.encode(code))"}}"#
    }

    /// A daemon that knows the secret, which stands in a file with a line end.
    private func daemon() throws -> (daemon: Daemon, folder: TemporaryFolder) {
        let folder = try TemporaryFolder()
        try folder.write(Self.secret + "\n", to: "secret")
        chmod(folder.file("secret"), 0o600)
        return (try Daemon.started(extra: ["--vouch-secret", folder.file("secret")]), folder)
    }

    /// All that the log holds.
    private func journal(_ daemon: Daemon) throws -> String {
        let folder = daemon.folder.file("data")
        return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
            .compactMap { FileManager.default.contents(atPath: folder + "/" + $0) }
            .map { String(decoding: $0, as: UTF8.self) }.joined()
    }

    @Test("has its name, and agents see who it is, also after a restart")
    func vouched() throws {
        let (daemon, folder) = try daemon()
        defer { withExtendedLifetime(folder) {} }
        let client = try daemon.customer()
        let opened = try client.done("HELLO " + customer("4711", "Ana Muñoz"))
        #expect(opened["verified"]?.bool == true)
        try client.done("HUMAN")
        #expect(try client.done("EXPORT").text("export.customer") == "4711")
        for isRestarted in [false, true] {
            if isRestarted { try daemon.restart(killing: true) }
            let agent = try daemon.agent("noa")
            let entry = try #require(try agent.done("QUEUE").list("waiting").first)
            #expect(entry["verified"]?.bool == true)
            #expect(try entry.text("name") == "Ana Muñoz")
            let context = try agent.done("SHOW " + opened.text("conversation"))[path: "context"]
            #expect(context?["verified"]?.bool == true && context?["customer"]?.string == "4711")
        }
        #expect(try journal(daemon).contains(#""type":"identity.verified""#))
        #expect(try !journal(daemon).contains("signature") && !journal(daemon).contains(Self.secret))
        let again = try daemon.customer()
        try again.done("RESUME " + opened.text("resume"))
        try again.done("FORGET")
        #expect(try !journal(daemon).contains(#""4711""#))
    }

    @Test("is a customer like any other where the signature is wrong or its time is over")
    func unvouched() throws {
        let (daemon, folder) = try daemon()
        defer { withExtendedLifetime(folder) {} }
        let wrong = [
            customer("4711", "Ana", secret: "another secret of 16"), customer("4711", "Ana", in: -1),
            customer("4711", "Ana", in: 3_700), customer("4711", "Ana").replacing("4711", with: "4712"),
        ]
        for json in wrong {
            let client = try daemon.customer()
            let opened = try client.done("HELLO " + json)
            #expect(opened["verified"]?.bool == false)
            try client.done("HUMAN")
            let agent = try daemon.agent("noa")
            let entry = try #require(
                try agent.done("QUEUE").list("waiting").first { $0["conversation"] == opened["conversation"] })
            #expect(entry["verified"]?.bool == false && entry["name"] == .null)
            #expect(try agent.done("SHOW " + opened.text("conversation"))[path: "context.customer"] == nil)
        }
        #expect(try daemon.customer().done("HELLO")["verified"] == nil)
    }

    @Test("is one like any other, too, where the operator gave no secret")
    func noSecret() throws {
        let daemon = try Daemon.started()
        #expect(try daemon.customer().done("HELLO " + customer("4711", "Ana"))["verified"]?.bool == false)
    }

    @Test(
        "a secret that others may read, that is short or not there ends the start",
        arguments: ["--vouch-secret", "--orders-token"])
    func files(option: String) throws {
        let folder = try TemporaryFolder()
        func refusal(_ file: String, _ text: String?, _ mode: mode_t) -> String {
            if let text { try? folder.write(text, to: file) }
            chmod(folder.file(file), mode)
            do { try Daemon.started(extra: [option, folder.file(file)]).stop() } catch { return "\(error)" }
            return "it started"
        }
        #expect(refusal("open", Self.secret, 0o644).contains("chmod 600"))
        #expect(refusal("words", Self.secret + " " + Self.secret, 0o600).contains("78"))
        #expect(refusal("empty", "\n", 0o600).contains("78"))
        #expect(refusal("none", nil, 0o600).contains("78"))
        #expect(refusal("short", "secret", 0o600).contains("78") == (option == "--vouch-secret"))
    }
}
