import Foundation
import JSON
import Testing

@Suite("Cases over the wire")
struct CaseTests {
    private static let billing = [
        "Intents/after-sale/billing.md": Shop.intent(
            ("Un cobro", "A charge"), head: ["team: posventa", "case: billing"],
            es: [
                "me habéis cobrado dos veces", "cobro duplicado", "doble cargo", "me cobraron de más",
                "cargo incorrecto",
                "error en el cobro", "no reconozco este cargo", "me habéis cobrado mal", "cobro indebido",
                "tengo dos cargos en el banco", "habéis cobrado el doble", "problema con un cobro",
            ],
            en: [
                "you charged me twice", "duplicate charge", "double charge", "I was overcharged", "wrong charge",
                "charged the wrong amount", "I do not recognise this charge", "billing error", "unexpected charge",
                "two charges at my bank", "you charged double", "problem with a charge",
            ],
            answer: ("Lo miramos: {caso}, hasta el {plazo}.", "We look into it: {case}, by {due}."))
    ]

    private func key(_ client: LineClient) throws -> String {
        let reply = try client.done("@id=k SAY me habéis cobrado dos veces")
        let key = try reply.text("reply.case.key")
        #expect(try reply.text("reply.text").contains("Lo miramos: \(key), hasta el "))
        return key
    }

    @Test(
        "a case and its answer survive kill -9; sent again nothing is done twice; the customer gets the answer on return"
    )
    func restarts() throws {
        let daemon = try Daemon.started(files: Self.billing)
        let client = try daemon.customer()
        let opened = try client.open()
        let key = try key(client)
        let due = try client.done("CASE \(key)").text("case.due")
        try daemon.restart(killing: true)
        let again = try daemon.customer()
        try again.done("RESUME \(opened.token) 999999")
        #expect(try again.done("@id=k SAY me habéis cobrado dos veces").text("reply.case.key") == key)
        #expect(try again.done("CASE \(key)").text("case.receipt").contains("> me habéis cobrado dos veces"))
        try again.done("QUIT")
        let agent = try daemon.agent("jefa")
        let listed = try agent.done("CASES").list("cases")
        #expect(try listed.map { try $0.text("key") } == [key] && listed[0].text("due") == due)
        try agent.done("@id=a ANSWER \(key) #partly Devolvemos uno.")
        try daemon.restart(killing: true)
        let other = try daemon.agent("jefa")
        #expect(try other.ask("@id=a ANSWER \(key) #partly Devolvemos uno.").code == nil)
        #expect(try other.ask("ANSWER \(key) Nada.").code == "not_allowed")
        #expect(try daemon.customer().done("CASE \(key)").text("case.state") == "answered")
        let back = try daemon.customer()
        try back.done("RESUME \(opened.token)")
        let said = try back.done("HISTORY").list("messages").compactMap { $0["text"]?.string }
        #expect(said.filter { $0 == "Devolvemos uno." }.count == 1)
        // In order: the next start reads the snapshot that this one leaves.
        try daemon.restart()
        let last = try daemon.customer().done("CASE \(key)")
        #expect(try last.text("case.state") == "closed" && last.text("case.outcome") == "partly")
        #expect(try last.text("case.due") == due && last[path: "case.receipt"] == nil)
    }

    @Test("the verbs are in HELP, and the desk and the chat know them")
    func terminals() throws {
        let daemon = try Daemon.started(files: Self.billing)
        let client = try daemon.customer()
        func verbs(_ client: LineClient) throws -> [String] {
            try client.done("HELP").list("commands").map { try $0.text("verb") }
        }
        #expect(try verbs(client).contains("CASE"))
        #expect(try Set(verbs(daemon.agent("jefa"))).isSuperset(of: ["CASES", "ANSWER"]))
        let key = try key(client)
        let environment = ["LANG": "es_ES.UTF-8", "NO_COLOR": "1"]
        let desk = try Child(
            ["desk", "--to", try #require(daemon.agents.first), "--name", "jefa"], environment: environment)
        desk.write("casos\n")
        try desk.line(containing: "\(key): facturación, abierto; posventa, es")
        desk.write("contestar \(key) #rechazada No fue así.\n")
        try desk.line(containing: "La respuesta ha quedado registrada.")
        desk.write("/contestar \(key) Otra cosa.\nsalir\n")
        #expect(try desk.wait() == 0)
        #expect(try desk.errors.rest(within: 5).contains("Ese expediente ya no espera respuesta"))
        #expect(try client.done("CASE \(key)").text("case.outcome") == "refused")
    }
}
