import Content
import Events
import Testing

@testable import Dialogue

@Suite("Flows")
struct FlowTests {
    private static let orders = """
        number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered
        10024,2026-11-20,shipped,Ana López,ana@example.com,28010,CL-0001 x 2,49.80,SEUR,S1,2026-11-26,
        10025,2026-11-01,delivered,Luis Gil,luis@example.com,08001,CL-0002 x 1,20.00,SEUR,S2,2026-11-04,2026-11-04
        """

    private static let status = """
        ---
        title_es: Dónde está mi pedido
        title_en: Where is my order
        slots: fecha, confirmación
        ---
        # Flujo
        - verificar pedido
        - si pedido.estado = entregado y pedido.dias > 14:
          - decir tarde
          - pedir fecha
          - si fecha < 2026-11-05: pasar a ventas
          - si no: ir a final
        - responder

        ## final
        - pedir confirmación
        - si confirmacion = no:
          - olvidar fecha
          - ir a inicio
        - decir hecho

        # Español
        ## Frases
        - ¿dónde está mi pedido?
        - no me ha llegado el paquete
        ## Pregunta: fecha
        ¿Cuándo llegó?
        ## Pregunta: confirmacion
        ¿Seguro, {pedido.numero}?
        ## Texto: tarde
        Llegó el {pedido.entregada}.
        ## Texto: hecho
        Hecho.
        ## Respuesta
        Tu pedido {pedido.numero} ({pedido.articulos}) está {pedido.estado}.
        # English
        ## Phrases
        - where is my order?
        - my parcel has not arrived
        ## Question: date
        When did it come?
        ## Question: agreement
        Sure?
        ## Text: tarde
        It came on {order.delivered}.
        ## Text: hecho
        Done.
        ## Answer
        Your order {order.number} is {order.state}.
        """

    private static let forget = """
        ---
        title_es: Dejarlo
        title_en: Never mind
        kind: abandon
        ---
        # Español
        ## Frases
        - déjalo
        - olvídalo
        - da igual, déjalo
        ## Respuesta
        De acuerdo, lo dejamos.
        # English
        ## Phrases
        - never mind
        - forget it
        ## Answer
        All right.
        """

    private static func content(_ status: String = status) throws -> Interpreter {
        var files = Shop.files
        files["KnowledgeBase/orders.csv"] = orders
        files["Intents/order/status.md"] = status
        files["Intents/small-talk/forget.md"] = forget
        return Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
    }

    @Test("an order's state is told after its number and what it was made with, in two questions")
    func verified() throws {
        var chat = Chat(content: try Self.content())
        #expect(chat.say("¿dónde está mi pedido?").said.asked == "order")
        #expect(chat.say("10024").said.asked == "postcode")
        let told = chat.say("ana@example.com")
        #expect(told.said.reply.text == "Tu pedido 10024 (2 × Cafetera de goteo Brío Duo) está enviado.")
        #expect(told.said.reply.kind == .order)
        #expect(chat.conversation.verifiedOrders == ["10024"])
        #expect(chat.conversation.flows.isEmpty)
        // Proved once, it is not asked for again.
        #expect(chat.say("no me ha llegado el paquete").said.reply.text.hasSuffix(told.said.reply.text))
    }

    @Test("a postcode proves it too, and what was said at once is not asked")
    func atOnce() throws {
        var chat = Chat(content: try Self.content())
        let told = chat.say("no me ha llegado el paquete, pedido 10024, código postal 28010")
        #expect(told.said.reply.text == "Tu pedido 10024 (2 × Cafetera de goteo Brío Duo) está enviado.")
    }

