import Dialogue
import Dispatch
import Events
import Journal
import LineServer
import Synchronization
import Wire

/// The one queue on which everything is decided. It takes what has gathered, decides it all, writes once, and lets the
/// answers go: at once, or when the log is synced.
///
/// `@unchecked Sendable`: `core`, `timer`, `isStopped` and `snapshotPosition` are guarded by `queue`.
final class Decider: @unchecked Sendable {
    private let queue = DispatchQueue(label: "decider", qos: .userInitiated)
    private let errandQueue = DispatchQueue(label: "errands", attributes: .concurrent)
    private let inbox = Mutex(Inbox())
    /// Signalled when something comes in while the queue rests.
    private let wake = DispatchSemaphore(value: 0)
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
    /// How long the queue keeps its thread when nothing waits.
    private static let patience = DispatchTimeInterval.milliseconds(10)

    /// What waits for the queue.
    private struct Inbox {
        var inputs: [Core.Input] = []
        /// Done after the inputs.
        var work: [@Sendable () -> Void] = []
        var rest = Rest.asleep

        var isEmpty: Bool { inputs.isEmpty && work.isEmpty }
    }

    /// What the queue is doing, hence what it takes to wake it.
    private enum Rest {
        case awake
        /// Keeps its thread and waits for the signal.
        case resting
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
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + 1, repeating: 1, leeway: .milliseconds(50))
        timer.setEventHandler { [weak self] in self?.submit([.tick]) }
        timer.resume()
        queue.sync {
            self.timer = timer
        }
    }

    /// Hands inputs over, from any thread.
    func submit(_ inputs: [Core.Input]) { put { $0.inputs += inputs } }

    /// Has something done on the queue, after what was handed over before, from any thread.
    private func perform(_ body: @escaping @Sendable () -> Void) { put { $0.work.append(body) } }

    private func put(_ change: (inout Inbox) -> Void) {
        let rest = inbox.withLock { inbox in
            change(&inbox)
            defer { inbox.rest = .awake }
            return inbox.rest
        }
        switch rest {
        case .awake: break
        case .resting: wake.signal()
        case .asleep: queue.async { self.drain() }
        }
    }

    /// Decides until nothing waits, and then keeps the thread for a while: what comes soon after finds the caches and the
    /// allocator of the thread that decided before, which Dispatch would not see to.
    private func drain() {
        repeat {
            while let taken = take() {
                decide(taken.inputs)
                for body in taken.work { body() }
            }
        } while isWoken()
    }

    /// What waits; nil where nothing does, and the queue rests.
    private func take() -> Inbox? {
        inbox.withLock { inbox in
            if inbox.isEmpty {
                inbox.rest = .resting
                return nil
            }
            var taken = Inbox()
            taken.rest = .awake
            swap(&taken, &inbox)
            return taken
        }
    }

    /// Waits for more; where none comes, the queue is asleep.
    private func isWoken() -> Bool {
        if wake.wait(timeout: .now() + Self.patience) == .success { return true }
        let isAsleep = inbox.withLock { inbox in
            if inbox.rest == .resting { inbox.rest = .asleep }
            return inbox.rest == .asleep
        }
        // Whoever put something in since then signals.
        if !isAsleep { wake.wait() }
        return !isAsleep
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
    func inspect<Value: Sendable>(_ body: (Core) -> Value) -> Value { queue.sync { body(core) } }

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
