import Content
import Events
import Language

extension Interpreter {
    /// Confidence from which an intent is worth being offered as a choice.
    static let plausible = 0.08
    /// A message that asks for a person needs less certainty than others: handing over by mistake costs little.
    static let personFactor = 0.5
    /// How surely a section must cover the question.
    static let sectionThreshold = 0.5

    /// What the bot does with a message that it holds the conversation for. Pure.
    ///
    /// In this order: anger and repetition hand over; what the bot waited for is taken; an intent that is sure decides;
    /// a section that covers the question answers; then one question back, then a person.
    public func respond(
        to text: String, _ understanding: Understanding, in conversation: Conversation, situation: Situation
    ) -> Turn {
        let understanding = settled(understanding, text, conversation)
        let turn = TurnMaker(
            content: self, conversation: conversation, language: understanding.language, situation: situation)
        if isRepeated(text, in: conversation) {
            return turn.handOver(.repeated, intent: conversation.lastReply?.intent)
        }
        if let pending = conversation.pending, let taken = turn.take(pending, text, understanding) { return taken }
        if let best = understanding.candidates.first {
            let intent = bundle.intents[best.intent]
            let asksForPerson = intent.handoff == .always && intent.reason == .asked
            if understanding.isSure || asksForPerson && best.confidence >= understanding.threshold * Self.personFactor {
                return turn.answer(
                    intent, confidence: best.confidence, slots: understanding.slots, isAngry: understanding.isAngry)
            }
        }
        if understanding.isAngry { return turn.handOver(.complaint, intent: turn.likely(understanding)) }
        if let hit = understanding.section, hit.confidence >= Self.sectionThreshold { return turn.quote(hit) }
        return turn.unsure(understanding)
    }

    /// Hands a conversation over that the bot holds.
    public func handOver(_ conversation: Conversation, reason: HandoffReason, situation: Situation) -> Turn {
        let turn = TurnMaker(
            content: self, conversation: conversation, language: conversation.language, situation: situation)
        let intent = reason == .asked ? personIntent?.id : conversation.lastReply?.intent
        return turn.handOver(reason, intent: intent)
    }

    /// The intent of asking for a person, if the content has one.
    var personIntent: Intent? { bundle.intents.first { $0.handoff == .always && $0.reason == .asked } }

    /// The same words twice running, after an answer that was no help.
    private func isRepeated(_ text: String, in conversation: Conversation) -> Bool {
        guard conversation.lastReply?.wasPoor == true, let last = conversation.lastCustomerText else { return false }
        let said = words(text)
        return !said.isEmpty && said == words(last)
    }

    /// Where the language is in doubt, the conversation's is taken.
    private func settled(
        _ understanding: Understanding, _ text: String, _ conversation: Conversation
    ) -> Understanding {
        guard !conversation.language.isEmpty, understanding.language != conversation.language,
            understanding.languageLogOdds < Self.sureLanguage, conversation.lastCustomerSeq > 0 || !understanding.isSure
        else { return understanding }
        return understand(text, language: conversation.language)
    }
}
