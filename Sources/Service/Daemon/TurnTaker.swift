import Dispatch
import Threading

/// Takes what many threads hand over, in its order and by one thread at a time.
///
/// Little that comes in at once may be taken by the thread that brings it, since to wake another takes longer than to
/// decide. Much of it is left to a thread of its own, so that the caller goes on with what comes next.
final class TurnTaker<Input: Sendable>: Sendable {
    private struct Inbox: Sendable {
        var inputs: [Input] = []
        /// Done after the inputs.
        var work: [@Sendable () -> Void] = []
        var holder = Holder.nobody
        var thread = Rest.asleep

        var isEmpty: Bool { inputs.isEmpty && work.isEmpty }
    }

    /// Who has the turn, or is woken to take it.
    private enum Holder { case nobody, caller, thread }

    /// What the own thread is doing, hence what it takes to wake it.
    private enum Rest {
        case awake
        /// Waits for the signal.
        case resting
        /// Has gone back to Dispatch.
        case asleep
    }

    /// Takes inputs. Set before any come.
    nonisolated(unsafe) var take: ([Input]) -> Void = { _ in }
    private let inbox = Guarded(Inbox())
    private let queue: DispatchQueue
    /// Wakes the own thread while it rests.
    private let signal = DispatchSemaphore(value: 0)
    /// How long the thread stays when nothing waits: what comes soon after finds the caches and the allocator of the
    /// thread that was at it before, which Dispatch would not see to.
    private let patience = DispatchTimeInterval.milliseconds(10)

    init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

    /// Hands inputs over to the own thread.
    func submit(_ inputs: [Input]) { put { $0.inputs += inputs } }

    /// Has something done in a turn, after what was handed over before.
    func perform(_ body: @escaping @Sendable () -> Void) { put { $0.work.append(body) } }

    /// Hands inputs over and takes them on the caller's thread, unless another has the turn: that one goes on with them.
    func takeHere(_ inputs: [Input]) {
        let isFree = inbox.withLock { inbox in
            inbox.inputs += inputs
            guard inbox.holder == .nobody else { return false }
            inbox.holder = .caller
            return true
        }
        guard isFree else { return }
        takeWaiting()
        // What came meanwhile is others': the caller has work of its own to see to.
        let rest = inbox.withLock { inbox in
            guard inbox.isEmpty else { return Self.handOver(&inbox) }
            inbox.holder = .nobody
            return .awake
        }
        wake(rest)
    }

    private func put(_ change: (inout Inbox) -> Void) {
        let rest = inbox.withLock { inbox in
            change(&inbox)
            return inbox.holder == .nobody ? Self.handOver(&inbox) : .awake
        }
        wake(rest)
    }

    /// Gives the turn to the own thread.
    /// - Returns: what the thread was doing.
    private static func handOver(_ inbox: inout Inbox) -> Rest {
        inbox.holder = .thread
        defer { inbox.thread = .awake }
        return inbox.thread
    }

    private func wake(_ rest: Rest) {
        switch rest {
        case .awake: break
        case .resting: signal.signal()
        case .asleep: queue.async { self.run() }
        }
    }

    private func run() {
        repeat {
            repeat { takeWaiting() } while keepsTurn()
        } while isWoken()
    }

    private func takeWaiting() {
        let (inputs, work) = inbox.withLock { inbox in
            defer { (inbox.inputs, inbox.work) = ([], []) }
            return (inbox.inputs, inbox.work)
        }
        if !inputs.isEmpty { take(inputs) }
        for body in work { body() }
    }

    /// Whether more waits; where nothing does, the turn is anybody's.
    private func keepsTurn() -> Bool {
        inbox.withLock { inbox in
            if inbox.isEmpty { inbox.holder = .nobody }
            return !inbox.isEmpty
        }
    }

    /// Waits for the turn; where nobody gives it, the thread is Dispatch's again.
    private func isWoken() -> Bool {
        let mayRest = inbox.withLock { inbox in
            // Somebody may have given it since, to a thread that was not resting yet.
            guard inbox.holder != .thread else { return false }
            inbox.thread = .resting
            return true
        }
        if !mayRest || signal.wait(timeout: .now() + patience) == .success { return true }
        let isAsleep = inbox.withLock { inbox in
            if inbox.thread == .resting { inbox.thread = .asleep }
            return inbox.thread == .asleep
        }
        // Whoever gave it in this moment signals.
        if !isAsleep { signal.wait() }
        return !isAsleep
    }
}
