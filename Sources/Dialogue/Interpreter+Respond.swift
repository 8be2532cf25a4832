import Content
import Events
import Language

extension Interpreter {
    /// What the bot does with a message that it holds the conversation for. Pure.
    ///
    /// In this order: a case is told whose key stands there; repetition hands over; a flow that the customer does not want
    /// any more ends; what picks one of several things, or was waited for, is taken, as is a bare yes or no, a call put off,
    /// another value for what was asked last, a message of numbers alone; two wishes are answered; an intent of a rule, or
    /// one that is sure, decides (and hands over where the words are angry); a section that covers the question answers;
    /// then one question back, then a person.
    public func respond(
        to text: String, _ understanding: Understanding, in conversation: Conversation, situation: Situation
    ) -> Turn {
        if let words = PastedFiles.rest(of: text) {
            return respond(toFileWith: words, understanding, in: conversation, situation: situation)
        }
        // Apart, since to have one or the other under one name is to copy it.
        if let settled = settled(understanding, text, conversation) {
            return respond(to: text, settled: settled, in: conversation, situation)
        }
        return respond(to: text, settled: understanding, in: conversation, situation)
    }

    /// What the bot does with a message in which files were pasted, or that is nothing but links to some.
    private func respond(
        toFileWith words: String, _ understanding: Understanding, in conversation: Conversation, situation: Situation
    ) -> Turn {
        var turn = TurnMaker(
            content: self, conversation: conversation, language: understanding.language, situation: situation)
        guard !understanding.words.isEmpty else {
            var refusal = turn.refuseFiles()
            turn.offerReturn(in: &refusal)
            turn.varyRepeated(in: &refusal)
            return refusal
        }
        let settled = settled(understanding, words, conversation) ?? understanding
        let answered = respond(to: words, settled: settled, in: conversation, situation)
        turn = TurnMaker(content: self, conversation: conversation, language: answered.language, situation: situation)
        return turn.withoutFile(answered)
    }

    private func respond(
        to text: String, settled understanding: Understanding, in conversation: Conversation, _ situation: Situation
    ) -> Turn {
        let turn = TurnMaker(
            content: self, conversation: conversation, language: understanding.language, situation: situation,
            text: text)
        // In place: a turn has many parts, and is long to copy.
        var answered = answer(understanding, turn)
        turn.minding(understanding.tone, in: &answered)
        turn.keepVolunteered(in: &answered)
        turn.offerReturn(in: &answered)
        turn.varyRepeated(in: &answered)
        return answered
    }

    private func answer(_ understanding: Understanding, _ turn: TurnMaker) -> Turn {
        if let bare = withoutNumbers(understanding, turn.text) { return respond(bare, turn) }
        return respond(understanding, turn)
    }

    private func respond(_ understanding: Understanding, _ turn: TurnMaker) -> Turn {
        let conversation = turn.conversation
        if let mention = CaseKey.mentioned(in: turn.text) { return turn.tellCase(mention) }
        if isRepeated(understanding, in: conversation) {
            return turn.handOver(.repeated, intent: conversation.lastReply?.intent)
        }
        if let left = turn.leave(understanding) { return left }
        if let picked = turn.takePick(understanding) { return picked }
        if let pending = conversation.pending, let taken = turn.take(pending, understanding) { return taken }
        if let bare = turn.takeBare(understanding) { return bare }
        if let moved = turn.putOff(understanding) { return moved }
        let decision = decision(understanding)
        if let more = turn.goOnWithValue(understanding) { return more }
        if let numbers = turn.takeNumbers(understanding, decision) { return numbers }
        if turn.isMereInsult(understanding) { return turn.unsure(understanding) }
        if !understanding.isAngry, let wishes = wishes(turn.text, understanding) { return turn.answer(wishes) }
        switch decision {
        case .intent(let best):
            if bundle.intents[best.intent].kind == .caseStatus, let told = turn.tellCases() { return told }
            if asksWhy(understanding), let told = turn.explainLast(confidence: best.confidence) { return told }
            return turn.answer(
                best.intent, confidence: best.confidence,
                slots: understanding.slots + turn.readable(of: best.intent, in: turn.text),
                isAngry: understanding.isAngry)
        case .anger: return turn.handOver(.complaint, intent: likely(understanding)?.id)
        case .section(let hit):
            return turn.goOn(understanding) ?? turn.goBack(understanding) ?? turn.quote(hit, for: turn.text)
        case .question:
            return turn.goOn(understanding) ?? turn.goBack(understanding) ?? turn.unsure(understanding)
        }
    }

    /// Hands a conversation over that the bot holds.
    public func handOver(_ conversation: Conversation, reason: HandoffReason, situation: Situation) -> Turn {
        let turn = TurnMaker(
            content: self, conversation: conversation, language: conversation.language, situation: situation)
        let intent = reason == .asked ? personIntent?.id : conversation.lastReply?.intent
        return turn.handOver(reason, intent: intent)
    }

    /// The same words twice running, after an answer that was no help.
    private func isRepeated(_ understanding: Understanding, in conversation: Conversation) -> Bool {
        guard conversation.lastReply?.wasPoor == true, let last = conversation.lastCustomerText else { return false }
        return !understanding.words.isEmpty && TokenBuffer.isSame(last, as: understanding.words)
    }

    /// Where the language is in doubt, what the message means in the conversation's; nil where it stays as it is.
    private func settled(
        _ understanding: Understanding, _ text: String, _ conversation: Conversation
    ) -> Understanding? {
        // A name or a number that the bot asked for has no language of its own, however foreign its letters are.
        let isValue = if case .slot = conversation.pending { true } else { false }
        guard !conversation.language.isEmpty, understanding.language != conversation.language else { return nil }
        let isClear = understanding.isSure || callsPerson(understanding)
        guard understanding.languageLogOdds < Self.sureLanguage || isValue && !isClear,
            let model = model(conversation.language)
        else { return nil }
        var settled = understand(text, model)
        if isValue, !isClear { return settled }
        let isLost = !settled.isSure && !callsPerson(settled)
        if isClear, isLost || (understanding.rule != nil && settled.rule == nil) { return nil }
        settled.languageLogOdds = understanding.languageLogOdds
        return settled
    }
}
