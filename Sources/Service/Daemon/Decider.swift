import Dialogue
import Dispatch
import Events
import Journal
import LineServer
import Synchronization
import Wire

/// Where everything is decided, by one thread at a time: it takes what has gathered, decides it all, writes once, and
/// lets the answers go: at once, or when the log is synced.
///
/// Little that comes in at once is decided by the thread that brings it, since to wake another takes longer than to
/// decide. Much of it is left to a thread of the decider's own, so that the loops go on with what comes next.
///
/// `@unchecked Sendable`: `core`, `timer`, `isStopped` and `snapshotPosition` belong to whoever has taken the inbox.
final class Decider: @unchecked Sendable {
    private let queue = DispatchQueue(label: "decider", qos: .userInitiated)
    private let errandQueue = DispatchQueue(label: "errands", attributes: .concurrent)
    private let inbox = Mutex(Inbox())
    /// Wakes the decider's own thread while it rests.
    private let signal = DispatchSemaphore(value: 0)
    private let core: Core
    private let log: FileEventLog
    private let clock: @Sendable () -> Timestamp
    private var timer: (any DispatchSourceTimer)?
    private var isStopped = false
    /// Position of the last snapshot; none is needed before so many events have come.
    private var snapshotPosition = 0
    /// Set before anything comes in.
    nonisolated(unsafe) weak var server: LineServer?
    /// Reads the content again.
    nonisolated(unsafe) var reload:
        @Sendable (@escaping @Sendable (Result<Interpreter, ContentProblems>) -> Void) -> Void = { _ in }

    /// Events after which a snapshot is taken, so that a start reads no more than these.
    private static let snapshotInterval = 200_000
    /// How long the decider keeps its thread when nothing waits.
    private static let patience = DispatchTimeInterval.milliseconds(10)

    /// What waits to be decided.
    private struct Inbox {
        var inputs: [Core.Input] = []
        /// Done after the inputs.
        var work: [@Sendable () -> Void] = []
        var holder = Holder.nobody
        var thread = Rest.asleep

        var isEmpty: Bool { inputs.isEmpty && work.isEmpty }
    }

    /// Who decides, or is woken to.
    private enum Holder { case nobody, caller, thread }

    /// What the decider's own thread is doing, hence what it takes to wake it.
    private enum Rest {
        case awake
        /// Waits for the signal.
        case resting
        /// Has gone back to Dispatch.
        case asleep
    }

    init(core: Core, log: FileEventLog, clock: @escaping @Sendable () -> Timestamp) {
        self.core = core
        self.log = log
        self.clock = clock
        snapshotPosition = log.position
    }

    /// Begins to tell time.
    func start() {
        let timer = DispatchSource.makeTimerSource(queue: errandQueue)
        timer.schedule(deadline: .now() + 1, repeating: 1, leeway: .milliseconds(50))
        timer.setEventHandler { [weak self] in self?.submit([.tick]) }
        self.timer = timer
        timer.resume()
    }

    /// Hands inputs over, from any thread, to the decider's own.
    func submit(_ inputs: [Core.Input]) { put { $0.inputs += inputs } }

    /// Has something done with the state, after what was handed over before, from any thread.
    private func perform(_ body: @escaping @Sendable () -> Void) { put { $0.work.append(body) } }

    private func put(_ change: (inout Inbox) -> Void) {
        let rest = inbox.withLock { inbox in
            change(&inbox)
            return inbox.holder == .nobody ? Self.handOver(&inbox) : .awake
        }
        wake(rest)
    }

    /// Decides inputs on the caller's thread, unless another is deciding: that one goes on with them.
    func decideHere(_ inputs: [Core.Input]) {
        let isFree = inbox.withLock { inbox in
            inbox.inputs += inputs
            guard inbox.holder == .nobody else { return false }
            inbox.holder = .caller
            return true
        }
        guard isFree else { return }
        if let taken = take() { decide(taken) }
        // What came meanwhile is others': the caller has its own connections to see to.
        let rest = inbox.withLock { inbox in
            guard inbox.isEmpty else { return Self.handOver(&inbox) }
            inbox.holder = .nobody
            return .awake
        }
        wake(rest)
    }

    /// Leaves the inbox to the decider's own thread.
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

    /// The decider's own thread: decides until nothing waits, and then stays for a while. What comes soon after finds the
    /// caches and the allocator of the thread that decided before, which Dispatch would not see to.
    private func run() {
        repeat {
            while let taken = take() { decide(taken) }
        } while isWoken()
    }

