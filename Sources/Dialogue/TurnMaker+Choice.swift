import Content
import Events
import Language

extension TurnMaker {
    /// The choice that a message picks: by its label, by what it says, or by its place.
    func chosen(_ understanding: Understanding, among choices: [Choice]) -> Int? {
        let words = understanding.words
        if words.isEmpty || choices.isEmpty { return nil }
        if let same = choices.firstIndex(where: {
            TokenBuffer.isSame($0.label, as: words) || TokenBuffer.isSame($0.say, as: words)
        }) {
            return same
        }
        guard let pick = understanding.pick else { return nil }
        let count = choices.count - (choices.last?.say == personChoice.say ? 1 : 0)
        switch pick {
        case .place(let place): return choices.indices.contains(place) ? place : nil
        case .last: return count > 0 ? count - 1 : nil
        case .other: return nil
        }
    }

    /// The only choice that has all that a message says in its name, or in what is known of the product that it stands for:
    /// "la roja", "la de 30 litros".
    /// - Parameter slot: what the choices are values of.
    func named(_ understanding: Understanding, among choices: [Choice], of slot: String? = nil) -> Int? {
        guard choices.count > 1, understanding.words.count <= Self.longestName, let model = content.model(language)
        else { return nil }
        let said = model.choiceWords.telling(in: SlotText(text)).map { stem($0, model) }
        guard !said.isEmpty else { return nil }
        let fitting = choices.indices.filter { place in
            guard choices[place].say != personChoice.say else { return false }
            let known = Set(names(of: choices[place], slot, model).flatMap(SlotWords.run).map { stem($0, model) })
            return said.allSatisfy(known.contains)
        }
        return fitting.count == 1 ? fitting[0] : nil
    }

    /// A longer message tells something else besides.
    private static let longestName = 60

    private func names(of choice: Choice, _ slot: String?, _ model: LanguageModel) -> [String] {
        guard slot == SlotList.product, let sku = model.entities.find(SlotList.product, in: choice.say)?.values.first,
            let product = content.bundle.product(sku)
        else { return [choice.label] }
        return [choice.label] + (product.colours[language] ?? []) + product.sizes
    }

    private func stem(_ word: String, _ model: LanguageModel) -> [UInt8] {
        var stem = Array(word.utf8)
        model.stemmer?.stem(&stem)
        return stem
    }

    /// The products of the kind that a message names for which the bot asks which one is meant: "¿cuánto cuesta la
    /// batidora?"
    func kin(of slot: String) -> [String] {
        guard slot == SlotList.product, !text.isEmpty, let entities = content.model(language)?.entities else {
            return []
        }
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        let kin = entities.products(with: buffer.bytes).skus
        return kin.count <= Self.mostKin ? kin : []
    }

    /// More are no help.
    private static let mostKin = 8

    /// Takes a message that picks something without a name: "el otro", "the other order" is the other of two values that the
    /// customer knows, which was offered beside the one that was taken or stood in its place before; "la segunda" is that
    /// of the products that the last answer named. Nil for other messages, and where choices are asked about.
    func takePick(_ understanding: Understanding) -> Turn? {
        guard understanding.rule == nil, let pick = understanding.pick, let model = content.model(language),
            let place = conversation.placeInHand.flatMap({ content.bundle.index(ofIntent: $0) })
        else { return nil }
        let slots = content.bundle.intents[place].slots
        if pick == .other {
            for slot in slots {
                guard let value = otherValue(of: slot, model) else { continue }
                return answer(place, confidence: 1, slots: [Understanding.Found(slot: slot, values: [value])])
            }
            return nil
        }
        if case .slot? = conversation.pending { return nil }
        guard slots.contains(SlotList.product), let product = listed(pick, model) else { return nil }
        return answer(place, confidence: 1, slots: [Understanding.Found(slot: SlotList.product, values: [product])])
    }

    /// The product that is picked of those that the last answer named beside the one that it was about.
    private func listed(_ pick: ChoiceWords.Pick, _ model: LanguageModel) -> String? {
        var buffer = TokenBuffer()
        buffer.tokenize(lastWords ?? "")
        let products = model.entities.values(of: SlotList.product, in: buffer.bytes).filter {
            $0 != conversation.slots[SlotList.product]
        }
        guard products.count > 1 else { return nil }
        switch pick {
        case .place(let place): return products.indices.contains(place) ? products[place] : nil
        case .last: return products.last
        case .other: return nil
        }
    }

