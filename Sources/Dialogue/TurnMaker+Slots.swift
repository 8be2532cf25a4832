import Content
import Events
import Language

extension TurnMaker {
    /// What a text says of an intent's slots, of lists and of the mechanism's own kinds.
    func found(of place: Int, in text: String) -> [Understanding.Found] {
        let entities = content.model(language)?.entities
        return content.bundle.intents[place].slots.compactMap { entities?.find($0, in: text) }
            + readable(of: place, in: text)
    }

    /// What a text says of an intent's slots of the mechanism's own kinds.
    /// - Parameter asked: the slot that the bot has just asked for.
    func readable(of place: Int, in text: String, asked: String? = nil) -> [Understanding.Found] {
        let asked = asked.flatMap(SlotKind.init(rawValue:))
        let hasFlow = content.bundle.intents[place].flow != nil
        // A flow takes a yes, and a customer's own words, for the answer to the question just asked and to no other.
        let kinds = content.kinds[place].filter { kind in
            !hasFlow || kind == asked || kind != .agreement && kind != .reason
        }
        if kinds.isEmpty { return [] }
        if kinds.allSatisfy(\.hasSigns), !Self.hasSigns(text) { return [] }
        return read(text, kinds, asked: asked)
    }

    /// What the conversation knows already and an intent may use.
    func standing(for intent: Intent) -> [String: String] {
        let slots = conversation.slots
        let goesOn =
            intent.flow == nil
            ? conversation.lastReply?.intent == intent.id
            : conversation.flows.contains { $0.mark.intent == intent.id }
        guard !goesOn, slots.keys.contains(where: Self.passing.contains) else { return slots }
        return slots.filter { !Self.passing.contains($0.key) }
    }

    private static let passing = Set(SlotKind.allCases.filter { !$0.isLasting }.map(\.rawValue))

    /// Remembers what the customer says by the way, so that it is never asked for: "soy Ana, mi pedido es el 10024".
    func keepVolunteered(in turn: inout Turn) {
        let kinds = content.lastingKinds
        guard !kinds.isEmpty, Self.hasSigns(text) || kinds.contains(.name) && NameReader.mayName(text) else {
            return
        }
        if turn.said.slots.contains(where: { $0.name == SlotKind.reason.rawValue }) { return }
        // What was taken for the answer to a question is nothing else besides.
        let more = read(text, kinds).filter { found in
            !turn.said.slots.contains { $0.name == found.slot || $0.value == found.values[0] }
        }
        guard !more.isEmpty else { return }
        turn.said = turn.said.filling(more.map { BotReply.Slot(name: $0.slot, value: $0.values[0]) })
    }

    /// Whether a text has what all slots but those in words are made of: a digit or an at sign.
    static func hasSigns(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { $0.contains { $0.isASCIIDigit || $0 == UInt8(ascii: "@") } }
    }

    func read(_ text: String, _ kinds: [SlotKind], asked: SlotKind? = nil) -> [Understanding.Found] {
        guard let words = content.model(language)?.slotWords else { return [] }
        let reader = SlotReader(
            words: words, orderNumber: content.settings.orderNumber,
            today: content.serviceHours.day(at: situation.now.milliseconds),
            clock: kinds.contains(.moment) ? clock : nil)
        return reader.read(text, kinds, asked: asked)
    }
}
