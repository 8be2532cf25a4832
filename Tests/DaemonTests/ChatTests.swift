import Foundation
import Synchronization
import Testing

@Suite("A customer in the terminal")
struct ChatTests {
    static let spanish = ["LANG": "es_ES.UTF-8"]

    func chat(_ server: ScriptedServer, environment: [String: String] = spanish) throws -> Child {
        try Child(["chat", "--to", server.address], environment: environment)
    }

    @Test("without a daemon it says so and ends with 69")
    func nobody() throws {
        let folder = try TemporaryFolder()
        let child = try Child(["chat", "--to", "unix:" + folder.file("none")], environment: Self.spanish)
        #expect(try child.wait() == 69)
        #expect(try child.errors.rest(within: 5).contains("conserje serve"))
    }

    @Test("a question from a pipe gets its answer, with choices and sources, and a polite end")
    func question() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer(greeting: "¡Hola! Soy **Lumbre**.")
                let say = try connection.expect("SAY")
                guard say.text == "¿cuándo llega?", say.tags["json"] == "1", say.tags["id"] != nil else {
                    throw HarnessError("\(say)")
                }
                let choices = #"[{"label":"Península","say":"a la península"},{"label":"Islas","say":"a las islas"}]"#
                let sources = #"[{"title":"Plazos","path":"KnowledgeBase/es/envios.md#plazos"}]"#
                try connection.send(
                    #"OK {"seq":2,"reply":{"seq":3,"text":"En *48 h*.","kind":"clarify","choices":"#
                        + choices + #","sources":"# + sources + "}}")
                let second = try connection.expect("SAY")
                guard second.text == "a las islas" else { throw HarnessError("\(second)") }
                try connection.send(#"OK {"seq":4,"reply":{"seq":5,"text":"En cinco días.","kind":"answer"}}"#)
                try connection.farewell()
            }
        ])
        let child = try chat(server)
        #expect(try child.nextLine() == "¡Hola! Soy Lumbre.")
        child.write("¿cuándo llega?\n")
        #expect(try child.nextLine() == "En 48 h.")
        #expect(try child.nextLine() == "  1) Península")
        #expect(try child.nextLine() == "  2) Islas")
        #expect(try child.nextLine() == "  Fuente: Plazos (KnowledgeBase/es/envios.md#plazos)")
        child.write("2")
        child.closeInput()
        #expect(try child.nextLine() == "En cinco días.")
        #expect(try child.wait() == 0)
        try server.finish()
    }

    @Test("a connection that drops before the answer is resumed, and the command sent again under its id")
    func resumed() throws {
        let first = Mutex("")
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer()
                let say = try connection.expect("SAY")
                first.withLock { $0 = say.tags["id"] ?? "none" }
            },
            { connection in
                // Gone before it was open: tried again.
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"customer"}"#)
                try connection.expect("RESUME")
            },
            { connection in
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"customer"}"#)
                let resume = try connection.expect("RESUME")
                guard resume.rest == "r-token 1" else { throw HarnessError("\(resume)") }
                // What is replayed comes in one piece with the answer that follows it.
                try connection.send(#"OK {"conversation":"c1","state":"bot","language":"es"}"#)
                let say = try connection.expect("SAY")
                guard say.tags["id"] == first.withLock({ $0 }), say.text == "hola otra vez" else {
                    throw HarnessError("\(say)")
                }
                let choices = #"[{"label":"Más","say":"más"}]"#
                let lines = [
                    #"* {"type":"message","seq":2,"from":"customer","text":"hola otra vez"}"#,
                    #"* {"type":"message","seq":3,"from":"bot","text":"Respuesta guardada."}"#,
                    #"OK {"seq":2,"reply":{"seq":3,"text":"Respuesta guardada.","choices":\#(choices)}}"#,
                ]
                try connection.send(lines.joined(separator: "\n"))
                try connection.farewell()
            },
        ])
        let child = try chat(server)
        try child.line(containing: "Hola")
        child.write("hola otra vez\n")
        child.closeInput()
        #expect(try child.nextLine() == "Respuesta guardada.")
        #expect(try child.nextLine() == "  1) Más")
        #expect(try child.wait() == 0)
        #expect(child.remaining.isEmpty)
        let errors = try child.errors.rest(within: 5)
        #expect(errors.contains("Se ha perdido la conexión"))
        #expect(errors.contains("Conectado otra vez"))
        try server.finish()
    }

    @Test("a script is read no faster than it is answered, so that its number picks the choice that is offered then")
    func script() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer()
                try connection.expect("SAY")
                let choices = #"[{"label":"Sí","say":"sí, por favor"}]"#
                try connection.send(#"OK {"seq":2,"reply":{"seq":3,"text":"¿Seguro?","choices":\#(choices)}}"#)
                guard try connection.expect("SAY").text == "sí, por favor" else { throw HarnessError("SAY") }
                try connection.send(#"OK {"seq":4,"reply":{"seq":5,"text":"Hecho."}}"#)
                try connection.farewell()
            }
        ])
        let child = try chat(server)
        child.write("cancela mi pedido\n1\n")
        child.closeInput()
        #expect(try child.wait() == 0)
        #expect(child.remaining.hasSuffix("¿Seguro?\n  1) Sí\nHecho.\n"))
        try server.finish()
    }

    @Test(
        "a script gives up with 69 when the daemon stays away for half a minute",
        .enabled(if: ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1"))
    func givenUp() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer()
                try connection.expect("SAY")
            }
        ])
        let child = try chat(server)
        child.write("algo\n")
        child.closeInput()
        #expect(try child.wait(within: 60) == 69)
        #expect(try child.errors.rest(within: 5).contains("queda un mensaje"))
        try server.finish()
    }

    @Test("a token that is not known any more starts a new conversation with what was not answered")
    func forgotten() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer()
                try connection.expect("SAY")
            },
            { connection in
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"customer"}"#)
                try connection.expect("RESUME")
                try connection.send(#"ERR {"code":"bad_token","message":"No such token."}"#)
                try connection.expect("HELLO")
                try connection.send(
                    #"OK {"conversation":"c2","resume":"r2","language":"es","greeting":{"seq":1,"text":"Nueva"}}"#)
                try connection.expect("SAY")
                try connection.send(#"OK {"seq":2,"reply":{"seq":3,"text":"Hecho."}}"#)
                try connection.farewell()
            },
        ])
        let child = try chat(server)
        child.write("algo\n")
        child.closeInput()
        try child.line(containing: "Nueva")
        try child.line(containing: "Hecho.")
        #expect(try child.wait() == 0)
        try server.finish()
    }

    @Test("slash commands in both languages become the protocol's, and what happens by itself is told at once")
    func commands() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer()
                guard try connection.expect("HUMAN").text == "una queja" else { throw HarnessError("HUMAN") }
                try connection.send(
                    #"OK {"seq":2,"reply":{"seq":3,"text":"Te paso.","kind":"handoff","handoff":"#
                        + #"{"state":"waiting","position":2,"estimated_wait":120,"reason":"asked","team":"t"}}}"#,
                    #"* {"type":"queue","position":2,"estimated_wait":120}"#,
                    #"* {"type":"queue","position":1,"estimated_wait":120}"#,
                    #"* {"type":"agent_joined","name":"Ana"}"#, #"* {"type":"typing","from":"agent"}"#,
                    #"* {"type":"typing","from":"agent"}"#,
                    #"* {"type":"message","seq":4,"from":"agent","name":"Ana","text":"Buenas \u001b[31mtardes"}"#)
                guard try connection.expect("SAY").text == "hola Ana" else { throw HarnessError("SAY") }
                try connection.send(
                    #"OK {"seq":5,"delivered":true}"#, #"* {"type":"agent_left"}"#,
                    #"* {"type":"resolved","survey":["csat","ces","of_tomorrow"]}"#)
                let rate = try connection.expect("RATE")
                guard rate.rest == #"csat 5 "muy bien""#, rate.tags["json"] == "1" else {
                    throw HarnessError("\(rate)")
                }
                try connection.send("OK {}")
                guard try connection.expect("RATE").rest == "ces 6" else { throw HarnessError("RATE ces") }
                try connection.send("OK {}")
                guard try connection.expect("LANGUAGE").rest == "en" else { throw HarnessError("LANGUAGE") }
                try connection.send(#"OK {"language":"en"}"#)
                guard try connection.expect("HISTORY").rest == "2" else { throw HarnessError("HISTORY") }
                try connection.send(
                    #"OK {"messages":[{"seq":5,"from":"customer","text":"hola Ana"},"#
                        + #"{"seq":6,"from":"system","text":"fin"}]}"#)
                try connection.expect("FORGET")
                try connection.send(#"OK {"kept":["invoice"]}"#)
                try connection.farewell()
            }
        ])
        let child = try chat(server)
        try child.line(containing: "Hola")
        child.write("/persona una queja\n")
        #expect(try child.nextLine() == "Te paso.")
        // The place that the reply told is not told again.
        #expect(try child.nextLine().contains("puesto 1; espera estimada: 2 min"))
        #expect(try child.nextLine() == "· Ana se ha unido a la conversación.")
        #expect(try child.nextLine() == "· Ana está escribiendo…")
        #expect(try child.nextLine() == "Ana: Buenas [31mtardes")
        child.write("hola Ana\n")
        #expect(try child.nextLine().contains("Ana ha dejado"))
        #expect(try child.nextLine().contains("resuelta"))
        #expect(try child.nextLine().contains("de 1 (muy mala) a 5"))
        child.write("/valorar 5 muy bien\n")
        #expect(try child.nextLine() == "· Gracias por tu valoración.")
        // The next question is answered by its number alone.
        #expect(try child.nextLine().contains("de 1 (muy difícil) a 7"))
        child.write("6\n")
        #expect(try child.nextLine() == "· Gracias por tu valoración.")
        child.write("/idioma en\n")
        #expect(try child.nextLine() == "· From now on in English.")
        child.write("/history 2\n/frget\n/forget\n/quit\n")
        #expect(try child.nextLine() == "You: hola Ana")
        #expect(try child.nextLine() == "· fin")
        #expect(try child.nextLine().contains("invoice"))
        #expect(try child.wait() == 0)
        #expect(try child.errors.rest(within: 5).contains("did you mean /forget?"))
        try server.finish()
    }

    @Test("a refusal is told in the customer's language, and a message that is too long is not sent")
    func refusals() throws {
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer()
                try connection.expect("SAY")
                try connection.send(#"ERR {"code":"rate_limited","message":"Wait.","retry_after":3}"#)
                try connection.farewell()
            }
        ])
        let child = try chat(server)
        child.write(String(repeating: "a", count: 8200) + "\nhola\n")
        child.closeInput()
        #expect(try child.wait() == 0)
        let errors = try child.errors.rest(within: 5)
        #expect(errors.contains("8192"))
        #expect(errors.contains("No se ha enviado «hola». Demasiados mensajes seguidos; espera 3 s."))
        try server.finish()
    }

    @Test("the agents' listener is told apart, and a stranger on the port is no daemon")
    func wrongDoor() throws {
        let agents = try ScriptedServer([
            { connection in
                try connection.send(#"* {"type":"hello","server":"conserje/0","protocol":1,"role":"agent"}"#)
                _ = try connection.client.isClosed()
            }
        ])
        #expect(try chat(agents).wait() == 64)
        try agents.finish()
        let stranger = try ScriptedServer([{ connection in try connection.send("220 mail.example ESMTP") }])
        #expect(try chat(stranger).wait() == 69)
        try stranger.finish()
    }

    @Test("on a terminal a message from elsewhere does not break the line being typed")
    func interactive() throws {
        let typed = DispatchSemaphore(value: 0)
        let server = try ScriptedServer([
            { connection in
                try connection.welcomeCustomer()
                guard try connection.expect("SAY").text == "primero" else { throw HarnessError("SAY") }
                try connection.send(#"OK {"seq":2,"delivered":true}"#)
                typed.wait()
                try connection.send(
                    #"* {"type":"message","seq":3,"from":"agent","name":"Ana","text":"Un **momento**"}"#)
                guard try connection.expect("SAY").text == "a medias y más" else { throw HarnessError("SAY") }
                try connection.send(#"OK {"seq":4,"reply":{"seq":5,"text":"**Sí**"}}"#)
                try connection.farewell()
            }
        ])
        let terminal = try PseudoTerminal()
        let child = try Child(
            ["chat", "--to", server.address], environment: ["LANG": "es_ES.UTF-8", "TERM": "xterm"], terminal: terminal)
        _ = try terminal.screen.read(upTo: "Hola", within: 10)
        #expect(!terminal.echoes)
        terminal.type("primero\r")
        _ = try terminal.screen.read(upTo: "> primero\r\n", within: 10)
        terminal.type("a medias")
        _ = try terminal.screen.read(upTo: "> a medias", within: 10)
        typed.signal()
        let after = try terminal.screen.read(upTo: "> a medias", within: 10)
        #expect(after.contains("\r\u{1B}[K\u{1B}[36mAna\u{1B}[0m: Un **momento**\r\n"))
        terminal.type(" y más\r")
        _ = try terminal.screen.read(upTo: "\u{1B}[1mSí\u{1B}[0m", within: 10)
        terminal.type("\u{4}")
        try server.finish()
        #expect(try child.wait() == 0)
        #expect(terminal.echoes)
    }
}
