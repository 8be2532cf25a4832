import Content
import Dialogue
import Events
import SeededRandom

/// A customer who says anything: what fits, what does not, and nonsense.
struct Speaker {
    /// What is said next.
    struct Words {
        let text: String
        /// The slot that was asked for and that these words give beyond doubt.
        var given: String?
    }

    private let content: Interpreter
    private let phrases: [String: [String]]
    private let products: [String: [String]]
    /// Orders in every state, the youngest ones among them.
    private let orders: [Order]

    init(_ content: Interpreter) {
        self.content = content
        let (bundle, languages) = (content.bundle, content.languages)
        phrases = Dictionary(
            uniqueKeysWithValues: languages.map { code in (code, bundle.intents.flatMap { $0.phrases[code] ?? [] }) })
        products = Dictionary(
            uniqueKeysWithValues: languages.map { code in (code, bundle.products.map { $0.name(code) }) })
        orders = bundle.orders
    }

    private static let garbage = [
        "xqzv wkjh", "asdfgh", "...", "?", "¿¿??", "👍", "ok", "mmm", "12", "7", "0", "99999", "10999", "K7QP-3M2X",
        "el pato canta en la luna", "colourless green ideas", "a", "sí no sí no", "http://example.com/?a=b",
        "quizá mañana", "no lo sé", "not sure", "la cosa esa", "that thing", "1 2 3 4 5", "otra vez", "again",
    ]
    private static let insults = [
        "eres un idiota", "vaya mierda", "you are stupid", "useless bot", "sois unos ladrones", "this is a scam",
        "estoy harto", "I'm fed up",
    ]
    private static let yesAndNo = ["sí", "no", "yes", "no, gracias", "vale", "sure", "claro", "nope", "sí, por favor"]
    private static let leaving = ["déjalo", "olvídalo", "never mind", "forget it"]
    private static let reasons = [
        "es": "la tetera, que no me gusta el color", "en": "the kettle, I don't like its colour",
    ]

    /// The next message in a conversation.
    func words(in conversation: Conversation, _ random: inout SplitMix64) -> Words {
        let language =
            Int.random(in: 0..<10, using: &random) == 0
            ? content.languages.randomElement(using: &random) ?? conversation.language : conversation.language
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<7: return answer(in: conversation, &random) ?? phrase(language, &random)
        case 7..<12: return phrase(language, &random)
        case 12: return Words(text: Self.garbage.randomElement(using: &random) ?? "")
        case 13: return Words(text: Self.insults.randomElement(using: &random) ?? "")
        case 14: return Words(text: Self.yesAndNo.randomElement(using: &random) ?? "")
        case 15: return Words(text: Self.leaving.randomElement(using: &random) ?? "")
        case 16: return Words(text: products[language]?.randomElement(using: &random) ?? "")
        case 17: return Words(text: conversation.lastCustomerText ?? "hola")
        case 18: return order(&random)
        default: return choice(in: conversation, &random) ?? phrase(language, &random)
        }
    }

    private func phrase(_ language: String, _ random: inout SplitMix64) -> Words {
        Words(text: phrases[language]?.randomElement(using: &random) ?? "")
    }

    private func order(_ random: inout SplitMix64) -> Words {
        let order = orders.suffix(90).randomElement(using: &random)
        return Words(text: "mi pedido es el \(order?.number ?? "10212"), \(order?.email ?? "")")
    }

    /// What was asked for, right or wrong.
    private func answer(in conversation: Conversation, _ random: inout SplitMix64) -> Words? {
        guard case .slot(let slot, _, let choices)? = conversation.pending else {
            return choice(in: conversation, &random)
        }
        let isRight = Int.random(in: 0..<4, using: &random) > 0
        guard isRight else { return Words(text: Self.garbage.randomElement(using: &random) ?? "") }
        if !choices.isEmpty, Bool.random(using: &random) { return choice(in: conversation, &random) }
        switch slot {
        case "order":
            return Words(text: orders.suffix(90).randomElement(using: &random)?.number ?? "", given: slot)
        case "email": return Words(text: "ana@example.com", given: slot)
        case "phone": return Words(text: "612 345 678", given: slot)
        case "moment":
            let words = ["es": ["mañana a las 5", "cuando abráis", "el lunes"], "en": ["tomorrow at 5", "asap"]]
            return Words(
                text: words[conversation.language]?.randomElement(using: &random) ?? "17:30", given: slot)
        case "postcode":
            let owner = conversation.slots["order"].flatMap { content.bundle.order($0) }
            let isWrong = Bool.random(using: &random)
            let proof = Bool.random(using: &random) ? owner?.postcode : owner?.email
            return Words(text: (isWrong ? nil : proof) ?? "28080", given: slot)
        case "agreement":
            let words = ["es": ["sí", "no"], "en": ["yes", "no"]][conversation.language] ?? []
            return Words(text: words.randomElement(using: &random) ?? "", given: slot)
        case "reason": return Words(text: Self.reasons[conversation.language] ?? "", given: slot)
        case "product":
            return Words(text: products[conversation.language]?.randomElement(using: &random) ?? "", given: slot)
        case "zone":
            let zone = content.bundle.slots.slot(slot)?.values.randomElement(using: &random)
            return Words(text: zone?.shown(conversation.language) ?? "Madrid", given: slot)
        default: return nil
        }
    }

    /// A choice by its label or its number.
    private func choice(in conversation: Conversation, _ random: inout SplitMix64) -> Words? {
        let choices =
            switch conversation.pending {
            case .choice(let choices, _), .slot(_, _, let choices): choices
            default: [Choice]()
            }
        guard let index = choices.indices.randomElement(using: &random) else { return nil }
        return Words(text: Bool.random(using: &random) ? choices[index].label : "\(index + 1)")
    }
}
