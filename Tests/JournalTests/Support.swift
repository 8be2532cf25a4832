import Events
import JSON
import Synchronization
import Testing
import Threading
@testable import Journal

/// A log on a simulated disk whose background work runs when told.
struct TestLog {
    let disk: SimulatedDisk
    let log: FileEventLog
    let report: OpenReport
    let syncs: ManualWork
    let maintenance: ManualWork
    let notices: Collected<JournalNotice>
    /// What was folded at the start.
    let folded: [StoredEvent]
    let payload: [UInt8]?

    init(
        _ disk: SimulatedDisk = SimulatedDisk(), segmentBytes: Int = 1 << 20, salvage: Bool = false,
        acceptsPayload: Bool = true
    ) throws {
        let notices = Collected<JournalNotice>()
        let (syncs, maintenance) = (ManualWork(), ManualWork())
        var options = JournalOptions()
        options.segmentBytes = segmentBytes
        options.salvage = salvage
        options.syncWork = syncs.queue
        options.maintenanceWork = maintenance.queue
        options.notice = { notices.add($0) }
        var folded: [StoredEvent] = []
        var payload: [UInt8]?
        (log, report) = try FileEventLog.open(disk, options: options) { bytes in
            if acceptsPayload { payload = bytes }
            return acceptsPayload
        } fold: {
            folded.append($0)
        }
        (self.disk, self.syncs, self.maintenance, self.notices) = (disk, syncs, maintenance, notices)
        (self.folded, self.payload) = (folded, payload)
    }

    /// Runs background work until there is none; what comes back in time again and again is run a few times.
    func settle() {
        for _ in 0..<20 where syncs.run() + maintenance.run() == 0 { return }
    }

    /// Syncs all and tells whether it worked.
    @discardableResult
    func sync() -> Result<Void, JournalError>? {
        let results = Collected<Result<Void, JournalError>>()
        log.sync(upTo: log.position) { results.add($0) }
        settle()
        return results.all.first
    }

    func snapshot(_ payload: [UInt8] = [1, 2, 3]) throws {
        let results = Collected<Result<Void, JournalError>>()
        log.writeSnapshot(log.prepareSnapshot(), payload: { payload }) { results.add($0) }
        settle()
        try #require(results.all.first).get()
    }

    func forget(_ stream: StreamID) throws {
        let results = Collected<Result<Void, JournalError>>()
        log.forget([stream], replacing: redacted) { results.add($0) }
        settle()
        try #require(results.all.first).get()
    }
}

/// What closures on other queues gather.
final class Collected<Element: Sendable>: Sendable {
    private let elements = Guarded<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }

    func add(_ element: Element) { elements.withLock { $0.append(element) } }
}

/// A value that closures on other queues change.
final class Shared<Value: Sendable>: Sendable {
    private let mutex: Guarded<Value>

    init(_ value: Value) { mutex = Guarded(value) }

    var value: Value { mutex.withLock { $0 } }

    func update(_ change: (inout Value) -> Void) { mutex.withLock { change(&$0) } }
}

func conversation(_ number: Int) -> StreamID { .conversation(ConversationID(bits: UInt64(number))) }

private let nextCommand = Atomic<UInt64>(1)

/// A group of events, one for each stream with its version, that the customer said something.
func group(_ streams: (StreamID, Int)..., text: String = "hola, ¿cuánto cuesta?") -> [Event] {
    let command = nextCommand.wrappingAdd(1, ordering: .relaxed).newValue
    return streams.enumerated().map { index, stream in
        Event(
            stream: stream.0, version: stream.1, id: EventID(command: command, index: index),
            at: Timestamp(milliseconds: 1_795_535_353_042), body: .customerSaid(seq: stream.1, text: text))
    }
}

@Sendable
func redacted(_ event: Event) -> Event? {
    guard case .customerSaid(let seq, _) = event.body else { return nil }
    var event = event
    event.body = .customerSaid(seq: seq, text: "")
    return event
}

/// The journal's segments on the disk, by name.
func segments(_ disk: SimulatedDisk) throws -> [String] {
    try disk.list().filter { $0.hasSuffix(".jsonl") }.sorted()
}
