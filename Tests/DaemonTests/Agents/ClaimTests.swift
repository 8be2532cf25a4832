import JSON
import Testing

@Suite("Claims and the queue's order")
struct ClaimTests {
    @Test("an offer is a waiting push to ready agents of the team with room; away agents get none")
    func offers() throws {
        let daemon = try Daemon.started()
        let (ana, luis, vera) = (try daemon.agent("ana"), try daemon.agent("luis"), try daemon.agent("vera"))
        try ana.done("READY")
        try vera.done("READY")
        let client = try daemon.customer()
        let opened = try client.openInQueue("hola", #"{"name":"Eva","language":"en"}"#)
        let offer = try ana.nextPush("waiting")
        #expect(try offer.text("conversation") == opened.id)
        #expect(try offer.text("state") == "waiting")
        #expect(try offer.number("position") == 1)
        #expect(try offer.number("waited") <= 1)
        #expect(try (178...180).contains(offer.number("due_in")))
        #expect(try offer.text("reason") == "asked")
        #expect(try offer.number("priority") == 0)
        #expect(try offer.text("team") == "general")
        #expect(try offer.text("language") == "en")
        #expect(try offer.text("name") == "Eva")
        #expect(try offer.text("last") == "hola")
        #expect(offer["verified"] == .bool(false))
        #expect(try luis.pushesSoFar(after: "STATUS").isEmpty)
        #expect(try vera.pushesSoFar(after: "STATUS").isEmpty)
    }

    @Test("who becomes ready is offered what waits, once")
    func offeredOnReady() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        let ana = try daemon.agent("ana")
        try ana.done("READY")
        let offers = try ana.pushesSoFar(after: "STATUS").filter { $0.type == "waiting" }
        #expect(offers.map { $0["conversation"] } == [.string(opened.id)])
        #expect(offers.first?["state"] == .string("waiting"))
    }

