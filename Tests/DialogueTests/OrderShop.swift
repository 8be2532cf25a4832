import Content
import Events
import Testing

@testable import Dialogue

/// The test shop with orders, flows about them, and customers whom its website knows.
enum OrderShop {
    static let orders = """
        number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered,customer
        10024,2026-11-20,shipped,Ana López,ana@example.com,28010,CL-0001 x 2,49.80,SEUR,S1,2026-11-26,,4711
        10025,2026-11-01,delivered,Luis Gil,luis@example.com,08001,CL-0002 x 1,20.00,SEUR,S2,2026-11-04,2026-11-04,
        10026,2026-11-22,paid,Ana López,ana@example.com,28010,CL-0003 x 1,20.00,SEUR,S3,2026-11-28,,4711
        10027,2026-11-10,shipped,Eva Ruiz,eva@example.com,28012,CL-0003 x 1,20.00,SEUR,S4,2026-11-28,,5822
        """

    static let status = """
        ---
        title_es: Dónde está mi pedido
        title_en: Where is my order
        takes: order
        ---
        # Flujo
        - verificar pedido
        - responder

        # Español
        ## Frases
        - ¿dónde está mi pedido?
        - no me ha llegado el paquete
        ## Ayuda: correo
        Vale cualquiera de los dos.
        ## Respuesta
        Tu pedido {pedido.numero} está {pedido.estado}.
        # English
        ## Phrases
        - where is my order?
        - my parcel has not arrived
        ## Help: email
        Either will do.
        ## Answer
        Your order {order.number} is {order.state}.
        """

    static let send = """
        ---
        title_es: Devolver un producto
        title_en: Send something back
        slots: motivo, confirmación
        ---
        # Flujo
        - verificar pedido
        - pedir motivo
        - pedir confirmación
        - si confirmación = no:
          - decir nada
          - terminar
        - hacer cancelación
        - responder

        # Español
        ## Frases
        - quiero devolver el pedido
        - devuelve el pedido
        - devolver una compra
        ## Reglas
        - devolver *1 pedido
        ## Pregunta: motivo
        ¿Por qué?
        ## Pregunta: confirmación
        ¿Devolvemos el {pedido.número}?
        ## Texto: nada
        Nada, pues.
        ## Respuesta
        Hecho: {caso}.
        # English
        ## Phrases
        - I want to send my order back
        - send back a purchase
        ## Question: reason
        Why?
        ## Question: agreement
        Shall we take {order.number} back?
        ## Text: nada
        All right, nothing.
        ## Answer
        Done: {case}.
        """

    static let cancel = """
        ---
        title_es: Cancelar mi pedido
        title_en: Cancel my order
        slots: confirmación
        ---
        # Flujo
        - verificar pedido
        - pedir confirmación
        - responder

        # Español
        ## Frases
        - quiero cancelar mi pedido
        - anular el pedido
        ## Reglas
        - cancelar *1 pedido
        ## Pregunta: confirmación
        ¿Cancelamos el {pedido.número}?
        ## Respuesta
        Cancelado el {pedido.número}.
        # English
        ## Phrases
        - cancel my order please
        ## Question: agreement
        Cancel {order.number}?
        ## Answer
        Cancelled: {order.number}.
        """

    static let forget = """
        ---
        title_es: Dejarlo
        title_en: Never mind
        kind: abandon
        ---
        # Español
        ## Frases
        - déjalo
        - olvídalo
        ## Respuesta
        De acuerdo, lo dejamos.
        # English
        ## Phrases
        - never mind
        - forget it
        ## Answer
        All right.
        """

    static let caseStatus = """
        ---
        title_es: Cómo va mi caso
        title_en: How my case is going
        kind: case_status
        ---
        # Español
        ## Frases
        - ¿cómo va mi reclamación?
        - ¿cómo va mi caso?
        ## Respuesta
        Dime la clave.
        # English
        ## Phrases
        - how is my complaint going?
        - how is my case going?
        ## Answer
        Tell me the key.
        """

    static func files() -> [String: String] {
        var files = Shop.files
        files["KnowledgeBase/orders.csv"] = orders
        files["Intents/order/status.md"] = status
        files["Intents/order/send_back.md"] = send
        files["Intents/order/cancel.md"] = cancel
        files["Intents/small-talk/forget.md"] = forget
        files["Intents/after-sale/case_status.md"] = caseStatus
        files["Intents/pre-sale/price.md"] = files["Intents/pre-sale/price.md"]?.replacing(
            "- what does it cost", with: "- what does it cost\n## Rules\n- what does *4 cost")
        files["Intents/settings.md"] = files["Intents/settings.md"]?.replacing(
            "anger_words_es", with: "insult_words_es: tonto, inútil\ninsult_words_en: stupid\nanger_words_es")
        return files
    }

    static let content: Interpreter? =
        try? ContentLoader.load(files: files().map { ($0.key, Array($0.value.utf8)) }).map(Interpreter.init).get()

    static func chat(language: String = "es", customer: String? = nil) throws -> Chat {
        var chat = Chat(content: try #require(content))
        if language != "es" { chat.take(.languageChosen(language: language)) }
        if let customer { chat.take(.identityVerified(how: "website", customer: customer, order: nil)) }
        return chat
    }
}
