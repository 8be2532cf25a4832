import Content
import Events
import Testing

@testable import Dialogue

@Suite("Calls that are promised")
struct CallBackTests {
    private static let call = """
        ---
        title_es: Que me llamen
        title_en: Call me
        team: ventas
        slots: teléfono, momento
        ---
        # Flujo
        - pedir teléfono
        - pedir momento
        - hacer llamada
        - terminar
        # Español
        ## Frases
        - telefoneadme
        ## Reglas
        - telefoneadme
        ## Respuesta
        Sí.
        # English
        ## Phrases
        - telephone me
        ## Rules
        - telephone me
        ## Answer
        Yes.
        """

    private static let cancel = """
        ---
        title_es: Sin llamada
        title_en: No call
        ---
        # Flujo
        - si llamada: decir anulada
        - si no: decir ninguna
        - olvidar llamada
        - terminar
        # Español
        ## Frases
        - colgad
        ## Reglas
        - colgad
        ## Texto: anulada
        No te llamamos {llamada}.
        ## Texto: ninguna
        No había ninguna.
        ## Respuesta
        Ya.
        # English
        ## Phrases
        - hang up
        ## Text: anulada
        We won't.
        ## Text: ninguna
        There was none.
        ## Answer
        Right.
        """

    private static let boss = """
        ---
        title_es: Jefa
        title_en: Boss
        team: general
        handoff: always
        reason: asked
        slots: teléfono
        ---
        # Flujo
        - si supervisor: pasar a supervisor
        - pedir teléfono
        - hacer llamada de supervisora
        - terminar
        # Español
        ## Frases
        - la jefaza
        ## Reglas
        - jefaza
        ## Respuesta
        Sí.
        # English
        ## Phrases
        - bossy boss
        ## Answer
        Yes.
        """

    private static let lead = """
        ---
        title_es: Aviso
        title_en: Alert
        team: ventas
        slots: producto, correo, confirmación
        ---
        # Flujo
        - pedir correo
        - pedir confirmación
        - hacer contacto
        - terminar
        # Español
        ## Frases
        - apuntadme
        ## Reglas
        - apuntadme
        ## Pregunta: confirmación
        ¿Guardamos {correo}?
        ## Respuesta
        Hecho.
        # English
        ## Phrases
        - sign me up
        ## Question: agreement
        Shall we?
        ## Answer
        Done.
        """

    private static func content() throws -> Interpreter {
        var files = Shop.files
        files["Intents/small-talk/call.md"] = call
        files["Intents/small-talk/hang_up.md"] = cancel
        files["Intents/small-talk/boss.md"] = boss
        files["Intents/pre-sale/alert.md"] = lead
        return Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
    }

    private func chat() throws -> Chat { Chat(content: try Self.content()) }

    private func requested(_ turn: Turn) -> CallbackRequest? {
        turn.events.compactMap { if case .callbackRequested(let request) = $0 { request } else { nil } }.first
    }

    private func local(_ moment: Timestamp, _ chat: Chat) -> String {
        chat.content.serviceHours.localMoment(moment.milliseconds).iso
    }

    @Test("what is missing is asked once, then the call is promised with what the customer said")
    func promised() throws {
        var chat = try chat()
        #expect(chat.say("telefoneadme por lo de la cafetera").said.asked == "phone")
        #expect(chat.say("612 345 678").said.asked == "moment")
        let turn = chat.say("mañana a las 5")
        let request = try #require(requested(turn))
        #expect(request.phone == "+34612345678" && request.team == "ventas" && request.agent == nil)
        #expect(local(request.when, chat) == "2026-11-25T17:00")
        #expect(request.text.hasPrefix("telefoneadme por lo de la cafetera\n"))
        #expect(turn.said.reply.text == "Te llamamos mañana a las 17:00 al +34 612 345 678.")
        #expect(chat.conversation.callback?.request == request && turn.handoff == nil)
        // The number is known now.
        let again = chat.say("telefoneadme hoy a las 6")
        #expect(local(try #require(requested(again)).when, chat) == "2026-11-24T18:00")
        #expect(chat.conversation.callbacks.count == 1)
    }

    @Test("a moment when nobody is there becomes the next when somebody is, and that is said")
    func moved() throws {
        var chat = try chat()
        let turn = chat.say("telefoneadme al 612345678 el sábado a las 11")
        #expect(local(try #require(requested(turn)).when, chat) == "2026-11-30T09:00")
        #expect(turn.said.reply.text.hasPrefix("A la hora que dices no atendemos: te llamamos el lunes a las 9:00"))
        let now = chat.say("telefoneadme cuanto antes")
        #expect(requested(now)?.when == Shop.start)
        #expect(now.said.reply.text == "Te llamamos al +34 612 345 678 en cuanto alguien quede libre.")
    }

