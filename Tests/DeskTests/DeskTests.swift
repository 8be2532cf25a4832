import Desk
import Events
import Testing

@Suite("The desk")
struct DeskTests {
    private func entry(
        _ number: UInt64, team: String = "ventas", at seconds: Int64, priority: Int = 0, returned: Bool = false,
        language: String = "es", to addressee: String? = nil
    ) -> QueueEntry {
        let moment = Timestamp(milliseconds: seconds * 1000)
        return QueueEntry(
            conversation: ConversationID(bits: number), team: team, addressee: addressee, language: language,
            priority: priority, isReturned: returned, requested: moment, clock: moment, reason: .asked)
    }

    private func agent(_ name: String, teams: [String]? = nil, languages: [String]? = nil, capacity: Int = 3) -> Agent {
        var agent = Agent(name: name, role: .agent, teams: teams, languages: languages, capacity: capacity)
        agent.isReady = true
        agent.connections = [1]
        return agent
    }

    @Test("the order is: came back, then priority, then the time waited")
    func order() {
        var queue = HandoffQueue()
        for entry in [
            entry(1, at: 30), entry(2, at: 10), entry(3, at: 40, priority: 5), entry(4, at: 50, returned: true),
        ] { queue.put(entry) }
        #expect(queue.ordered(team: "ventas").map(\.conversation.bits) == [4, 3, 2, 1])
        #expect(queue.position(of: ConversationID(bits: 1)) == 4)
    }

    @Test("an entry that is put back with its number stands where it stood")
    func putBack() {
        var desk = Desk()
        let numbers: [UInt64] = [7, 3, 9]
        for number in numbers { desk.place(ConversationID(bits: number), .queued(entry(number, at: 10))) }
        let arrival = desk.queue.arrival(of: ConversationID(bits: 7))
        desk.place(ConversationID(bits: 7), .held(agent: "ana"))
        #expect(desk.queue.arrival(of: ConversationID(bits: 7)) == nil)
        desk.place(ConversationID(bits: 7), .queued(entry(7, at: 10), arrival: arrival))
        #expect(desk.queue.ordered().map(\.conversation.bits) == numbers)
        #expect(desk.conversations(of: "ana").isEmpty)
    }

    @Test("who asks within the same millisecond stands behind those who asked before, and stays there")
    func sameMoment() {
        var desk = Desk()
        let numbers: [UInt64] = [7, 3, 9, 1]
        for (index, number) in numbers.enumerated() {
            #expect(desk.queue.place(of: entry(number, at: 10)) == index + 1)
            desk.place(ConversationID(bits: number), .queued(entry(number, at: 10)))
        }
        // More words of a customer who waits change the entry, not its place.
        var changed = entry(7, at: 10)
        changed.last = "¿hola?"
        desk.place(changed.conversation, .queued(changed))
        #expect(desk.queue.ordered(team: "ventas").map(\.conversation.bits) == numbers)
        #expect(desk.queue.ordered().map(\.conversation.bits) == numbers)
        desk.place(ConversationID(bits: 3), .held(agent: "ana"))
        desk.place(ConversationID(bits: 3), .queued(entry(3, at: 10)))
        #expect(desk.queue.ordered().map(\.conversation.bits) == [7, 9, 1, 3])
    }

    @Test("a place counts within the team")
    func positions() {
        var queue = HandoffQueue()
        queue.put(entry(1, team: "ventas", at: 1))
        queue.put(entry(2, team: "pedidos", at: 2))
        #expect(queue.position(of: ConversationID(bits: 2)) == 1)
        #expect(queue.ordered().map(\.conversation.bits) == [1, 2])
    }

    @Test("what is put twice stands once, in its new place")
    func twice() {
        var queue = HandoffQueue()
        queue.put(entry(1, at: 1))
        queue.put(entry(2, at: 2))
        queue.put(entry(1, team: "pedidos", at: 3))
        #expect(queue.count == 2)
        #expect(queue.ordered(team: "ventas").map(\.conversation.bits) == [2])
        queue.remove(ConversationID(bits: 1))
        #expect(queue.ordered(team: "pedidos").isEmpty)
    }

    @Test("an unnamed claim takes the first entry of the agent's teams and languages, or addressed to the agent")
    func next() {
        var queue = HandoffQueue()
        queue.put(entry(1, team: "pedidos", at: 1))
        queue.put(entry(2, at: 2, language: "en"))
        queue.put(entry(3, at: 3))
        queue.put(entry(4, at: 4, returned: true, to: "eva"))
        #expect(queue.next(for: agent("ana", teams: ["ventas"], languages: ["es"]))?.conversation.bits == 3)
        #expect(queue.next(for: agent("eva", teams: ["otro"]))?.conversation.bits == 4)
        #expect(queue.next(for: agent("luis", teams: ["otro"])) == nil)
    }

    @Test("a conversation is in one place: in the queue, with one agent, or elsewhere")
    func places() {
        var desk = Desk()
        let id = ConversationID(bits: 1)
        desk.place(id, .queued(entry(1, at: 1)))
        desk.place(id, .held(agent: "ana"))
        #expect(desk.queue.count == 0 && desk.conversations(of: "ana") == [id])
        desk.place(id, .held(agent: "eva"))
        #expect(desk.conversations(of: "ana").isEmpty && desk.holdingAgents == ["eva"])
        desk.place(id, .elsewhere)
        #expect(desk.heldCount == 0)
    }

    @Test("away agents, agents of other teams and full ones get no offer")
    func offers() {
        var desk = Desk()
        var away = agent("away")
        away.isReady = false
        var gone = agent("gone")
        gone.connections = []
        for agent in [agent("ana"), away, gone, agent("otra", teams: ["pedidos"]), agent("full", capacity: 0)] {
            desk.agents[agent.name] = agent
        }
        #expect(desk.offered(entry(1, at: 1)).map(\.name) == ["ana"])
        #expect(desk.attends(team: "ventas", language: "es"))
        desk.agents["ana"] = nil
        desk.agents["full"] = nil
        #expect(!desk.attends(team: "ventas", language: "es"))
    }

    @Test("a likely wait is told from the fifth known wait on, longer further back")
    func estimates() {
        var waits = WaitTimes()
        for index in 1...4 {
            waits.note(team: "ventas", wait: index * 10, at: Timestamp(milliseconds: 60_000 * Int64(index)))
        }
        #expect(waits.estimate(team: "ventas", position: 1) == nil)
        waits.note(team: "ventas", wait: 50, at: Timestamp(milliseconds: 300_000))
        #expect(waits.estimate(team: "ventas", position: 1) == 30)
        #expect(waits.estimate(team: "ventas", position: 3) == 150)
        #expect(waits.estimate(team: "pedidos", position: 1) == nil)
    }
}
