import Content
import Events
import Language

extension TurnMaker {
    /// Takes a message for what the bot waited for; nil where it is something else.
    func take(_ pending: Conversation.Pending, _ understanding: Understanding) -> Turn? {
        switch pending {
        case .choice(let choices, let intents): takeChoice(understanding, among: choices, of: intents)
        case .lookup(_, let id): takeWhileWaiting(for: id, understanding)
        case .slot(let slot, let id, let choices): takeSlot(slot, of: id, understanding, among: choices)
        }
    }

    private func takeChoice(_ understanding: Understanding, among choices: [Choice], of intents: [String]) -> Turn? {
        let picked = chosen(understanding, among: choices)
        // Where the customer was asked which is meant, a part of its name is enough.
        let isAsked = picked == nil && !intents.isEmpty && !understanding.isSure
        guard let index = picked ?? (isAsked ? named(understanding, among: choices) : nil) else { return nil }
        if index < intents.count, let intent = content.bundle.index(ofIntent: intents[index]) {
            let question = lastAnswer?.question ?? conversation.lastCustomerText ?? ""
            return answer(intent, confidence: 1, slots: found(of: intent, in: question))
        }
        if choices[index].say == personChoice.say { return handOver(.asked, intent: content.personIntent?.id) }
        let meant = content.understand(choices[index].say, language: language)
        guard let best = meant.candidates.first else { return nil }
        return answer(best.intent, confidence: best.confidence, slots: meant.slots)
    }

    private func takeWhileWaiting(for id: String, _ understanding: Understanding) -> Turn? {
        guard let place = content.bundle.index(ofIntent: id), !isElsewhere(understanding, than: place),
            !content.callsPerson(understanding)
        else { return nil }
        return answer(place, confidence: 1, slots: found(of: place, in: text))
    }

    /// Whether a message surely means another intent.
    private func isElsewhere(_ understanding: Understanding, than place: Int) -> Bool {
        understanding.isSure && understanding.candidates.first.map { $0.intent != place } == true
    }

    private func takeSlot(
        _ slot: String, of id: String, _ understanding: Understanding, among choices: [Choice]
    ) -> Turn? {
        guard let place = content.bundle.index(ofIntent: id) else { return nil }
        let isElsewhere = isElsewhere(understanding, than: place)
        let index =
            chosen(understanding, among: choices)
            ?? (isElsewhere ? nil : named(understanding, among: choices, of: slot))
        if let index, choices[index].say == personChoice.say {
            return handOver(.asked, intent: content.personIntent?.id)
        }
        if index == nil, let helped = help(slot, of: place, understanding, choices) { return helped }
        if index == nil, understanding.isHeldBack(place) { return nil }
        let entities = content.model(language)?.entities
        // "¿y cuánto cuesta enviarla?" names a thing too: another sure intent goes first, also where any words
        // could be a name. A bare "la tetera" is the answer, whatever it is likely to mean where nothing was asked.
        let isBare =
            understanding.rule == nil
            && (entities?.isNothingBut(slot, in: understanding.words) == true || isBareAgreement(to: slot))
        // Where any words are an answer, or a "no" is, those for a person are none.
        if index == nil, !isBare, content.callsPerson(understanding) { return nil }
        // Nor is what a rule or a question says elsewhere.
        let isFree = slot == SlotKind.reason.rawValue
        if isFree, isElsewhere, understanding.rule != nil || text.utf8.contains(UInt8(ascii: "?")) { return nil }
        // Nor is an insult.
        if isFree, isMereInsult(understanding), let again = askAgain(slot, of: place) { return again }
        let told = readable(of: place, in: index.map { choices[$0].say } ?? text, asked: meant(slot))
        let found =
            index.flatMap { entities?.find(slot, in: choices[$0].say) }
            ?? entities?.find(slot, in: understanding.words) ?? told.first { $0.slot == slot }
        if let found {
            let isAlone = found.values.count == 1 && understanding.slots.isEmpty && slot != SlotKind.name.rawValue
            if index != nil || !isElsewhere || isBare || isAlone || isFree {
                return answer(place, confidence: 1, slots: [found] + told.filter { $0.slot != slot })
            }
        }
        return takeOtherwise(slot, of: place, told, understanding, among: choices)
    }

