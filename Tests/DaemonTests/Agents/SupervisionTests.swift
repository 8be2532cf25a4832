import JSON
import Testing

@Suite("Supervision", .sharedDaemon())
struct SupervisionTests {
    @Test("WATCH follows a conversation silently while the bot holds it, until UNWATCH")
    func watch() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        let boss = try daemon.agent("jefa1")
        #expect(try boss.done("WATCH " + opened.id).list("transcript").count == 1)
        try client.done("SAY gracias")
        #expect(try boss.nextPush("message").text("from") == "customer")
        #expect(try boss.nextPush("message").text("from") == "bot")
        #expect(try boss.done("UNWATCH " + opened.id).list("transcript").count == 3)
        try client.done("SAY muchas gracias")
        // Other tests' conversations may be told of meanwhile.
        #expect(try boss.pushesSoFar(after: "STATUS").allSatisfy { $0["conversation"]?.string != opened.id })
        #expect(try client.pushesSoFar(after: "HISTORY").isEmpty)
    }

    @Test("TAKE out of the bot's hands has a team, to which the conversation may go back")
    func takeFromBot() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        try client.done("SAY ¿cuánto cuesta la cafetera?")
        let vera = try daemon.agent("vera")
        let taken = try vera.done("TAKE " + opened.id)
        #expect(try taken.text("context.team") == "ventas")
        #expect(try client.nextPush("agent_joined").text("name") == "vera")
        #expect(try client.done("SAY hola")["delivered"] == .bool(true))
        try vera.done("RESOLVE " + opened.id)
    }

    @Test("TAKE out of another agent's hands is for supervisors, and the agent is told")
    func takeFromAgent() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        let (ana, luis, boss) = (try daemon.agent("ana"), try daemon.agent("luis"), try daemon.agent("jefa2"))
        try ana.done("CLAIM " + opened.id)
        let refused = try luis.ask("TAKE " + opened.id)
        #expect(refused.code == "not_allowed")
        try boss.done("TAKE " + opened.id)
        let told = try ana.nextPush("taken")
        #expect(try told.text("by") == "jefa2")
        #expect(try told.text("conversation") == opened.id)
        #expect(try ana.ask("TELL \(opened.id) hola")["by"] == .string("jefa2"))
        try boss.done("RESOLVE " + opened.id)
    }

    @Test("SHOW tells state, holder, transcript and context")
    func show() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        let boss = try daemon.agent("jefa3")
        func holder() throws -> [JSONValue?] {
            let shown = try boss.done("SHOW " + opened.id)
            #expect(try !shown.list("transcript").isEmpty)
            #expect(shown["context"] != nil)
            return [shown["state"], shown["holder"]]
        }
        #expect(try holder() == [.string("bot"), .string("bot")])
        try client.done("HUMAN")
        #expect(try holder() == [.string("message_taken"), .string("queue")])
        try boss.done("CLAIM " + opened.id)
        #expect(try holder() == [.string("with_agent"), .string("jefa3")])
        try boss.done("RESOLVE " + opened.id)
        #expect(try holder() == [.string("resolved"), .null])
        try client.done("QUIT")
        #expect(try holder() == [.string("closed"), .null])
    }

    @Test("WATCH, TAKE, SHOW and EXPORT leave an event with who did it")
    func events() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        let boss = try daemon.agent("jefa4")
        try boss.done("WATCH " + opened.id)
        try boss.done("SHOW " + opened.id)
        try boss.done("TAKE " + opened.id)
        try client.done("EXPORT")
        let events = try client.done("EXPORT").list("export.events")
        let viewed = events.filter { $0["type"] == .string("conversation.viewed") }
        #expect(viewed.map { $0["how"] } == [.string("watch"), .string("show"), .string("export")])
        #expect(viewed.prefix(2).allSatisfy { $0["by"] == .string("jefa4") })
        #expect(events.contains { $0["type"] == .string("handoff.claimed") && $0["agent"] == .string("jefa4") })
    }

    @Test("SUGGEST finds sections for what the customer asked last")
    func suggest() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        let boss = try daemon.agent("jefa5")
        #expect(try boss.done("SUGGEST " + opened.id).list("suggestions").isEmpty)
        try client.done("HUMAN ¿cuántos años de garantía tiene la tostadora?")
        let suggestion = try #require(try boss.done("SUGGEST " + opened.id).list("suggestions").first)
        #expect(try suggestion.text("path") == "KnowledgeBase/es/garantia.md#duracion-de-la-garantia")
        #expect(try suggestion.text("text").contains("tres años"))
        #expect(suggestion["confidence"]?.double != nil)
    }

    @Test("STATUS counts who waits and who is served, and tells content and journal")
    func status() throws {
        let daemon = try Daemon.shared()
        let status = try daemon.agent("jefa6").done("STATUS")
        #expect(status["waiting"]?.integer != nil)
        #expect(status["with_agents"]?.integer != nil)
        #expect(try status.list("teams").map { try $0.text("team") } == ["general", "ventas", "posventa"])
        #expect(try status.number("content.intents") == 5)
        #expect(try status.number("content.sections") >= 1)
        #expect(try status.list("content.problems").isEmpty)
        #expect(try !status.text("content.version").isEmpty)
        #expect(status[path: "journal.seq"]?.integer != nil)
    }

    @Test("EXPLAIN tells the candidates with their scores and what decides")
    func explain() throws {
        let explained = try Daemon.shared().agent("jefa7").done("EXPLAIN ¿cuánto cuesta la cafetera?")
        let best = try explained.list("intents")[0]
        #expect(try best.text("intent") == "price")
        #expect(best["confidence"]?.double != nil)
        #expect(try explained.text("decides") == "intent")
        let shares = try best.list("terms").compactMap { $0["share"]?.double }
        let score = try #require(best["score"]?.double)
        #expect(abs(shares.reduce(0, +) - score) < 1e-5)
    }
}
