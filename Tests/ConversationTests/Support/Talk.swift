import Dialogue
import Events
import JSON
import Journal
import Synchronization
import Wire

@testable import LineServer
@testable import Loop
@testable import Service

/// The real service in memory, spoken to a line at a time: one customer, and agents who work at the desk.
final class Talk {
    private let log: FileEventLog
    private let core: Core
    private let content: Interpreter
    private let syncs = ManualWork()
    private let maintenance = ManualWork()
    private var slots: [String: UInt64] = [:]
    private var names: [String] = []
    private let parsers = (customer: RequestParser(role: .customer), agent: RequestParser(role: .agent))
    /// The language of the customer's last message, as the gateway keeps it.
    private var language: String?
    var now = Talk.morning

    /// Tuesday, 24 November 2026, 11:00 in Madrid.
    static let morning = Timestamp(milliseconds: 1_795_514_400_000)

    init(_ content: Interpreter) throws {
        self.content = content
        var options = JournalOptions()
        options.syncWork = syncs.queue
        options.maintenanceWork = maintenance.queue
        log = try FileEventLog.open(SimulatedDisk(), options: options) { _ in
            true
        } fold: { _ in
        }.log
        core = Core(log: log, content: content, access: AgentAccess(), random: SystemRandomNumberGenerator())
    }

    /// The conversation's id, once there is one.
    var conversation: ConversationID? { core.sessions[handle("")]?.conversation }

    /// Says a line for somebody (the customer has no name) and returns the answer: the line's JSON, or its error.
    func say(_ line: String, as name: String = "") throws -> JSONValue {
        now = Timestamp(milliseconds: now.milliseconds + 5_000)
        if !names.contains(name) {
            names.append(name)
            _ = core.process(
                [.opened(handle(name), ConnectionOrigin(listener: 0, peer: .unix), name.isEmpty ? .customer : .agent)],
                now: now)
        }
        slots[name, default: 0] += 1
        let slot = ReplySlot(number: slots[name] ?? 0)
        let request = try parse(line, name)
        var understanding: Understanding?
        switch request.command {
        case .say(let text):
            understanding = content.understand(text, language: language)
            language = understanding?.language
        case .language(let code): language = content.language(code) ?? language
        case .hello(let hello): language = content.language(hello.language) ?? language
        default: break
        }
        var inputs: [Core.Input] = [
            .job(
                Job(
                    connection: handle(name), slot: slot, request: request, understanding: understanding,
                    content: understanding.map { _ in content }))
        ]
        while !inputs.isEmpty {
            let output = core.process(inputs, now: now)
            inputs = output.errands.compactMap(run)
            let stored = Mutex(false)
            log.sync(upTo: output.position) { result in
                if case .success = result { stored.withLock { $0 = true } }
            }
            while syncs.run() + maintenance.run() > 0, !stored.withLock({ $0 }) {}
            let durable = core.settle(output.durable, at: output.position, isStored: stored.withLock { $0 })
            for deliveries in output.immediate + [durable] {
                if let answer = try answer(deliveries, handle(name), slot) { return answer }
            }
        }
        return .null
    }

    private func run(_ errand: Core.Errand) -> Core.Input? {
        guard case .load(let id, let messages, let job) = errand else { return nil }
        return .loaded(id, try? log.events(of: id, messages: messages), job)
    }

    private func answer(_ deliveries: Deliveries, _ handle: ConnectionHandle, _ slot: ReplySlot) throws -> JSONValue? {
        for record in deliveries.records
        where record.kind == .reply && record.connection == handle && record.slot == slot {
            let line = deliveries.bytes[Int(record.start)..<Int(record.end)].split(separator: 0x0A)[0]
            return try JSONValue.parse(Array(line.drop { $0 != UInt8(ascii: "{") }))
        }
        return nil
    }

    private func parse(_ line: String, _ name: String) throws -> Request {
        let result: Result<Request, WireError> = Array(line.utf8).withUnsafeBufferPointer { buffer in
            do throws(WireError) {
                return .success(try (name.isEmpty ? parsers.customer : parsers.agent).parse(buffer))
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func handle(_ name: String) -> ConnectionHandle {
        let number = names.firstIndex(of: name) ?? names.count
        return ConnectionHandle(loop: 0, id: ConnectionID(rawValue: UInt64(number + 1)))
    }
}