    /// What a bare number is read as where a slot was asked for: the proof, unless the customer puts right what they gave
    /// before.
    private func meant(_ slot: String) -> String {
        let (email, postcode) = (SlotKind.email.rawValue, SlotKind.postcode.rawValue)
        guard slot == postcode, conversation.slots[email] == nil, conversation.slots[postcode] == nil,
            let words = content.model(language)?.slotWords, case let text = SlotText(text),
            text.words.indices.contains(where: { text.longest(of: words.putRight, at: $0) != nil })
        else { return slot }
        return SlotKind.order.rawValue
    }

    /// Whether a message is a yes or a no that was asked for, and nothing else: "sí, por favor".
    private func isBareAgreement(to slot: String) -> Bool {
        guard slot == SlotKind.agreement.rawValue, let model = content.model(language), case let words = SlotText(text),
            let said = NameReader(words: model.slotWords).agreement(words).first
        else { return false }
        return words.words.indices.allSatisfy { place in
            said.range.overlaps(words.origins[place]) || model.choiceWords.isFiller(words.words[place])
        }
    }

    private func askAgain(_ slot: String, of place: Int) -> Turn? {
        let intent = content.bundle.intents[place]
        return (intent.questions[language]?[slot].map(rendered) ?? standardQuestion(slot)).map {
            ask(slot, of: intent, $0, options: [], confidence: 1, [], flow: standingMark(of: intent.id))
        }
    }

    /// Takes a message that does not give the slot that was asked for.
    /// - Parameter told: what it gives.
    private func takeOtherwise(
        _ slot: String, of place: Int, _ told: [Understanding.Found], _ understanding: Understanding,
        among choices: [Choice]
    ) -> Turn? {
        let intent = content.bundle.intents[place]
        // "la batidora" names four: which of them is asked, and nothing was missed.
        let kindred =
            slot == SlotList.product ? content.model(language)?.entities.products(with: understanding.words) : nil
        if isElsewhere(understanding, than: place), understanding.rule != nil || kindred?.isAll != true { return nil }
        if understanding.isAngry { return nil }
        // Who says once more what they want has missed nothing.
        if intent.flow != nil, understanding.isSure, understanding.candidates.first?.intent == place {
            return answer(place, confidence: 1, slots: told)
        }
        // What a flow did not ask for just now is news all the same: another number, what an order is proved by.
        let news = told.filter { $0.values.first != conversation.slots[$0.slot] }
        if intent.flow != nil, !news.isEmpty {
            let turn = answer(place, confidence: 1, slots: news)
            // "No lo sé, ¿lo buscáis por mi correo? ana@…": what was asked for is still not known.
            let isHelped =
                turn.said.asked == slot && content.model(language)?.slotWords.saysUnable(SlotText(text)) == true
            return isHelped ? helping(turn, slot, of: intent, choices) ?? turn : turn
        }
        guard let question = intent.questions[language]?[slot].map(rendered) ?? standardQuestion(slot)
        else { return nil }
        let flow = standingMark(of: intent.id)
        if let kin = kindred?.skus, let first = kin.first, !choices.contains(where: { $0.say == shown(slot, first) }) {
            return ask(slot, of: intent, question, options: kin, confidence: 1, [], flow: flow)
        }
        if misses >= content.settings.missesBeforePerson { return handOver(.lowConfidence, intent: intent.id) }
        if intent.flow != nil { return failed(answer(place, confidence: 0.5, slots: []), choices) }
        let again = ask(
            slot, of: intent, question, options: [], confidence: 0.5, [], missed: true, flow: flow)
        return failed(again, choices)
    }

