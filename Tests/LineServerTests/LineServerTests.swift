import Glibc
import Loop
import SeededRandom
import Testing

@testable import LineServer

struct LineServerTests {
    @Test("the greeting comes first, then one reply a command, in order, though half are answered elsewhere")
    func pipelining() throws {
        let service = try TestServer()
        defer { service.stop() }
        let client = try LineClient(service.address)
        #expect(client.line() == "* hello")
        let commands = (0..<5_000).map { $0 % 3 == 0 ? "LATER \($0)\n" : "ECHO \($0)\r\n" }
        let sender = DispatchSender(client)
        sender.send(commands.joined())
        for i in 0..<5_000 { #expect(client.line() == "OK \(i)") }
    }

    @Test("after a half-close every answer is still written, then the connection closes; an unfinished line is dropped")
    func halfClose() throws {
        let service = try TestServer()
        defer { service.stop() }
        let client = try LineClient(service.address)
        client.send("LATER a\nNEVER\nLATER b\nECHO unfinished")
        client.endInput()
        #expect(client.lines(2) == ["* hello", "OK a"])
        service.release()
        #expect(client.lines(3) == ["OK released", "OK b", nil])
        #expect(eventually { service.counts.withLock { $0.closed == 1 && $0.contextsReturned == 1 } })
    }

    @Test("faulty lines are answered in their place, and the connection goes on")
    func faults() throws {
        let service = try TestServer()
        defer { service.stop() }
        let client = try LineClient(service.address)
        let long = String(repeating: "x", count: 9_000)
        client.send("LATER 1\n\(long)")
        #expect(client.lines(2) == ["* hello", "OK 1"])
        #expect(
            client.line()?.hasPrefix(#"ERR {"code":"line_too_long","message":""#) == true, "before its end has come")
        client.send("\(long)\nECHO 2\n")
        client.send([0x53, 0xC0, 0xAF, 10])
        client.send("NEVER\nbell\u{7}\nECHO 3\n")
        #expect(client.line() == "OK 2")
        #expect(client.line()?.hasPrefix(#"ERR {"code":"bad_utf8","message":""#) == true)
        #expect(eventually { service.counts.withLock { $0.lines } == 4 })
        service.release()
        #expect(client.line() == "OK released")
        #expect(client.line()?.hasPrefix(#"ERR {"code":"bad_text","message":""#) == true)
        #expect(client.line() == "OK 3")
    }

    @Test("pushes wait for the reply they belong behind, and go at once otherwise")
    func heldPushes() throws {
        let service = try TestServer()
        defer { service.stop() }
        let client = try LineClient(service.address)
        client.send("PUSH 1\nNEVER\nRESUME x\nECHO y\n")
        #expect(client.lines(3) == ["* hello", "* 0", "OK"])
        #expect(eventually { service.counts.withLock { $0.lines } == 4 })
        service.release()
        #expect(client.lines(5) == ["OK released", "OK x", "* message 0", "* message 1", "OK y"])
        service.push("* later")
        #expect(client.line() == "* later")
    }

    @Test("a connection that is to close after a reply gets what came before, and nothing after")
    func quit() throws {
        let service = try TestServer()
        defer { service.stop() }
        let client = try LineClient(service.address)
        client.send("LATER a\nQUIT\nECHO b\nNEVER\n")
        #expect(client.lines(4) == ["* hello", "OK a", "OK", nil])
        #expect(eventually { service.counts.withLock { $0.closed } == 1 })
    }

    @Test("what is delivered to a connection that is gone does no harm to its successor")
    func stale() throws {
        let service = try TestServer(loops: 1)
        defer { service.stop() }
        var gone: LineClient? = try LineClient(service.address)
        #expect(gone?.line() == "* hello")
        gone?.send("NEVER\n")
        gone?.resetOnClose()
        #expect(eventually { service.counts.withLock { $0.kept.count } == 1 })
        gone = nil
        #expect(eventually { service.counts.withLock { $0.closed } == 1 })
        let next = try LineClient(service.address)
        next.send("NEVER\n")
        #expect(next.line() == "* hello")
        #expect(eventually { service.counts.withLock { $0.kept.count } == 2 })
        let indices = service.counts.withLock { $0.handles.map(\.id.index) }
        #expect(indices[0] == indices[1], "the place is used again")
        service.push("* x")
        #expect(next.line() == "* x")
        service.release()
        #expect(next.line() == "OK released")
    }

    @Test("stopping accepts no more, answers what is pending, and closes")
    func stop() throws {
        let service = try TestServer()
        defer { service.stop() }
        let clients = try (0..<6).map { _ in try LineClient(service.address) }
        for client in clients {
            #expect(client.line() == "* hello")
            client.send("NEVER\n")
        }
        let idle = try LineClient(service.address)
        #expect(idle.line() == "* hello")
        #expect(eventually { service.counts.withLock { $0.kept.count } == 6 })
        let stopped = Signal()
        service.server.withLock { $0 }?.stop(within: .seconds(9)) { stopped.raise() }
        #expect(idle.line() == nil)
        service.release()
        for client in clients { #expect(client.lines(2) == ["OK released", nil]) }
        #expect(stopped.wait())
        #expect(throws: SocketError.self) { try LineClient(service.address) }
    }

    @Test("stopping does not wait beyond its time for an answer that never comes")
    func stopInTime() throws {
        let service = try TestServer()
        defer { service.stop() }
        let client = try LineClient(service.address)
        client.send("NEVER\n")
        #expect(eventually { service.counts.withLock { $0.kept.count } == 1 })
        let stopped = Signal()
        service.server.withLock { $0 }?.stop(within: .milliseconds(50)) { stopped.raise() }
        #expect(stopped.wait())
        #expect(client.lines(2) == ["* hello", nil])
    }

    @Test("peers that close or reset at any time leave nothing behind, and others are served")
    func rudePeers() throws {
        let service = try TestServer()
        defer { service.stop() }
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let client = try LineClient(service.address)
            if random.next() % 2 == 0 { client.resetOnClose() }
            let verb = ["LATER", "ECHO", "RESUME", "QUIT", "PUSH"].randomElement(using: &random) ?? ""
            client.send(String(repeating: "\(verb) 3\n", count: Int(random.next() % 500)))
            if random.next() % 3 == 0 { client.endInput() }
            if random.next() % 3 == 0 { _ = client.line() }
        }
        let polite = try LineClient(service.address)
        polite.send("LATER z\n")
        #expect(polite.lines(2) == ["* hello", "OK z"])
        #expect(eventually { service.counts.withLock { $0.closed == $0.opened - 1 } }, "seed \(seed)")
        #expect(eventually { service.server.withLock { $0?.connectionCount } == 1 }, "seed \(seed)")
    }
}