    /// What waits; nil where nothing does, and then the inbox is anybody's.
    private func take() -> Inbox? {
        inbox.withLock { inbox in
            if inbox.isEmpty {
                inbox.holder = .nobody
                return nil
            }
            var taken = Inbox()
            swap(&taken.inputs, &inbox.inputs)
            swap(&taken.work, &inbox.work)
            return taken
        }
    }

    /// Waits for more; where none comes, the thread is Dispatch's again.
    private func isWoken() -> Bool {
        let mayRest = inbox.withLock { inbox in
            // Somebody may have handed over since, to a thread that was not resting yet.
            guard inbox.holder != .thread else { return false }
            inbox.thread = .resting
            return true
        }
        if !mayRest || signal.wait(timeout: .now() + Self.patience) == .success { return true }
        let isAsleep = inbox.withLock { inbox in
            if inbox.thread == .resting { inbox.thread = .asleep }
            return inbox.thread == .asleep
        }
        // Whoever has handed over in this moment signals.
        if !isAsleep { signal.wait() }
        return !isAsleep
    }

    private func decide(_ taken: Inbox) {
        decide(taken.inputs)
        for body in taken.work { body() }
    }

    private func decide(_ inputs: [Core.Input]) {
        guard !isStopped, !inputs.isEmpty else { return }
        let output = core.process(inputs, now: clock())
        for deliveries in output.immediate where !deliveries.isEmpty { server?.deliver(deliveries) }
        release(output.durable, at: output.position)
        refuse(output.refused)
        for errand in output.errands { run(errand) }
        // An erasure takes the snapshots away: without a new one the next start would read the whole log.
        if log.position - snapshotPosition >= Self.snapshotInterval || core.needsSnapshot {
            core.needsSnapshot = false
            snapshot {}
        }
    }

    /// Lets answers go once the log is synced; an answer whose sync failed becomes an error, its pushes are dropped.
    private func release(_ deliveries: Deliveries, at position: Int) {
        guard !deliveries.isEmpty else { return }
        log.sync(upTo: position) { [weak self] result in
            self?.perform { [weak self] in
                guard let self else { return }
                let isStored = if case .success = result { true } else { false }
                server?.deliver(core.settle(deliveries, at: position, isStored: isStored))
            }
        }
    }

    /// Tells that nothing was done, once that is so whatever happens.
    private func refuse(_ deliveries: Deliveries) {
        guard !deliveries.isEmpty else { return }
        log.whenDiscarded { [weak self] isCertain in
            self?.server?.deliver(Core.refusal(deliveries, isCertain: isCertain))
        }
    }

    private func run(_ errand: Core.Errand) {
        switch errand {
        case .load(let id, let job):
            errandQueue.async { [log] in
                let events = try? log.read(.conversation(id), from: 1)
                self.submit([.loaded(id, events?.map(\.event), job)])
            }
        case .refuse(let job): log.whenDiscarded { self.submit([.refused(job, isCertain: $0)]) }
        case .reload(let job):
            reload { result in self.submit([.reloaded(result, job)]) }
        case .erase(let id, let job):
            log.forget(.conversation(id)) { event in
                event.erased()
            } then: { result in
                if case .success = result {
                    self.submit([.erased(id, succeeded: true, job)])
                } else {
                    self.submit([.erased(id, succeeded: false, job)])
                }
            }
        }
    }

    /// Writes the directory beside the log, so that a start need not read all of it.
    private func snapshot(then: @escaping @Sendable () -> Void) {
        let token = log.prepareSnapshot()
        snapshotPosition = token.position
        let directory = core.directory
        let erasures = core.erasures
        log.writeSnapshot(token) {
            ServiceSnapshot(directory: directory, erasures: erasures).encoded()
        } then: { _ in
            then()
        }
    }

    /// Runs something with the state, before anything is handed over.
    func inspect<Value: Sendable>(_ body: (Core) -> Value) -> Value { body(core) }

    /// Decides nothing more, syncs what there is, and leaves a snapshot for the next start.
    func stop(then: @escaping @Sendable () -> Void) {
        perform {
            self.timer?.cancel()
            self.isStopped = true
            self.log.sync(upTo: self.log.position) { _ in
                self.perform { self.snapshot(then: then) }
            }
        }
    }
}
