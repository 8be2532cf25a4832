import JSON
import Testing

@Suite("Several connections of one conversation", .sharedDaemon())
struct SeveralConnectionsTests {
    /// Two connections of one conversation and its id.
    private func pair() throws -> (LineClient, LineClient, String) {
        let daemon = try Daemon.shared()
        let first = try daemon.customer()
        let opened = try first.open()
        let second = try daemon.customer()
        try second.done("RESUME \(opened.token) 100")
        return (first, second, opened.id)
    }

    @Test("each gets the question and the reply as pushes, except the one that asked")
    func pushes() throws {
        let (first, second, _) = try pair()
        try first.done("SAY ¿cuánto cuesta la cafetera?")
        let question = try second.nextPush("message")
        #expect(try question.text("from") == "customer")
        #expect(try question.text("text") == "¿cuánto cuesta la cafetera?")
        #expect(try second.nextPush("message").text("text") == Shop.priceAnswer)
        #expect(try first.pushesSoFar(after: "HISTORY").isEmpty)
    }

    @Test("HUMAN and CANCEL are seen by the others")
    func handoff() throws {
        let (first, second, _) = try pair()
        try first.done("HUMAN ayuda")
        #expect(try second.nextPush("message").text("text") == "ayuda")
        #expect(try second.nextPush("message").text("from") == "bot")
        try second.done("CANCEL")
        #expect(try first.nextPush("message").text("from") == "customer")
        #expect(try first.nextPush("message").text("from") == "bot")
    }

    @Test("TYPING is passed on and never stored")
    func typing() throws {
        let (first, second, _) = try pair()
        #expect(try first.ask("TYPING") == .ok(.object([])))
        _ = try second.nextPush("typing")
        #expect(try first.done("HISTORY").list("messages").count == 1)
    }

    @Test("what an agent writes reaches all of them, what one of them writes the agent and the others")
    func agent() throws {
        let (first, second, id) = try pair()
        let agent = try Daemon.shared().agent("noa")
        try agent.done("TAKE " + id)
        for customer in [first, second] {
            #expect(try customer.nextPush("agent_joined").text("name") == "noa")
            #expect(try customer.nextPush("message").text("from") == "system")
        }
        try agent.done("TELL \(id) hola, soy Noa")
        for customer in [first, second] {
            let message = try customer.nextPush("message")
            #expect(try message.text("from") == "agent")
            #expect(try message.text("name") == "noa")
            #expect(try message.text("text") == "hola, soy Noa")
        }
        #expect(try first.done("SAY hola, Noa")["delivered"] == .bool(true))
        #expect(try second.nextPush("message").text("text") == "hola, Noa")
        let heard = try agent.nextPush("message")
        #expect(try heard.text("text") == "hola, Noa")
        #expect(try heard.text("conversation") == id)
        #expect(try first.pushesSoFar(after: "HISTORY").isEmpty)
        try agent.done("TYPING " + id)
        #expect(try second.nextPush("typing").text("from") == "agent")
        try second.done("TYPING")
        #expect(try agent.nextPush("typing").text("conversation") == id)
    }

    @Test("messages that come while one is resumed are neither lost nor doubled")
    func resumedUnderWay() throws {
        let daemon = try Daemon.shared()
        let first = try daemon.customer()
        let opened = try first.open()
        for number in 0..<150 { try first.send("SAY gracias \(number)") }
        let second = try daemon.customer()
        try second.done("RESUME " + opened.token)
        for _ in 0..<150 { #expect(try first.nextAnswer().code == nil) }
        try second.done("HISTORY 1")
        var seen: [Int] = []
        while seen.last != 301 { seen.append(try second.nextPush("message").number("seq")) }
        #expect(seen == Array(1...301))
    }

    @Test("the conversation stays open until the last of them has left")
    func lastOneCloses() throws {
        let (first, second, id) = try pair()
        try first.done("QUIT")
        let agent = try Daemon.shared().agent("mirona")
        #expect(try agent.done("SHOW " + id).text("state") == "bot")
        try second.done("QUIT")
        #expect(try agent.done("SHOW " + id).text("state") == "closed")
    }
}
