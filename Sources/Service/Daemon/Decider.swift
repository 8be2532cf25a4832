import Dialogue
import Dispatch
import Events
import Journal
import LineServer
import Shop
import Wire

/// Where everything is decided, by one thread at a time: it takes what has gathered, decides it all, writes once, and
/// lets the answers go: at once, or when the log is synced.
///
/// `@unchecked Sendable`: `core`, `timer`, `isStopped` and `snapshotPosition` belong to whoever has the turn.
final class Decider: @unchecked Sendable {
    private let turns = TurnTaker<Core.Input>(label: "decider")
    private let errandQueue = DispatchQueue(label: "errands", attributes: .concurrent)
    private let core: Core
    private let log: FileEventLog
    private let clock: @Sendable () -> Timestamp
    private var timer: (any DispatchSourceTimer)?
    private var isStopped = false
    /// Position of the last snapshot; none is needed before so many events have come.
    private var snapshotPosition = 0
    /// Set before anything comes in.
    nonisolated(unsafe) weak var server: LineServer?
    /// Where the shop has its orders. Set before anything comes in.
    nonisolated(unsafe) var orders: OrderDesk?
    /// Reads the content again.
    nonisolated(unsafe) var reload:
        @Sendable (@escaping @Sendable (Result<Interpreter, ContentProblems>) -> Void) -> Void = { _ in }

    /// Events after which a snapshot is taken, so that a start reads no more than these.
    private static let snapshotInterval = 200_000

    init(core: Core, log: FileEventLog, clock: @escaping @Sendable () -> Timestamp) {
        self.core = core
        self.log = log
        self.clock = clock
        snapshotPosition = log.position
        turns.take = { [weak self] in self?.decide($0) }
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
    func submit(_ inputs: [Core.Input]) { turns.submit(inputs) }

    /// Hands inputs over and decides them on the caller's thread, where nobody is deciding.
    func decideHere(_ inputs: [Core.Input]) { turns.takeHere(inputs) }

    private func decide(_ inputs: [Core.Input]) {
        guard !isStopped else { return }
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
            self?.turns.perform { [weak self] in
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
        case .load(let id, let messages, let job):
            errandQueue.async { [log] in self.submit([.loaded(id, try? log.events(of: id, messages: messages), job)]) }
        case .lookUp(let id, let number, let intent):
            orders?.order(number) { result in
                let answer: OrderLookup = if case .success(let order) = result { .found(order) } else { .failed }
                self.submit([.lookedUp(id, number, intent: intent, answer)])
            }
        case .wish(let id, let wish):
            orders?.request(OrderRequest(wish)) { self.submit([.wished(id, wish, try? $0.get())]) }
        case .refuse(let job): log.whenDiscarded { self.submit([.refused(job, isCertain: $0)]) }
        case .reload(let job):
            reload { result in self.submit([.reloaded(result, job)]) }
        case .recall(let id):
            errandQueue.async { [log] in self.submit([.recalled(id, try? log.events(of: id, messages: nil))]) }
        case .erase(let ids, let kept, let job):
            log.forget(ids.map { .conversation($0) }) { event in
                event.erased(keeping: kept)
            } then: { result in
                let succeeded = if case .success = result { true } else { false }
                self.submit([.erased(ids, succeeded: succeeded, job)])
            }
        }
    }

    /// Writes the directory beside the log, so that a start need not read all of it.
    private func snapshot(then: @escaping @Sendable () -> Void) {
        let token = log.prepareSnapshot()
        snapshotPosition = token.position
        let directory = core.directory
        let erasures = core.erasures
        let cases = core.cases
        let followUps = core.followUps
        log.writeSnapshot(token) {
            ServiceSnapshot(directory: directory, erasures: erasures, cases: cases, followUps: followUps).encoded()
        } then: { _ in
            then()
        }
    }

    /// Decides nothing more, syncs what there is, and leaves a snapshot for the next start.
    func stop(then: @escaping @Sendable () -> Void) {
        turns.perform {
            self.timer?.cancel()
            self.isStopped = true
            self.log.sync(upTo: self.log.position) { _ in
                self.turns.perform { self.snapshot(then: then) }
            }
        }
    }
}
