import JSON
import Testing

@Suite("What customers may do", .sharedDaemon())
struct ConversationTests {
    @Test("HELLO opens a conversation in the language asked for, and greets by the shop's name")
    func hello() throws {
        let client = try Daemon.shared().customer()
        let answer = try client.done(#"HELLO {"language":"en","channel":"web","name":"Eva","contact":"eva@x.example"}"#)
        #expect(try answer.text("language") == "en")
        #expect(try answer.text("greeting.text").contains("Tienda de pruebas"))
        #expect(try answer.text("greeting.language") == "en")
        #expect(try answer.number("greeting.seq") == 1)
        let export = try client.done("EXPORT")
        #expect(try export.text("export.name") == "Eva")
        #expect(try export.text("export.channel") == "web")
        #expect(try export.text("export.contact") == "eva@x.example")
    }

    @Test(
        "a language that the shop does not know is the shop's",
        arguments: ["HELLO", #"HELLO {"language":"fr"}"#, #"HELLO {"language":null,"colour":[1]}"#, "HELLO {}"])
    func shopsLanguage(line: String) throws {
        #expect(try Daemon.shared().customer().done(line).text("language") == "es")
    }

    @Test("HELLO in a conversation starts a new one, and the connection leaves the old")
    func newConversation() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let old = try client.open()
        try client.done("SAY gracias")
        let new = try client.open()
        #expect(new.id != old.id && new.token != old.token)
        #expect(try client.done("HISTORY").list("messages").count == 1)
        let other = try daemon.customer()
        try other.done("RESUME \(old.token) 100")
        try other.done("SAY muchas gracias")
        #expect(try client.pushesSoFar(after: "HISTORY").isEmpty)
    }

    @Test("SAY opens a conversation by itself, in the language of its words")
    func sayOpens() throws {
        let client = try Daemon.shared().customer()
        let answer = try client.done("SAY how much is the coffee machine?")
        #expect(try answer.number("seq") == 1)
        #expect(try answer.number("reply.seq") == 2)
        #expect(try answer.text("reply.kind") == "answer")
        #expect(try answer.text("reply.intent") == "price")
        #expect(try answer.text("reply.language") == "en")
        #expect(try answer.text("reply.text") == "The coffee machine is 60 euros.")
        let confidence = try #require(answer[path: "reply.confidence"]?.double)
        #expect((0...1).contains(confidence))
    }

    @Test("a conversation that SAY or HUMAN opened can be resumed by the token in its answer")
    func resumeOpenedBySay() throws {
        let daemon = try Daemon.shared()
        for command in ["SAY gracias", "HUMAN"] {
            let opened = try daemon.customer().done(command)
            #expect(
                try daemon.customer().done("RESUME " + opened.text("resume")).text("conversation")
                    == opened.text("conversation"))
        }
    }

    @Test(
        "without a conversation there is nothing to rate, cancel, type, export or forget",
        arguments: ["RATE csat 5", "CANCEL", "TYPING", "EXPORT", "FORGET"])
    func noConversation(line: String) throws {
        #expect(try Daemon.shared().customer().ask(line).code == "no_conversation")
    }

    @Test("messages count from 1, and HISTORY gives the last ones, oldest first")
    func history() throws {
        let client = try Daemon.shared().customer()
        #expect(try client.done("HISTORY").list("messages").isEmpty)
        try client.open()
        for number in 0..<130 { try client.done("SAY gracias \(number)") }
        let last = try client.done("HISTORY").list("messages")
        #expect(last.map { $0["seq"]?.integer } == Array(212...261))
        let all = try client.done("HISTORY 1000").list("messages")
        #expect(all.map { $0["seq"]?.integer } == Array(1...261))
        #expect(try all[0].text("from") == "bot")
        #expect(try all[1].text("from") == "customer")
        #expect(try all[259].text("text") == "gracias 129")
        #expect(try client.done("HISTORY 1").list("messages").count == 1)
    }

    @Test("RESUME tells the state, then every visible message after a number, in order")
    func resume() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        for number in 0..<60 { try client.done("SAY gracias \(number)") }
        for (after, expected) in [
            ("", Array(1...121)), (" 0", Array(1...121)), (" 118", [119, 120, 121]), (" 121", []),
        ] {
            let other = try daemon.customer()
            let answer = try other.done("RESUME \(opened.token)\(after)")
            #expect(try answer.text("conversation") == opened.id)
            #expect(try answer.text("state") == "bot")
            #expect(try answer.text("language") == "es")
            let pushes = try other.pushesSoFar(after: "HISTORY 1")
            #expect(pushes.map { $0["seq"]?.integer } == expected)
            #expect(pushes.allSatisfy { $0.type == "message" })
        }
    }

    @Test("a token that no conversation has is bad", arguments: ["x", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "ñ"])
    func badToken(token: String) throws {
        let client = try Daemon.shared().customer()
        #expect(try client.ask("RESUME " + token).code == "bad_token")
        #expect(try client.ask("CANCEL").code == "no_conversation")
    }

