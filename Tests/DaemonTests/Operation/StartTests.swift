import Foundation
import JSON
import Testing

@Suite("Starts and ends")
struct StartTests {
    /// Runs the executable to its end.
    private func run(_ arguments: [String]) throws -> (code: Int32, errors: String) {
        let child = try Child(arguments)
        child.closeInput()
        let code = try child.wait(within: 30)
        return (code, try child.errors.rest(within: 5))
    }

    @Test("a wrong option or address is 64, and the nearest option is named")
    func usage() throws {
        let folder = try TemporaryFolder()
        let typo = try run(["serve", "--conten", folder.path])
        #expect(typo.code == 64)
        #expect(typo.errors.contains("--content"))
        #expect(try run(["serve", "--listen", "nonsense"]).code == 64)
    }

    @Test("no Intents in the content folder is 78, naming --content")
    func noIntents() throws {
        let folder = try TemporaryFolder()
        let result = try run(["serve", "--content", folder.path, "--data", folder.file("data")])
        #expect(result.code == 78)
        #expect(result.errors.contains("--content"))
    }

    @Test("broken content at the start is 65, with all its problems")
    func broken() throws {
        let folder = try TemporaryFolder()
        for (name, text) in Shop.files(
            [], ["Intents/pre-sale/price.md": "# Klingon\n", "Intents/small-talk/thanks.md": "x"])
        {
            try folder.write(text, to: name)
        }
        let result = try run(["serve", "--content", folder.path, "--data", folder.file("data")])
        #expect(result.code == 65)
        #expect(result.errors.contains("price.md:"))
        #expect(result.errors.contains("thanks.md:"))
    }

    @Test("a data folder in use is 73")
    func inUse() throws {
        let daemon = try Daemon.started()
        let result = try run([
            "serve", "--content", daemon.folder.file("content"), "--data", daemon.folder.file("data"), "--listen",
            "127.0.0.1:0", "--agents", "unix:" + daemon.folder.file("other.sock"),
        ])
        #expect(result.code == 73)
        #expect(try daemon.customer().ask("PING").code == nil)
    }

    @Test("an address in use is 73")
    func addressInUse() throws {
        let daemon = try Daemon.started()
        let result = try run([
            "serve", "--content", daemon.folder.file("content"), "--data", daemon.folder.file("data2"), "--listen",
            try #require(daemon.customers.first), "--agents", "unix:" + daemon.folder.file("other.sock"),
        ])
        #expect(result.code == 73)
    }

    @Test("agents on the network without tokens: the operator is told that anybody may log in")
    func openToTheNetwork() throws {
        let daemon = try Daemon.started(extra: ["--agents", "0.0.0.0:0", "--insecure-agents"])
        #expect(try daemon.stop() == 0)
        #expect(daemon.errors.contains("no --agent-tokens"))
    }

    @Test("a segment ends at the size of the settings, and STATUS tells that the sealed ones were checked")
    func segments() throws {
        let daemon = try Daemon.started(settings: ["segment_size: 64 KiB"])
        let client = try daemon.customer()
        try client.open()
        for number in 0..<200 { try client.done("SAY gracias \(number)") }
        let names = try FileManager.default.contentsOfDirectory(atPath: daemon.folder.file("data"))
        #expect(names.filter { $0.hasPrefix("journal-") && $0.hasSuffix(".jsonl") }.count >= 2)
        try daemon.restart(killing: false)
        let agent = try daemon.agent("jefa")
        let start = LineReader.now()
        while try agent.done("STATUS")[path: "journal.verified"]?.string == nil {
            guard LineReader.now() - start < 10 else { throw HarnessError("the segments were never checked") }
            usleep(20_000)
        }
        #expect(try agent.done("STATUS").text("journal.verified").contains("whole"))
    }

    @Test("nobody to talk to is 69")
    func nobody() throws {
        let folder = try TemporaryFolder()
        #expect(try run(["chat", "--to", "unix:" + folder.file("none.sock")]).code == 69)
    }

    @Test("a socket that a killed daemon left is replaced")
    func staleSocket() throws {
        let daemon = try Daemon.started()
        try daemon.kill()
        #expect(FileManager.default.fileExists(atPath: daemon.folder.file("agents.sock")))
        try daemon.start()
        #expect(try daemon.agent("ana").ask("QUEUE").code == nil)
    }

    @Test("customers may come over a Unix socket, agents over loopback, each on several addresses")
    func addresses() throws {
        let folder = try TemporaryFolder()
        let daemon = try Daemon.started(extra: [
            "--listen", "127.0.0.1:0", "--listen", "unix:" + folder.file("c.sock"), "--agents", "127.0.0.1:0",
            "--agents", "unix:" + folder.file("a.sock"),
        ])
        #expect(daemon.customers.count == 2 && daemon.agents.count == 2)
        for address in daemon.customers {
            #expect(try LineClient(to: address).nextPush("hello")["role"] == .string("customer"))
        }
        for address in daemon.agents {
            #expect(try LineClient(to: address).nextPush("hello")["role"] == .string("agent"))
        }
    }

    @Test("SIGTERM ends with 0 within five seconds, also while clients neither read nor leave")
    func terminated() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        let agent = try daemon.agent("ana")
        for number in 0..<200 { try client.send("SAY gracias \(number)") }
        let start = LineReader.now()
        #expect(try daemon.stop() == 0)
        #expect(LineReader.now() - start < 5)
        withExtendedLifetime(agent) {}
        var answered = 0
        while let answer = try? client.nextAnswer() { answered += answer.code == nil ? 1 : 0 }
        try daemon.start()
        let again = try daemon.customer()
        try again.done("RESUME \(opened.token) 999999")
        let said = try again.done("HISTORY 1000").list("messages").filter { $0["from"] == .string("customer") }
        #expect(said.count >= answered)
    }
}
