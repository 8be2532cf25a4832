import Foundation
import JSON
import SeededRandom
import Testing

@Suite("kill -9")
struct CrashTests {
    @Test("what was answered OK is there after the restart, with its ids and tokens")
    func everything() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        let said = try client.ask("@id=a SAY gracias")
        let asked = try client.ask("@id=b HUMAN ayuda")
        let history = try client.done("HISTORY")
        try daemon.restart(killing: true)
        let again = try daemon.customer()
        #expect(try again.done("RESUME " + opened.token).text("state") == "message_taken")
        #expect(try again.done("HISTORY") == history)
        #expect(try again.pushesSoFar(after: "HISTORY").map { $0["seq"]?.integer } == [1, 2, 3, 4, 5])
        #expect(try again.ask("@id=a SAY gracias") == said)
        #expect(try again.ask("@id=a SAY otra cosa").code == "id_reused")
        #expect(try again.ask("@id=b HUMAN ayuda") == asked)
        #expect(try again.done("HISTORY") == history)
        #expect(try daemon.agent("jefa").done("QUEUE").list("waiting").count == 1)
    }

    @Test("a follow-up that comes due while the daemon is down is offered after the start")
    func followUp() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        try client.done("SAY gracias")
        try client.done("QUIT")
        let agent = try daemon.agent("jefa")
        let due = Date.now.addingTimeInterval(1.5)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        try agent.done("CALLBACK \(opened.id) \(due) preguntar al almacén")
        #expect(try agent.done("CALLBACKS").list("callbacks").map { $0["by"] } == [.string("jefa")])
        try daemon.restart(killing: true)
        let again = try daemon.agent("jefa")
        try again.done("READY")
        let offer = try again.nextPush("waiting", within: 30)
        #expect(offer["conversation"] == .string(opened.id) && offer["reason"] == .string("callback"))
        #expect(try again.done("CLAIM").text("context.callback.text") == "preguntar al almacén")
        #expect(try again.done("CALLBACKS").list("callbacks").isEmpty)
    }

    @Test("who asks why after the restart is told the same, and what the bot waited for still stands")
    func why() throws {
        let why = Shop.intent(
            ("Por qué", "Why"), head: ["kind: explanation"],
            es: ["¿por qué dices eso?", "por qué me respondes eso", "por qué contestas eso"],
            en: ["why do you say that?", "why did you say that", "why that answer"],
            answer: ("Aún no he dicho nada.", "I have said nothing yet."))
        let daemon = try Daemon.started(files: ["Intents/small-talk/why.md": why])
        let client = try daemon.customer()
        let opened = try client.open()
        #expect(try client.done("SAY ¿por qué dices eso?").text("reply.text") == "Aún no he dicho nada.")
        #expect(try client.done("SAY ¿cuánto tarda el envío?").text("reply.kind") == "ask")
        let told = try client.done("SAY ¿por qué dices eso?").text("reply.text")
        #expect(told.contains("«Envío»"))
        try daemon.restart(killing: true)
        let again = try daemon.customer()
        try again.done("RESUME " + opened.token)
        #expect(try again.done("SAY ¿por qué dices eso?").text("reply.text").contains(told))
        #expect(try again.done("SAY Canarias").text("reply.text") == "A Canarias tarda dos días.")
    }

    /// What one customer sent and what came back.
    private struct Sender {
        var token: String
        var sent = 0
        var confirmed = 0
    }

    @Test("at random moments under load nothing acknowledged is lost and nothing is doubled")
    func underLoad() throws {
        let isLong = ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1"
        let seed = UInt64(ProcessInfo.processInfo.environment["CONSERJE_SEED"] ?? "") ?? 20_261_124
        var random = SplitMix64(seed: seed)
        let daemon = try Daemon.started()
        var senders: [Sender] = []
        for index in 0..<6 {
            let client = try daemon.customer()
            senders.append(Sender(token: try client.open().token))
            // Half of them speak to the queue: each of their messages is durable.
            if index % 2 == 0 { try client.done("@id=h HUMAN") }
        }
        for round in 0..<(isLong ? 100 : 5) {
            let clients = try senders.map { sender in
                let client = try daemon.customer()
                try client.done("RESUME \(sender.token) 999999")
                return client
            }
            // Unanswered commands of the last round go again under their ids.
            for (index, client) in clients.enumerated() {
                let first = senders[index].confirmed
                senders[index].sent = max(senders[index].sent, first + 40)
                for number in first..<senders[index].sent { try client.send("@id=m\(number) SAY gracias \(number).") }
            }
            let answers = Int(random.next() % 40)
            for (index, client) in clients.enumerated() {
                for _ in 0..<(random.next() % 2 == 0 ? answers : answers / 2) {
                    #expect(try client.nextAnswer().code == nil, "seed \(seed), round \(round)")
                    senders[index].confirmed += 1
                }
            }
            try daemon.restart(killing: true)
        }
        for (index, sender) in senders.enumerated() {
            let client = try daemon.customer()
            // RESUME tells every message, HISTORY only the last thousand.
            #expect(try client.ask("RESUME " + sender.token, within: 60).code == nil)
            _ = try client.ask("HISTORY 1", within: 60)
            let said = client.takePushes().filter { $0["from"] == .string("customer") }
                .compactMap { $0["text"]?.string }.filter { $0.hasPrefix("gracias ") }
            let wanted = (0..<sender.confirmed).map { "gracias \($0)." }
            #expect(sender.confirmed > 0)
            #expect(Set(said).count == said.count, "doubled; seed \(seed), sender \(index)")
            #expect(Array(said.prefix(sender.confirmed)) == wanted, "lost; seed \(seed), sender \(index)")
        }
    }
}
