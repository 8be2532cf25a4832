import JSON
import Testing

@Suite("The harness itself")
struct HarnessTests {
    @Test("an answer is waited for while pushes are kept, and a closed connection is told")
    func client() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.send(#"* {"type":"hello","role":"customer"}"#)
                try connection.expect("PING")
                try connection.send(#"* {"type":"queue","position":2}"#, "OK {}")
                try connection.expect("SAY")
                try connection.send(#"ERR {"code":"bad_argument","message":"Say something."}"#)
            }
        ])
        let client = try LineClient(to: server.address)
        #expect(try client.ask("PING") == .ok(.object([])))
        #expect(client.pushes.count == 2)
        #expect(try client.nextPush("queue")["position"] == .integer(2))
        #expect(try client.ask("SAY").code == "bad_argument")
        #expect(try client.isClosed())
        #expect(throws: HarnessError.self) { try client.nextLine() }
        try server.finish()
    }

    @Test("a daemon that does not come up is told with its exit code and what it said")
    func refusedStart() throws {
        let daemon = try Daemon(extra: ["--web", "nowhere"])
        let error = #expect(throws: HarnessError.self) { try daemon.start() }
        #expect(error?.description.contains("ended with 64") == true)
        #expect(error?.description.contains("nowhere") == true)
    }
}
