/// A small shop, so that a daemon starts at once: five intents, a slot with its question, one article.
enum Shop {
    /// The shop's files.
    /// - Parameters:
    ///   - settings: more lines of the settings' front matter; a line with a key of the shop's own takes its place.
    ///   - changes: files that are added or take the place of others.
    static func files(_ settings: [String] = [], _ changes: [String: String] = [:]) -> [String: String] {
        var files = intents
        files["Intents/settings.md"] = self.settings(settings)
        files["Intents/slots.md"] = slots
        files["KnowledgeBase/es/garantia.md"] = article
        return files.merging(changes) { $1 }
    }

    /// `Intents/settings.md` with more lines.
    static func settings(_ lines: [String] = []) -> String {
        let given = Set(lines.map { $0.prefix { $0 != ":" } })
        let own = [
            "shop_name: Tienda de pruebas", "languages: es, en", "time_zone: Europe/Madrid", "default_team: general",
            "anger_words_es: estafa, sinvergüenzas", "anger_words_en: scam",
        ].filter { !given.contains($0.prefix { $0 != ":" }) }
        return """
            ---
            \((own + lines).joined(separator: "\n"))
            ---
            ## Teams
            - general: es General; en General
            - ventas: es Ventas; en Sales
            - posventa: es Posventa; en After-sale

            ## Agents
            - ana: agent; teams general, ventas; languages es, en; capacity 2
            - luis: agent; teams general; languages es, en; capacity 2
            - vera: agent; teams ventas; languages es, en; capacity 1
            - jefa: supervisor; capacity 5

            """
    }

    /// What the question about prices is answered with in Spanish.
    static let priceAnswer = "La cafetera cuesta 60 euros."

    /// An intent's file.
    static func intent(
        _ title: (String, String), head: [String] = [], es: [String], en: [String], answer: (String, String),
        more: (String, String) = ("", "")
    ) -> String {
        """
        ---
        title_es: \(title.0)
        title_en: \(title.1)
        \(head.joined(separator: "\n"))
        ---

        # Español

        ## Frases
        \(es.map { "- " + $0 }.joined(separator: "\n"))
        \(more.0)
        ## Respuesta
        \(answer.0)

        # English

        ## Phrases
        \(en.map { "- " + $0 }.joined(separator: "\n"))
        \(more.1)
        ## Answer
        \(answer.1)

        """
    }

    /// The intent about prices with another answer.
    static func price(answer: String) -> String {
        intent(
            ("Precio", "Price"), head: ["team: ventas"],
            es: [
                "¿cuánto cuesta la cafetera?", "precio de la cafetera", "qué precio tiene la cafetera",
                "cuánto vale la cafetera", "me dices el precio", "cuánto cuesta", "quiero saber el precio",
                "a qué precio está la cafetera", "precio por favor", "cuánto vale", "dime cuánto cuesta la cafetera",
                "cuál es el precio",
            ],
            en: [
                "how much is the coffee machine?", "price of the coffee machine", "what does the coffee machine cost",
                "how much does it cost", "what is the price", "tell me the price", "how much is it", "price please",
                "what price is the coffee machine", "cost of the coffee machine", "how much for the coffee machine",
                "I want to know the price",
            ],
            answer: (answer, "The coffee machine is 60 euros."))
    }

    private static let intents = [
        "Intents/pre-sale/price.md": price(answer: priceAnswer),
        "Intents/pre-sale/delivery.md": intent(
            ("Envío", "Delivery"), head: ["slots: zone"],
            es: [
                "¿cuánto tarda el envío?", "plazo de entrega", "cuándo llega mi paquete a casa", "días de envío",
                "tiempo de entrega", "cuánto tarda en llegar", "en cuántos días llega", "plazo de envío",
                "cuándo me lo entregan", "tardáis mucho en enviar", "envío urgente", "fecha de entrega",
            ],
            en: [
                "how long does delivery take?", "delivery time", "when does my parcel arrive", "days of shipping",
                "shipping time", "how long until it arrives", "when will you deliver it", "express delivery",
                "delivery date", "how many days does shipping take", "do you deliver fast", "when is it delivered",
            ],
            answer: ("A {zone} tarda dos días.", "To {zone} it takes two days."),
            more: ("\n## Pregunta: zone\n¿A qué zona?\n", "\n## Question: zone\nTo which region?\n")),
        "Intents/small-talk/human.md": intent(
            ("Una persona", "A person"), head: ["handoff: always", "reason: asked"],
            es: [
                "quiero hablar con una persona", "ponme con un agente", "una persona por favor",
                "hablar con alguien", "necesito un humano", "pásame con una persona", "quiero un agente humano",
                "atención humana", "hablar con un operador", "que me atienda una persona",
                "no quiero hablar con un robot", "agente",
            ],
            en: [
                "I want to talk to a person", "get me an agent", "a person please", "talk to somebody",
                "I need a human", "put me through to a person", "I want a human agent", "human support",
                "speak to an operator", "let a person help me", "I do not want to talk to a robot", "agent",
            ],
            answer: ("Te paso con una persona.", "I am passing you to a person.")),
        "Intents/after-sale/complaint.md": intent(
            ("Una queja", "A complaint"),
            head: ["team: posventa", "handoff: always", "reason: complaint", "priority: 10"],
            es: [
                "quiero poner una queja", "quiero reclamar", "hoja de reclamaciones", "voy a presentar una reclamación",
                "estoy muy descontento con vosotros", "mal servicio", "quiero presentar una queja formal",
                "reclamación oficial", "me quejo del trato recibido", "tengo una queja", "poner una reclamación",
                "quejarme",
            ],
            en: [
                "I want to complain", "I want to make a complaint", "complaint form", "file a complaint",
                "I am very unhappy with you", "bad service", "formal complaint", "official complaint",
                "I complain about how I was treated", "I have a complaint", "make a formal claim", "complain",
            ],
            answer: ("Siento lo ocurrido.", "I am sorry about that.")),
        "Intents/small-talk/thanks.md": intent(
            ("Gracias", "Thanks"), head: ["kind: smalltalk"],
            es: [
                "gracias", "muchas gracias", "mil gracias", "te lo agradezco", "gracias por todo", "muy amable",
                "genial, gracias", "perfecto, gracias", "vale, gracias", "gracias por la ayuda", "agradecido",
                "ok gracias",
            ],
            en: [
                "thanks", "thank you", "thank you very much", "many thanks", "thanks a lot", "cheers",
                "great, thanks", "perfect, thanks", "ok thanks", "thanks for your help", "much appreciated",
                "thank you so much",
            ],
            answer: ("De nada.", "You are welcome.")),
    ]

    private static let slots = """
        # zone

        ## Español
        - canarias: Canarias, Tenerife, Las Palmas
        - peninsula: Península, la península, Madrid

        ## English
        - canarias: the Canary Islands, Tenerife
        - peninsula: the mainland, Madrid

        """

    static let article = """
        ---
        title: Garantía
        language: es
        ---
        ## Duración de la garantía
        Preguntas:
        - ¿cuántos años de garantía tiene la tostadora?
        - ¿cubre la garantía una avería de fábrica?

        La garantía de la tostadora dura tres años y cubre las averías de fábrica.

        """
}
