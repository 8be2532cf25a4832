import Foundation
import JSON
import Testing

@Suite("Limits, each a setting")
struct LimitTests {
    @Test("connections in all: one too many is told and closed")
    func connections() throws {
        let daemon = try Daemon.started(settings: ["max_connections: 2"])
        let (first, second) = (try daemon.customer(), try daemon.customer())
        let third = try LineClient(to: try #require(daemon.customers.first))
        #expect(try third.nextAnswer().code == "too_many")
        #expect(try third.isClosed())
        #expect(try first.ask("PING").code == nil)
        #expect(try second.ask("PING").code == nil)
    }

    @Test("connections of one address count on loopback where the settings say so")
    func connectionsPerAddress() throws {
        let daemon = try Daemon.started(settings: ["limit_loopback: yes", "connections_per_address: 1"])
        let first = try daemon.customer()
        let second = try LineClient(to: try #require(daemon.customers.first))
        #expect(try second.nextAnswer().code == "too_many")
        #expect(try first.ask("PING").code == nil)
    }

    @Test("lines beyond the rate are refused with the time to wait, in their place")
    func lines() throws {
        let daemon = try Daemon.started(settings: ["limit_loopback: yes", "lines_per_second: 5"])
        let client = try daemon.customer()
        try client.send(Array(repeating: "PING", count: 40).joined(separator: "\n"))
        let answers = try (0..<40).map { _ in try client.nextAnswer() }
        #expect(answers.prefix(5).allSatisfy { $0.code == nil })
        let refused = answers.filter { $0.code == "rate_limited" }
        #expect(refused.count >= 30)
        #expect(refused.allSatisfy { ($0["retry_after"]?.integer ?? 0) >= 1 })
    }

    @Test("conversations opened beyond the rate are refused with the time to wait")
    func openings() throws {
        let daemon = try Daemon.started(settings: ["limit_loopback: yes", "opens_per_minute: 2"])
        let client = try daemon.customer()
        try client.open()
        try client.open()
        let refused = try client.ask("HELLO")
        #expect(refused.code == "rate_limited")
        #expect(try refused.value.number("retry_after") >= 1)
        #expect(try client.ask("SAY gracias").code == nil)
        #expect(try daemon.customer().ask("SAY gracias").code == "rate_limited")
    }

    @Test("loopback is not limited by address unless the settings say so")
    func loopback() throws {
        let daemon = try Daemon.started(
            settings: ["connections_per_address: 1", "lines_per_second: 1", "opens_per_minute: 1"])
        let clients = try (0..<5).map { _ in try daemon.customer() }
        for client in clients {
            try client.open()
            for _ in 0..<5 { #expect(try client.ask("SAY gracias").code == nil) }
        }
    }

    @Test("pushes that pile up beyond the limit are told as overflow, and the connection closes")
    func overflow() throws {
        let daemon = try Daemon.started(settings: ["push_buffer: 4 KiB"])
        let first = try daemon.customer()
        let opened = try first.open()
        let silent = try daemon.customer()
        try silent.done("RESUME \(opened.token) 100")
        let text = String(repeating: "gracias ", count: 1000)
        // The sockets' own buffers take megabytes before anything piles up.
        for _ in 0..<40 {
            for _ in 0..<40 { try first.send("SAY " + text) }
            for _ in 0..<40 { _ = try first.nextAnswer() }
        }
        var last = ""
        while let line = try? silent.nextLine() { last = line }
        #expect(last.contains(#""type":"overflow""#))
        #expect(try first.ask("PING").code == nil)
    }

    @Test(
        "answers that nobody reads pile up to the limit, then nothing more is read; all are there once they are read",
        arguments: [("4 KiB", true), ("1 GiB", false)])
    func replyBuffer(size: String, isLimited: Bool) throws {
        let daemon = try Daemon.started(settings: ["reply_buffer: \(size)", "pending_replies: 1000000"])
        let agent = try daemon.agent("jefa")
        let silent = try daemon.customer()
        try silent.open()
        let before = try agent.done("STATUS").number("journal.seq")
        // Pieces that are answered with 2 MB each, and leave their mark in the log; the sockets' own buffers hold some.
        let piece = String(repeating: String(repeating: "HELP\n", count: 99) + "SAY gracias\n", count: 20)
        var (pieces, events, calm) = (0, 0, 0)
        while calm < 25, pieces < 8 {
            try silent.send(bytes: Array(piece.utf8))
            pieces += 1
            calm = 0
            while calm < 25, events < 40 * pieces {
                usleep(20_000)
                let now = try agent.done("STATUS").number("journal.seq") - before
                calm = now == events ? calm + 1 : 0
                events = now
            }
        }
        #expect(isLimited ? events < 40 * pieces : events == 320)
        for number in 0..<(20 * pieces) {
            for _ in 0..<99 { #expect(try silent.nextLine().hasPrefix(#"OK {"commands":["#)) }
            #expect(
                try silent.nextLine().hasPrefix(#"OK {"seq":\#(2 * number + 2),"reply":{"seq":\#(2 * number + 3),"#))
        }
    }

    @Test(
        "no more commands of a connection are taken than the settings let wait for their answers",
        arguments: [(1, true), (1_024, false)])
    func pendingReplies(limit: Int, isLimited: Bool) throws {
        let daemon = try Daemon.started(settings: ["pending_replies: \(limit)"])
        let agent = try daemon.agent("jefa")
        let client = try daemon.customer()
        try client.open()
        // Each answer waits for the disk; where all are taken at once, the first comes when all are decided.
        try client.send(String(repeating: "HUMAN\nCANCEL\n", count: 100) + "PING")
        #expect(try client.nextAnswer().code == nil)
        let first = try agent.done("STATUS").number("journal.seq")
        for _ in 0..<200 { #expect(try client.nextAnswer().code == nil) }
        let last = try agent.done("STATUS").number("journal.seq")
        #expect(isLimited ? first < last : first == last)
    }

    @Test("limits that the settings change are in force once the content is read again")
    func reloaded() throws {
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        let client = try daemon.customer()
        for _ in 0..<20 { #expect(try client.ask("PING").code == nil) }
        try daemon.folder.write(
            Shop.settings(["limit_loopback: yes", "lines_per_second: 2", "max_connections: 2"]),
            to: "content/Intents/settings.md")
        try agent.done("RELOAD")
        let start = LineReader.now()
        while try client.ask("PING").code != "rate_limited" { #expect(LineReader.now() - start < 5) }
        #expect(try LineClient(to: try #require(daemon.customers.first)).nextAnswer().code == "too_many")
    }

    @Test("what is written reaches stable storage by itself within the time of the settings", arguments: [1, 10_000])
    func syncInterval(milliseconds: Int) throws {
        let daemon = try Daemon.started(settings: ["sync_interval: \(milliseconds)"])
        let agent = try daemon.agent("jefa")
        let client = try daemon.customer()
        try client.done("SAY gracias")
        let start = LineReader.now()
        func isSynced() throws -> Bool {
            let journal = try agent.done("STATUS")
            return try journal.number("journal.synced") == journal.number("journal.seq")
        }
        if milliseconds == 1 {
            while try !isSynced() { #expect(LineReader.now() - start < 5) }
        } else {
            #expect(try !isSynced())
        }
    }
}
