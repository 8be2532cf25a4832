import Content
import Events

extension TurnMaker {
    /// Takes a message for what the bot waited for; nil where it is something else.
    func take(_ pending: Conversation.Pending, _ text: String, _ understanding: Understanding) -> Turn? {
        switch pending {
        case .choice(let choices, let intents):
            guard let index = chosen(text, among: choices) else { return nil }
            if index < intents.count, let intent = content.bundle.intent(intents[index]) {
                let slots = intent.slots.compactMap { slot in
                    content.model(language)?.entities.find(slot, in: conversation.lastCustomerText ?? "")
                }
                return answer(intent, confidence: 1, slots: slots)
            }
            if choices[index].say == personChoice.say { return handOver(.asked, intent: content.personIntent?.id) }
            let meant = content.understand(choices[index].say, language: language)
            guard let best = meant.candidates.first else { return nil }
            return answer(content.bundle.intents[best.intent], confidence: best.confidence, slots: meant.slots)
        case .slot(let slot, let id, let choices):
            guard let intent = content.bundle.intent(id) else { return nil }
            let isElsewhere =
                understanding.isSure
                && understanding.candidates.first.map {
                    content.bundle.intents[$0.intent].id != id
                } == true
            let index = chosen(text, among: choices)
            if let index, choices[index].say == personChoice.say {
                return handOver(.asked, intent: content.personIntent?.id)
            }
            let named = index.map { choices[$0].say } ?? text
            if let found = content.model(language)?.entities.find(slot, in: named) {
                // "¿y cuánto cuesta enviarla?" names a thing too: another sure intent goes first.
                if index != nil || !isElsewhere || found.values.count == 1 && understanding.slots.isEmpty {
                    return answer(intent, confidence: 1, slots: [found])
                }
            }
            if isElsewhere { return nil }
            if let person = understanding.candidates.first.map({ content.bundle.intents[$0.intent] }),
                person.handoff == .always
            {
                return nil
            }
            guard let question = intent.questions[language]?[slot] else { return nil }
            if misses >= content.settings.missesBeforePerson {
                return handOver(.lowConfidence, intent: id)
            }
            var again = ask(slot, of: intent, question, options: [], confidence: 0.5, [])
            again.said.missed = true
            again.said.reply.text = content.sentence(.slotFailed, language) + "\n\n" + again.said.reply.text
            again.said.reply.choices = choices.filter { $0.say != personChoice.say } + [personChoice]
            return again
        }
    }

    /// Takes a message that names another thing for more of the same: "¿y la Matina?" after a price asks its price. Nil
    /// where the message leans to another intent, or names nothing that the last one needs.
    func goOn(_ text: String, _ understanding: Understanding) -> Turn? {
        guard let last = conversation.lastReply?.intent.flatMap({ content.bundle.intent($0) }),
            let entities = content.model(language)?.entities
        else { return nil }
        let best = understanding.candidates.first { $0.confidence >= Interpreter.plausible }
        if let best, content.bundle.intents[best.intent].id != last.id { return nil }
        let found = last.slots.compactMap { entities.find($0, in: text) }
        guard !found.isEmpty else { return nil }
        return answer(last, confidence: best?.confidence ?? 0, slots: found)
    }

    /// The choice that a message picks: by its label, by what it says, or by its number.
    private func chosen(_ text: String, among choices: [Choice]) -> Int? {
        let said = content.words(text)
        if said.isEmpty { return nil }
        if said.count == 1, let number = Int(said[0]), choices.indices.contains(number - 1) { return number - 1 }
        return choices.firstIndex { content.words($0.label) == said || content.words($0.say) == said }
    }
}