    @Test("a wrong proof does not tell what was wrong, another is tried, and the third failure brings a person")
    func refused() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido? es el 10024")
        let wrongEmail = chat.say("eva@example.com").said.reply.text
        var other = Chat(content: try Self.content())
        _ = other.say("¿dónde está mi pedido? es el 99999")
        #expect(other.say("ana@example.com").said.reply.text == wrongEmail)
        #expect(!wrongEmail.contains("10024"))
        // The same once more is no attempt; the number alone put right is enough.
        #expect(other.say("99999").handoff == nil)
        #expect(other.say("10024").said.reply.text.hasPrefix("Tu pedido 10024"))
        #expect(chat.say("luis@example.com").handoff == nil)
        let third = chat.say("08001")
        #expect(third.handoff?.reason == .failedVerification)
        #expect(chat.conversation.verifiedOrders.isEmpty)
    }

    @Test("conditions, texts, loops and teams")
    func steps() throws {
        var chat = Chat(content: try Self.content())
        let first = chat.say("¿dónde está mi pedido? es el 10025, 08001")
        #expect(first.said.reply.text == "Llegó el 4 de noviembre.\n\n¿Cuándo llegó?")
        #expect(first.said.asked == "date")
        let second = chat.say("el 6 de noviembre")
        #expect(second.said.asked == "agreement")
        #expect(second.said.reply.text == "¿Seguro, 10025?")
        #expect(second.said.reply.choices.map(\.say) == ["sí", "no"])
        // Round once more: what was said is said again, what was forgotten is asked again.
        #expect(chat.say("no").said.reply.text == "Llegó el 4 de noviembre.\n\n¿Cuándo llegó?")
        #expect(chat.say("el 7 de noviembre").said.asked == "agreement")
        #expect(chat.say("sí, claro").said.reply.text == "Hecho.")
        #expect(chat.conversation.flows.isEmpty)
        _ = chat.say("¿dónde está mi pedido?")
        #expect(chat.say("el 2 de noviembre").handoff?.team == "ventas")
    }

    @Test("another question in between is answered, and the flow goes on where it stood")
    func interrupted() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido?")
        let between = chat.say("¿cuánto cuesta la tetera?")
        #expect(between.said.reply.intent == "price")
        #expect(between.said.reply.choices.first?.label == "Dónde está mi pedido")
        #expect(between.said.reply.text.hasSuffix("«Dónde está mi pedido»."))
        #expect(chat.say("10024").said.asked == "postcode")
        #expect(chat.say("¿cuánto cuesta la tetera?").said.reply.intent == "price")
        #expect(chat.say("Dónde está mi pedido").said.asked == "postcode")
        #expect(chat.say("ana@example.com").said.reply.text.hasPrefix("Tu pedido 10024"))
    }

    @Test("who does not want it any more is not asked again")
    func abandoned() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido?")
        let left = chat.say("déjalo")
        #expect(left.said.reply.text == "De acuerdo, lo dejamos.")
        #expect(chat.conversation.flows.isEmpty)
        #expect(chat.conversation.pending == nil)
        #expect(chat.say("¿cuánto cuesta la tetera?").said.offered.isEmpty)
    }

    @Test("where the source has to be asked the customer is told, and the flow goes on by itself")
    func waiting() throws {
        var chat = Chat(content: try Self.content())
        chat.orders = { _ in .pending }
        _ = chat.say("¿dónde está mi pedido? es el 10024")
        let waiting = chat.say("ana@example.com")
        #expect(waiting.said.lookup == "10024")
        #expect(chat.say("10024").said.reply.text != waiting.said.reply.text)
        let content = chat.content
        chat.orders = { .found(content.bundle.order($0)) }
        #expect(chat.goOn()?.said.reply.text.hasPrefix("Tu pedido 10024") == true)
        #expect(chat.goOn() == nil)
    }

    @Test("where the source gives no answer a person takes over, and says why")
    func failing() throws {
        var chat = Chat(content: try Self.content())
        chat.orders = { _ in .failed }
        _ = chat.say("¿dónde está mi pedido? es el 10024")
        #expect(chat.say("ana@example.com").handoff?.reason == .error)
    }

    @Test("with other steps an unfinished flow begins anew, and asks nothing twice")
    func changedMeanwhile() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido? es el 10024")
        chat.content = try Self.content(
            Self.status.replacing("# Flujo\n", with: "# Flujo\n- si canal = web: decir hecho\n"))
        #expect(chat.say("ana@example.com").said.reply.text.hasSuffix("está enviado."))
    }

    @Test("a number put right behind the proof goes back to it, and nothing is said of an order that is not proved")
    func numberPutRight() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido? es el 10025, 08001")
        #expect(chat.say("el 6 de noviembre").said.reply.text == "¿Seguro, 10025?")
        let other = chat.say("perdona, era el 10024")
        #expect(other.said.asked == "postcode")
        #expect(!other.said.reply.text.contains("¿Seguro"))
        #expect(chat.conversation.refusals == 0)
        #expect(chat.say("ana@example.com").said.reply.text.hasPrefix("Tu pedido 10024"))
    }

    @Test("after a vain attempt bare digits may be the postcode put right")
    func postcodePutRight() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido? es el 10024")
        _ = chat.say("28011")
        #expect(chat.conversation.refusals == 1)
        #expect(chat.say("28010").said.reply.text.hasPrefix("Tu pedido 10024"))
        #expect(chat.conversation.slots["order"] == "10024")
    }

    @Test("an answer that is none is asked again with the order's data")
    func askedAgain() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido? es el 10025, 08001")
        _ = chat.say("el 6 de noviembre")
        let again = chat.say("qwerty zxcv")
        #expect(again.said.missed)
        #expect(again.said.reply.text.hasSuffix("¿Seguro, 10025?"))
        #expect(chat.say("sí").said.reply.text == "Hecho.")
    }

    @Test("who leaves the queue goes on where they were")
    func cancelledQueue() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido?")
        _ = chat.say("quiero hablar con una persona")
        chat.take(.handoffCancelled)
        #expect(chat.say("10024").said.asked == "postcode")
    }

    @Test("a bare yes that nothing waits for goes on with what was left, and is no answer by itself")
    func bareYes() throws {
        var chat = Chat(content: try Self.content())
        _ = chat.say("¿dónde está mi pedido?")
        _ = chat.say("¿cuánto cuesta la tetera?")
        #expect(chat.say("sí").said.asked == "order")
    }
}
