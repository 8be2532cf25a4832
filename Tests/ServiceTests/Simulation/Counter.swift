import Dialogue
import Events
import JSON
import Journal
import Wire

@testable import LineServer
@testable import Loop
@testable import Service

/// A service on a simulated disk with clients of names, spoken to a line at a time: each answer is waited for.
final class Counter {
    private(set) var service: SimulatedService
    private let content: Interpreter
    var now: Timestamp
    /// Pushes that each client got and that nobody has taken yet.
    private var pushes: [String: [JSONValue]] = [:]
    private var answers: [ReplySlot: JSONValue] = [:]
    private var clients: [String: (handle: ConnectionHandle, role: Role)] = [:]
    /// The resume token that each customer got last.
    private(set) var tokens: [String: String] = [:]
    private var serial: UInt64 = 0
    private var slot: UInt64 = 0
    private var starts: UInt64 = 1

    init(_ content: Interpreter, now: Timestamp) throws {
        (self.content, self.now) = (content, now)
        service = try SimulatedService(SimulatedDisk(), content: content, now: now, random: Chance(seed: 1))
    }

    /// The service ends, by a power cut or in order, and starts again.
    func restart(orderly: Bool = false) throws {
        if orderly {
            service.snapshot()
            settle()
            try service.log.close()
        }
        starts += 1
        (clients, pushes) = ([:], [:])
        let disk = orderly ? service.disk : service.disk.crashed(seed: starts)
        service = try SimulatedService(disk, content: content, now: now, random: Chance(seed: starts))
    }

    func connect(_ name: String, _ role: Role = .customer, from peer: PeerAddress = .unix) {
        serial += 1
        let handle = ConnectionHandle(loop: 0, id: ConnectionID(rawValue: serial))
        clients[name] = (handle, role)
        service.inbox.append(.opened(handle, ConnectionOrigin(listener: 0, peer: peer), role))
        settle()
    }

    func leave(_ name: String) {
        guard let client = clients.removeValue(forKey: name) else { return }
        service.inbox.append(.closed(client.handle))
        settle()
    }

    /// What the client's line is answered: the members of `OK`, or those of `ERR`, which has a `code`.
    func ask(_ name: String, _ line: String) throws -> JSONValue {
        if clients[name] == nil { connect(name) }
        guard let client = clients[name] else { return .null }
        slot += 1
        let slot = ReplySlot(number: slot)
        do throws(WireError) {
            let request = try RequestParser(role: client.role).parse(Array(line.utf8))
            service.inbox.append(.job(Job(connection: client.handle, slot: slot, request: request)))
        } catch {
            return .object([.init("code", .string(error.code.rawValue))])
        }
        settle()
        let answer = answers.removeValue(forKey: slot) ?? .null
        if let token = answer["resume"]?.string { tokens[name] = token }
        return answer
    }

    /// Time goes on by so many seconds, and the service looks at it.
    func pass(_ seconds: Int) {
        now = now + seconds
        service.inbox.append(.tick)
        settle()
    }

    /// The pushes of a type that a client got since it was asked last.
    func pushed(_ type: String, to name: String) -> [JSONValue] {
        let found = (pushes[name] ?? []).filter { $0["type"]?.string == type }
        pushes[name]?.removeAll { $0["type"]?.string == type }
        return found
    }

    private func settle() {
        // A disk that fails is tried again for ever.
        for _ in 0..<200 {
            if !service.inbox.isEmpty {
                for deliveries in service.decide(service.inbox.count, now: now) { deliver(deliveries) }
            }
            let work = service.runSyncs() + service.runMaintenance()
            if !service.errands.isEmpty { service.run(errand: 0) }
            if let (answers, _, _) = service.takeReturned() { deliver(answers) }
            if work == 0, service.isIdle { return }
        }
    }

    private func deliver(_ deliveries: Deliveries) {
        for record in deliveries.records {
            for line in deliveries.bytes[record.start..<record.end].split(separator: 0x0A) {
                let json = (try? JSONValue.parse(Array(line.drop { $0 != UInt8(ascii: "{") }))) ?? .null
                if line.first == UInt8(ascii: "*") {
                    guard let name = clients.first(where: { $0.value.handle == record.connection })?.key else {
                        continue
                    }
                    pushes[name, default: []].append(json)
                } else {
                    answers[record.slot] = json
                }
            }
        }
    }
}
