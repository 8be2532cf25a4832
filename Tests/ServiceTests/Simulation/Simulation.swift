import Dialogue
import Events
import JSON
import Wire

@testable import Journal
@testable import LineServer
@testable import Loop
@testable import Service

/// One lineage of a service: it works, it crashes, it starts on what the crash left, again and again. The seed decides
/// everything.
final class Simulation {
    let seed: UInt64
    var random: Chance
    let content: Interpreter
    var now = Timestamp(milliseconds: 1_795_514_400_000)
    var service: SimulatedService
    var ledger = Ledger()
    /// The conversations as the fold of the log gives them.
    var mirror: [ConversationID: Conversation] = [:]
    var promises = Promises()
    var peers: [Peer]
    var violations: [String] = []
    var crashes = 0
    var answers = 0
    var refusals = 0
    /// Crashes that brought back what had been refused.
    var resurfaced = 0
    /// The last lines sent and answered, for whoever looks into a failure.
    var trail: [String] = []
    /// The log's position up to which a durable answer went out.
    var acknowledged = 0
    private var number = 0
    private var serial: UInt64 = 0
    var owners: [ConnectionHandle: Int] = [:]
    private let parsers = (customer: RequestParser(role: .customer), agent: RequestParser(role: .agent))

    init(seed: UInt64, content: Interpreter) throws {
        self.seed = seed
        self.content = content
        random = Chance(seed: seed)
        peers =
            (1...4).map { Peer(name: "c\($0)", isAgent: false) }
            + ["ana", "luis", "jefa"].map { Peer(name: $0, isAgent: true) }
        service = try SimulatedService(
            SimulatedDisk(seed: random.next()), content: content, now: now, random: Chance(seed: random.next()))
    }

    /// Lives through some crashes; stops at the first thing that is not as it was promised.
    func run(crashes wanted: Int) throws {
        while crashes < wanted, violations.isEmpty {
            for _ in 0..<(30 + random.below(120)) where violations.isEmpty { step() }
            if violations.isEmpty { try crash() }
        }
        if violations.isEmpty { settle() }
    }

    func step() {
        pass(random.below(2_000))
        if random.percent(3) { rollFaults() }
        switch random.pick([
            "send": 40, "decide": 26, "sync": 10, "return": 16, "errand": 8, "maintenance": 4, "tick": 4, "leave": 2,
            "snapshot": 1, "later": 1,
        ]) {
        case "send": send(random.below(peers.count))
        case "decide": decide(1 + random.below(6))
        case "sync": _ = service.runSyncs()
        case "return": takeReturned()
        case "errand": if !service.errands.isEmpty { service.run(errand: random.below(service.errands.count)) }
        case "maintenance": _ = service.runMaintenance()
        case "tick": service.inbox.append(.tick)
        case "leave": leave(random.below(peers.count))
        case "snapshot": service.snapshot()
        default: pass(random.percent(20) ? 30 * 3_600_000 : 40_000)
        }
    }

    /// Time goes on.
    func pass(_ milliseconds: Int) { now = Timestamp(milliseconds: now.milliseconds + Int64(milliseconds)) }

    private func rollFaults() {
        var faults = SimulatedDisk.Faults()
        if random.percent(50) {
            faults.shortWrite = [0, 0.3][random.below(2)]
            faults.writeError = [0, 0.1, 0.5][random.below(3)]
            faults.diskFull = [0, 0, 0.2][random.below(3)]
            faults.syncError = [0, 0.2, 0.6][random.below(3)]
            faults.truncateError = [0, 0.3][random.below(2)]
            faults.folderError = [0, 0.1][random.below(2)]
        }
        service.disk.faults = faults
    }

    private func send(_ index: Int) {
        if peers[index].connection == nil { connect(index) }
        guard let connection = peers[index].connection,
            let sent = peers[index].next(&random, ledger, &number)
        else { return }
        let handle = handle(index)
        let slot = peers[index].nextSlot
        peers[index].nextSlot += 1
        peers[index].sent[slot] = sent
        promises.sending(sent)
        note("\(peers[index].name)#\(connection).\(slot) > \(sent.line)")
        let parser = peers[index].isAgent ? parsers.agent : parsers.customer
        do throws(WireError) {
            let request = try parser.parse(Array(sent.line.utf8))
            let text = if case .say(let text) = request.command { text } else { nil as String? }
            service.inbox.append(
                .job(
                    Job(
                        connection: handle, slot: ReplySlot(number: slot), request: request,
                        understanding: text.flatMap { text in
                            SmallShop.phrases.first { text.hasPrefix($0.text) }?.understanding
                        }, content: text.map { _ in content })))
        } catch {
            violations.append("\(sent.line): \(error)")
        }
    }

    private func connect(_ index: Int) {
        serial += 1
        peers[index].connection = serial
        peers[index].nextSlot = 1
        let handle = handle(index)
        owners[handle] = index
        service.inbox.append(
            .opened(handle, ConnectionOrigin(listener: 0, peer: .unix), peers[index].isAgent ? .agent : .customer))
    }

    /// The connection that a client has.
    func handle(_ index: Int) -> ConnectionHandle {
        ConnectionHandle(loop: 0, id: ConnectionID(rawValue: peers[index].connection ?? 0))
    }

    /// A connection breaks: what was not answered is not known to be done.
    private func leave(_ index: Int) {
        guard peers[index].connection != nil else { return }
        let handle = handle(index)
        owners[handle] = nil
        service.inbox.append(.closed(handle))
        lose(index)
    }

    func lose(_ index: Int) {
        for (_, sent) in peers[index].sent.sorted(by: { $0.key < $1.key }) where sent.id != nil {
            // What was to open a conversation can't be recognised from another connection.
            if peers[index].isAgent || peers[index].conversation != nil, sent.verb != "HELLO" {
                peers[index].unsure.append(sent)
            }
        }
        peers[index].sent = [:]
        peers[index].connection = nil
        peers[index].conversation = nil
        peers[index].isLoggedIn = false
    }

    func note(_ line: String) {
        trail.append(line)
        if trail.count > 150 { trail.removeFirst() }
    }

    func decide(_ count: Int) {
        guard !service.inbox.isEmpty else { return }
        let immediate = service.decide(count, now: now)
        observe()
        for deliveries in immediate { deliver(deliveries, isDurable: false) }
    }

    func takeReturned() {
        guard let (answers, position, isStored) = service.takeReturned() else { return }
        if isStored { acknowledged = max(acknowledged, position) }
        deliver(answers, isDurable: isStored)
    }

    /// Lets all that is under way come to its end on a sound disk: every command has its answer then.
    func settle() {
        service.disk.faults = .init()
        for _ in 0..<2_000 where violations.isEmpty {
            pass(10)
            var work = service.runSyncs() + service.runMaintenance()
            if !service.errands.isEmpty { service.run(errand: 0) }
            takeReturned()
            if service.inbox.isEmpty, service.errands.isEmpty, work == 0, service.isIdle { break }
            decide(50)
            work = 0
        }
        for peer in peers {
            for (slot, sent) in peer.sent where sent.verb != "QUIT" {
                violations.append("\(peer.name).\(slot): no answer to \(sent.line)")
            }
        }
        checkAll()
    }
}

extension RequestParser {
    /// Parses a line's bytes.
    func parse(_ bytes: [UInt8]) throws(WireError) -> Request {
        let result: Result<Request, WireError> = bytes.withUnsafeBufferPointer { buffer in
            do throws(WireError) { return .success(try parse(buffer)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
