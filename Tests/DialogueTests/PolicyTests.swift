import Content
import Dialogue
import Events
import Testing

@Suite("The bot's turn")
struct PolicyTests {
    /// A conversation that goes on message by message, as the core leads it.
    private struct Chat {
        let content: Interpreter
        var conversation: Conversation
        var isAttended = true

        init(_ content: Interpreter? = Shop.content) throws {
            self.content = try #require(content)
            conversation = Shop.conversation([Shop.opened])
        }

        mutating func say(_ text: String) -> Turn {
            let situation = Situation(now: Shop.start, isOpen: true) { [isAttended] _, _ in isAttended }
            let understanding = content.understand(text, language: conversation.language)
            var turn = content.respond(to: text, understanding, in: conversation, situation: situation)
            let seq = conversation.lastSeq + 1
            turn.said.reply.seq = seq + 1
            var bodies: [EventBody] = [.customerSaid(seq: seq, text: text)]
            if turn.language != conversation.language { bodies.append(.languageChosen(language: turn.language)) }
            bodies.append(.botReplied(turn.said))
            if let request = turn.handoff { bodies.append(.handoffRequested(request)) }
            for body in bodies { conversation.evolve(Shop.event(conversation.version + 1, body)) }
            return turn
        }
    }

    @Test("a slot that is missing is asked for, and its value goes on with the intent")
    func slot() throws {
        var chat = try Chat()
        #expect(chat.say("¿cuánto cuesta?").said.asked == "product")
        let reply = chat.say("la brio").said.reply
        #expect(reply.kind == .answer && reply.intent == "price" && reply.text.contains("289,90"))
    }

    @Test("a name that several things have is asked for with choices, which a number, a label or the name picks")
    func choices() throws {
        for (picked, expected) in [("2", "agotado"), ("cafetera de GOTEO matina", "agotado"), ("la brio", "289,90")] {
            var chat = try Chat()
            let asked = chat.say("¿cuánto cuesta la cafetera de goteo?").said
            #expect(asked.reply.choices.map(\.label) == ["Cafetera de goteo Brío Duo", "Cafetera de goteo Matina"])
            #expect(chat.say(picked).said.reply.text.contains(expected), "\(picked)")
        }
    }

    @Test("a kind of product, where a product was asked for, is answered with those of that kind, and is no miss")
    func kind() throws {
        var chat = try Chat()
        _ = chat.say("¿cuánto cuesta?")
        let asked = chat.say("la de goteo").said
        #expect(asked.asked == "product" && !asked.missed)
        #expect(asked.reply.choices.map(\.label) == ["Cafetera de goteo Brío Duo", "Cafetera de goteo Matina"])
        #expect(chat.say("la de goteo").said.missed)
        #expect(chat.say("2").said.reply.text.contains("agotado"))
    }

    @Test("a kind of product answers the question, whatever else it is likely to mean where nothing was asked")
    func bareKind() throws {
        var files = Shop.files
        files["Intents/order/cancel.md"] = files["Intents/order/cancel.md"].map {
            $0.replacing("- anular el pedido\n", with: "- anular el pedido\n- la cafetera\n- la cafetera no\n")
        }
        let content = Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
        var chat = try Chat(content)
        #expect(chat.say("la cafetera").said.reply.intent == "cancel")
        _ = chat.say("¿cuánto cuesta?")
        let asked = chat.say("la cafetera").said
        #expect(asked.asked == "product" && asked.reply.intent == "price")
        #expect(asked.reply.choices.map(\.label) == ["Cafetera de goteo Brío Duo", "Cafetera de goteo Matina"])
        #expect(chat.say("quiero cancelar mi pedido").said.reply.intent == "cancel")
    }

    @Test("another sure intent goes before the slot that is waited for")
    func elsewhere() throws {
        var chat = try Chat()
        _ = chat.say("¿cuánto cuesta?")
        #expect(chat.say("quiero cancelar mi pedido").said.reply.intent == "cancel")
    }

