import JSON
import Testing

@Suite("When a person is called", .sharedDaemon())
struct EscalationTests {
    private func customer() throws -> LineClient {
        let client = try Daemon.shared().customer()
        try client.open()
        return client
    }

    private static let nonsense = ["xyzzy plugh qwrtz", "blorf snarf wibble", "zzkk vvpp ttrr"]

    @Test("what is not understood is first asked back, then a person is called")
    func twoMisses() throws {
        let client = try customer()
        let first = try client.done("SAY " + Self.nonsense[0])
        #expect(["clarify", "fallback"].contains(try first.text("reply.kind")))
        #expect(try !first.list("reply.choices").isEmpty)
        let second = try client.done("SAY " + Self.nonsense[1])
        #expect(try second.text("reply.kind") == "handoff")
        #expect(try second.text("reply.handoff.reason") == "low_confidence")
        #expect(try client.done("SAY " + Self.nonsense[2])["delivered"] == .bool(true))
    }

    @Test("misses count only in a row")
    func inARow() throws {
        let client = try customer()
        for text in [Self.nonsense[0], "gracias", Self.nonsense[1], "muchas gracias"] {
            #expect(try client.done("SAY " + text).text("reply.kind") != "handoff")
        }
        try client.done("SAY " + Self.nonsense[2])
        #expect(try client.done("SAY " + Self.nonsense[0]).text("reply.kind") == "handoff")
    }

    @Test("misses begin anew once the customer is back with the bot")
    func afterCancel() throws {
        let client = try customer()
        try client.done("SAY " + Self.nonsense[0])
        try client.done("SAY " + Self.nonsense[1])
        try client.done("CANCEL")
        #expect(try client.done("SAY " + Self.nonsense[2]).text("reply.kind") != "handoff")
    }

    @Test("the same words again after an answer that was no help call a person")
    func repeated() throws {
        let client = try customer()
        try client.done("SAY ¿cuánto cuesta la cafetera?")
        try client.done("RATE answer 0")
        let again = try client.done("SAY ¡Cuánto cuesta la cafetera!")
        #expect(try again.text("reply.handoff.reason") == "repeated")
        #expect(try again.text("reply.handoff.team") == "ventas")
    }

    @Test("the same words again after a question back call a person")
    func repeatedMiss() throws {
        let client = try customer()
        try client.done("SAY " + Self.nonsense[0])
        #expect(try client.done("SAY " + Self.nonsense[0]).text("reply.handoff.reason") == "repeated")
    }

    @Test("angry words call a person at once", arguments: ["esto es una estafa", "sois unos SINVERGÜENZAS"])
    func anger(text: String) throws {
        let reply = try customer().done("SAY " + text)
        #expect(try reply.text("reply.kind") == "handoff")
        #expect(try reply.text("reply.handoff.reason") == "complaint")
    }

    @Test("an intent's own policy hands over with its answer, team, reason and priority")
    func policy() throws {
        let client = try Daemon.shared().customer()
        let opened = try client.open()
        let reply = try client.done("SAY quiero poner una queja")
        #expect(try reply.text("reply.text").hasPrefix("Siento lo ocurrido."))
        #expect(try reply.text("reply.intent") == "complaint")
        #expect(try reply.text("reply.handoff.reason") == "complaint")
        #expect(try reply.text("reply.handoff.team") == "posventa")
        let entry = try Daemon.shared().agent("mirona").done("QUEUE posventa").list("waiting")
            .first { $0["conversation"] == .string(opened.id) }
        #expect(entry?["priority"] == .integer(10))
        #expect(entry?["last"] == .string("quiero poner una queja"))
    }

    @Test("asking for a person goes to the team that the conversation was about")
    func askedAbout() throws {
        let client = try customer()
        try client.done("SAY ¿cuánto cuesta la cafetera?")
        let reply = try client.done("SAY quiero hablar con una persona")
        #expect(try reply.text("reply.handoff.reason") == "asked")
        #expect(try reply.text("reply.handoff.team") == "ventas")
        #expect(try reply.text("reply.intent") == "human")
    }

    @Test("a choice of a question back is taken by its label or its number")
    func choices() throws {
        let client = try customer()
        let asked = try client.done("SAY cafetera envío")
        guard try asked.text("reply.kind") == "clarify" else { return }
        let label = try asked.list("reply.choices")[0].text("label")
        #expect(try client.done("SAY " + label).text("reply.kind") != "clarify")
    }

    @Test("a missing slot is asked for, and filled by the next message")
    func slot() throws {
        let client = try customer()
        let asked = try client.done("SAY ¿cuánto tarda el envío?")
        #expect(try asked.text("reply.kind") == "ask")
        #expect(try asked.text("reply.intent") == "delivery")
        #expect(try asked.text("reply.text") == "¿A qué zona?")
        #expect(try client.done("SAY a Tenerife").text("reply.text") == "A Canarias tarda dos días.")
    }
}