    @Test("a promised call is put off by its time alone, and other messages leave it alone")
    func putOff() throws {
        var chat = try chat()
        _ = chat.say("telefoneadme al 612345678 el jueves a las 17:30")
        let later = chat.say("mejor a las 6")
        #expect(local(try #require(requested(later)).when, chat) == "2026-11-26T18:00")
        #expect(requested(chat.say("hola")) == nil && requested(chat.say("¿abrís a las 6?")) == nil)
        let day = chat.say("mejor el viernes")
        #expect(local(try #require(requested(day)).when, chat) == "2026-11-27T18:00")
    }

    @Test("a call is taken back, and only one that was promised")
    func cancelled() throws {
        var chat = try chat()
        #expect(chat.say("colgad").said.reply.text == "No había ninguna.")
        _ = chat.say("telefoneadme al 612345678 mañana a las 10")
        let turn = chat.say("colgad")
        #expect(turn.said.reply.text == "No te llamamos mañana a las 10:00.")
        #expect(turn.events == [.callbackCancelled] && chat.conversation.callback == nil)
    }

    @Test("a call of nobody's in particular is made by the team that the conversation was about")
    func team() throws {
        var chat = try chat()
        _ = chat.say("quiero a la jefaza")
        #expect(requested(chat.say("612345678"))?.team == "general")
        var other = try self.chat()
        #expect(other.say("¿cuánto cuesta la cafetera de goteo?").said.reply.intent == "price")
        _ = other.say("quiero a la jefaza")
        #expect(requested(other.say("612345678"))?.team == "ventas")
    }

    @Test("who takes it back before it was promised is not asked any more, nor offered to go on")
    func abandoned() throws {
        var chat = try chat()
        _ = chat.say("telefoneadme")
        let turn = chat.say("colgad")
        #expect(turn.said.reply.text == "No había ninguna." && turn.said.reply.choices.isEmpty)
        #expect(chat.conversation.flows.isEmpty && turn.events.isEmpty)
    }

    @Test("the telephone that the conversation was opened with is not asked for")
    func contact() throws {
        var chat = try chat()
        chat.conversation = Shop.conversation([
            .conversationOpened(
                language: "es", channel: nil, name: nil, contact: "612345678", token: "t", greeting: nil)
        ])
        #expect(chat.say("telefoneadme").said.asked == "moment")
    }

    @Test("a supervisor who is there gets the conversation, and no other agent is asked")
    func supervisor() throws {
        var chat = try chat()
        chat.supervisorAttends = true
        let turn = chat.say("quiero a la jefaza")
        #expect(turn.handoff?.needsSupervisor == true && turn.handoff?.attended == true)
        #expect(turn.handoff?.reason == .asked && chat.conversation.ticket?.needsSupervisor == true)
    }

    @Test("where none is there, one calls the same day, or at the next opening")
    func absentSupervisor() throws {
        var chat = try chat()
        #expect(chat.say("quiero a la jefaza").said.asked == "phone")
        let turn = chat.say("612345678")
        let request = try #require(requested(turn))
        #expect(request.bySupervisor && turn.handoff == nil)
        #expect(local(request.when, chat) == "2026-11-24T12:00")
        #expect(turn.said.reply.text == "Te llamará un supervisor hoy a las 12:00 al +34 612 345 678.")
        // Twenty minutes before the end of the day, and half an hour after it.
        for (hour, when) in [(8 * 60 + 40, "2026-11-24T19:40"), (9 * 60 + 30, "2026-11-25T09:00")] {
            var late = try self.chat()
            late.now = Shop.start + hour * 60
            _ = late.say("quiero a la jefaza")
            #expect(local(try #require(requested(late.say("612345678"))).when, late) == when)
        }
    }

    @Test("a contact is kept behind a yes and not behind a no")
    func leads() throws {
        var chat = try chat()
        _ = chat.say("apuntadme para cuando haya cafeteras")
        #expect(chat.say("ana@example.com").said.reply.text == "¿Guardamos ana@example.com?")
        var other = chat
        let turn = chat.say("sí")
        guard case .leadCaptured(let lead)? = turn.events.first else {
            Issue.record("\(turn.events)")
            return
        }
        #expect(lead.email == "ana@example.com" && lead.team == "ventas" && lead.intent == "alert")
        #expect(lead.text.hasPrefix("apuntadme para cuando"))
        #expect(chat.conversation.leads.count == 1)
        #expect(other.say("no").events.isEmpty && other.conversation.leads.isEmpty)
    }
}
