import Dialogue
import Events

@testable import Journal
@testable import Service

extension Simulation {
    /// Takes what was written into the ledger and the mirror, and holds the service's state against them.
    func observe() {
        var touched = Set(service.core.batch.conversations.keys)
        try? service.log.events(from: ledger.ids.count + 1) { stored in
            take(stored)
            if case .conversation(let id) = stored.event.stream { touched.insert(id) }
            return true
        }
        promises.learn(ledger)
        violations += ledger.violations + promises.violations
        for id in touched { check(id) }
        checkDesk()
    }

    private func take(_ stored: StoredEvent) {
        ledger.add(stored.event, at: stored.position)
        guard case .conversation(let id) = stored.event.stream else { return }
        mirror[id, default: Conversation(id: id)].evolve(stored.event)
    }

    /// One conversation is in memory and in the directory as the fold of the log has it.
    private func check(_ id: ConversationID) {
        if let conversation = service.core.conversations[id] {
            if conversation != mirror[id] {
                violations.append("\(id) in memory differs from the log:\n\(conversation)\n\(mirror[id] as Any)")
            }
            if conversation.isErased, service.core.audience[id] != nil {
                violations.append("\(id) was erased and somebody has it")
            }
        }
        let entry = mirror[id].map { conversation in
            Directory.Entry(
                token: Directory.TokenKey(digest: conversation.token), lastActivity: conversation.lastActivity,
                state: conversation.state)
        }
        let cases = service.core.cases.cases(of: id).map(\.withoutWords)
        if cases != (mirror[id]?.cases ?? []).map(\.withoutWords) {
            violations.append("\(id) has cases \(cases), the log has \(mirror[id]?.cases as Any)")
        }
        let promised = service.core.followUps.allPromises.filter { $0.conversation == id }.map(\.callback)
        if promised != mirror[id]?.callbacks ?? [] {
            violations.append("\(id) is promised \(promised), the log has \(mirror[id]?.callbacks as Any)")
        }
        if service.core.directory[id] != entry {
            violations.append(
                "\(id) in the directory differs: \(service.core.directory[id] as Any), the log has \(entry as Any)")
        }
    }

    /// Bot, queue or one agent: the desk holds what the log says, and nothing else.
    private func checkDesk() {
        let desk = service.core.desk
        let waiting = ledger.waiting()
        if desk.queue.ordered().map(\.conversation).sorted() != waiting {
            violations.append("the queue holds \(desk.queue.ordered().map(\.conversation)), the log has \(waiting)")
        }
        for agent in ["ana", "luis", "jefa"] where desk.conversations(of: agent) != ledger.held(by: agent) {
            violations.append("\(agent) holds \(desk.conversations(of: agent)), the log has \(ledger.held(by: agent))")
        }
        let missing = (waiting + ["ana", "luis", "jefa"].flatMap { ledger.held(by: $0) })
            .filter { service.core.conversations[$0] == nil }
        if !missing.isEmpty { violations.append("\(missing) wait or are held and are not in memory") }
        for id in waiting {
            let team = desk.queue[id].map { desk.queue.ordered(team: $0.team).map(\.conversation) } ?? []
            let place = team.firstIndex(of: id).map { $0 + 1 }
            if desk.queue.position(of: id) != place { violations.append("\(id) has the wrong place") }
        }
    }

    func checkAll() {
        for id in mirror.keys.sorted() { check(id) }
        for id in service.core.conversations.keys where mirror[id] == nil { violations.append("\(id) is a ghost") }
        if service.core.directory.count != mirror.count { violations.append("the directory has ghosts") }
        checkDesk()
    }

    /// The process or the machine ends here; the service starts on what is left.
    func crash() throws {
        crashes += 1
        let isKill = random.percent(40)
        let before = (ids: ledger.ids, acknowledged: acknowledged, written: service.written)
        note("--- \(isKill ? "kill" : "power cut") at \(service.log.position), acknowledged \(acknowledged)")
        for index in peers.indices { lose(index) }
        owners = [:]
        let disk = isKill ? service.disk.killed(seed: random.next()) : service.disk.crashed(seed: random.next())
        pass(5_000)
        do {
            service = try SimulatedService(disk, content: content, now: now, random: Chance(seed: random.next()))
        } catch {
            violations.append("no start: \(error)")
            return
        }
        ledger = Ledger()
        mirror = [:]
        try service.log.events(from: 1) { stored in
            take(stored)
            return true
        }
        violations += ledger.violations
        let count = ledger.ids.count
        // What was not synced may be followed, or after a power cut replaced, by a group that could not be stored: its
        // bytes were taken before the write failed, and that they were cut off again was not on stable storage yet. Its
        // client was told nothing, or that it is not certain; sent again under its @id it is not done twice.
        let same = zip(ledger.ids, before.ids).prefix { $0 == $1 }.count
        if same < min(count, isKill ? before.ids.count : before.acknowledged) {
            violations.append("from \(same + 1) on the log is not what it was")
        }
        if count > same { resurfaced += 1 }
        if count < (isKill ? before.ids.count : before.acknowledged) {
            violations.append("\(count) events are left of \(before.ids.count), acknowledged \(before.acknowledged)")
        }
        for (command, size) in ledger.groupSizes {
            if let whole = before.written[command], whole != size {
                violations.append("of a group of \(whole) events \(size) are left")
            }
        }
        acknowledged = min(acknowledged, count)
        promises.check(ledger, afterKill: isKill)
        violations += promises.violations
        checkAll()
        checkForgotten()
    }
}