    @Test("a bare value answers the question, whatever else it is likely to mean where nothing was asked")
    func bare() throws {
        var files = Shop.files
        files["Intents/after-sale/help.md"] = """
            ---
            title_es: Ayuda
            title_en: Help
            slots: product
            ---
            # Español
            ## Frases
            - la tetera
            - mi tetera
            - mi tetera no funciona
            ## Respuesta
            Desenchufa {product.name}.
            # English
            ## Phrases
            - my kettle is broken
            ## Answer
            Unplug {product.name}.
            """
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        let content = Interpreter(bundle)
        var chat = try Chat(content)
        #expect(chat.say("la tetera").said.reply.intent == "help")
        for bare in ["la tetera", "y la tetera?"] {
            chat = try Chat(content)
            #expect(chat.say("¿cuánto cuesta?").said.asked == "product")
            #expect(chat.say(bare).said.reply.intent == "price", "\(bare)")
        }
        chat = try Chat(content)
        #expect(chat.say("¿cuánto cuesta?").said.asked == "product")
        #expect(chat.say("mi tetera no funciona").said.reply.intent == "help")
    }

    @Test("a value that is not understood is asked for once more, with a person beside it, then a person comes")
    func slotFailed() throws {
        var chat = try Chat()
        _ = chat.say("¿cuánto cuesta la cafetera de goteo?")
        let again = chat.say("xkcd brumf")
        #expect(again.said.reply.kind == .ask && again.said.missed)
        #expect(again.said.reply.choices.count == 3)
        let person = chat.say("grumf trelk")
        #expect(person.handoff?.reason == .lowConfidence && person.handoff?.intent == "price")
        #expect(person.handoff?.team == "ventas")
    }

    @Test("the same words after an answer that was no help bring a person")
    func repeated() throws {
        var chat = try Chat()
        _ = chat.say("quiero cancelar mi pedido")
        #expect(chat.say("quiero cancelar mi pedido").handoff == nil)
        let about = chat.conversation.lastReply?.seq
        chat.conversation.evolve(
            Shop.event(
                chat.conversation.version + 1, .feedbackGiven(kind: "answer", score: 0, comment: nil, about: about)))
        #expect(chat.say("¡Quiero cancelar mi pedido!").handoff?.reason == .repeated)
    }

    @Test("angry words hand over, with the intent's answer where there is one")
    func anger() throws {
        var chat = try Chat()
        #expect(chat.say("esto es una estafa").handoff?.reason == .complaint)
        var other = try Chat()
        let turn = other.say("quiero cancelar mi pedido, sois unos ladrones")
        #expect(turn.handoff?.reason == .complaint && turn.said.reply.text.contains("Se cancela"))
    }

    @Test("who asks for a person gets one, from the team that the conversation was about, or a message is taken")
    func person() throws {
        var chat = try Chat()
        _ = chat.say("¿cuánto cuesta la tetera?")
        let turn = chat.say("quiero hablar con una persona")
        #expect(turn.handoff?.reason == .asked && turn.handoff?.team == "ventas" && turn.handoff?.attended == true)
        var alone = try Chat()
        alone.isAttended = false
        #expect(alone.say("pásame con un agente").handoff?.attended == false)
    }

    @Test("the button for a person works wherever it was offered")
    func button() throws {
        for opening in ["xkcd brumf", "quiero cancelar mi pedido"] {
            var chat = try Chat()
            let choice = try #require(chat.say(opening).said.reply.choices.last)
            #expect(chat.say(choice.say).handoff?.reason == .asked, "\(opening)")
        }
    }

    @Test("what is hardly likely, small talk and a person are not offered as meanings")
    func clarify() throws {
        var chat = try Chat()
        let reply = chat.say("xkcd brumf").said.reply
        let labels = reply.choices.map(\.label)
        #expect(!labels.contains("Gracias"))
        #expect(reply.kind == .fallback || reply.kind == .clarify && labels.count > 1)
    }

    @Test("the conversation follows the customer into another language, and stays where the words don't tell")
    func language() throws {
        var chat = try Chat()
        _ = chat.say("¿cuánto cuesta la tetera?")
        #expect(chat.say("cancel my order please").language == "en")
        #expect(chat.say("silba").language == "en")
    }

    @Test("after an answer about one thing the name of another asks the same of it")
    func goOn() throws {
        var chat = try Chat()
        _ = chat.say("¿cuánto cuesta la tetera?")
        let reply = chat.say("¿y la brio?").said.reply
        #expect(reply.intent == "price" && reply.text.contains("289,90"))
    }
}