    private func otherValue(of slot: String, _ model: LanguageModel) -> String? {
        if let offered = conversation.offered, offered.slot == slot, let current = conversation.slots[slot] {
            let values = offered.choices.filter { $0.say != personChoice.say }.compactMap { choice in
                SlotKind(rawValue: slot) == nil ? model.entities.find(slot, in: choice.say)?.values.first : choice.say
            }
            let others = values.filter { $0 != current }
            if values.count == 2, others.count == 1 { return others[0] }
        }
        return conversation.former[slot]
    }

    /// Helps who cannot say what was asked for; where that was done already, a person does. Nil for other messages.
    func help(_ slot: String, of place: Int, _ understanding: Understanding, _ choices: [Choice]) -> Turn? {
        guard understanding.rule == nil, let model = content.model(language), isUnable(model) else { return nil }
        let intent = content.bundle.intents[place]
        let again = ask(slot, of: intent, "", options: [], confidence: 1, [], flow: standingMark(of: intent.id))
        return helping(again, slot, of: intent, choices)
    }

    private func isUnable(_ model: LanguageModel) -> Bool {
        if model.slotWords.isUnable(SlotText(text), model.choiceWords) { return true }
        // "No tngo el numero"
        guard text.utf8.count <= Self.longestName, !Self.hasSigns(text) else { return false }
        return model.slotWords.isUnable(SlotText(content.respelled(text, model)), model.choiceWords)
    }

    /// A turn that asks for a slot once more, with words that help; a person where these were said just before. Nil where
    /// there are none.
    func helping(_ again: Turn, _ slot: String, of intent: Intent, _ choices: [Choice]) -> Turn? {
        let own = intent.helps[language]
        let isProof = slot == SlotKind.postcode.rawValue
        let written = own?[slot] ?? (isProof ? own?[SlotKind.email.rawValue] : nil)
        let kind = SlotKind(rawValue: slot)
        guard let help = written.map(rendered) ?? kind?.help.map({ content.sentence($0, language) }) else { return nil }
        if lastWords?.contains(help) == true {
            let isOrders = kind.map(SlotKind.proof.contains) == true
            return handOver(
                isOrders ? .failedVerification : .policy, intent: intent.id, slots: again.said.slots,
                flow: FlowMark(intent: intent.id))
        }
        var turn = again
        turn.said.reply.text = help
        turn.said.reply.choices = choices.filter { $0.say != personChoice.say } + [personChoice]
        return turn
    }

    /// Takes a message of little but an order's number, and what proves it, for the intent that such messages are for.
    func takeNumbers(_ understanding: Understanding, _ decision: Decision) -> Turn? {
        guard let place = content.orderIntent, understanding.rule == nil, text.utf8.count <= Self.longestWithNumbers,
            text.utf8.contains(where: \.isASCIIDigit), let model = content.model(language)
        else { return nil }
        // Where it is clear what is wanted with an order, it is that.
        if case .intent(let best) = decision, content.kinds[best.intent].contains(.order) { return nil }
        let words = SlotText(text)
        let isDenied = words.words.indices.contains { words.longest(of: model.slotWords.no, at: $0) != nil }
        guard content.isNothingButNumbers(words, model), !isDenied, case let found = readable(of: place, in: text),
            found.contains(where: { $0.slot == SlotKind.order.rawValue })
        else { return nil }
        return goBack(understanding) ?? answer(place, confidence: 1, slots: found)
    }

    /// Takes a message that is nothing but another thing for more of the same, whatever it means where nothing was said
    /// before: "¿y a Canarias?", "no, I meant the blender".
    func goOnWithValue(_ understanding: Understanding) -> Turn? {
        guard understanding.rule == nil, understanding.words.count <= Self.longestName,
            let last = conversation.lastReply?.intent.flatMap({ content.bundle.index(ofIntent: $0) }),
            !understanding.isHeldBack(last), understanding.candidates.first?.intent != last,
            let model = content.model(language)
        else { return nil }
        for slot in content.bundle.intents[last].slots where SlotKind(rawValue: slot) == nil {
            guard let found = model.entities.find(slot, in: understanding.words),
                model.entities.isNothingBut(slot, in: understanding.words, besides: model.choiceWords)
            else { continue }
            return answer(last, confidence: 1, slots: [found])
        }
        return nil
    }

    private static let longestWithNumbers = 160
}
