import Content
import Dialogue
import Events
import JSON
import Journal
import Language
import LineServer
import Threading
import Wire

/// The real service in memory, spoken to a line at a time: one customer, and agents who work at the desk. Nothing runs
/// beside it and no time goes by but what it is told.
final class MemoryService {
    private let log: FileEventLog
    private let core: Core
    private let content: Interpreter
    private let syncs = ManualWork()
    private let maintenance = ManualWork()
    private var slots: [String: UInt64] = [:]
    private var names: [String] = []
    private let parsers = (customer: RequestParser(role: .customer), agent: RequestParser(role: .agent))
    private let secrets = SecretMask(words: Catalogue.words(.secretWords), links: Catalogue.words(.secretLinks))
    /// The language of the customer's last message, as the gateway keeps it.
    private var language: String?
    private var now: Timestamp

    /// Milliseconds between two lines.
    private static let pause: Int64 = 5_000

    init(_ content: Interpreter, now: Timestamp) throws(JournalError) {
        self.content = content
        self.now = now
        var options = JournalOptions()
        options.syncWork = syncs.queue
        options.maintenanceWork = maintenance.queue
        log = try FileEventLog.open(SimulatedDisk(), options: options, restore: { _ in true }, fold: { _ in }).log
        core = Core(log: log, content: content, access: AgentAccess(), random: SystemRandom())
        core.keepsOrders = true
    }

    /// The customer's conversation, once there is one.
    var conversation: Conversation? { core.sessions[handle("")]?.conversation.flatMap { core.conversations[$0] } }

    /// Says a line for somebody (the customer has no name) and returns the answer: the line's JSON, or its error.
    func say(_ line: String, as name: String = "") -> JSONValue {
        now = Timestamp(milliseconds: now.milliseconds + Self.pause)
        if !names.contains(name) { open(name) }
        slots[name, default: 0] += 1
        let slot = ReplySlot(number: slots[name] ?? 0)
        switch parse(line, name) {
        case .failure(let error): return Self.json(error.line[...])
        case .success(var request):
            if name.isEmpty { request.maskCustomersText(secrets) }
            return take(job(request, handle(name), slot))
        }
    }

    private func open(_ name: String) {
        names.append(name)
        _ = core.process(
            [
                .opened(
                    handle(name), ConnectionOrigin(listener: 0, peer: .unix), name.isEmpty ? .customer : .agent)
            ], now: now)
    }

    /// Understands what a customer says, as the gateway does.
    private func job(_ request: Request, _ handle: ConnectionHandle, _ slot: ReplySlot) -> Job {
        var understanding: Understanding?
        switch request.command {
        case .say(let text):
            understanding = content.understand(text, language: language)
            language = understanding?.language
        case .language(let code): language = content.language(code) ?? language
        case .hello(let hello): language = content.language(hello.language) ?? language
        default: break
        }
        return Job(
            connection: handle, slot: slot, request: request, understanding: understanding,
            content: understanding.map { _ in content })
    }

    private func take(_ job: Job) -> JSONValue {
        var inputs: [Core.Input] = [.job(job)]
        while !inputs.isEmpty {
            let output = core.process(inputs, now: now)
            inputs = output.errands.compactMap(run)
            let durable = core.settle(output.durable, at: output.position, isStored: sync(upTo: output.position))
            for deliveries in output.immediate + [durable] {
                if let line = deliveries.reply(to: job.connection, slot: job.slot) {
                    return Self.json(line.prefix { $0 != 0x0A })
                }
            }
        }
        return .null
    }

    private func sync(upTo position: Int) -> Bool {
        let stored = Guarded(false)
        log.sync(upTo: position) { result in
            if case .success = result { stored.withLock { $0 = true } }
        }
        while syncs.run() + maintenance.run() > 0, !stored.withLock({ $0 }) {}
        return stored.withLock { $0 }
    }

    private func run(_ errand: Core.Errand) -> Core.Input? {
        guard case .load(let id, let messages, let job) = errand else { return nil }
        return .loaded(id, try? log.events(of: id, messages: messages), job)
    }

    private func parse(_ line: String, _ name: String) -> Result<Request, WireError> {
        Array(line.utf8).withUnsafeBufferPointer { buffer in
            do throws(WireError) {
                return .success(try (name.isEmpty ? parsers.customer : parsers.agent).parse(buffer))
            } catch { return .failure(error) }
        }
    }

    private static func json(_ line: ArraySlice<UInt8>) -> JSONValue {
        (try? JSONValue.parse(Array(line.drop { $0 != UInt8(ascii: "{") }))) ?? .null
    }

    private func handle(_ name: String) -> ConnectionHandle {
        ConnectionHandle(inMemory: names.firstIndex(of: name) ?? names.count)
    }
}
