import Content
import Events

@testable import Dialogue

/// A customer who talks with the bot, each turn folded in.
struct Chat {
    var content: Interpreter
    var conversation = Shop.conversation([Shop.opened])
    var orders: ((String) -> OrderLookup)?
    var supervisorAttends = false
    var now = Shop.start
    /// The open cases of all conversations.
    var cases: [Case] = []

    var situation: Situation {
        let isOpen = content.serviceHours.isOpen(at: now.milliseconds)
        var situation = Situation(now: now, isOpen: isOpen) { _, _ in true }
        situation.orders = orders
        situation.supervisorAttends = { [supervisorAttends] _, _ in supervisorAttends }
        situation.openCases = { [cases] fits in cases.filter(fits) }
        return situation
    }

    mutating func say(_ text: String) -> Turn {
        let understanding = content.understand(text, language: conversation.language)
        let turn = content.respond(to: text, understanding, in: conversation, situation: situation)
        take(.customerSaid(seq: conversation.lastSeq + 1, text: text))
        return take(turn)
    }

    /// What the bot says once an order is there that it looked up for the intent `status`.
    mutating func goOn() -> Turn? {
        content.goOn("status", in: conversation, situation: situation).map { take($0) }
    }

    private mutating func take(_ turn: Turn) -> Turn {
        var turn = turn
        for body in turn.events { take(body) }
        turn.said.reply.seq = conversation.lastSeq + 1
        take(.botReplied(turn.said))
        if let handoff = turn.handoff { take(.handoffRequested(handoff)) }
        return turn
    }

    /// Something that happened.
    mutating func take(_ body: EventBody) {
        conversation.evolve(Shop.event(conversation.version + 1, body))
    }
}
