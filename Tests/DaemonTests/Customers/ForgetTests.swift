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

    /// A flow that proves an order, and leaves a request for it.
    private static let orders = [
        "Intents/order/cancel.md": """
        ---
        title_es: Cancelar
        title_en: Cancel
        slots: motivo
        ---
        # Flujo
        - verificar pedido
        - pedir motivo
        - hacer cancelación
        - responder

        # Español
        ## Frases
        - quiero cancelar mi pedido
        - anular el pedido
        ## Pregunta: motivo
        ¿Por qué?
        ## Respuesta
        Pedida.
        # English
        ## Phrases
        - I want to cancel my order
        ## Question: reason
        Why?
        ## Answer
        Requested.
        """,
        "KnowledgeBase/products.csv": """
        sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,\
        synonyms_en,alternatives,restock,description_es,description_en
        CL-0012,a,a,c,c,b,1.00,1,,,,,,,,d,d

        """,
        "KnowledgeBase/orders.csv": """
        number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered
        70531,2026-11-20,paid,Zenobia,zenobia@correo.example,08001,CL-0012 x 1,1.00,,,,

        """,
    ]

    @Test(
        "EXPORT has all that is held, and after FORGET none of it is in any file, snapshots and their like too, nor comes back",
        arguments: [false, true])
    func toTheByte(killing: Bool) throws {
        let daemon = try Daemon.started(settings: ["segment_size: 64 KiB"], files: Self.orders)
        let client = try daemon.customer()
        let opened = try client.open(#"{"name":"Zenobia Quiñones","contact":"655 000 123","channel":"web"}"#)
        let lines = [
            "SAY quiero cancelar mi pedido 70531", "SAY zenobia@correo.example", "SAY porque xilófono",
            "RATE answer 0 nada ukelele", "HUMAN necesito trompeta",
        ]
        for line in lines { try client.done(line) }
        let agent = try daemon.agent("jefa")
        try agent.done("CLAIM " + opened.id)
        try agent.done("TELL \(opened.id) con la gaita")
        try agent.done("NOTE \(opened.id) ojo al oboe")
        try agent.done("TRANSFER \(opened.id) ventas por el fagot")
        try agent.done("CLAIM " + opened.id)
        try agent.done("RESOLVE \(opened.id) arreglado con dulzaina #tambor")
        try client.done("RATE csat 1 fatal el violonchelo")
        try client.done("SAY y además la bandurria")
        let neighbour = try daemon.customer()
        try neighbour.open(#"{"name":"Vecina"}"#)
        // The start after an orderly end reads a snapshot, with the open case in it; more is said behind it.
        try daemon.restart(killing: killing)
        let returned = try daemon.customer()
        try returned.done("RESUME \(opened.token) 100")
        try returned.done("SAY y el clavicordio")
        let words = [
            "Zenobia", "zenobia", "Quiñones", "655 000 123", "655000123", "70531", "08001", "xilófono", "ukelele",
            "trompeta", "gaita", "dulzaina", "violonchelo", "bandurria", "clavicordio",
        ]
        try returned.send("EXPORT")
        let export = try returned.nextLine()
        let missing = words.filter { !export.contains($0) }
        #expect(missing == ["655000123", "08001"], "what nobody said is not held")
        #expect(!export.contains("oboe") && !export.contains("fagot"), "notes are the agents' own")
        try returned.done("FORGET")
        for word in words + ["oboe", "fagot"] { #expect(try files(of: daemon, holding: word) == [], "\(word)") }
        try daemon.restart(killing: !killing)
        for word in words + ["oboe", "fagot"] { #expect(try files(of: daemon, holding: word) == [], "\(word)") }
        #expect(try !files(of: daemon, holding: "Vecina").isEmpty)
    }

    @Test("a file that is pasted is not stored, and the reply says so")
    func pastedFile() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        try client.open()
        let payload = String(repeating: "QUJDRUZHSElKS0xNTk9Q", count: 20)
        let reply = try client.done("SAY ¿cuánto cuesta la cafetera? data:image/png;base64,\(payload)==")
        #expect(try reply.text("reply.text").hasPrefix("Los archivos no llegan por aquí"))
        #expect(try reply.text("reply.text").hasSuffix(Shop.priceAnswer))
        try client.done("HUMAN")
        #expect(try client.done("SAY mira data:image/png;base64,\(payload)")["delivered"] == .bool(true))
        let told = try client.nextPush("message")
        #expect(try told.text("from") == "system" && told.text("text").contains("no se ha guardado"))
        #expect(try files(of: daemon, holding: "QUJDRUZHSElK") == [])
        let said = try client.done("HISTORY").list("messages").compactMap { try? $0.text("text") }
        #expect(said.contains("mira [image/png]"))
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
