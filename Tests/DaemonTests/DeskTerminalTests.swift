import Synchronization
import Testing

@Suite("An agent in the terminal")
struct DeskTerminalTests {
    static let entry =
        #"{"conversation":"c-eva","state":"waiting","position":1,"waited":130,"due_in":-40,"reason":"complaint","#
        + #""priority":1,"team":"ventas","language":"es","name":"Eva","last":"quiero\nuna persona","verified":false}"#
    static let transcript =
        #"[{"seq":1,"from":"bot","text":"Hola"},{"seq":2,"from":"customer","text":"llegó roto"}]"#
    static let claimed =
        #"OK {"conversation":"c-eva","transcript":\#(transcript),"context":{"reason":"complaint","#
        + #""tried":["Vea la garantía"],"channel":"web","#
        + #""unfinished":{"intent":"return_item","slot":"order","refusals":2},"#
        + #""refused":[{"case":"CL-1","text":"Ya salió."}]}}"#

    func desk(_ server: ScriptedServer, environment: [String: String] = [:]) throws -> Child {
        try Child(
            ["desk", "--to", server.address, "--name", "ana"],
            environment: environment.merging(["LANG": "es_ES.UTF-8"]) { first, _ in first })
    }

    @Test("without a daemon it says so and ends with 69; a name is one word")
    func nobody() throws {
        let folder = try TemporaryFolder()
        #expect(try Child(["desk", "--to", "unix:" + folder.file("none"), "--name", "ana"]).wait() == 69)
        #expect(try Child(["desk", "--to", "unix:" + folder.file("none")]).wait() == 64)
    }

