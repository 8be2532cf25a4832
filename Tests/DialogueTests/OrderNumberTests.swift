import Content
import Events
import Testing

@testable import Dialogue

@Suite("Orders and cases without being asked for")
struct OrderNumberTests {
    // MARK: - Numbers alone

    @Test(
        "a message of little but an order's number is for the intent that takes it",
        arguments: ["pedido 10024 28010 YA", "10024, ana@example.com", "hola, 10024 y 28010 gracias", "10024 cp 28010"])
    func numbers(said: String) throws {
        var chat = try OrderShop.chat()
        #expect(chat.say(said).said.reply.text == "Tu pedido 10024 está enviado.")
    }

    @Test("but not where it says something else, or that it is not that one")
    func notNumbersAlone() throws {
        var chat = try OrderShop.chat()
        #expect(chat.say("no es el 10024").said.asked == nil)
        var other = try OrderShop.chat()
        #expect(other.say("cancelar pedido 10024").said.reply.intent == "cancel")
    }

    @Test("a number after something else in between goes on with the flow that waits for it")
    func numberInBetween() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("quiero cancelar mi pedido")
        _ = chat.say("¿cuánto cuesta la tetera?")
        #expect(chat.say("10024").said.reply.intent == "cancel")
    }

    // MARK: - Two orders

    @Test("two flows with two orders in one message: each goes with its own")
    func twoOrders() throws {
        var chat = try OrderShop.chat()
        let both = chat.say("cancela el 10024 y devuelve el 10026, ana@example.com")
        #expect(both.said.reply.text == "¿Cancelamos el 10024?")
        #expect(both.said.flows.map(\.order) == ["10026", nil])
        #expect(chat.say("sí").said.reply.text.hasPrefix("Cancelado el 10024."))
        #expect(chat.say("sí").said.asked == "reason")
        #expect(chat.say("no funciona").said.reply.text == "¿Devolvemos el 10026?")
    }

    @Test("a number behind an article proves nothing", arguments: ["y devuelve el 10031", "y lo del 10031"])
    func noPostcode(rest: String) throws {
        var chat = try OrderShop.chat()
        _ = chat.say("cancela el 10024 \(rest)")
        #expect(chat.conversation.slots["postcode"] == nil)
        #expect(chat.conversation.refusals == 0)
    }

    @Test("another order of the address that proved one is told; an address that proved none is an attempt")
    func provedAddress() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("¿dónde está mi pedido? es el 10024, ana@example.com")
        #expect(chat.say("¿dónde está mi pedido? es el 10026").said.reply.text == "Tu pedido 10026 está pagado.")
        // Said by the way, before another number: it must not open that one without being counted.
        chat.take(
            .botReplied(
                BotReply(
                    reply: Reply(text: "Hola", kind: .smalltalk, intent: nil, confidence: 1, language: "es"),
                    content: chat.content.version, slots: [BotReply.Slot(name: "email", value: "eva@example.com")])))
        let guessed = chat.say("¿dónde está mi pedido? es el 10025")
        #expect(!chat.conversation.verifiedOrders.contains("10025"))
        #expect(chat.conversation.refusals == 1, "\(guessed.said.reply.text)")
    }

    // MARK: - Customers whom the website vouches for

    @Test("the only order of a vouched customer is told without asking")
    func onlyOrder() throws {
        var chat = try OrderShop.chat(customer: "5822")
        #expect(chat.say("¿dónde está mi pedido?").said.reply.text == "Tu pedido 10027 está enviado.")
        #expect(chat.conversation.verifiedOrders == ["10027"])
    }

    @Test("of several orders of a vouched customer it is asked which, the newest first")
    func whichOrder() throws {
        var chat = try OrderShop.chat(customer: "4711")
        let asked = chat.say("¿dónde está mi pedido?")
        #expect(asked.said.asked == "order")
        #expect(asked.said.reply.choices.map(\.say) == ["10026", "10024"])
        #expect(chat.say("el segundo").said.reply.text == "Tu pedido 10024 está enviado.")
        #expect(chat.say("el otro").said.reply.text == "Tu pedido 10026 está pagado.")
    }

    @Test("an id that is an address owns what was ordered with it; somebody else's order has to be proved")
    func vouchedAddress() throws {
        var chat = try OrderShop.chat(customer: "eva@example.com")
        #expect(chat.say("¿dónde está mi pedido?").said.reply.text == "Tu pedido 10027 está enviado.")
        let other = chat.say("¿dónde está mi pedido? es el 10024")
        #expect(other.said.asked == "postcode")
        #expect(chat.conversation.refusals == 0)
    }

    // MARK: - Cases

    @Test("without a key the open case of the conversation is told, and none opened")
    func caseOfConversation() throws {
        var chat = try OrderShop.chat()
        #expect(chat.say("¿cómo va mi reclamación?").said.reply.text == "Dime la clave.")
        chat.take(.caseOpened(Self.opening(1)))
        let told = chat.say("¿cómo va mi caso?")
        #expect(told.said.reply.told?.key == CaseKey(bits: 1))
        #expect(told.cases.isEmpty)
    }

    @Test("and those of the vouched customer, from whatever conversation, without their words")
    func caseOfCustomer() throws {
        var chat = try OrderShop.chat(customer: "4711")
        var opening = Self.opening(2)
        opening.customer = "4711"
        chat.cases = [Case(Self.opening(3), at: Shop.start), Case(opening, at: Shop.start)]
        let told = chat.say("¿cómo va mi reclamación?").said.reply
        #expect(told.told?.key == CaseKey(bits: 2))
        #expect(told.told?.text == nil)
        var other = try OrderShop.chat()
        other.cases = chat.cases
        #expect(other.say("¿cómo va mi reclamación?").said.reply.told == nil)
    }

    @Test("what was asked for an order in another conversation is told, not asked for again")
    func earlierRequest() throws {
        var chat = try OrderShop.chat()
        var opening = Self.opening(4)
        (opening.kind, opening.intent, opening.order) = (.request, "send_back", "10024")
        chat.cases = [Case(opening, at: Shop.start)]
        _ = chat.say("quiero devolver el pedido 10024, ana@example.com")
        _ = chat.say("no funciona")
        let told = chat.say("sí")
        #expect(told.cases.isEmpty)
        #expect(told.wishes.isEmpty)
        #expect(told.said.reply.text == "Hecho: \(CaseKey(bits: 4)).")
    }

    private static func opening(_ bits: UInt64) -> CaseOpened {
        CaseOpened(
            key: CaseKey(bits: bits), kind: .complaint, team: "ventas", language: "es", text: "Una queja.",
            due: Shop.start, warning: Shop.start, receipt: "")
    }
}
