import Content
import Events
import Testing

@testable import Dialogue

@Suite("Slots in a conversation")
struct SlotFillingTests {
    private func content(_ more: [String: String] = [:]) throws -> Interpreter {
        var files = Shop.files.merging(more) { $1 }
        files["Intents/order/status.md"] = """
            ---
            title_es: Dónde está mi pedido
            title_en: Where is my order
            slots: pedido, correo, nombre
            ---
            # Español
            ## Frases
            - ¿dónde está mi pedido?
            - no me ha llegado el paquete
            ## Pregunta: pedido
            ¿Qué número tiene?
            ## Pregunta: correo
            ¿Con qué correo?
            ## Respuesta
            El {pedido} de {correo}.
            # English
            ## Phrases
            - where is my order?
            ## Question: order
            Which number?
            ## Question: email
            Which e-mail?
            ## Answer
            {order} of {email}.
            """
        return Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
    }

    private struct Chat {
        let content: Interpreter
        var conversation = Shop.conversation([Shop.opened])

        /// What the bot says to a message.
        mutating func say(_ text: String) -> BotReply {
            let understanding = content.understand(text, language: conversation.language)
            let situation = Situation(now: Shop.start, isOpen: true) { _, _ in true }
            var turn = content.respond(to: text, understanding, in: conversation, situation: situation)
            conversation.evolve(
                Shop.event(conversation.version + 1, .customerSaid(seq: conversation.lastSeq + 1, text: text)))
            turn.said.reply.seq = conversation.lastSeq + 1
            conversation.evolve(Shop.event(conversation.version + 1, .botReplied(turn.said)))
            return turn.said
        }
    }

    @Test("what is missing is asked for, one thing at a time, and what was said at once is not asked again")
    func asks() throws {
        var chat = Chat(content: try content())
        #expect(chat.say("¿dónde está mi pedido?").asked == "order")
        #expect(chat.say("el 10024").asked == "email")
        #expect(chat.say("es ana@example.com").reply.text == "El 10024 de ana@example.com.")

        var other = Chat(content: try content())
        #expect(other.say("¿dónde está mi pedido?").asked == "order")
        #expect(other.say("el 10024, y mi correo ana@example.com").reply.text == "El 10024 de ana@example.com.")
    }

    @Test("what was said before anybody asked is remembered, whatever it was said with")
    func volunteered() throws {
        var chat = Chat(content: try content())
        _ = chat.say("quiero cancelar mi pedido 10024")
        #expect(chat.conversation.slots["order"] == "10024")
        _ = chat.say("hola, me llamo Ana López")
        #expect(chat.conversation.slots["name"] == "Ana López")
        #expect(chat.say("¿dónde está mi pedido?").asked == "email")
    }

    @Test("a correction takes the place of what was said")
    func corrected() throws {
        var chat = Chat(content: try content())
        _ = chat.say("¿dónde está mi pedido 10023? mi correo es ana@example.com")
        #expect(chat.say("perdona, era el 10024").reply.text == "El 10024 de ana@example.com.")
    }

    @Test("a kind is no name for an editor's list, and no slot of a rule")
    func reserved() throws {
        var files = Shop.files
        files["Intents/slots.md"]? += "\n# fecha\n## Español\n- hoy: hoy\n"
        files["Intents/order/cancel.md"] = files["Intents/order/cancel.md"].map {
            $0.replacing("handoff: offer", with: "handoff: offer\nslots: pedido").replacing(
                "# English", with: "## Reglas\n- cancelar {pedido}\n# English")
        }
        guard
            case .failure(.invalid(let problems)) = ContentLoader.load(
                files: files.map { ($0.key, Array($0.value.utf8)) })
        else {
            Issue.record("is taken")
            return
        }
        #expect(Set(problems.map(\.key)).isSuperset(of: [.slotBadName, .slotNotInRules]))
    }
}