    @Test("what is promised is listed and promised, contacts are listed, and what is due is told")
    func promises() throws {
        let promise =
            #"{"conversation":"c-eva","at":"2026-11-25T16:00:00.000Z","phone":"+34612345678","#
            + #""text":"la\nfactura","team":"ventas","language":"es"}"#
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeAgent(queue: #"{"waiting":[\#(Self.entry)],"mine":[]}"#)
                try connection.expect("CLAIM")
                try connection.send(Self.claimed)
                let asked = try connection.expect("CALLBACK")
                guard asked.rest == #"c-eva 2026-11-25T17:00 "lo del almacén""#, asked.tags["id"] != nil else {
                    throw HarnessError("\(asked)")
                }
                try connection.send("OK {}")
                try connection.expect("CALLBACKS")
                try connection.send(#"OK {"callbacks":[\#(promise)]}"#)
                try connection.expect("LEADS")
                try connection.send(
                    #"OK {"leads":[{"conversation":"c-luz","at":"2026-11-25T16:00:00.000Z","email":"luz@example.org","#
                        + #""text":"avisadme","team":"ventas","language":"es"}]}"#,
                    #"* {"type":"callback_due","conversation":"c-eva","at":"2026-11-25T16:00:00.000Z","text":"hoy"}"#)
                try connection.farewell()
            }
        ])
        let child = try desk(server)
        child.write("tomar 1\n")
        while try child.nextLine() != "Eva: llegó roto" {}
        child.write("llamada 2026-11-25T17:00 lo del almacén\nllamadas\ncontactos\n")
        #expect(try child.nextLine() == "· Prometido: Eva vuelve a la cola a esa hora.")
        #expect(try child.nextLine().hasSuffix(": +34612345678, ventas, es; c-eva. la factura"))
        #expect(try child.nextLine().contains("luz@example.org, ventas, es; c-luz. avisadme"))
        #expect(try child.nextLine().hasPrefix("! Eva: es la hora de lo prometido"))
        child.write("salir\n")
        #expect(try child.wait() == 0)
        try server.finish()
    }

    @Test("the queue is a table, a claim tells why and what was tried, plain text goes to the customer")
    func work() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeAgent(queue: #"{"waiting":[\#(Self.entry)],"mine":[]}"#)
                let claim = try connection.expect("CLAIM")
                guard claim.rest == "c-eva", claim.tags["id"] != nil else { throw HarnessError("\(claim)") }
                try connection.send(Self.claimed)
                let tell = try connection.expect("TELL")
                guard tell.rest == #"c-eva "Buenas, ¿qué pasó?""#, tell.tags["after"] == "2" else {
                    throw HarnessError("\(tell)")
                }
                let newer = #"[{"seq":3,"from":"customer","text":"y tarde"}]"#
                try connection.send(#"ERR {"code":"stale","message":"Newer.","newer":\#(newer)}"#)
                let again = try connection.expect("TELL")
                guard again.rest == tell.rest, again.tags["after"] == "3", again.tags["id"] != tell.tags["id"] else {
                    throw HarnessError("\(again)")
                }
                try connection.send(
                    #"OK {"seq":4}"#,
                    #"* {"type":"message","conversation":"c-eva","seq":5,"from":"customer","text":"gracias"}"#)
                let note = try connection.expect("NOTE")
                guard note.rest == #"c-eva "llamar mañana""# else { throw HarnessError("\(note)") }
                try connection.send(#"OK {"seq":6}"#)
                let resolve = try connection.expect("RESOLVE")
                guard resolve.rest == "c-eva cambio #roto" else { throw HarnessError("\(resolve)") }
                try connection.send("OK {}")
                try connection.expect("AWAY")
                try connection.send("OK {}")
                try connection.farewell()
            }
        ])
        let child = try desk(server)
        #expect(try child.nextLine() == "Has entrado como ana (agente). «ayuda» enumera las órdenes.")
        #expect(try child.nextLine() == "· Ya te llegan los avisos de la cola.")
        #expect(try child.nextLine() == "En la cola:")
        #expect(try child.nextLine().contains("Motivo"))
        let row = try child.nextLine()
        #expect(row.hasPrefix("1  2 min   hace 40 s  reclamación  ventas"))
        #expect(row.hasSuffix("es      Eva: quiero una persona"))
        child.write("tomar 1\n")
        #expect(try child.nextLine() == "Ahora atiendes a Eva.")
        #expect(try child.nextLine() == "  Motivo del traspaso: reclamación")
        #expect(try child.nextLine() == "  Lo que se intentó: Vea la garantía")
        #expect(try child.nextLine() == "  Canal: web")
        #expect(
            try child.nextLine()
                == "  A medias: Asunto return_item, Dato que falta order, Intentos fallidos 2")
        #expect(try child.nextLine() == "  La tienda no lo hace: Caso CL-1, Motivo Ya salió.")
        #expect(try child.nextLine() == "Bot: Hola")
        #expect(try child.nextLine() == "Eva: llegó roto")
        child.write("Buenas, ¿qué pasó?\n")
        #expect(try child.nextLine() == "Eva: y tarde")
        child.write("otra\n")
        #expect(try child.nextLine() == "Eva: gracias")
        child.write("nota llamar mañana\nresolver cambio #roto\nausente\nsalir\n")
        #expect(try child.nextLine().contains("no lo ve"))
        #expect(try child.nextLine() == "· Eva: resuelta.")
        #expect(try child.nextLine().contains("Ausente"))
        #expect(try child.wait() == 0)
        #expect(try child.errors.rest(within: 5).contains("otra"))
        try server.finish()
    }

    @Test("who waits at the login is told once, by the table; an offer that the table lacks is told behind it")
    func toldOnce() throws {
        let other = Self.entry.replacing("c-eva", with: "c-leo").replacing("Eva", with: "Leo")
        let server = try ScriptedServer([
            { connection in
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"agent"}"#)
                try connection.expect("LOGIN")
                try connection.send(#"OK {"agent":"ana","role":"agent","teams":["*"],"languages":["*"],"capacity":3}"#)
                try connection.expect("READY")
                for entry in [Self.entry, other] {
                    try connection.send("* " + #"{"type":"waiting",\#(entry.dropFirst())"#)
                }
                try connection.send("OK {}")
                try connection.expect("QUEUE")
                try connection.send(#"OK {"waiting":[\#(Self.entry)],"mine":[]}"#)
                try connection.send("* " + #"{"type":"waiting",\#(Self.entry.dropFirst())"#)
                try connection.farewell()
            }
        ])
        let child = try desk(server)
        try child.line(containing: "Eva: quiero una persona")
        #expect(try child.nextLine().contains("n.º 2 (ventas"))
        #expect(try child.nextLine().contains("n.º 1 (ventas"))
        child.closeInput()
        #expect(try child.wait() == 0)
        try server.finish()
    }

    @Test("after a lost connection it logs in again, repeats what was not answered and shows what was missed")
    func reconnected() throws {
        let first = Mutex("")
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeAgent()
                try connection.send("* " + #"{"type":"waiting",\#(Self.entry.dropFirst())"#)
                try connection.expect("CLAIM")
                try connection.send(Self.claimed)
                let tell = try connection.expect("TELL")
                first.withLock { $0 = tell.tags["id"] ?? "none" }
            },
            { connection in
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"agent"}"#)
                guard try connection.expect("LOGIN").rest == "ana secreto" else { throw HarnessError("LOGIN") }
                try connection.send(#"OK {"agent":"ana","role":"agent","teams":["*"],"languages":["*"],"capacity":3}"#)
                try connection.expect("READY")
                try connection.send("OK {}")
                try connection.expect("QUEUE")
                try connection.send(#"OK {"waiting":[],"mine":[\#(Self.entry)]}"#)
                let tell = try connection.expect("TELL")
                guard tell.tags["id"] == first.withLock({ $0 }) else { throw HarnessError("\(tell)") }
                try connection.send(#"OK {"seq":3}"#)
                guard try connection.expect("SHOW").rest == "c-eva" else { throw HarnessError("SHOW") }
                try connection.send(
                    #"OK {"conversation":"c-eva","state":"with_agent","transcript":[{"seq":2,"from":"customer","#
                        + #""text":"llegó roto"},{"seq":4,"from":"customer","text":"¿sigue ahí?"}]}"#)
                try connection.farewell()
            },
        ])
        let child = try desk(server, environment: ["CONSERJE_TOKEN": "secreto"])
        #expect(try child.line(containing: "«quiero").contains("n.º 1 (ventas, es): reclamación"))
        child.write("tomar\n")
        try child.line(containing: "Eva: llegó roto")
        child.write("enseguida\n")
        try child.line(containing: "Eva: ¿sigue ahí?")
        child.closeInput()
        #expect(try child.wait() == 0)
        #expect(!child.remaining.contains("roto"))
        try server.finish()
    }

    @Test("a daemon that asks for the token: without a terminal the variable is named, with one it is asked for unseen")
    func tokens() throws {
        let refusing = try ScriptedServer([
            { connection in
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"agent"}"#)
                try connection.expect("LOGIN")
                try connection.send(#"ERR {"code":"bad_token","message":"A token is needed."}"#)
                _ = try connection.client.isClosed()
            }
        ])
        let piped = try desk(refusing)
        #expect(try piped.wait() == 78)
        #expect(try piped.errors.rest(within: 5).contains("CONSERJE_TOKEN"))
        try refusing.finish()

        let asking = try ScriptedServer([
            { connection in
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"agent"}"#)
                try connection.expect("LOGIN")
                try connection.send(#"ERR {"code":"bad_token","message":"A token is needed."}"#)
                guard try connection.expect("LOGIN").rest == "ana s3creto" else { throw HarnessError("LOGIN") }
                try connection.send(#"OK {"agent":"ana","role":"agent","teams":["*"],"languages":["*"],"capacity":3}"#)
                try connection.expect("READY")
                try connection.send("OK {}")
                try connection.expect("QUEUE")
                try connection.send(#"OK {"waiting":[],"mine":[]}"#)
                try connection.farewell()
            }
        ])
        let terminal = try PseudoTerminal()
        let child = try Child(
            ["desk", "--to", asking.address, "--name", "ana"], environment: ["TERM": "xterm"], terminal: terminal)
        _ = try terminal.screen.read(upTo: "Token: ", within: 10)
        terminal.type("s3creto\r")
        let shown = try terminal.screen.read(upTo: "The queue is empty.", within: 10)
        #expect(!shown.contains("s3creto"))
        terminal.type("\u{4}")
        try asking.finish()
        #expect(try child.wait() == 0)
    }

    @Test("refusals are told in words, and a colleague's doings at once")
    func refusals() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeAgent()
                try connection.expect("CLAIM")
                try connection.send(
                    #"ERR {"code":"already_claimed","message":"Taken.","by":"luis"}"#,
                    #"* {"type":"claimed","conversation":"c-eva","by":"luis"}"#)
                try connection.expect("TAKE")
                try connection.send(#"ERR {"code":"not_allowed","message":"A supervisor may.","by":"luis"}"#)
                try connection.expect("TAKE")
                try connection.send(#"ERR {"code":"not_yours","message":"The bot has it.","by":"bot"}"#)
                try connection.expect("QUEUE")
                try connection.send(#"ERR {"code":"bad_argument","message":"There is no team x."}"#)
                try connection.farewell()
            }
        ])
        let child = try desk(server)
        child.write("hola\ntomar\nrelevar conversa-1\ntake conversa-1\ncola x\n")
        child.closeInput()
        #expect(try child.wait() == 0)
        #expect(child.remaining.contains("· c-eva: la ha tomado luis."))
        let errors = try child.errors.rest(within: 5)
        #expect(errors.contains("No hay ninguna conversación abierta"))
        #expect(errors.contains("luis se ha adelantado"))
        #expect(errors.contains("La lleva luis; solo un supervisor"))
        #expect(errors.contains("la lleva el bot"))
        #expect(errors.contains("No hay ningún equipo con ese nombre."))
        try server.finish()
    }

    @Test("the daemon's figures are told in the agent's words")
    func status() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeAgent()
                try connection.expect("STATUS")
                try connection.send(
                    #"OK {"with_agents":2,"agents":[{"name":"ana","role":"agent","ready":true,"holds":1}],"#
                        + #""journal":{"seq":9,"problem":null},"new_figure":3}"#)
                try connection.farewell()
            }
        ])
        let child = try desk(server)
        child.write("estado\n")
        child.closeInput()
        #expect(try child.wait() == 0)
        #expect(child.remaining.contains("\nCon agentes: 2\n"))
        #expect(child.remaining.contains("\nAgentes: nombre ana, papel agente, con avisos ✓, lleva 1\n"))
        #expect(child.remaining.contains("\nDiario: último evento 9\n"))
        #expect(child.remaining.contains("\nNew_figure: 3\n"))
        try server.finish()
    }
}
