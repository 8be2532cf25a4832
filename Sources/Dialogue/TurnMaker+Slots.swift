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
        if kinds.allSatisfy(\.hasSigns), !text.utf8.contains(where: { $0.isASCIIDigit || $0 == UInt8(ascii: "@") }) {
            return []
        }
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
    func keepingVolunteered(_ turn: Turn) -> Turn {
        // Whatever lasts has a digit or an at sign, but for a name.
        guard
            content.lastingKinds.contains(.name)
                || !content.lastingKinds.isEmpty
                    && text.utf8.contains(where: { $0.isASCIIDigit || $0 == UInt8(ascii: "@") })
        else { return turn }
        if turn.said.slots.contains(where: { $0.name == SlotKind.reason.rawValue }) { return turn }
        // What was taken for the answer to a question is nothing else besides.
        let more = read(text, content.lastingKinds).filter { found in
            !turn.said.slots.contains { $0.name == found.slot || $0.value == found.values[0] }
        }
        guard !more.isEmpty else { return turn }
        var turn = turn
        turn.said = turn.said.filling(more.map { BotReply.Slot(name: $0.slot, value: $0.values[0]) })
        return turn
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