    @Test("CLAIM without a name takes by priority, then by time waited")
    func order() throws {
        let daemon = try Daemon.started()
        let boss = try daemon.agent("jefa")
        try boss.done("READY")
        let clients = try (0..<3).map { _ in try daemon.customer() }
        let first = try clients[0].openInQueue()
        let second = try clients[1].openInQueue()
        let urgent = try clients[2].open()
        try clients[2].done("SAY quiero poner una queja")
        #expect(
            try boss.done("QUEUE").list("waiting").map { try $0.text("conversation") }
                == [urgent.id, first.id, second.id])
        #expect(try boss.done("QUEUE general").list("waiting").map { try $0.number("position") } == [1, 2])
        for expected in [urgent, first, second] {
            let answer = try boss.done("CLAIM")
            #expect(try answer.text("conversation") == expected.id)
        }
        #expect(try boss.ask("CLAIM").code == "queue_empty")
        #expect(
            try boss.done("QUEUE").list("mine").map { try $0.text("state") }
                == ["with_agent", "with_agent", "with_agent"])
    }

    @Test("CLAIM gives the transcript with notes and what the bot knew")
    func context() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open(#"{"name":"Eva","channel":"web","contact":"eva@x.example"}"#)
        try client.done("SAY ¿cuánto tarda el envío?")
        try client.done("SAY Tenerife")
        try client.done("HUMAN no me aclaro")
        let ana = try daemon.agent("ana")
        try ana.done("NOTE \(opened.id) es clienta de siempre")
        let claim = try ana.done("CLAIM " + opened.id)
        let transcript = try claim.list("transcript")
        #expect(transcript.map { $0["seq"]?.integer } == Array(1...9))
        #expect(transcript[7]["note"] == .bool(true))
        #expect(try claim.text("context.reason") == "asked")
        #expect(try claim.text("context.team") == "general")
        #expect(try claim.text("context.name") == "Eva")
        #expect(try claim.text("context.contact") == "eva@x.example")
        #expect(try claim.text("context.slots.zone") == "canarias")
        #expect(try !claim.list("context.tried").isEmpty)
        #expect(try client.nextPush("agent_joined").text("name") == "ana")
        #expect(try daemon.customer().state(opened.token) == "with_agent")
    }

    @Test("of ten who claim the same conversation one gets it, the others hear who has it")
    func race() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let agents = try (0..<10).map { try daemon.agent("agente\($0)") }
        for _ in 0..<20 {
            let opened = try client.openInQueue()
            for agent in agents { try agent.send("CLAIM " + opened.id) }
            let answers = try agents.map { try $0.nextAnswer() }
            let winners = answers.indices.filter { answers[$0].code == nil }
            #expect(winners.count == 1)
            let losers = answers.filter { $0.code == "already_claimed" }
            #expect(losers.count == 9)
            #expect(losers.allSatisfy { $0["by"] == .string("agente\(winners.first ?? -1)") })
        }
    }

    @Test("of ten who claim the next one each gets another")
    func raceForNext() throws {
        let daemon = try Daemon.started()
        let agents = try (0..<10).map { try daemon.agent("agente\($0)") }
        let customers = try (0..<7).map { _ in try daemon.customer() }
        let ids = try customers.map { try $0.openInQueue().id }
        for agent in agents { try agent.send("CLAIM") }
        let answers = try agents.map { try $0.nextAnswer() }
        #expect(Set(answers.compactMap { $0["conversation"]?.string }) == Set(ids))
        #expect(answers.filter { $0.code == "queue_empty" }.count == 3)
    }

    @Test("capacity limits offers and an unnamed CLAIM, not a named one")
    func capacity() throws {
        let daemon = try Daemon.started()
        let ana = try daemon.agent("ana")
        try ana.done("READY 1")
        let clients = try (0..<3).map { _ in try daemon.customer() }
        let ids = try clients.map { try $0.openInQueue().id }
        try ana.done("CLAIM")
        _ = ana.takePushes()
        #expect(try ana.ask("CLAIM").code == "at_capacity")
        #expect(try ana.done("CLAIM " + ids[2]).text("conversation") == ids[2])
        let late = try daemon.customer()
        try late.openInQueue()
        #expect(try ana.pushesSoFar(after: "STATUS").filter { $0.type == "waiting" }.isEmpty)
    }

    @Test("a claim is told to the colleagues, and sent again gets the same conversation")
    func claimed() throws {
        let daemon = try Daemon.started()
        let (ana, luis) = (try daemon.agent("ana"), try daemon.agent("luis"))
        try luis.done("READY")
        let clients = try (0..<2).map { _ in try daemon.customer() }
        let ids = try clients.map { try $0.openInQueue().id }
        #expect(try ana.done("@id=c CLAIM").text("conversation") == ids[0])
        #expect(try ana.done("@id=c CLAIM").text("conversation") == ids[0])
        let push = try luis.nextPush("claimed")
        #expect(try push.text("conversation") == ids[0])
        #expect(try push.text("by") == "ana")
        #expect(try ana.done("QUEUE").list("mine").count == 1)
        try daemon.restart(killing: true)
        let again = try daemon.agent("ana")
        #expect(try again.done("@id=c CLAIM").text("conversation") == ids[0])
        #expect(try again.done("QUEUE").list("mine").count == 1)
    }

    @Test("customers hear their place when it changes")
    func places() throws {
        let daemon = try Daemon.started()
        let ana = try daemon.agent("ana")
        try ana.done("READY")
        let clients = try (0..<3).map { _ in try daemon.customer() }
        for client in clients { try client.open() }
        for (index, client) in clients.enumerated() {
            #expect(try client.done("HUMAN").number("reply.handoff.position") == index + 1)
        }
        try ana.done("CLAIM")
        let push = try clients[1].nextPush("queue")
        #expect(try push.number("position") == 1)
        #expect(push["estimated_wait"] == .null)
        #expect(try clients[2].nextPush("queue").number("position") == 2)
    }

    @Test("time passes under constant load too: customers hear their place")
    func placesUnderLoad() throws {
        let daemon = try Daemon.started()
        let ana = try daemon.agent("ana")
        try ana.done("READY")
        let waiting = try (0..<2).map { _ in try daemon.customer() }
        for client in waiting { try client.openInQueue() }
        let talkers = try (0..<8).map { _ in try daemon.customer() }
        let lines = Array(String(repeating: "SAY hola\n", count: 100).utf8)
        for talker in talkers {
            try talker.open()
            try talker.send(bytes: lines)
        }
        try ana.done("CLAIM")
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(5)
        var heard = false
        while !heard, clock.now < deadline {
            for talker in talkers {
                try talker.send(bytes: lines)
                for _ in 0..<100 { #expect(try talker.nextAnswer().code == nil) }
            }
            heard = try waiting[1].pushesSoFar(after: "HISTORY 1").contains { $0["type"] == .string("queue") }
        }
        #expect(heard)
    }

    @Test("the likely wait is known from the fifth claim on")
    func estimate() throws {
        let daemon = try Daemon.started()
        let boss = try daemon.agent("jefa")
        try boss.done("READY 100")
        for _ in 0..<5 {
            let client = try daemon.customer()
            try client.open()
            #expect(try client.done("HUMAN")[path: "reply.handoff.estimated_wait"] == .null)
            try boss.done("CLAIM")
        }
        let client = try daemon.customer()
        try client.open()
        #expect(try client.done("HUMAN")[path: "reply.handoff.estimated_wait"]?.integer != nil)
    }

    @Test("what waits too long is told as overdue, and due_in is negative")
    func overdue() throws {
        let daemon = try Daemon.started(settings: ["wait_target: 1"])
        let ana = try daemon.agent("ana")
        try ana.done("READY")
        let opened = try daemon.customer().openInQueue()
        #expect(try ana.nextPush("overdue").text("conversation") == opened.id)
        var due = 0
        while due >= 0 { due = try ana.done("QUEUE").list("waiting")[0].number("due_in") }
        #expect(due < 0)
    }

    @Test("a conversation that the bot holds is not claimed but taken")
    func notWaiting() throws {
        let daemon = try Daemon.started()
        let opened = try daemon.customer().open()
        let ana = try daemon.agent("ana")
        #expect(try ana.ask("CLAIM " + opened.id).code == "not_allowed")
        #expect(try ana.done("TAKE " + opened.id).text("conversation") == opened.id)
    }
}
