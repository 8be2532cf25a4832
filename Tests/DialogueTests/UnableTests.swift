import Content
import Events
import Testing

@testable import Dialogue

@Suite("Who does not know, and who takes back")
struct UnableTests {
    // MARK: - Not knowing

    @Test(
        "who doesn't have the number is helped, then gets a person, and has missed nothing",
        arguments: [
            ("es", "no tengo el número", "no me acuerdo, la verdad"), ("es", "no sé cuál es", "lo he perdido"),
            ("en", "I don't have it", "I can't find it anywhere"), ("en", "i dont know the number", "no idea, sorry"),
        ])
    func unable(language: String, first: String, second: String) throws {
        var chat = try OrderShop.chat(language: language)
        _ = chat.say(language == "es" ? "¿dónde está mi pedido?" : "where is my order?")
        let helped = chat.say(first)
        #expect(helped.said.asked == "order")
        #expect(!helped.said.missed)
        #expect(helped.said.reply.text == chat.content.sentence(.helpOrder, language))
        #expect(helped.said.reply.choices == [chat.content.personChoice(language)])
        var other = chat
        #expect(chat.say(second).handoff?.reason == .failedVerification)
        #expect(other.say("10024").said.asked == "postcode")
    }

    @Test("who gives something else instead is helped too, and need not give it again")
    func somethingElse() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("¿dónde está mi pedido?")
        let helped = chat.say("no lo sé, ¿podéis buscarlo por mi correo? ana@example.com")
        #expect(helped.said.reply.text == chat.content.sentence(.helpOrder, "es"))
        #expect(chat.say("10024").said.reply.text == "Tu pedido 10024 está enviado.")
    }

    @Test("the editors' own help is said")
    func ownHelp() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("¿dónde está mi pedido? es el 10024")
        #expect(chat.say("no me acuerdo del correo").said.reply.text == "Vale cualquiera de los dos.")
        #expect(chat.say("28010").said.reply.text == "Tu pedido 10024 está enviado.")
    }

    // MARK: - Leaving

    @Test(
        "who would rather not and asks something else leaves the flow and is answered",
        arguments: [
            ("es", "mejor no, ¿cuánto cuesta la tetera?"), ("en", "never mind, what does the Silba kettle cost?"),
        ])
    func leaving(language: String, said: String) throws {
        var chat = try OrderShop.chat(language: language)
        _ = chat.say(language == "es" ? "¿dónde está mi pedido?" : "where is my order?")
        let left = chat.say(said)
        #expect(left.said.reply.intent == "price")
        #expect(left.said.reply.text.contains("20"))
        #expect(left.said.offered.isEmpty)
        #expect(chat.conversation.flows.isEmpty)
    }

    @Test("a no to what was asked, with another question behind it, leaves the flow too; a mere no is the answer")
    func noAndAnotherQuestion() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("cancelar mi pedido 10024, ana@example.com")
        var other = chat
        #expect(chat.say("no, ¿cuánto cuesta la tetera?").said.reply.intent == "price")
        #expect(chat.conversation.flows.isEmpty)
        #expect(other.say("no, gracias").said.reply.intent == "cancel")
    }

    @Test("who gives a reason for leaving it leaves it")
    func leavingWithReason() throws {
        var chat = try OrderShop.chat(language: "en")
        _ = chat.say("where is my order?")
        #expect(chat.say("never mind, found the email").said.reply.intent == "forget")
        #expect(chat.conversation.flows.isEmpty)
    }

    @Test(
        "more of the same is asked by the thing alone",
        arguments: ["¿y la tetera?", "no, quería decir el hervidor Silba"])
    func moreOfTheSame(said: String) throws {
        var chat = try OrderShop.chat()
        _ = chat.say("cuánto vale la cafetera Matina")
        #expect(chat.say(said).said.reply.text.contains("Hervidor Silba cuesta"))
    }

    @Test("a number in the form that an editor wrote stands for a value of a list")
    func forms() throws {
        var files = OrderShop.files()
        files["Intents/slots.md"] = files["Intents/slots.md"]?.replacing("Tenerife,", with: "35###, AD###, Tenerife,")
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        let entities = EntityIndex(bundle: bundle, language: "es")
        for text in [" a 35012 ", " ad500 "] {
            #expect(entities.find("zone", in: Array(text.utf8))?.values == ["canarias"], "\(text)")
        }
        #expect(entities.isNothingBut("zone", in: Array(" 35012 y 35013 ".utf8)))
        for text in [" 36012 ", " 350123 ", " 3501a "] {
            #expect(entities.find("zone", in: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test("a number put right while the proof is asked for is the order's")
    func putRight() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("¿dónde está mi pedido? es el 10025")
        #expect(chat.say("perdona, me equivoqué, 10024").said.asked == "postcode")
        #expect(chat.conversation.refusals == 0)
        #expect(chat.say("28010").said.reply.text == "Tu pedido 10024 está enviado.")
    }

    // MARK: - Manner

    @Test("an insult is no reason, and the bot stays calm")
    func insult() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("quiero devolver el pedido 10024, ana@example.com")
        let calm = chat.say("eres tonto")
        #expect(calm.said.asked == "reason")
        #expect(!calm.said.missed)
        #expect(calm.said.reply.text.hasPrefix(chat.content.sentence(.calmReply, "es")))
        #expect(chat.conversation.slots["reason"] == nil)
    }

    @Test("who is angry in the middle of what a flow is for gets a person and no question")
    func angry() throws {
        var chat = try OrderShop.chat()
        let turn = chat.say("sois unos ladrones, cancelar mi pedido")
        #expect(turn.handoff?.reason == .complaint)
        #expect(turn.said.asked == nil)
    }
}
