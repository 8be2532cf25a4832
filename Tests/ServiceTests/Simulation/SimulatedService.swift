import Dialogue
import Events
import Journal
import SeededRandom
import Threading
@testable import LineServer
@testable import Service

/// The service on a simulated disk, from one thread: nothing happens but what is asked for.
final class SimulatedService {
    /// What comes back from the log's queues.
    enum Returned: Sendable {
        case input(Core.Input)
        case settled(Deliveries, position: Int, isStored: Bool)
        case refused(Deliveries)
        case snapshot
    }

    let disk: SimulatedDisk
    let log: FileEventLog
    let core: Core
    private let syncs = ManualWork()
    private let maintenance = ManualWork()
    private let returned = Mailbox()
    var inbox: [Core.Input] = []
    private(set) var errands: [Core.Errand] = []
    /// Groups that were written, by command, with how many events each has.
    private(set) var written: [UInt64: Int] = [:]

    final class Mailbox: Sendable {
        private let waiting = Guarded<[Returned]>([])

        func add(_ returned: Returned) { waiting.withLock { $0.append(returned) } }
        func take() -> Returned? { waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
        var isEmpty: Bool { waiting.withLock { $0.isEmpty } }
    }

    init(_ disk: SimulatedDisk, content: Interpreter, now: Timestamp, random: Chance) throws(JournalError) {
        self.disk = disk
        var options = JournalOptions()
        options.segmentBytes = 6_000
        options.syncWork = syncs.queue
        options.maintenanceWork = maintenance.queue
        let (log, snapshot, _) = try ServiceSnapshot.recover(disk, options: options)
        self.log = log
        core = Core(log: log, content: content, access: AgentAccess(), random: random)
        core.directory = snapshot.directory
        core.erasures = snapshot.erasures
        core.cases = snapshot.cases
        core.followUps = snapshot.followUps
        try core.recall(now: now)
    }

    /// Decides what came first, as the decider does.
    func decide(_ count: Int, now: Timestamp) -> [Deliveries] {
        let inputs = Array(inbox.prefix(count))
        inbox.removeFirst(inputs.count)
        let before = log.position
        let output = core.process(inputs, now: now)
        if log.position > before {
            for group in core.batch.groups { written[group[0].id.command] = group.count }
        }
        errands += output.errands
        let durable = output.durable
        if !durable.isEmpty {
            log.sync(upTo: output.position) { [returned] result in
                let isStored = if case .success = result { true } else { false }
                returned.add(.settled(durable, position: output.position, isStored: isStored))
            }
        }
        let refused = output.refused
        if !refused.isEmpty {
            log.whenDiscarded { [returned] in returned.add(.refused(Core.refusal(refused, isCertain: $0))) }
        }
        // As the decider does, before anything else is appended.
        for (index, errand) in errands.enumerated().reversed() {
            guard case .refuse(let job) = errand else { continue }
            errands.remove(at: index)
            log.whenDiscarded { [returned] in returned.add(.input(.refused(job, isCertain: $0))) }
        }
        return output.immediate
    }

    func runSyncs() -> Int { syncs.run() }
    func runMaintenance() -> Int { maintenance.run() }

    func run(errand number: Int) {
        let returned = returned
        switch errands.remove(at: number) {
        case .load(let id, let messages, let job):
            returned.add(.input(.loaded(id, try? log.events(of: id, messages: messages), job)))
        case .reload(let job): returned.add(.input(.reloaded(.success(core.content), job)))
        case .lookUp(let id, let number, let intent):
            returned.add(.input(.lookedUp(id, number, intent: intent, .failed)))
        case .wish(let id, let wish): returned.add(.input(.wished(id, wish, nil)))
        case .refuse: break
        case .recall(let id): returned.add(.input(.recalled(id, try? log.events(of: id, messages: nil))))
        case .erase(let ids, let kept, let job):
            log.forget(ids.map { .conversation($0) }) { event in
                event.erased(keeping: kept)
            } then: { result in
                let succeeded = if case .success = result { true } else { false }
                returned.add(.input(.erased(ids, succeeded: succeeded, job)))
            }
        }
    }

    /// Takes what came back: an input waits in the inbox, answers go out.
    func takeReturned() -> (answers: Deliveries, position: Int, isStored: Bool)? {
        switch returned.take() {
        case .input(let input): inbox.append(input)
        case .settled(let durable, let position, let isStored):
            return (core.settle(durable, at: position, isStored: isStored), position, isStored)
        case .refused(let refused): return (refused, 0, false)
        case .snapshot, nil: break
        }
        return nil
    }

    var isIdle: Bool { inbox.isEmpty && errands.isEmpty && returned.isEmpty }

    func snapshot() {
        let token = log.prepareSnapshot()
        let (directory, erasures, cases) = (core.directory, core.erasures, core.cases)
        let followUps = core.followUps
        log.writeSnapshot(token) {
            ServiceSnapshot(directory: directory, erasures: erasures, cases: cases, followUps: followUps).encoded()
        } then: { _ in
        }
    }
}

/// What happens by chance; a seed makes a failure happen again.
struct Chance: RandomNumberGenerator {
    private var numbers: SplitMix64

    init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

    mutating func next() -> UInt64 { numbers.next() }

    mutating func below(_ limit: Int) -> Int { limit <= 0 ? 0 : Int(next() % UInt64(limit)) }
    mutating func percent(_ likelihood: Int) -> Bool { below(100) < likelihood }
    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }
    /// One of the names, each as likely as its weight says.
    mutating func pick(_ weights: KeyValuePairs<String, Int>) -> String {
        var left = below(weights.reduce(0) { $0 + $1.value })
        for (name, weight) in weights {
            if left < weight { return name }
            left -= weight
        }
        return weights.first?.key ?? ""
    }
}
