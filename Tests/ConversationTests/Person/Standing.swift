import Dialogue
import Events

/// A state that a conversation can be in while the bot answers it, and the way there.
struct Standing: Sendable, CustomStringConvertible {
    let description: String
    /// What the customer said, in each language.
    let said: [String: [String]]
    /// What happened after that.
    var events: [EventBody] = []
    /// The slot that the bot waits for there.
    var slot: String?
    /// Whether the orders' source has not answered yet.
    var isLookingUp = false

    init(
        _ description: String, es: [String] = [], en: [String] = [], slot: String? = nil, events: [EventBody] = [],
        isLookingUp: Bool = false
    ) {
        self.description = description
        said = ["es": es, "en": en]
        (self.slot, self.events, self.isLookingUp) = (slot, events, isLookingUp)
    }

    /// A conversation in this state.
    func visit(_ content: Interpreter, language: String) -> Visit {
        var visit = Visit(content, language: language)
        if isLookingUp { visit.orders = { _ in .pending } }
        for text in said[language] ?? [] { visit.say(text) }
        for event in events { visit.take(event) }
        return visit
    }

    private static let handoff = EventBody.handoffRequested(
        HandoffRequest(
            reason: .policy, team: "general", language: "es", priority: 0, intent: nil, tried: [], attended: true))

    static let all = [
        Standing("fresh"),
        Standing("greeted", es: ["hola"], en: ["hello"]),
        Standing("answered", es: ["¿qué horario tenéis?"], en: ["what are your opening hours?"]),
        Standing("thanked", es: ["muchas gracias"], en: ["thank you"]),
        Standing("told it is a bot", es: ["¿eres un robot?"], en: ["are you a robot?"]),
        Standing("product asked", es: ["¿cuánto cuesta?"], en: ["how much is it?"], slot: "product"),
        Standing(
            "product asked again", es: ["¿cuánto cuesta?", "xqzv wkjh"], en: ["how much is it?", "xqzv wkjh"],
            slot: "product"),
        Standing(
            "one of several products asked", es: ["¿cuánto vale la batidora?"],
            en: ["how much is the blender?"], slot: "product"),
        Standing(
            "answered with choices", es: ["¿cuánto cuesta el envío?"], en: ["how much is shipping?"]),
        Standing(
            "order asked", es: ["¿cómo va mi pedido?"], en: ["what's the status of my order?"], slot: "order"),
        Standing(
            "order asked again", es: ["¿cómo va mi pedido?", "xqzv wkjh"],
            en: ["what's the status of my order?", "xqzv wkjh"], slot: "order"),
        Standing(
            "proof asked", es: ["¿cómo va mi pedido?", "10212"], en: ["what's the status of my order?", "10212"],
            slot: "postcode"),
        Standing(
            "proof refused", es: ["¿cómo va mi pedido?", "10212", "28001"],
            en: ["what's the status of my order?", "10212", "28001"], slot: "order"),
        Standing(
            "reason of a change asked", es: ["quiero cambiar mi pedido", "10212", "45001"],
            en: ["I want to change my order", "10212", "45001"], slot: "reason"),
        Standing(
            "reason of a return asked", es: ["quiero devolver un producto", "10139", "23001"],
            en: ["I want to return an item", "10139", "23001"], slot: "reason"),
        Standing(
            "agreement to a cancellation asked", es: ["quiero cancelar mi pedido", "10212", "45001"],
            en: ["I want to cancel my order", "10212", "45001"], slot: "agreement"),
        Standing(
            "agreement to a return asked",
            es: ["quiero devolver un producto", "10139", "23001", "la tetera, no me gusta el color"],
            en: ["I want to return an item", "10139", "23001", "the kettle, I don't like the colour"],
            slot: "agreement"),
        Standing(
            "order told", es: ["¿cómo va mi pedido?", "10212", "45001"],
            en: ["what's the status of my order?", "10212", "45001"]),
        Standing(
            "cancelled", es: ["quiero cancelar mi pedido", "10212", "45001", "sí"],
            en: ["I want to cancel my order", "10212", "45001", "yes"]),
        Standing(
            "flow suspended", es: ["quiero cancelar mi pedido", "¿qué horario tenéis?"],
            en: ["I want to cancel my order", "what are your opening hours?"]),
        Standing(
            "order looked up", es: ["¿cómo va mi pedido?", "10212", "45001"],
            en: ["what's the status of my order?", "10212", "45001"], isLookingUp: true),
        Standing("asked back", es: ["el pedido y la factura"], en: ["the order and the invoice"]),
        Standing("not understood", es: ["xqzv wkjh"], en: ["xqzv wkjh"]),
        Standing(
            "thumbs down", es: ["¿qué horario tenéis?"], en: ["what are your opening hours?"],
            events: [.feedbackGiven(kind: "answer", score: 0, comment: nil, about: 2)]),
        Standing("insulted", es: ["eres un idiota"], en: ["you are stupid"]),
        Standing("let down", es: ["qué desastre, sigo esperando mi pedido"], en: ["still waiting for my order"]),
        Standing("two wishes", es: ["quiero cancelar mi pedido y la factura"], en: ["cancel my order and the invoice"]),
        Standing("case told", es: ["¿cómo va mi caso K7QP-3M2X?"], en: ["how is my case K7QP-3M2X going?"]),
        Standing(
            "left", es: ["quiero cancelar mi pedido", "déjalo"], en: ["I want to cancel my order", "never mind"]),
        Standing(
            "returned by an agent", es: ["¿cómo va mi pedido?"], en: ["what's the status of my order?"],
            events: [handoff, .handoffClaimed(agent: "ana", from: nil), .handoffReturned(agent: "ana")]),
        Standing("left the queue", events: [handoff, .handoffCancelled]),
        Standing(
            "resolved",
            events: [
                handoff, .handoffClaimed(agent: "ana", from: nil),
                .conversationResolved(agent: "ana", outcome: nil, tags: []),
            ]),
        Standing(
            "closed and resumed", es: ["quiero cancelar mi pedido"], en: ["I want to cancel my order"],
            events: [.conversationClosed, .conversationResumed]),
    ]
}
