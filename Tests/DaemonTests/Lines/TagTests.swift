import JSON
import Testing

@Suite("Tags before a command", .sharedDaemon())
struct TagTests {
    @Test(
        "malformed and repeated tags are bad tags",
        arguments: [
            "@ PING", "@id PING", "@=x PING", "@id= PING", "@id=a.b PING", "@id=a @id=b PING", "@x=1 @x=2 PING",
            "@id=" + String(repeating: "a", count: 65) + " PING", "@after=x PING", "@seq=0 PING", "@json=2 PING",
        ])
    func badTags(line: String) throws {
        #expect(try Daemon.shared().customer().ask(line).code == "bad_tag")
    }

    @Test("unknown tags are ignored, and 64 characters are an id")
    func unknown() throws {
        let client = try Daemon.shared().customer()
        #expect(try client.ask("@colour=red @trace=a=b PING") == .ok(.object([])))
        #expect(try client.ask("@id=" + String(repeating: "Z", count: 64) + " SAY hola").code == nil)
    }

    @Test("the same id gets the first answer and is not done again")
    func again() throws {
        let client = try Daemon.shared().customer()
        try client.open()
        let first = try client.ask("@id=a SAY ¿cuánto cuesta la cafetera?")
        #expect(try client.ask("@id=a SAY ¿cuánto cuesta la cafetera?") == first)
        #expect(try client.done("HISTORY").list("messages").count == 3)
    }

    @Test("the same id with another command is told")
    func reused() throws {
        let client = try Daemon.shared().customer()
        try client.open()
        try client.done("@id=a SAY gracias")
        #expect(try client.ask("@id=a SAY muchas gracias").code == "id_reused")
        #expect(try client.ask("@id=a CANCEL").code == "id_reused")
        try client.done("@id=b LANGUAGE en")
        #expect(try client.ask("@id=b LANGUAGE es").code == "id_reused")
    }

    @Test("the same id in another conversation is another id")
    func scope() throws {
        let client = try Daemon.shared().customer()
        try client.open()
        try client.done("@id=a SAY gracias")
        let other = try Daemon.shared().customer()
        try other.open()
        #expect(try other.done("@id=a SAY muchas gracias").number("seq") == 2)
    }

    @Test("a refused command is done when it is sent again under its id")
    func refusedFirst() throws {
        let client = try Daemon.shared().customer()
        #expect(try client.ask("@id=a CANCEL").code == "no_conversation")
        try client.open()
        #expect(try client.ask("@id=a CANCEL").code == nil)
    }

    @Test("HELLO and the first SAY are not done twice on their connection")
    func opening() throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let first = try client.ask(#"@id=h HELLO {"name":"Eva"}"#)
        #expect(try client.ask(#"@id=h HELLO {"name":"Eva"}"#) == first)
        #expect(try client.ask("@id=h SAY hola").code == "id_reused")
        let other = try daemon.customer()
        let said = try other.ask("@id=s SAY gracias")
        #expect(said["resume"] != nil)
        #expect(try other.ask("@id=s SAY gracias") == said)
        let third = try daemon.customer()
        let asked = try third.ask("@id=s HUMAN")
        #expect(asked["resume"] != nil)
        #expect(try third.ask("@id=s HUMAN") == asked)
    }

    @Test(
        "every command that changes something keeps its first answer over a reconnection",
        arguments: [
            "SAY gracias", "HUMAN", "CANCEL", "RATE answer 1 muy bien", "LANGUAGE en", "SAY quiero poner una queja",
        ])
    func reconnected(command: String) throws {
        let daemon = try Daemon.shared()
        let client = try daemon.customer()
        let opened = try client.open()
        let first = try client.ask("@id=x " + command)
        #expect(first.code == nil)
        let count = try client.done("HISTORY").list("messages").count
        client.disconnect()
        let other = try daemon.customer()
        try other.done("RESUME \(opened.token) 100")
        #expect(try other.ask("@id=x " + command) == first)
        #expect(try other.done("HISTORY").list("messages").count == count)
    }

    @Test("a JSON text may hold line breaks and is trimmed like any other")
    func json() throws {
        let client = try Daemon.shared().customer()
        try client.done(#"@json=1 SAY "  uno\n\"dos\" \u00f1\ud83d\ude00 \n""#)
        let message = try client.done("HISTORY").list("messages")[0]
        #expect(try message.text("text") == "uno\n\"dos\" ñ😀")
        #expect(try client.ask(#"@json=1 SAY " \n ""#).code == "bad_argument")
    }

    @Test("an answer is rated by its number, the last one without it")
    func seq() throws {
        let client = try Daemon.shared().customer()
        try client.open()
        let first = try client.done("SAY gracias").number("reply.seq")
        let last = try client.done("SAY muchas gracias").number("reply.seq")
        try client.done("@seq=\(first) RATE answer 1")
        try client.done("RATE answer 0")
        let rated = try client.done("EXPORT").list("export.events").filter { $0["type"] == .string("feedback.given") }
        #expect(rated.map { $0["about"] } == [.integer(first), .integer(last)])
        #expect(try client.ask("@seq=99 RATE answer 1").code == "bad_argument")
    }
}
