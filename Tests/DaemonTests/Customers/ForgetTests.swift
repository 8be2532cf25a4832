import Foundation
import JSON
import Testing

@Suite("Erasure")
struct ForgetTests {
    /// Files of the data folder that hold a text.
    private func files(of daemon: Daemon, holding text: String) throws -> [String] {
        let folder = daemon.folder.file("data")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return names.filter { name in
            FileManager.default.contents(atPath: folder + "/" + name)?.range(of: Data(text.utf8)) != nil
        }
    }

    @Test("after FORGET nothing that the customer said is on the disk, and the token opens nothing")
    func erased() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open(#"{"name":"Zenobia","contact":"zenobia@x.example"}"#)
        let neighbour = try daemon.customer()
        let other = try neighbour.open(#"{"name":"Vecina"}"#)
        try neighbour.done("SAY palabra vecina")
        try client.done("SAY palabra xilófono secreta")
        try client.done("RATE answer 0 comentario xilófono")
        let agent = try daemon.agent("noa")
        try agent.done("NOTE \(opened.id) nota xilófono")
        #expect(try !files(of: daemon, holding: "xilófono").isEmpty)
        #expect(try client.done("FORGET")["kept"] == .array([]))
        #expect(try files(of: daemon, holding: "xilófono") == [])
        #expect(try files(of: daemon, holding: "enobia") == [])
        #expect(try client.ask("CANCEL").code == "no_conversation")
        #expect(try daemon.customer().ask("RESUME " + opened.token).code == "bad_token")
        #expect(try daemon.customer().done("RESUME " + other.token).text("conversation") == other.id)
        try daemon.restart(killing: true)
        #expect(try daemon.customer().ask("RESUME " + opened.token).code == "bad_token")
        let resumed = try daemon.customer()
        try resumed.done("RESUME " + other.token)
        #expect(try resumed.nextPush("message").text("from") == "bot")
        #expect(try resumed.nextPush("message").text("text") == "palabra vecina")
    }

    @Test("card numbers and passwords are hidden before anything is stored, and a command sent again is still known")
    func secrets() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        try client.open()
        let first = try client.done("@id=a SAY mi tarjeta es 4111 1111 1111 1111, gracias")
        #expect(try client.done("@id=a SAY mi tarjeta es 4111 1111 1111 1111, gracias") == first)
        #expect(try client.ask("@id=a SAY mi tarjeta es 4242 4242 4242 4242, gracias").code == "id_reused")
        try client.done("RATE answer 0 mi contraseña: Gato123")
        try client.done("HUMAN la clave es Gato123")
        let said = try client.done("HISTORY").list("messages").compactMap { try? $0.text("text") }
        #expect(said.contains("mi tarjeta es •••• •••• •••• 1111, gracias"))
        for secret in ["4111", "1111 1111", "Gato123"] {
            #expect(try files(of: daemon, holding: secret) == [], "\(secret)")
        }
    }

    @Test("FORGET in the queue ends the handoff and the team is told")
    func inQueue() throws {
        let daemon = try Daemon.started()
        let ana = try daemon.agent("ana")
        try ana.done("READY")
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        #expect(try ana.nextPush("waiting").text("conversation") == opened.id)
        try client.done("FORGET")
        #expect(try ana.nextPush("customer_left").text("conversation") == opened.id)
        #expect(try ana.done("QUEUE").list("waiting").isEmpty)
        #expect(try ana.ask("CLAIM").code == "queue_empty")
    }

    @Test("FORGET with an agent ends the handoff and the agent is told")
    func withAgent() throws {
        let daemon = try Daemon.started()
        let ana = try daemon.agent("ana")
        let client = try daemon.customer()
        let opened = try client.openInQueue()
        try ana.done("CLAIM " + opened.id)
        try client.done("FORGET")
        #expect(try ana.nextPush("customer_left").text("conversation") == opened.id)
        #expect(try ana.done("QUEUE").list("mine").isEmpty)
        #expect(try ana.ask("TELL \(opened.id) hola").code != nil)
    }

    @Test("other connections lose the conversation, and the same connection may open a new one")
    func connections() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        let other = try daemon.customer()
        try other.done("RESUME " + opened.token)
        try client.send("@id=f FORGET\nSAY gracias\n@id=f FORGET")
        let first = try client.nextAnswer()
        #expect(first["kept"] == .array([]))
        #expect(try client.nextAnswer()["seq"] == .integer(1))
        #expect(try client.nextAnswer() == first)
        #expect(try other.ask("RATE csat 5").code == "no_conversation")
    }
}
