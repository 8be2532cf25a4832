import Loop
import Synchronization
import Threading

/// Serves the line protocol's sessions over a few event loops; what the commands mean is its handler's business. From
/// any thread.
///
/// A server and its loops keep each other alive: a daemon has one for its whole life.
///
/// `@unchecked Sendable`: `loops` is set once, in `init`, before the reference gets out; the rest guards itself.
public final class LineServer: @unchecked Sendable {
    /// The most event loops that one server can be spread over.
    public static let mostLoops = 64
    /// How long a connection that the server ends by itself waits for its peer's close.
    static let lingerWhenStopping = Duration.milliseconds(200)

    let census = Census()
    let lineRate: AddressLimiter
    private var loops: [LineLoop] = []
    private let turn = Atomic<Int>(0)
    private let report: @Sendable (Listener.Notice) -> Void
    private let state: Guarded<State>

    private struct State {
        var limits: LineLimits
        var undrained = 0
        var completion: (@Sendable () -> Void)?
    }

    /// A server without listeners.
    /// - Parameters:
    ///   - eventLoops: 1…64 loops, over which connections are spread in turn.
    ///   - report: hears what listeners have to say.
    public init(
        eventLoops: [EventLoop], limits: LineLimits = LineLimits(), handler: any LineHandler,
        report: @escaping @Sendable (Listener.Notice) -> Void = { _ in }
    ) {
        precondition((1...Self.mostLoops).contains(eventLoops.count))
        lineRate = AddressLimiter(AllowedRate(limits.linesPerSecond, every: 1))
        self.report = report
        state = Guarded(State(limits: limits))
        loops = eventLoops.enumerated().map { number, eventLoop in
            LineLoop(number: number, eventLoop: eventLoop, server: self, handler: handler, limits: limits)
        }
        for loop in loops { loop.eventLoop.execute { loop.eventLoop.add(loop) } }
    }

    /// Serves the connections of a bound socket.
    /// - Parameter number: what `ConnectionOrigin.listener` tells of them.
    public func listen(on socket: ListeningSocket, as number: Int) {
        let loop = loops[0]
        loop.eventLoop.execute { [report] in loop.listen(on: socket, as: number, report: report) }
    }

    /// Hands replies, pushes and closes over, one hop for each loop concerned.
    public func deliver(_ deliveries: Deliveries) {
        for (number, loop) in loops.enumerated() where deliveries.loops & 1 << UInt64(number) != 0 {
            loop.eventLoop.execute { loop.apply(deliveries) }
        }
    }

    /// Open connections.
    public var connectionCount: Int { census.total }

    /// The limits in force.
    public var limits: LineLimits { state.withLock { $0.limits } }

    /// Changes the limits; connections beyond a new limit stay open.
    public func replace(_ limits: LineLimits) {
        state.withLock { $0.limits = limits }
        lineRate.replace(AllowedRate(limits.linesPerSecond, every: 1))
        for loop in loops { loop.eventLoop.execute { loop.limits = limits } }
    }

    /// Stops: accepts and reads no more, writes the replies that are pending, closes.
    /// - Parameters:
    ///   - time: after which connections that still lack a reply, or do not read, are closed as they are.
    ///   - completion: called once all connections are closed.
    public func stop(within time: Duration, completion: @escaping @Sendable () -> Void) {
        let isFirst = state.withLock { state in
            guard state.completion == nil, state.undrained == 0 else { return false }
            state.completion = completion
            state.undrained = loops.count
            return true
        }
        guard isFirst else { return }
        for loop in loops {
            loop.eventLoop.execute {
                loop.drain()
                loop.eventLoop.schedule(after: time) { loop.abortAll() }
            }
        }
    }

    func nextLoop() -> LineLoop {
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[Int(UInt(bitPattern: number) % UInt(loops.count))]
    }

    func drained() {
        let completion = state.withLock { state -> (@Sendable () -> Void)? in
            state.undrained -= 1
            guard state.undrained == 0 else { return nil }
            defer { state.completion = nil }
            return state.completion
        }
        completion?()
    }
}
