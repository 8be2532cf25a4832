import Content
import Dialogue
import Events

/// A customer's conversation with the bot alone, as a value: whoever copies one can go on from there in many ways.
struct Visit {
    /// Tuesday, 24 November 2026, 11:00 in Madrid.
    private static let morning = Timestamp(milliseconds: 1_795_514_400_000)

    let content: Interpreter
    private(set) var conversation = Conversation(id: ConversationID(bits: 7))
    /// What the orders' source answers now.
    var orders: ((String) -> OrderLookup)?

    /// - Parameter language: the one that the conversation begins in.
    init(_ content: Interpreter, language: String) {
        self.content = content
        take(
            .conversationOpened(
                language: language, channel: "web", name: nil, contact: nil, token: "", greeting: nil))
    }

    private var situation: Situation {
        var situation = Situation(now: Self.morning, isOpen: true) { _, _ in true }
        situation.supervisorAttends = { _, _ in true }
        situation.newCaseKey = { CaseKey(bits: 1_234_567) }
        situation.orders = orders
        return situation
    }

    /// What the bot does with the next message, understood as the service does.
    @discardableResult
    mutating func say(_ text: String) -> Turn {
        let turn = answer(to: text)
        take(.customerSaid(seq: conversation.lastSeq + 1, text: text))
        if turn.language != conversation.language { take(.languageChosen(language: turn.language)) }
        return take(turn)
    }

    /// What the bot would do with the next message.
    func answer(to text: String) -> Turn {
        content.respond(
            to: text, content.understand(text, language: conversation.language), in: conversation,
            situation: situation)
    }

    /// What the bot says once an order is there that it looked up for an intent.
    mutating func goOn(_ intent: String) -> Turn? {
        content.goOn(intent, in: conversation, situation: situation).map { take($0) }
    }

    private mutating func take(_ turn: Turn) -> Turn {
        var turn = turn
        for body in turn.events { take(body) }
        for opening in turn.cases { take(.caseOpened(opening)) }
        turn.said.reply.seq = conversation.lastSeq + 1
        take(.botReplied(turn.said))
        if let handoff = turn.handoff { take(.handoffRequested(handoff)) }
        return turn
    }

    /// Goes on with an event that is no turn of the bot's.
    mutating func take(_ body: EventBody) {
        let version = conversation.version + 1
        conversation.evolve(
            Event(
                stream: .conversation(conversation.id), version: version,
                id: EventID(command: UInt64(version), index: 0),
                at: Timestamp(milliseconds: Self.morning.milliseconds + Int64(version) * 1_000), body: body))
    }
}
