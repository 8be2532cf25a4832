import Dispatch
import Loop
import Threading
@testable import LineServer

/// A server whose handler understands a few verbs, enough to provoke everything that this floor does.
///
/// `ECHO x` answers `OK x` at once; `LATER x` from another thread, in reverse order of the batch; `NEVER` waits until
/// `release`, and so does `LONG`, whose reply is expected to be long; `BIG n` answers n bytes; `PUSH n` pushes n lines,
/// then answers; `RESUME` holds pushes, pushes two lines, and answers from another thread; `QUIT` answers and closes.
final class TestServer: LineHandler {
    let server: Guarded<LineServer?> = Guarded(nil)
    let loops: [EventLoop]
    let address: Address
    let counts = Guarded(Counts())
    private let elsewhere = DispatchQueue(label: "elsewhere", attributes: .concurrent)

    struct Counts {
        var opened = 0
        var closed = 0
        var contextsReturned = 0
        var lines = 0
        var origins: [ConnectionOrigin] = []
        var kept: [ReceivedLine] = []
        var handles: [ConnectionHandle] = []
        /// Whose lines each batch held, in order.
        var batches: [[ConnectionHandle]] = []
    }

    private final class Context {}

    init(
        _ address: Address = .ipv4(0x7F00_0001, port: 0), loops count: Int = 2,
        change: (inout LineLimits) -> Void = { _ in }
    )
        throws
    {
        var limits = LineLimits()
        change(&limits)
        var loops: [EventLoop] = []
        for index in 0..<count { loops.append(try EventLoop(index: index)) }
        self.loops = loops
        let socket = try ListeningSocket(address)
        self.address = socket.address
        let server = LineServer(eventLoops: loops, limits: limits, handler: self)
        self.server.withLock { $0 = server }
        server.listen(on: socket, as: 7)
    }

    func opened(_ connection: ConnectionHandle, origin: ConnectionOrigin, on loop: LineLoop) -> [UInt8]? {
        counts.withLock {
            $0.opened += 1
            $0.origins.append(origin)
            $0.handles.append(connection)
        }
        loop.setContext(Context(), of: connection)
        return Array("* hello".utf8)
    }

    func closed(_ connection: ConnectionHandle, context: AnyObject?, on loop: LineLoop) {
        counts.withLock {
            $0.closed += 1
            if context is Context { $0.contextsReturned += 1 }
        }
    }

    func expectsLongReply(to line: UnsafeRawBufferPointer) -> Bool {
        String(decoding: line, as: UTF8.self).hasPrefix("LONG")
    }

    func lines(_ batch: LineBatch, on loop: LineLoop) {
        counts.withLock {
            $0.lines += batch.lines.count
            $0.batches.append(batch.lines.map(\.connection))
        }
        var later: [(ReceivedLine, String)] = []
        for line in batch.lines {
            let text = batch.withBytes(of: line) { String(decoding: $0, as: UTF8.self) }
            let parts = text.split(separator: " ", maxSplits: 1)
            let rest = parts.count > 1 ? String(parts[1]) : ""
            switch parts.first {
            case "LATER": later.append((line, rest))
            case "NEVER", "LONG": counts.withLock { $0.kept.append(line) }
            case "BIG": loop.reply(to: line) { $0.append(contentsOf: [UInt8](repeating: 0x78, count: Int(rest) ?? 0)) }
            case "PUSH":
                for i in 0..<(Int(rest) ?? 0) {
                    loop.push(to: line.connection) { $0.append(contentsOf: "* \(i)".utf8) }
                }
                loop.reply(to: line) { $0.append(contentsOf: "OK".utf8) }
            case "RESUME":
                loop.holdPushes(on: line.connection, until: line.slot)
                for i in 0..<2 { loop.push(to: line.connection) { $0.append(contentsOf: "* message \(i)".utf8) } }
                later.append((line, rest))
            case "QUIT":
                loop.close(line.connection, after: line.slot)
                loop.reply(to: line) { $0.append(contentsOf: "OK".utf8) }
            default: loop.reply(to: line) { $0.append(contentsOf: "OK \(rest)".utf8) }
            }
        }
        for (line, rest) in later.reversed() {
            elsewhere.async {
                var deliveries = Deliveries()
                deliveries.reply(to: line) { $0.append(contentsOf: "OK \(rest)".utf8) }
                loop.server.deliver(deliveries)
            }
        }
    }

    /// Answers what `NEVER` kept, newest first.
    func release() {
        let kept = counts.withLock { counts in
            defer { counts.kept = [] }
            return counts.kept
        }
        var deliveries = Deliveries()
        for line in kept.reversed() { deliveries.reply(to: line) { $0.append(contentsOf: "OK released".utf8) } }
        deliver(deliveries)
    }

    func deliver(_ deliveries: Deliveries) { server.withLock { $0 }?.deliver(deliveries) }

    func push(_ text: String, count: Int = 1) {
        var deliveries = Deliveries()
        let handles = counts.withLock { $0.handles }
        for handle in handles {
            for _ in 0..<count { deliveries.push(to: handle) { $0.append(contentsOf: text.utf8) } }
        }
        deliver(deliveries)
    }

    func stop() { for loop in loops { loop.stop() } }
}
