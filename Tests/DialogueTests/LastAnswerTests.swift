import Content
import Dialogue
import Events
import JSON
import Testing

@Suite("Why the bot said it")
struct LastAnswerTests {
    private static let why = """
        ---
        title_es: Por qué lo digo
        title_en: Why I say that
        kind: explanation
        ---
        # Español
        ## Frases
        - ¿por qué dices eso?
        - por qué me respondes eso
        - por qué me contestas así
        ## Respuesta
        Todavía no he dicho nada.
        # English
        ## Phrases
        - why do you say that?
        - why did you answer that
        ## Answer
        I have said nothing yet.
        """

    private static let garden = """
        ---
        title: Riego
        language: es
        ---
        ## Riego del jardín
        Preguntas:
        - ¿cada cuánto se riega el jardín en verano?

        El jardín se riega cada dos días en verano, y cada semana en otoño.
        """

    private static let content: Interpreter? = try? Interpreter(
        ContentLoader.load(
            files: Shop.files.merging([
                "Intents/small-talk/why.md": why, "KnowledgeBase/es/riego.md": garden,
            ]) { $1 }.map { ($0.key, Array($0.value.utf8)) }
        ).get())

    /// A conversation as the core leads it, with its events.
    private struct Chat {
        let content: Interpreter
        var conversation = Shop.conversation([Shop.opened])
        var events: [Event] = [Shop.event(1, Shop.opened)]

        init() throws { content = try #require(LastAnswerTests.content) }

        mutating func take(_ body: EventBody) {
            let event = Shop.event(conversation.version + 1, body)
            events.append(event)
            conversation.evolve(event)
        }

        @discardableResult mutating func say(_ text: String) -> BotReply {
            var turn = content.respond(
                to: text, content.understand(text, language: conversation.language), in: conversation,
                situation: Situation(now: Shop.start, isOpen: true) { _, _ in true })
            let seq = conversation.lastSeq + 1
            turn.said.reply.seq = seq + 1
            take(.customerSaid(seq: seq, text: text))
            if turn.language != conversation.language { take(.languageChosen(language: turn.language)) }
            take(.botReplied(turn.said))
            if let request = turn.handoff { take(.handoffRequested(request)) }
            return turn.said
        }
    }

    @Test("before any answer the intent's own words are said, also after the greeting")
    func nothingYet() throws {
        var chat = try Chat()
        #expect(chat.say("¿por qué dices eso?").reply.text == "Todavía no he dicho nada.")
        // Nor is that an answer.
        #expect(chat.say("why do you say that?").reply.text == "I have said nothing yet.")
    }

    @Test("an answer by statistics is explained by its intent and the words that counted most, as they were written")
    func words() throws {
        var chat = try Chat()
        chat.say("quiero CANCELAR mi pedido")
        for text in ["¿por qué dices eso?", "por que dises eso", "¿por qué me respondes eso?"] {
            let said = chat.say(text)
            #expect(
                said.reply.text.contains("«Cancelar mi pedido»") && said.reply.text.contains("«CANCELAR»"), "\(text)")
            #expect(said.reply.kind == .smalltalk && said.reply.intent == "cancel" && !said.missed)
        }
        #expect(chat.say("why do you say that?").reply.text.contains("“Cancel my order”"))
    }

    @Test("a section, a question back, a missing detail, what was not understood: each has its reason")
    func kinds() throws {
        var section = try Chat()
        #expect(section.say("¿cada cuánto se riega el jardín?").reply.text.contains("cada dos días"))
        #expect(section.say("¿por qué dices eso?").reply.text.contains("«Riego del jardín»"))
        var asked = try Chat()
        #expect(asked.say("¿cuánto cuesta?").asked == "product")
        #expect(asked.say("¿por qué dices eso?").reply.text.contains("«Precio de un producto» y me falta"))
        var offered = try Chat()
        offered.take(.customerSaid(seq: 1, text: "pedido tetera"))
        offered.take(
            Shop.replied(
                2, kind: .clarify, intent: "cancel",
                choices: [Choice(label: "Cancelar mi pedido", say: "Cancelar mi pedido")],
                missed: true, offered: ["cancel"]))
        #expect(offered.say("¿por qué dices eso?").reply.text.contains("No estaba seguro"))
        var lost = try Chat()
        #expect(lost.say("xkcd brumf").reply.kind == .fallback)
        #expect(lost.say("¿por qué dices eso?").reply.text.contains("No te había entendido"))
    }

    @Test("what is asked again of another thing is told as going on")
    func following() throws {
        var chat = try Chat()
        chat.say("¿cuánto cuesta la tetera?")
        #expect(chat.say("¿y la brio?").reply.intent == "price")
        let text = chat.say("¿por qué dices eso?").reply.text
        #expect(text.contains("«Precio de un producto»"))
        // And goes on.
        #expect(chat.say("¿y la tetera?").reply.text.contains("20"))
    }

    @Test("a handoff that was cancelled is told with its reason")
    func handoff() throws {
        for (text, expected) in [
            ("quiero hablar con una persona", "lo pedías"), ("esto es una estafa", "descontento"),
        ] {
            var chat = try Chat()
            chat.say(text)
            chat.take(.handoffReturned(agent: "ana"))
            #expect(chat.say("¿por qué dices eso?").reply.text.contains(expected), "\(text)")
        }
    }

    @Test("an answer that stood before an agent took over is explained as the answer that it was")
    func taken() throws {
        var chat = try Chat()
        chat.say("quiero cancelar mi pedido")
        chat.take(.handoffClaimed(agent: "ana", from: nil))
        chat.take(.handoffReturned(agent: "ana"))
        #expect(chat.say("¿por qué dices eso?").reply.text.contains("«Cancelar mi pedido»"))
    }

    @Test("what the bot waited for still stands, and no miss is counted")
    func waits() throws {
        var slot = try Chat()
        slot.say("¿cuánto cuesta la cafetera de goteo?")
        let pending = slot.conversation.pending
        slot.say("¿por qué me respondes eso?")
        #expect(slot.conversation.pending == pending && slot.conversation.misses == 0)
        #expect(slot.say("2").reply.text.contains("agotado"))
        var choice = try Chat()
        choice.take(.customerSaid(seq: 1, text: "la tetera"))
        let title = Choice(label: "Precio de un producto", say: "Precio de un producto")
        choice.take(
            Shop.replied(2, kind: .clarify, intent: "price", choices: [title], missed: true, offered: ["price"]))
        choice.say("¿por qué dices eso?")
        choice.say("¿por qué dices eso?")
        #expect(choice.conversation.misses == 0 && choice.conversation.holder == .bot)
        // With what the question was about.
        #expect(choice.say("1").reply.text.contains("20"))
    }

    @Test("the reply is the same after the events were written and read again")
    func replayed() throws {
        var chat = try Chat()
        chat.say("¿cuánto cuesta la cafetera de goteo?")
        chat.say("¿por qué dices eso?")
        var replayed = try Chat()
        replayed.conversation = Conversation(id: Shop.id)
        for event in chat.events {
            var writer = JSONWriter()
            writer.object { event.writeMembers(to: &$0) }
            replayed.conversation.evolve(try Event(JSONValue.parse(writer.bytes)))
        }
        #expect(replayed.conversation == chat.conversation)
        #expect(replayed.say("¿por qué dices eso?") == chat.say("¿por qué dices eso?"))
        #expect(replayed.say("2") == chat.say("2"))
    }
}
