import Content
import Dialogue
import Events
import Testing

/// A shop of three products and four intents, learned in no time.
enum Shop {
    static let files = [
        "Intents/settings.md": """
        ---
        shop_name: Tienda
        languages: es, en
        time_zone: Europe/Madrid
        hours: mon-fri 09:00-20:00
        misses_before_person: 2
        anger_words_es: estafa, sois unos ladrones
        anger_words_en: scam
        ---
        ## Teams
        - general: es General; en General
        - ventas: es Ventas; en Sales
        """,
        "Intents/slots.md": """
        # zone

        ## Español
        - canarias: Canarias, Tenerife, Las Palmas de Gran Canaria
        - peninsula: Península

        ## English
        - canarias: Canary Islands
        - peninsula: mainland
        """,
        "Intents/pre-sale/price.md": """
        ---
        title_es: Precio de un producto
        title_en: Price
        team: ventas
        slots: product
        ---
        # Español
        ## Frases
        - ¿cuánto cuesta?
        - ¿qué precio tiene?
        - cuánto vale la tetera
        - cuánto cuesta la cafetera de goteo
        ## Pregunta: product
        ¿De qué producto?
        ## Respuesta si product.stock = 0
        {product.name} está agotado.
        ## Respuesta
        {product.name} cuesta {product.price}.
        # English
        ## Phrases
        - how much is it?
        - what does it cost
        ## Question: product
        Which product?
        ## Answer
        {product.name} costs {product.price}.
        """,
        "Intents/order/cancel.md": """
        ---
        title_es: Cancelar mi pedido
        title_en: Cancel my order
        handoff: offer
        ---
        # Español
        ## Frases
        - quiero cancelar mi pedido
        - anular el pedido
        ## Respuesta
        Se cancela en tu cuenta.
        # English
        ## Phrases
        - cancel my order please
        ## Answer
        Cancel it in your account.
        """,
        "Intents/small-talk/human.md": """
        ---
        title_es: Hablar con una persona
        title_en: A person
        handoff: always
        reason: asked
        ---
        # Español
        ## Frases
        - quiero hablar con una persona
        - pásame con un agente
        ## Respuesta
        Te paso.
        # English
        ## Phrases
        - I want to talk to a human
        ## Answer
        One moment.
        """,
        "Intents/small-talk/thanks.md": """
        ---
        title_es: Gracias
        title_en: Thanks
        kind: smalltalk
        ---
        # Español
        ## Frases
        - gracias
        - muchas gracias
        ## Respuesta
        De nada.
        # English
        ## Phrases
        - thank you
        - thanks a lot
        ## Answer
        You're welcome.
        """,
        "KnowledgeBase/products.csv": """
        sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,synonyms_en,alternatives,restock,description_es,description_en
        CL-0001,Cafetera de goteo Brío Duo,Brío Duo coffee machine,Cafeteras,Coffee machines,Alborea,289.90,3,,,,cafetera express,,CL-0002,,,
        CL-0002,Cafetera de goteo Matina,Matina coffee machine,Cafeteras,Coffee machines,Alborea,120,0,,,,,,CL-0001,,,
        CL-0003,Hervidor Silba,Silba kettle,Desayuno,Breakfast,Calorina,20,5,,,,tetera,,,,,
        """,
    ]

    static let content: Interpreter? =
        switch ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }) {
        case .success(let bundle): Interpreter(bundle)
        case .failure(let problems):
            {
                Issue.record("\(problems)"); return nil
            }()
        }

    static let id = ConversationID(bits: 7)
    static let start = Timestamp(milliseconds: 1_795_514_400_000)

    /// A conversation after events, a second apart.
    static func conversation(_ bodies: [EventBody], tag: RequestTag? = nil) -> Conversation {
        var conversation = Conversation(id: id)
        for (index, body) in bodies.enumerated() { conversation.evolve(event(index + 1, body, tag: tag)) }
        return conversation
    }

    static func event(_ version: Int, _ body: EventBody, tag: RequestTag? = nil) -> Event {
        Event(
            stream: .conversation(id), version: version, id: EventID(command: UInt64(version), index: 0),
            at: Timestamp(milliseconds: start.milliseconds + Int64(version) * 1_000), request: tag, body: body)
    }

    static let opened = EventBody.conversationOpened(
        language: "es", channel: "web", name: "Eva", contact: "eva@example.com", token: "digest", greeting: nil)

    static func requested(_ reason: HandoffReason = .asked, attended: Bool = true) -> EventBody {
        .handoffRequested(
            HandoffRequest(
                reason: reason, team: "ventas", language: "es", priority: 2, intent: "price", tried: ["answer price"],
                attended: attended))
    }

    static func replied(
        _ seq: Int, _ text: String = "Hola.", kind: ReplyKind = .answer, intent: String? = "price",
        choices: [Choice] = [], missed: Bool = false, offered: [String] = [], asked: String? = nil,
        slots: [BotReply.Slot] = []
    ) -> EventBody {
        .botReplied(
            BotReply(
                reply: Reply(
                    seq: seq, text: text, kind: kind, intent: intent, confidence: 0.9, language: "es", choices: choices),
                content: "1", missed: missed, offered: offered, asked: asked, slots: slots))
    }
}
