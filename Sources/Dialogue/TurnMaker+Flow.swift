import Content
import Events

/// What is known of an order at the moment.
public enum OrderLookup: Sendable {
    /// The order of that number; nil where there is none.
    case found(Order?)
    /// Its source has to be asked.
    case pending
    /// Its source gave no answer.
    case failed
}

extension TurnMaker {
    /// How many vain attempts to prove an order theirs bring the customer a person.
    static let mostRefusals = 3

    /// Goes on with an intent's flow from where it stands, up to what the customer has to say next.
    func follow(
        _ flow: Flow, of place: Int, confidence: Double, slots: [String: String], filled: [BotReply.Slot],
        found: [Understanding.Found]
    ) -> Turn {
        let known = reachable(slots, for: content.bundle.intents[place])
        var run = FlowRun(self, flow, place, confidence, known, filled, found)
        var turn = run.turn()
        turn.events = run.events
        turn.wishes = run.wishes
        return run.opened.map { telling($0.told, $0.opening, in: turn) } ?? turn
    }

    /// After an answer to something else in the middle of a flow: the way back to it, once for each time that it is left.
    func offerReturn(in turn: inout Turn) {
        guard !conversation.flows.isEmpty else { return }
        let ended = turn.said.flow
        guard ended != nil || leavesFlow,
            let progress = conversation.flows.last(where: { flow in
                !turn.said.flows.contains { $0.intent == flow.mark.intent }
            }),
            turn.handoff == nil, ended?.step == nil, turn.said.asked == nil, !turn.said.missed,
            turn.said.reply.intent != progress.mark.intent,
            let title = content.bundle.intent(progress.mark.intent)?.titles[language]
        else { return }
        turn.said.reply.text += "\n\n" + content.sentence(.flowResume, language, ["title": .text(title)])
        turn.said.reply.choices.insert(Choice(label: title, say: title), at: 0)
        turn.said = turn.said.with(offered: [progress.mark.intent] + turn.said.offered, flows: turn.said.flows)
    }

    /// Whether a flow waited for the message.
    private var leavesFlow: Bool {
        switch conversation.pending {
        case .slot(_, let id, _), .lookup(_, let id): conversation.flows.contains { $0.mark.intent == id }
        case .choice, nil: false
        }
    }

    /// Whether a message is a no that was asked for, or says that what was asked for is not known.
    private func isReply(_ words: SlotText, _ model: LanguageModel, to slot: String) -> Bool {
        slot == SlotKind.agreement.rawValue
            ? !NameReader(words: model.slotWords).agreement(words).isEmpty
            : model.slotWords.isUnable(words, model.choiceWords)
    }

    /// "Mejor no, ¿cuánto cuesta la tetera?": ends the flow that waits, and answers what stands behind the pause. "Mejor no,
    /// ya lo tengo" ends it alone.
    private func leaveForOther(
        _ understanding: Understanding, _ words: SlotText, _ model: LanguageModel, asked slot: String, of id: String
    ) -> Turn? {
        guard conversation.flows.contains(where: { $0.mark.intent == id }),
            let refusal = model.slotWords.refusal(words)
        else { return nil }
        // "Ya no hace falta que me llaméis" says more than "ya no hace falta".
        if !refusal.isApart, understanding.isSure, let best = understanding.candidates.first,
            case let intent = content.bundle.intents[best.intent], intent.id != id, intent.kind.isAboutShop
        {
            return nil
        }
        let rest = words.string(refusal.rest..<words.bytes.count)
        if !rest.isEmpty {
            let meant = content.understand(rest, model, searches: false)
            if meant.isSure, let best = meant.candidates.first, content.bundle.intents[best.intent].id != id,
                content.bundle.intents[best.intent].kind.isAboutShop
            {
                let turn = answer(
                    best.intent, confidence: best.confidence, slots: meant.slots + readable(of: best.intent, in: rest))
                return ending(id, turn)
            }
        }
        // At a question for a yes it is the answer.
        guard refusal.isPlain, slot != SlotKind.agreement.rawValue, let leaving = content.leavingIntent else {
            return nil
        }
        return ending(id, answer(leaving, confidence: 1, slots: []))
    }

    private func ending(_ intent: String, _ turn: Turn) -> Turn {
        var turn = turn
        turn.said = turn.said.with(flows: [FlowMark(intent: intent)] + turn.said.flows)
        return turn
    }

    /// Ends the flow in hand where the customer does not want it any more; there, half as much certainty is enough. Nil
    /// where the message says something else, or there is nothing to leave.
    func leave(_ understanding: Understanding) -> Turn? {
        guard conversation.flows.last != nil || conversation.pending != nil else { return nil }
        if case .slot(let slot, let id, _)? = conversation.pending, let model = content.model(language) {
            let words = SlotText(text)
            if let left = leaveForOther(understanding, words, model, asked: slot, of: id) { return left }
            if understanding.rule == nil, isReply(words, model, to: slot) { return nil }
        }
        let progress = conversation.flows.last
        let inHand = progress.flatMap { content.bundle.index(ofIntent: $0.mark.intent) }
        let best = understanding.candidates.first
        let place: Int
        if let best, content.bundle.intents[best.intent].kind == .abandon,
            best.confidence >= understanding.threshold * Interpreter.personFactor
        {
            place = best.intent
        } else if let inHand, understanding.isHeldBack(inHand),
            let leaving = content.leavingIntent
        {
            // "No quiero cancelar", in the middle of cancelling.
            place = leaving
        } else {
            return nil
        }
        var turn = answer(place, confidence: best?.confidence ?? 1, slots: [])
        if let progress { turn.said = turn.said.with(flows: [FlowMark(intent: progress.mark.intent)]) }
        return turn
    }
}

extension Interpreter {
    /// Goes on with the flow of an intent that waited for an order; nil where the conversation has no such flow any more.
    public func goOn(_ intent: String, in conversation: Conversation, situation: Situation) -> Turn? {
        guard conversation.isBots, conversation.flows.contains(where: { $0.mark.intent == intent }),
            let place = bundle.index(ofIntent: intent)
        else { return nil }
        let turn = TurnMaker(
            content: self, conversation: conversation, language: conversation.language, situation: situation)
        return turn.answer(place, confidence: 1, slots: [])
    }
}
