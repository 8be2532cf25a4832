import Dispatch
import LineServer
import Loop

/// A line server that answers every line with `OK {}`, to be measured by a load generator against a bare echo server.
///
/// `benchmarks echo ADDRESS inline|bounce [LOOPS]`: `inline` answers within the turn, `bounce` through a second serial
/// queue in batches, as a decider would.
enum EchoBenchmark {
    static func run(_ arguments: [String]) throws -> Never {
        let address = try Address(parsing: arguments.first ?? "127.0.0.1:0")
        let count = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
        let socket = try ListeningSocket(address)
        var loops: [EventLoop] = []
        for index in 0..<count { loops.append(try EventLoop(index: index)) }
        let handler: any LineHandler = arguments.dropFirst().first == "bounce" ? Bounce() : Inline()
        let server = LineServer(eventLoops: loops, handler: handler)
        server.listen(on: socket, as: 0)
        print("listening \(socket.address)")
        dispatchMain()
    }

    /// `@unchecked Sendable`: holds no state at all.
    private class Inline: LineHandler, @unchecked Sendable {
        func opened(_ connection: ConnectionHandle, origin: ConnectionOrigin, on loop: LineLoop) -> [UInt8]? { nil }

        func expectsLongReply(to line: UnsafeRawBufferPointer) -> Bool { false }

        func lines(_ batch: LineBatch, on loop: LineLoop) {
            for line in batch.lines { loop.reply(to: line) { $0.append(contentsOf: "OK {}".utf8) } }
        }

        func closed(_ connection: ConnectionHandle, context: AnyObject?, on loop: LineLoop) {}
    }

    /// `@unchecked Sendable`: holds nothing but a queue.
    private final class Bounce: Inline, @unchecked Sendable {
        private let queue = DispatchQueue(label: "decider", qos: .userInitiated)

        override func lines(_ batch: LineBatch, on loop: LineLoop) {
            queue.async {
                var deliveries = Deliveries()
                for line in batch.lines { deliveries.reply(to: line) { $0.append(contentsOf: "OK {}".utf8) } }
                loop.server.deliver(deliveries)
            }
        }
    }
}
