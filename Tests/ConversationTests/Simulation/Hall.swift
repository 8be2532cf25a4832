import Content
import Dialogue
import Events
import JSON
import Journal
import SeededRandom
import Shop
import Wire

@testable import LineServer
@testable import Service

/// The service's core on a disk in memory, with people who speak to it line by line and a shop that answers about orders
/// when it is made to. Nothing happens but what is asked for.
final class Hall {
    /// A question to the shop that it has not answered.
    enum Question {
        case order(ConversationID, String, intent: String)
        case wish(ConversationID, OrderWish)
    }

    let core: Core
    private let log: FileEventLog
    private let content: Interpreter
    private let syncs = ManualWork()
    private let maintenance = ManualWork()
    private(set) var now: Timestamp
    private(set) var questions: [Question] = []
    private var connections: [String: (handle: ConnectionHandle, role: Role)] = [:]
    private var answers: [ReplySlot: JSONValue] = [:]
    private var (serial, slot): (Int, UInt64) = (0, 0)
    private var inputs: [Core.Input] = []

    init(_ content: Interpreter, now: Timestamp, random: SplitMix64) throws(JournalError) {
        (self.content, self.now) = (content, now)
        var options = JournalOptions()
        options.syncWork = syncs.queue
        options.maintenanceWork = maintenance.queue
        log = try FileEventLog.open(SimulatedDisk(), options: options, restore: { _ in true }, fold: { _ in }).log
        core = Core(log: log, content: content, access: AgentAccess(), random: random)
    }

    /// Whether somebody is connected.
    func isThere(_ name: String) -> Bool { connections[name] != nil }

    /// The conversation of a customer who is connected.
    func conversation(of name: String) -> Conversation? {
        guard let handle = connections[name]?.handle else { return nil }
        return core.sessions[handle]?.conversation.flatMap { core.conversations[$0] }
    }

    func connect(_ name: String, _ role: Role) {
        let handle = ConnectionHandle(inMemory: serial)
        serial += 1
        connections[name] = (handle, role)
        inputs.append(.opened(handle, ConnectionOrigin(listener: 0, peer: .unix), role))
        settle()
    }

    func leave(_ name: String) {
        guard let gone = connections.removeValue(forKey: name) else { return }
        inputs.append(.closed(gone.handle))
        settle()
    }

    /// What a line is answered: the members of `OK`, or those of `ERR`, which has a `code`; nil for no answer.
    func say(_ line: String, as name: String) -> JSONValue? {
        guard let (handle, role) = connections[name] else { return nil }
        slot += 1
        let slot = ReplySlot(number: slot)
        let parsed: Result<Request, WireError> = Array(line.utf8).withUnsafeBufferPointer { bytes in
            do throws(WireError) {
                return .success(try RequestParser(role: role).parse(bytes))
            } catch { return .failure(error) }
        }
        switch parsed {
        case .success(let request): inputs.append(.job(Job(connection: handle, slot: slot, request: request)))
        case .failure(let error): return .object([.init("code", .string(error.code.rawValue))])
        }
        settle()
        return answers.removeValue(forKey: slot)
    }

    /// Time goes by, and the service looks at it.
    func pass(_ seconds: Int) {
        now = now + seconds
        inputs.append(.tick)
        settle()
    }

    /// The content is read anew.
    func reload() {
        inputs.append(.reloaded(.success(content), nil))
        settle()
    }

    /// The shop answers a question, at last.
    func answer(_ place: Int, order: OrderLookup, wish: OrderRequestOutcome?) {
        switch questions.remove(at: place) {
        case .order(let id, let number, let intent): inputs.append(.lookedUp(id, number, intent: intent, order))
        case .wish(let id, let asked): inputs.append(.wished(id, asked, wish))
        }
        settle()
    }

    /// The events of a conversation behind the first so many.
    func events(of id: ConversationID, after count: Int = 0) -> [Event] {
        guard log.version(of: .conversation(id)) > count else { return [] }
        return (try? log.read(.conversation(id), from: count + 1).map(\.event)) ?? []
    }

    private func settle() {
        while !inputs.isEmpty {
            now = Timestamp(milliseconds: now.milliseconds + 1)
            let output = core.process(inputs, now: now)
            inputs = []
            log.sync(upTo: log.position) { _ in }
            drain()
            let durable = core.settle(output.durable, at: output.position, isStored: true)
            for deliveries in output.immediate + [durable] { deliver(deliveries) }
            for errand in output.errands { run(errand) }
        }
    }

    private func drain() { while syncs.run() + maintenance.run() > 0 {} }

    private func run(_ errand: Core.Errand) {
        switch errand {
        case .load(let id, let messages, let job):
            inputs.append(.loaded(id, try? log.events(of: id, messages: messages), job))
        case .lookUp(let id, let number, let intent): questions.append(.order(id, number, intent: intent))
        case .wish(let id, let wish): questions.append(.wish(id, wish))
        case .recall(let id): inputs.append(.recalled(id, try? log.events(of: id, messages: nil)))
        case .erase(let ids, let kept, let job):
            log.forget(ids.map { .conversation($0) }) { event in
                event.erased(keeping: kept)
            } then: { _ in
            }
            drain()
            inputs.append(.erased(ids, succeeded: true, job))
        case .reload(let job): inputs.append(.reloaded(.success(content), job))
        case .refuse(let job): inputs.append(.refused(job, isCertain: true))
        }
    }

    private func deliver(_ deliveries: Deliveries) {
        for record in deliveries.records where record.kind == .reply {
            let line = deliveries.bytes[record.start..<record.end].prefix { $0 != 0x0A }
            answers[record.slot] = (try? JSONValue.parse(Array(line.drop { $0 != UInt8(ascii: "{") }))) ?? .null
        }
    }
}
