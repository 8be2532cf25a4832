import Content
import Events

/// Composes the bot's turn in one conversation: answers, questions back, handoffs.
struct TurnMaker {
    let content: Interpreter
    let conversation: Conversation
    let language: String
    let situation: Situation
    /// What the customer wrote; empty where the turn answers no words.
    var text = ""
    /// The order that the customer proved theirs, as far as a flow needed it.
    var order: Order?

    /// Answers with an intent that was understood or chosen.
    /// - Parameter place: where it stands among the content's.
    func answer(
        _ place: Int, confidence: Double, slots found: [Understanding.Found], isAngry: Bool = false
    ) -> Turn {
        let intent = content.bundle.intents[place]
        var slots = standing(for: intent)
        var filled: [BotReply.Slot] = []
        for found in found where found.values.count == 1 {
            slots[found.slot] = found.values[0]
            filled.append(BotReply.Slot(name: found.slot, value: found.values[0]))
        }
        if let flow = intent.flow {
            let turn = follow(flow, of: place, confidence: confidence, slots: slots, filled: filled, found: found)
            return isAngry && turn.handoff == nil ? handingOver(turn, of: intent, filled) : turn
        }
        for slot in intent.slots {
            let isOpen = slots[slot] == nil || found.contains { $0.slot == slot && $0.values.count > 1 }
            guard isOpen, let question = intent.questions[language]?[slot] else { continue }
            let options = found.first { $0.slot == slot }?.values ?? kin(of: slot)
            return ask(
                slot, of: intent, rendered(question), options: options, confidence: confidence, filled)
        }
        let opened = opensCase(intent)
        if let opened { slots.merge(variables(of: opened.told)) { $1 } }
        let turn = turn(saying: wording(place, intent, slots), intent, confidence, filled, isAngry: isAngry)
        return opened.map { telling($0.told, $0.opening, in: turn) } ?? turn
    }

    private func turn(
        saying wording: Wording, _ intent: Intent, _ confidence: Double, _ filled: [BotReply.Slot], isAngry: Bool
    ) -> Turn {
        if intent.handoff == .always || isAngry {
            let reason = isAngry && intent.handoff != .always ? .complaint : HandoffReason(intent.reason)
            return handOver(
                reason, intent: intent.id, text: wording.parts.text, confidence: confidence, slots: filled)
        }
        return Turn(
            said: BotReply(
                reply: Reply(wording, confidence: confidence), content: content.version, slots: filled),
            language: language)
    }

    /// What a flow came to, for a person to go on with: who is angry is asked nothing.
    private func handingOver(_ turn: Turn, of intent: Intent, _ filled: [BotReply.Slot]) -> Turn {
        let isDone = turn.said.asked == nil && turn.said.lookup == nil
        var handing = handOver(
            .complaint, intent: intent.id, text: isDone ? turn.said.reply.text : "",
            confidence: turn.said.reply.confidence, slots: filled, flow: FlowMark(intent: intent.id))
        guard isDone else { return handing }
        (handing.cases, handing.wishes, handing.events) = (turn.cases, turn.wishes, turn.events)
        handing.said.reply.told = turn.said.reply.told
        return handing
    }

    /// Misses in a row, this message included.
    var misses: Int { conversation.misses + 1 }

    /// One question back with what is likeliest; then a person.
    func unsure(_ understanding: Understanding) -> Turn {
        let likely = content.likely(understanding)?.id
        if misses >= content.settings.missesBeforePerson { return handOver(.lowConfidence, intent: likely) }
        var options: [Intent] = []
        let most = content.settings.clarifyChoices
        for intent in content.offers(understanding, most) where options.count < most {
            let asksForPerson = intent.handoff == .always && intent.reason == .asked
            // Nobody has to be asked whether it was a greeting.
            guard intent.kind.isAboutShop, !asksForPerson, intent.titles[language] != nil else { continue }
            options.append(intent)
        }
        let confidence = understanding.candidates.first?.confidence ?? 0
        guard !options.isEmpty else {
            let reply = Reply(
                text: content.sentence(.fallback, language), kind: .fallback, intent: nil, confidence: confidence,
                language: language, choices: [personChoice])
            return Turn(
                said: BotReply(reply: reply, content: content.version, missed: true), language: language)
        }
        let choices = options.map { intent in
            Choice(label: intent.titles[language] ?? intent.id, say: intent.titles[language] ?? intent.id)
        }
        let reply = Reply(
            text: content.sentence(.clarifyQuestion, language), kind: .clarify, intent: options[0].id,
            confidence: confidence,
            language: language, choices: choices + [personChoice])
        return Turn(
            said: BotReply(reply: reply, content: content.version, missed: true, offered: options.map(\.id)),
            language: language)
    }

    /// Quotes a section.
    /// - Parameter question: what was asked.
    func quote(_ hit: Understanding.SectionHit, for question: String) -> Turn {
        let section = content.sections[hit.section]
        let reply = Reply(
            text: Quotation.text(of: section, for: question, content.model(section.language)?.search), kind: .answer,
            intent: section.intent, confidence: hit.confidence,
            language: language, choices: [personChoice], sources: [Source(title: section.title, path: section.source)])
        return Turn(said: BotReply(reply: reply, content: content.version), language: language)
    }