    @Test("QUIT closes the conversation at once, and RESUME brings it back")
    func quit() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        try client.done("SAY gracias")
        try client.done("QUIT")
        #expect(try client.isClosed())
        let agent = try daemon.agent("mirona")
        #expect(try agent.done("SHOW " + opened.id).text("state") == "closed")
        let other = try daemon.customer()
        try other.done("RESUME " + opened.token)
        #expect(try other.done("SAY gracias").number("seq") == 4)
    }

    @Test("QUIT in the queue leaves the place there")
    func quitInQueue() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        try client.done("QUIT")
        #expect(try daemon.customer().state(opened.token) == "message_taken")
    }

    @Test("a closed connection alone does not leave the queue")
    func disconnectedInQueue() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        client.disconnect()
        #expect(try daemon.customer().state(opened.token) == "message_taken")
    }

    @Test("HUMAN enters the queue, HUMAN again tells the same handoff without a second entry")
    func human() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        let first = try client.done("HUMAN se me ha roto")
        #expect(try first.text("reply.kind") == "handoff")
        #expect(try first.text("reply.intent") == "human")
        #expect(try first.text("reply.handoff.reason") == "asked")
        #expect(try first.text("reply.handoff.team") == "general")
        #expect(first[path: "reply.handoff.estimated_wait"] == .null)
        let again = try client.done("HUMAN")
        #expect(again[path: "reply.handoff"] == first[path: "reply.handoff"])
        #expect(try again.number("reply.seq") == again.number("seq") + 1)
        let last = try #require(client.done("HISTORY 1").list("messages").first)
        #expect(last["from"] == .string("system") && last["text"] == again[path: "reply.text"])
        #expect(last["seq"] == again[path: "reply.seq"])
        let queue = try daemon.agent("mirona").done("QUEUE").list("waiting")
        #expect(queue.filter { $0["conversation"] == .string(opened.id) }.count == 1)
    }

    @Test("while the queue holds it SAY is delivered and the bot is silent, after CANCEL it speaks again")
    func queueIsSilent() throws {
        let client = try Daemon.shared().customer()
        try client.openInQueue()
        let said = try client.done("SAY ¿cuánto cuesta la cafetera?")
        #expect(said["delivered"] == .bool(true))
        #expect(said["reply"] == nil)
        let cancelled = try client.done("CANCEL")
        #expect(try cancelled.number("reply.seq") == cancelled.number("seq") + 1)
        #expect(try client.done("SAY ¿cuánto cuesta la cafetera?").text("reply.text") == Shop.priceAnswer)
    }

    @Test("CANCEL with nothing to cancel says so and leaves the bot in charge")
    func cancelNothing() throws {
        let client = try Daemon.shared().customer()
        let opened = try client.open()
        #expect(try !client.done("CANCEL").text("reply.text").isEmpty)
        #expect(try Daemon.shared().customer().state(opened.token) == "bot")
    }

    @Test("LANGUAGE changes the language and the conversation goes on where it was")
    func language() throws {
        let client = try Daemon.shared().customer()
        try client.open()
        #expect(try client.done("SAY ¿cuánto tarda el envío?").text("reply.kind") == "ask")
        #expect(try client.done("LANGUAGE EN").text("language") == "en")
        #expect(try client.done("SAY Tenerife").text("reply.text") == "To the Canary Islands it takes two days.")
    }

    @Test("a language chosen before there is a conversation is the conversation's")
    func languageFirst() throws {
        let client = try Daemon.shared().customer()
        try client.done("LANGUAGE en")
        #expect(try client.done("HELLO").text("language") == "en")
    }

    @Test(
        "the ends of every rating's range are taken",
        arguments: [
            "csat 1", "csat 5", "nps 0", "nps 10", "ces 1", "ces 7", "answer 0", "answer 1", "CSAT 4 muy bien todo",
        ])
    func ratings(rating: String) throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        let agent = try daemon.agent("valorada")
        try agent.done("CLAIM " + opened.id)
        try agent.done("RESOLVE " + opened.id)
        try client.done("SAY gracias")
        #expect(try client.ask("RATE " + rating) == .ok(.object([])))
    }

    @Test("EXPORT holds what was said and who looked, but no agents' notes")
    func export() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open(#"{"name":"Eva"}"#)
        try client.done("SAY palabra exportada")
        let agent = try daemon.agent("mirona")
        try agent.done("NOTE \(opened.id) cuidado con esta")
        try agent.done("SHOW " + opened.id)
        try client.send("EXPORT")
        let line = try client.nextLine()
        #expect(line.contains("palabra exportada"))
        #expect(line.contains("mirona"))
        #expect(!line.contains("cuidado con esta"))
        #expect(!line.contains(opened.token))
    }

    @Test("a section of the knowledge base answers with its source")
    func section() throws {
        let client = try Daemon.shared().customer()
        try client.open()
        let reply = try client.done("SAY avería de fábrica en la tostadora")
        #expect(try reply.text("reply.kind") == "answer")
        #expect(
            try reply.list("reply.sources")[0].text("path") == "KnowledgeBase/es/garantia.md#duracion-de-la-garantia")
        #expect(try reply.list("reply.sources")[0].text("title") == "Duración de la garantía")
    }
}
