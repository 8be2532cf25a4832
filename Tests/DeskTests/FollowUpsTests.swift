import Desk
import Events
import Testing

@Suite("What was promised")
struct FollowUpsTests {
    private func moment(_ seconds: Int) -> Timestamp { Timestamp(milliseconds: 0) + seconds }

    private func event(_ conversation: UInt64, _ body: EventBody, at seconds: Int = 0) -> Event {
        Event(
            stream: .conversation(ConversationID(bits: conversation)), version: 1, id: EventID(command: 1, index: 0),
            at: moment(seconds), body: body)
    }

    private func promise(_ seconds: Int, team: String = "general", agent: String? = nil) -> EventBody {
        .callbackRequested(
            CallbackRequest(
                when: moment(seconds), phone: nil, text: "texto", team: team, language: "es", agent: agent))
    }

    private func requested(_ reason: HandoffReason) -> EventBody {
        .handoffRequested(
            HandoffRequest(
                reason: reason, team: "general", language: "es", priority: 0, intent: nil, tried: [], attended: true))
    }

    private func ids(_ promises: [FollowUps.Promise]) -> [UInt64] { promises.map(\.conversation.bits) }

    @Test("promises are listed by their time until they are due, one a conversation")
    func listed() {
        var book = FollowUps()
        book.evolve(event(1, promise(100)))
        book.evolve(event(2, promise(50, team: "ventas")))
        book.evolve(event(1, promise(20)))
        #expect(ids(book.coming()) == [1, 2] && ids(book.coming(team: "ventas")) == [2])
        #expect(ids(book.due(at: moment(19))) == [] && ids(book.due(at: moment(20))) == [1])
        book.evolve(event(1, requested(.asked), at: 20))
        #expect(ids(book.due(at: moment(20))) == [1])
        book.evolve(event(1, requested(.callback), at: 20))
        #expect(ids(book.due(at: moment(60))) == [2] && ids(book.coming()) == [2] && book.allPromises.count == 2)
    }

    @Test("a promise ends when it was kept, taken back or erased, and not with what came before its time")
    func ended() {
        for (body, ends) in [
            (.callbackCancelled, true), (.conversationErased, true), (.handoffCancelled, true),
            (.handoffReturned(agent: "ana"), true), (.conversationClosed, false),
            (.conversationResolved(agent: "ana", outcome: nil, tags: []), true),
        ] as [(EventBody, Bool)] {
            var book = FollowUps()
            book.evolve(event(1, promise(10)))
            book.evolve(event(1, requested(.callback), at: 10))
            book.evolve(event(1, body, at: 11))
            #expect(book.allPromises.isEmpty == ends, "\(body.type)")
        }
        var book = FollowUps()
        book.evolve(event(1, promise(10, agent: "ana")))
        for body in [.handoffReturned(agent: "ana"), .handoffCancelled] as [EventBody] { book.evolve(event(1, body)) }
        book.evolve(event(1, .conversationResolved(agent: "ana", outcome: nil, tags: []), at: 5))
        #expect(ids(book.due(at: moment(10))) == [1])
        book.evolve(event(1, .conversationResolved(agent: "ana", outcome: nil, tags: []), at: 10))
        #expect(book.isEmpty)
    }

    @Test("contacts are listed newest first, the later of two for the same thing, and go with an erasure")
    func contacts() {
        func lead(_ product: String) -> EventBody {
            .leadCaptured(
                Lead(
                    name: nil, phone: nil, email: "a@example.org", product: product, text: "", team: "ventas",
                    language: "es", intent: "alert"))
        }
        var book = FollowUps()
        book.evolve(event(1, lead("a"), at: 1))
        book.evolve(event(2, lead("a"), at: 2))
        book.evolve(event(1, lead("b"), at: 3))
        book.evolve(event(1, lead("a"), at: 4))
        #expect(book.contacts().map { $0.lead.captured } == [moment(4), moment(3), moment(2)])
        #expect(book.contacts(team: "general").isEmpty)
        book.evolve(event(1, .conversationErased, at: 5))
        #expect(book.contacts().map(\.conversation.bits) == [2])
    }

    @Test("what waits for a supervisor is offered to supervisors alone")
    func supervisors() {
        let entry = QueueEntry(
            conversation: ConversationID(bits: 1), team: "general", language: "es", requested: moment(0),
            clock: moment(0), needsSupervisor: true, reason: .asked)
        var desk = Desk()
        for (name, role) in [("ana", .agent), ("marta", .supervisor)] as [(String, Agent.Role)] {
            var agent = Agent(name: name, role: role, teams: nil, languages: ["es"], capacity: 2)
            agent.isReady = true
            agent.connections = [1]
            desk.agents[name] = agent
        }
        #expect(desk.offered(entry).map(\.name) == ["marta"] && desk.attends(entry))
        #expect(desk.supervisorAttends(team: "general", language: "es"))
        #expect(!desk.supervisorAttends(team: "general", language: "en"))
        desk.agents["marta"]?.isReady = false
        #expect(!desk.attends(entry) && desk.attends(team: "general", language: "es"))
    }
}