    /// Gives the conversation to a person. Where the customer stands is said by whoever knows the queue.
    func handOver(
        _ reason: HandoffReason, intent id: String?, text: String = "", confidence: Double = 1,
        slots: [BotReply.Slot] = [], flow: FlowMark? = nil
    ) -> Turn {
        let intent = id.flatMap { content.bundle.intent($0) }
        // A request for a person goes to the team that the conversation was about.
        let about = reason == .asked ? conversation.lastReply?.intent : id
        let team =
            about.flatMap { content.bundle.intent($0)?.team }
            ?? content.settings.defaultTeam
        let lead = text.isEmpty ? content.sentence(Self.lead(reason), language) : text
        let reply = Reply(
            text: lead, kind: .handoff, intent: id, confidence: confidence, language: language)
        let request = HandoffRequest(
            reason: reason, team: team, language: language, priority: intent?.priority ?? 0, intent: id,
            tried: conversation.triedTexts, attended: situation.isOpen && situation.attends(team, language))
        return Turn(
            said: BotReply(reply: reply, content: content.version, slots: slots, flows: flow.map { [$0] } ?? []),
            handoff: request,
            language: language)
    }

    /// The button that asks for a person.
    var personChoice: Choice { content.personChoice(language) }

    /// What a handoff's reply begins with.
    static func lead(_ reason: HandoffReason) -> SentenceKey {
        switch reason {
        case .lowConfidence: .clarifyFailed
        case .asked: .handoffAsked
        case .complaint: .handoffAnger
        case .repeated: .handoffRepeated
        case .failedVerification: .handoffVerification
        case .error: .handoffError
        case .policy, .callback: .handoffPolicy
        }
    }

    /// A question's text, with what the conversation knows.
    func rendered(_ question: AnswerTemplate) -> String {
        question.rendered(language: language) { value($0, conversation.slots) }
    }

    /// Asks for a slot.
    func ask(
        _ slot: String, of intent: Intent, _ question: String, options: [String], confidence: Double,
        _ filled: [BotReply.Slot], missed: Bool = false, flow: FlowMark? = nil
    ) -> Turn {
        let choices = options.prefix(4).map { value in
            Choice(label: shown(slot, value), say: shown(slot, value))
        }
        let reply = Reply(
            text: question, kind: .ask, intent: intent.id, confidence: confidence, language: language,
            choices: Array(choices))
        return Turn(
            said: BotReply(
                reply: reply, content: content.version, missed: missed, asked: slot, slots: filled,
                flows: flow.map { [$0] } ?? []),
            language: language)
    }

    func shown(_ slot: String, _ value: String) -> String {
        if slot == SlotList.product { return content.bundle.product(value)?.name(language) ?? value }
        if let kind = SlotKind(rawValue: slot) { return kind.shown(value, language) }
        return content.bundle.slots.slot(slot)?.value(value)?.shown(language) ?? value
    }

    /// What the bot says where it answers with this intent.
    func wording(_ place: Int, _ intent: Intent, _ slots: [String: String]) -> Wording {
        let answer = intent.answer(language) { comparable($0, slots) }
        func parts() -> Wording.Parts {
            Wording.Parts(
                text: answer?.template.rendered(language: language) { value($0, slots) } ?? "",
                kind: intent.kind.isAboutShop ? .answer : .smalltalk, intent: intent.id, language: language,
                choices: content.choices[place][language] ?? [])
        }
        guard let answer, answer.template.dependence != .conversation else { return Wording(parts()) }
        let key = FilledAnswers.Key(
            intent: place, answer: answer.place, language: language,
            product: answer.template.dependence == .product ? slots[SlotList.product] : nil)
        return content.filledAnswers.wording(key, parts)
    }

    /// The shop's day.
    var today: CalendarDay { content.serviceHours.day(at: situation.now.milliseconds) }

    /// What is known of an order.
    func order(_ number: String) -> OrderLookup {
        situation.orders?(number) ?? .found(content.bundle.order(number))
    }

    /// The orders of the customer whom the website vouches for, the newest first; none where the content has no orders.
    var ownOrders: [Order] {
        guard situation.orders == nil, let customer = conversation.vouchedFor else { return [] }
        return content.bundle.orders.filter { $0.belongs(to: customer) }.sorted { $0.placed > $1.placed }
    }

    /// What a variable stands for.
    func value(_ name: String, _ slots: [String: String]) -> ContentValue? {
        if let field = ProductField(variable: name) {
            let product = slots[SlotList.product].flatMap { content.bundle.product($0) }
            return product?.value(field, language) { content.bundle.product($0) }
        }
        if let field = ShopField(variable: name) { return content.settings.value(field, language) }
        if let field = OrderField(variable: name) {
            return order?.value(field, language, today: today) { content.bundle.product($0) }
        }
        if name == "customer" { return customerName(slots) }
        if name == CallBackVariable.name { return callBackTime(slots) }
        return slots[name].map { .text(shown(name, $0)) }
    }

    /// What the customer is called: what they said, or whoever opened the conversation for them.
    private func customerName(_ slots: [String: String]) -> ContentValue? {
        (slots[SlotKind.name.rawValue] ?? conversation.name).map { .text($0) }
    }

    /// What a condition compares.
    func comparable(_ name: String, _ slots: [String: String]) -> ContentValue? {
        switch name {
        case "hours": return .text(situation.isOpen ? "open" : "closed")
        case "language": return .text(language)
        case "customer": return customerName(slots)
        case "channel": return conversation.channel.map { .text($0) }
        case "supervisor": return supervisorIsThere ? .text("yes") : nil
        case CallBackVariable.name: return callBackTime(slots)
        case "verified": return order == nil ? nil : .text("yes")
        default: break
        }
        if let field = OrderField(variable: name) { return order?.comparable(field, today: today) }
        if let field = ProductField(variable: name) {
            return slots[SlotList.product].flatMap { content.bundle.product($0) }?.comparable(field)
        }
        return slots[name].map { SlotKind(rawValue: name)?.comparable($0) ?? .text($0) }
    }
}

extension HandoffReason {
    init(_ reason: Intent.HandoffReason) {
        self =
            switch reason {
            case .asked: .asked
            case .complaint: .complaint
            case .policy: .policy
            }
    }
}
