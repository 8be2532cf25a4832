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
}
