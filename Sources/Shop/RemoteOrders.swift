import Content
import Dispatch
import Threading

/// Orders that a shop's own programs are asked for: so many at once, others wait a little, and nobody asks for a while
/// once it has failed several times.
public final class RemoteOrders: OrderSource {
    /// What the operator should hear of a source.
    public enum Notice: Sendable, Equatable {
        /// Nobody asks for a while, since it failed so.
        case suspended(OrderSourceFailure)
        /// It answers again.
        case resumed
    }

    /// How a source is.
    public struct Health: Sendable, Equatable {
        /// Of the circuit breaker.
        public var state = CircuitBreaker.State.closed
        /// How it failed last, where it has not answered since.
        public var failure: OrderSourceFailure?

        /// Sound.
        public init() {}
    }

    /// A question with what follows from its answer.
    private struct Pending: Sendable {
        let id: Int
        let question: ShopQuestion
        let deadline: DispatchTime
        /// Makes of the answer what `then` is told.
        let finish: @Sendable (Result<ShopReply, OrderSourceFailure>) -> Ending
    }

    private struct Ending {
        let failure: OrderSourceFailure?
        let tell: () -> Void
    }

    /// What is done with a question under the lock's protection, and carried out without it.
    private enum Step {
        case ask(Pending, CircuitBreaker.Admission)
        case refuse(Pending, OrderSourceFailure)
    }

    private struct State {
        var breaker = CircuitBreaker()
        var failure: OrderSourceFailure?
        var asking = 0
        var waiting: [Pending] = []
        var count = 0
        var isClosed = false
        var requests = RequestMemory()
    }

    private let connection: any ShopConnection
    private let timeout: Int
    private let atOnce: Int
    private let notice: @Sendable (Notice) -> Void
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Guarded(State())
    private let queue = DispatchQueue(label: "orders", attributes: .concurrent)

    /// Questions that wait for each that is being asked: more would not get their turn within the time limit.
    static let waitingForEach = 8

    /// - Parameters:
    ///   - timeout: seconds, waiting included.
    ///   - atOnce: questions to the shop at one time.
    ///   - notice: on any thread.
    init(
        _ connection: any ShopConnection, timeout: Int, atOnce: Int, notice: @escaping @Sendable (Notice) -> Void,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.connection = connection
        self.timeout = timeout
        self.atOnce = atOnce
        self.notice = notice
        self.now = now
    }

    /// How it is now.
    public var health: Health {
        state.withLock { state in
            var health = Health()
            health.state = state.breaker.state(at: now())
            health.failure = state.failure
            return health
        }
    }

    /// Asks for an order.
    public func order(_ number: String, then: @escaping @Sendable (Result<Order?, OrderSourceFailure>) -> Void) {
        ask(.order(number), then: then) { reply throws(OrderSourceFailure) in
            guard case .body(let bytes) = reply else { return nil }
            return try OrderJSON.order(bytes, number: number)
        }
    }

    /// Passes a wish on, once for each key.
    public func request(
        _ request: OrderRequest, then: @escaping @Sendable (Result<OrderRequestOutcome, OrderSourceFailure>) -> Void
    ) {
        let recall = state.withLock { $0.requests.recall(request.key, then) }
        switch recall {
        case .underWay: return
        case .done(let outcome): return queue.async { then(.success(outcome)) }
        case .new: break
        }
        ask(.request(request)) { [self] (result: Result<OrderRequestOutcome, OrderSourceFailure>) in
            let outcome: OrderRequestOutcome? = try? result.get()
            let waiting = state.withLock { $0.requests.settle(request.key, outcome) }
            for then in waiting { then(result) }
        } reading: { reply throws(OrderSourceFailure) in
            switch reply {
            case .body(let bytes): try OrderJSON.outcome(bytes)
            case .nothing: .accepted(reference: nil)
            case .refusal(let bytes): .refused(reason: OrderJSON.reason(bytes))
            }
        }
    }

    /// Takes nothing more; what waits or is under way ends as `closed`.
    public func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for pending in waiting { carryOut(.refuse(pending, .closed)) }
        connection.close()
    }

    // MARK: - One question

    private func ask<Value: Sendable>(
        _ question: ShopQuestion, then: @escaping @Sendable (Result<Value, OrderSourceFailure>) -> Void,
        reading: @escaping @Sendable (ShopReply) throws(OrderSourceFailure) -> Value
    ) {
        let deadline = DispatchTime.now() + .seconds(timeout)
        let step = state.withLock { state -> Step? in
            state.count += 1
            let pending = Pending(id: state.count, question: question, deadline: deadline) { reply in
                let result = Self.read(reply, reading)
                let failure: OrderSourceFailure? = if case .failure(let failure) = result { failure } else { nil }
                return Ending(failure: failure) { then(result) }
            }
            if state.asking < atOnce || state.isClosed { return begin(pending, &state) }
            if state.breaker.state(at: now()) == .open { return .refuse(pending, .suspended) }
            guard state.waiting.count < atOnce * Self.waitingForEach else { return .refuse(pending, .busy) }
            state.waiting.append(pending)
            queue.asyncAfter(deadline: deadline) { self.giveUp(pending.id) }
            return nil
        }
        if let step { carryOut(step) }
    }

    private static func read<Value>(
        _ reply: Result<ShopReply, OrderSourceFailure>, _ reading: (ShopReply) throws(OrderSourceFailure) -> Value
    ) -> Result<Value, OrderSourceFailure> {
        do throws(OrderSourceFailure) { return .success(try reading(try reply.get())) } catch {
            return .failure(error)
        }
    }

    private func begin(_ pending: Pending, _ state: inout State) -> Step {
        if state.isClosed { return .refuse(pending, .closed) }
        guard let admission = state.breaker.admit(at: now()) else { return .refuse(pending, .suspended) }
        state.asking += 1
        return .ask(pending, admission)
    }

    private func carryOut(_ step: Step) {
        switch step {
        case .refuse(let pending, let failure): queue.async { pending.finish(.failure(failure)).tell() }
        case .ask(let pending, let admission):
            connection.ask(pending.question, by: pending.deadline) { self.answered(pending, admission, $0) }
        }
    }

    private func answered(
        _ pending: Pending, _ admission: CircuitBreaker.Admission, _ reply: Result<ShopReply, OrderSourceFailure>
    ) {
        let ending = pending.finish(reply)
        let (change, steps) = state.withLock { state -> (CircuitBreaker.Change?, [Step]) in
            state.asking -= 1
            let change = settle(ending.failure, admission, &state)
            var steps: [Step] = []
            while state.asking < atOnce, !state.waiting.isEmpty {
                steps.append(begin(state.waiting.removeFirst(), &state))
            }
            return (change, steps)
        }
        switch change {
        case .opened: if let failure = ending.failure { notice(.suspended(failure)) }
        case .closed: notice(.resumed)
        case nil: break
        }
        ending.tell()
        for step in steps { carryOut(step) }
    }

    private func settle(
        _ failure: OrderSourceFailure?, _ admission: CircuitBreaker.Admission, _ state: inout State
    ) -> CircuitBreaker.Change? {
        if let failure, !failure.isTheShops {
            state.breaker.withdraw(admission)
            return nil
        }
        state.failure = failure
        return state.breaker.settle(admission, succeeded: failure == nil, at: now())
    }

    /// Its turn did not come in time.
    private func giveUp(_ id: Int) {
        let late = state.withLock { state -> Pending? in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        if let late { late.finish(.failure(.busy)).tell() }
    }
}
