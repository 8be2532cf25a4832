import Dispatch
import Glibc
import Testing

@testable import LineServer

@Suite("Of a connection that sends much at once")
struct FairShareTests {
    /// Holds the only loop up while something is sent, so that one turn finds all of it.
    private func inOneTurn(_ service: TestServer, _ send: () -> Void) {
        let (held, free) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        service.loops[0].execute {
            held.signal()
            free.wait()
        }
        held.wait()
        send()
        free.signal()
    }

    @Test("a turn takes a share, so that another's line waits for no more than that; the order is kept")
    func share() throws {
        let service = try TestServer(loops: 1)
        defer { service.stop() }
        let (eager, other) = (try LineClient(service.address), try LineClient(service.address))
        #expect(eager.line() == "* hello" && other.line() == "* hello")
        inOneTurn(service) {
            eager.send((0..<1_000).map { "ECHO \($0)\n" }.joined())
            other.send("ECHO other\n")
        }
        #expect(other.line() == "OK other")
        #expect(eager.lines(1_000) == (0..<1_000).map { "OK \($0)" })
        let batches = service.counts.withLock { $0.batches }
        let handles = service.counts.withLock { $0.handles }
        #expect(batches.allSatisfy { batch in batch.count { $0 == handles[0] } <= LineConnection.linesPerTurn })
        #expect(batches.reduce(0) { $0 + $1.count } == 1_001)
        #expect(batches.firstIndex { $0.contains(handles[1]) } == 0)
    }

    @Test("all that it sent counts, though it closes without a wait for the answers")
    func gone() throws {
        let service = try TestServer(.unix("/tmp/fair-share-\(getpid()).s"), loops: 1)
        defer { service.stop() }
        var client: LineClient? = try LineClient(service.address)
        #expect(client?.line() == "* hello")
        inOneTurn(service) {
            client?.send(String(repeating: "ECHO x\n", count: 1_000))
            client = nil
        }
        #expect(eventually { service.counts.withLock { $0.closed } == 1 })
        #expect(service.counts.withLock { $0.lines } == 1_000)
    }

    @Test("half-closed, it still gets every answer")
    func halfClosed() throws {
        let service = try TestServer(loops: 1)
        defer { service.stop() }
        let client = try LineClient(service.address)
        #expect(client.line() == "* hello")
        inOneTurn(service) {
            client.send(String(repeating: "LATER x\n", count: 1_000))
            client.endInput()
        }
        #expect(client.lines(1_000).allSatisfy { $0 == "OK x" })
        #expect(client.line() == nil)
    }
}
