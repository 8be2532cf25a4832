import JSON
import Testing

@Suite("Agents answer", .sharedDaemon())
struct AnsweringTests {
    /// A customer whose conversation an agent has claimed.
    private func held(by name: String) throws -> (agent: LineClient, client: LineClient, opened: LineClient.Opened) {
        let daemon = try Daemon.shared()
        let agent = try daemon.agent(name)
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        try agent.done("CLAIM " + opened.id)
        try client.done("HISTORY 1")
        _ = client.takePushes()
        return (agent, client, opened)
    }

    @Test("a note is seen by agents alone, and the customer sees a gap in the numbers")
    func note() throws {
        let (agent, client, opened) = try held(by: "a1")
        let watcher = try Daemon.shared().agent("mirona")
        try watcher.done("WATCH " + opened.id)
        let noted = try agent.done("NOTE \(opened.id) ojo con este").number("seq")
        #expect(try watcher.nextPush("message")["note"] == .bool(true))
        let told = try agent.done("TELL \(opened.id) hola").number("seq")
        #expect(told == noted + 1)
        let heard = try client.nextPush("message")
        #expect(try heard.number("seq") == told)
        #expect(try client.done("HISTORY").list("messages").allSatisfy { $0["seq"] != .integer(noted) })
        let resumed = try Daemon.shared().customer()
        try resumed.done("RESUME " + opened.token)
        #expect(try resumed.pushesSoFar(after: "HISTORY").allSatisfy { $0["seq"] != .integer(noted) })
        try client.send("EXPORT")
        #expect(try !client.nextLine().contains("ojo con este"))
    }

    @Test("TELL after an older message than the customer's last is stale and sends nothing")
    func stale() throws {
        let (agent, client, opened) = try held(by: "a2")
        let said = try client.done("SAY espera, otra cosa").number("seq")
        let answer = try agent.ask("@after=\(said - 1) TELL \(opened.id) hecho")
        #expect(answer.code == "stale")
        #expect(try answer.value.list("newer").map { try $0.text("text") } == ["espera, otra cosa"])
        #expect(try client.pushesSoFar(after: "HISTORY").isEmpty)
        #expect(try agent.ask("@after=\(said) TELL \(opened.id) hecho").code == nil)
    }

    @Test("TELL under an id is said once")
    func tellOnce() throws {
        let (agent, client, opened) = try held(by: "a3")
        let first = try agent.ask("@id=t TELL \(opened.id) hola")
        #expect(try agent.ask("@id=t TELL \(opened.id) hola") == first)
        #expect(try agent.ask("@id=t TELL \(opened.id) adiós").code == "id_reused")
        #expect(try client.pushesSoFar(after: "HISTORY").filter { $0.type == "message" }.count == 1)
    }

    @Test("what another agent holds is not yours, with who has it; what the bot or the queue holds neither")
    func notYours() throws {
        let (_, _, opened) = try held(by: "a4")
        let ana = try Daemon.shared().agent("ana")
        for command in [
            "TELL \(opened.id) hola", "TRANSFER \(opened.id) ventas", "RETURN \(opened.id)", "RESOLVE \(opened.id)",
        ] {
            let answer = try ana.ask(command)
            #expect(answer.code == "not_yours", "\(command)")
            #expect(answer["by"] == .string("a4"))
        }
        #expect(try ana.ask("CLAIM " + opened.id).code == "already_claimed")
        #expect(try ana.ask("TAKE " + opened.id).code == "not_allowed")
        let client = try Daemon.shared().customer()
        let waiting = try client.openInQueue()
        #expect(try ana.ask("TELL \(waiting.id) hola").code == "not_yours")
    }

    @Test("TELL to a conversation that is not in memory is answered too")
    func cold() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        try client.done("QUIT")
        let ana = try daemon.agent("ana")
        #expect(try ana.ask("TELL \(opened.id) hola").code == "not_yours")
        #expect(try ana.ask("SUGGEST " + opened.id).code == nil)
    }

    @Test("RETURN gives it back to the bot, which speaks again")
    func giveBack() throws {
        let (agent, client, opened) = try held(by: "a5")
        try agent.done("RETURN \(opened.id) ya está mirado")
        _ = try client.nextPush("agent_left")
        #expect(try client.nextPush("message").text("from") == "system")
        #expect(try client.done("SAY ¿cuánto cuesta la cafetera?").text("reply.text") == Shop.priceAnswer)
        let note = try agent.done("SHOW " + opened.id).list("transcript").first { $0["note"] == .bool(true) }
        #expect(note?["text"] == .string("ya está mirado"))
    }

    @Test("RESOLVE with an outcome and tags tells the customer, and SAY goes on with the bot")
    func resolve() throws {
        let (agent, client, opened) = try held(by: "a6")
        let watcher = try Daemon.shared().agent("mirona")
        try watcher.done("WATCH " + opened.id)
        try agent.done("RESOLVE \(opened.id) cambiado el pedido #cambio #web")
        #expect(try client.nextPush("resolved")["survey"] == .array([.string("csat"), .string("ces")]))
        #expect(try watcher.nextPush("resolved").text("conversation") == opened.id)
        #expect(try Daemon.shared().customer().state(opened.token) == "resolved")
        try client.done("RATE csat 5")
        let event = try client.done("EXPORT").list("export.events")
            .first { $0["type"] == .string("conversation.resolved") }
        #expect(event?["outcome"] == .string("cambiado el pedido"))
        #expect(event?["tags"] == .array([.string("cambio"), .string("web")]))
        #expect(try client.done("SAY ¿cuánto cuesta la cafetera?").text("reply.text") == Shop.priceAnswer)
        #expect(try Daemon.shared().customer().state(opened.token) == "bot")
    }

    @Test("HUMAN to an agent is delivered like any other message")
    func humanWithAgent() throws {
        let (agent, client, _) = try held(by: "a7")
        #expect(try client.done("HUMAN ¿sigues ahí?")["delivered"] == .bool(true))
        #expect(try agent.nextPush("message").text("text") == "¿sigues ahí?")
    }

    @Test("a name on two connections shares what it holds, and each gets its pushes")
    func twoConnections() throws {
        let (first, client, opened) = try held(by: "a8")
        let second = try Daemon.shared().agent("a8")
        #expect(try second.done("QUEUE").list("mine").map { try $0.text("conversation") } == [opened.id])
        try client.done("SAY hola a las dos")
        #expect(try first.nextPush("message").text("text") == "hola a las dos")
        #expect(try second.nextPush("message").text("text") == "hola a las dos")
        try second.done("TELL \(opened.id) hola")
        #expect(try first.nextPush("message").text("from") == "agent")
        first.disconnect()
        try second.done("TELL \(opened.id) sigo aquí")
    }
}
