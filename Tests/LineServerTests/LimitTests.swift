import Glibc
import Loop
import Testing

@testable import LineServer

struct LimitTests {
    @Test("beyond the connections of all, one is told too_many and closed; when one leaves, another may come")
    func connections() throws {
        let service = try TestServer { $0.connections = 2 }
        defer { service.stop() }
        var first: LineClient? = try LineClient(service.address)
        let second = try LineClient(service.address)
        #expect(first?.line() == "* hello" && second.line() == "* hello")
        let third = try LineClient(service.address)
        third.send("ECHO too early\n")
        #expect(third.line()?.hasPrefix(#"ERR {"code":"too_many","message":""#) == true)
        #expect(third.line() == nil)
        first = nil
        #expect(eventually { service.server.withLock { $0?.connectionCount } == 1 })
        #expect(try LineClient(service.address).line() == "* hello")
    }

    @Test("connections of one address are limited, on loopback only where that is asked for")
    func perAddress() throws {
        let service = try TestServer {
            $0.connectionsPerAddress = 1
            $0.limitLoopback = true
        }
        defer { service.stop() }
        let first = try LineClient(service.address)
        #expect(first.line() == "* hello")
        #expect(try LineClient(service.address).line()?.contains("too_many") == true)
        var limits = LineLimits()
        limits.connectionsPerAddress = 1
        service.server.withLock { $0 }?.replace(limits)
        #expect(eventually { (try? LineClient(service.address))?.line() == "* hello" })
    }

    @Test("lines beyond the rate of an address are answered rate_limited in their place, and the connection goes on")
    func rate() throws {
        let service = try TestServer {
            $0.linesPerSecond = 5
            $0.limitLoopback = true
        }
        defer { service.stop() }
        let client = try LineClient(service.address)
        #expect(client.line() == "* hello")
        client.send((0..<10).map { "LATER \($0)\n" }.joined())
        #expect(client.lines(5) == (0..<5).map { "OK \($0)" })
        for _ in 0..<5 {
            let line = client.line()
            #expect(line?.hasPrefix(#"ERR {"code":"rate_limited","message":""#) == true)
            #expect(line?.hasSuffix(#","retry_after":1}"#) == true)
        }
        var limits = LineLimits()
        limits.limitLoopback = false
        service.server.withLock { $0 }?.replace(limits)
        let isServedAgain = eventually {
            client.send("ECHO again\n")
            return client.line() == "OK again"
        }
        #expect(isServedAgain)
    }

    @Test("loopback and Unix sockets have no rate unless asked for")
    func exempt() throws {
        for address in [Address.ipv4(0x7F00_0001, port: 0), .unix("/tmp/line-server-\(getpid()).s")] {
            let service = try TestServer(address) { $0.linesPerSecond = 1 }
            defer { service.stop() }
            let client = try LineClient(service.address)
            client.send(String(repeating: "ECHO x\n", count: 200))
            #expect(client.line() == "* hello")
            for _ in 0..<200 { #expect(client.line() == "OK x") }
            #expect(service.counts.withLock { $0.origins.allSatisfy { $0.listener == 7 && $0.peer.isLocal } })
        }
    }

    @Test("a client that does not read its replies is not read from, while another is served; it loses nothing")
    func slowReader() throws {
        let service = try TestServer(loops: 1) { $0.replyBytes = 65_536 }
        defer { service.stop() }
        let slow = try LineClient(service.address)
        // 20 MB of answers: far more than the kernel's buffers hold.
        // They come in small pieces, so that the number of pending replies is not what stops them.
        let sender = DispatchSender(slow)
        for _ in 0..<2_000 { sender.send(String(repeating: "BIG 1000\n", count: 10)) }
        let other = try LineClient(service.address)
        #expect(other.line() == "* hello")
        sender.wait()
        var taken = 0
        var calm = 0
        while calm < 50 {
            other.send("ECHO x\n")
            #expect(other.line() == "OK x")
            let now = service.counts.withLock { $0.lines }
            calm = now == taken + 1 ? calm + 1 : 0
            taken = now
        }
        #expect(taken < 15_000)
        #expect(slow.line() == "* hello")
        for _ in 0..<20_000 { #expect(slow.line()?.utf8.count == 1_000) }
    }

    @Test("no more commands of a connection are taken than may wait for their replies")
    func pending() throws {
        let service = try TestServer { $0.pendingReplies = 16 }
        defer { service.stop() }
        let client = try LineClient(service.address)
        client.send(String(repeating: "NEVER\n", count: 100))
        client.endInput()
        #expect(client.line() == "* hello")
        var answered = 0
        while answered < 100 {
            #expect(eventually { service.counts.withLock { $0.kept.count } >= min(8, 100 - answered) })
            #expect(service.counts.withLock { $0.kept.count } <= 16)
            answered += service.counts.withLock { $0.kept.count }
            service.release()
        }
        for _ in 0..<100 { #expect(client.line() == "OK released") }
        #expect(client.line() == nil)
    }

    @Test("after a command whose reply may be long, no other is taken before it is answered")
    func longReplies() throws {
        let service = try TestServer()
        defer { service.stop() }
        let client = try LineClient(service.address)
        client.send("NEVER\nNEVER\nLONG\nNEVER\nLONG\nLONG\nNEVER\n")
        client.endInput()
        #expect(client.line() == "* hello")
        for taken in [3, 2, 1, 1] {
            #expect(eventually { service.counts.withLock { $0.kept.count } >= taken })
            #expect(service.counts.withLock { $0.kept.count } == taken)
            service.release()
            for _ in 0..<taken { #expect(client.line() == "OK released") }
        }
        #expect(client.line() == nil)
    }

    @Test("pushes that pile up on one connection end it with overflow; a burst that is read does not")
    func overflow() throws {
        let service = try TestServer(loops: 1) { $0.pushBytes = 100_000 }
        defer { service.stop() }
        let client = try LineClient(service.address, receiveBuffer: 4_096)
        #expect(client.line() == "* hello")
        let text = "* " + String(repeating: "p", count: 998)
        service.push(text, count: 20)
        for _ in 0..<20 { #expect(client.line() == text) }
        // Until the kernel takes no more, and then the limit. Nothing is read before the loop has seen it all.
        service.push(text, count: 20_000)
        let other = try LineClient(service.address)
        #expect(other.line() == "* hello")
        var last = client.line()
        var count = 0
        while let next = client.line() {
            count += 1
            last = next
        }
        #expect(last == #"* {"type":"overflow"}"#)
        #expect(count > 100 && count < 10_000, "the limit and the kernel's buffer, at most")
        #expect(eventually { service.counts.withLock { $0.closed } == 1 })
    }

    @Test("large replies do not count as pushes")
    func bigReply() throws {
        let service = try TestServer { $0.pushBytes = 10_000 }
        defer { service.stop() }
        let client = try LineClient(service.address, receiveBuffer: 4_096)
        client.send("BIG 10000000\nPUSH 1\n")
        #expect(client.line() == "* hello")
        #expect(client.line()?.utf8.count == 10_000_000)
        #expect(client.lines(2) == ["* 0", "OK"])
    }
}
