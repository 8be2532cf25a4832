import Threading

@testable import Loop

/// A loop that sends back whatever it gets.
final class EchoService: Sendable {
    let loop: EventLoop
    let address: Address
    let counts = Guarded(Counts())

    struct Counts {
        var opened = 0
        var closed = 0
        var notices: [Listener.Notice] = []
    }

    init(_ address: Address = .ipv4(0x7F00_0001, port: 0), mode: UInt32? = nil) throws {
        loop = try EventLoop()
        let socket = try ListeningSocket(address, mode: mode)
        self.address = socket.address
        loop.execute { [loop] in
            _ = loop.listen(on: socket, report: { notice in self.counts.withLock { $0.notices.append(notice) } }) {
                descriptor, peer in
                let connection = loop.adopt(descriptor, peer: peer)
                connection?.handler = Echo(self)
                self.counts.withLock { $0.opened += 1 }
            }
        }
    }

    /// Runs a job on the loop and waits for it.
    func onLoop(_ job: @escaping @Sendable () -> Void) {
        let done = Signal()
        loop.execute {
            job()
            done.raise()
        }
        _ = done.wait()
    }

    private final class Echo: ConnectionHandler {
        let service: EchoService
        init(_ service: EchoService) { self.service = service }
        func received(_ bytes: UnsafeRawBufferPointer, on connection: Connection) {
            connection.write { $0.append(contentsOf: bytes) }
            if connection.unwritten > 1 << 20 { connection.pauseReading() }
        }
        func inputEnded(on connection: Connection) { connection.finish() }
        func flushed(_ connection: Connection) {
            if connection.unwritten < 1 << 19 { connection.resumeReading() }
        }
        func closed(_ connection: Connection) { service.counts.withLock { $0.closed += 1 } }
    }
}