    /// Takes a bare yes or no that no question waits for: it goes on with a flow that was left, and is no answer to anything
    /// else. Nil for other messages, and where it is mere manners.
    func takeBare(_ understanding: Understanding) -> Turn? {
        guard understanding.rule == nil, understanding.words.count(where: { $0 == 0x20 }) <= Self.mostBareWords + 1,
            let words = content.model(language)?.slotWords,
            let said = NameReader(words: words).agreement(SlotText(text)).first
        else { return nil }
        if said.value == "yes", let progress = conversation.flows.last,
            let place = content.bundle.index(ofIntent: progress.mark.intent)
        {
            return answer(place, confidence: 1, slots: [])
        }
        if said.value == "no", case .choice(_, let intents)? = conversation.pending, !intents.isEmpty,
            let leaving = content.leavingIntent
        {
            return answer(leaving, confidence: 1, slots: [])
        }
        if case .intent(let best) = content.decision(understanding),
            !content.bundle.intents[best.intent].kind.isAboutShop
        {
            return nil
        }
        return bare(said.value == "yes")
    }

    /// What is said to a yes or a no that no question waits for.
    private func bare(_ isYes: Bool) -> Turn {
        if isYes, misses >= content.settings.missesBeforePerson { return handOver(.lowConfidence, intent: nil) }
        let reply = Reply(
            text: content.sentence(isYes ? .bareYes : .bareNo, language), kind: isYes ? .fallback : .smalltalk,
            intent: nil,
            confidence: 0, language: language, choices: [personChoice])
        return Turn(said: BotReply(reply: reply, content: content.version, missed: isYes), language: language)
    }

    /// Words of a message that is nothing but a yes or a no.
    private static let mostBareWords = 2

    /// Asks once more, and says that the answer was not understood.
    private func failed(_ again: Turn, _ choices: [Choice]) -> Turn {
        var again = again
        again.said.reply.text = content.sentence(.slotFailed, language) + "\n\n" + again.said.reply.text
        again.said.reply.choices = choices.filter { $0.say != personChoice.say } + [personChoice]
        again.said = again.said.missing
        return again
    }

    /// Where a flow stands that goes on waiting.
    func standingMark(of intent: String) -> FlowMark? {
        conversation.flows.last { $0.mark.intent == intent }?.mark
    }

    /// What asks for a slot where the intent has no question of its own.
    func standardQuestion(_ slot: String) -> String? {
        SlotKind(rawValue: slot)?.question.map { content.sentence($0, language) }
    }

    /// Takes a message that names another thing for more of the same: "¿y la Matina?" after a price asks its price. Nil
    /// where the message leans to another intent, or names nothing that the last one needs.
    func goOn(_ understanding: Understanding) -> Turn? {
        guard let last = conversation.lastReply?.intent.flatMap({ content.bundle.index(ofIntent: $0) }),
            let entities = content.model(language)?.entities
        else { return nil }
        if understanding.isHeldBack(last) { return nil }
        let best = understanding.candidates.first { $0.confidence >= Interpreter.plausible }
        if let best, best.intent != last { return nil }
        let found =
            content.bundle.intents[last].slots.compactMap { entities.find($0, in: understanding.words) }
            + readable(of: last, in: text)
        guard !found.isEmpty else { return nil }
        return answer(last, confidence: best?.confidence ?? 0, slots: found)
    }

    /// Takes a message that is nothing but what a flow waits for, though something else was said in between.
    func goBack(_ understanding: Understanding) -> Turn? {
        guard let progress = conversation.flows.last, let place = content.bundle.index(ofIntent: progress.mark.intent),
            let slot = progress.mark.step.flatMap({ content.bundle.intents[place].flow?.asked(at: $0) }),
            !understanding.isHeldBack(place)
        else { return nil }
        let found = found(of: place, in: text)
        guard found.contains(where: { $0.slot == slot }) else { return nil }
        return answer(place, confidence: 1, slots: found)
    }
}
