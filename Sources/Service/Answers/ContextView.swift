import Dialogue
import Events
import JSON

/// What the bot knew of a conversation, for the agent who takes over.
struct ContextView {
    let ticket: Conversation.Ticket?
    let language: String
    let channel: String?
    let name: String?
    let contact: String?
    let slots: [String: String]
    let opened: Timestamp
    let isVerified: Bool
    /// Which of the website's customers it is, where the website vouches for it.
    let customer: String?
    /// Numbers of the orders that were proved to be the customer's.
    let orders: [String]
    /// Keys of the cases that were opened here and are not closed.
    let cases: [String]
    /// What is promised, or due.
    let callback: Callback?
    /// The contacts that the customer left.
    let leads: [Lead]
    /// What the customer said of the service since it was resolved last, by kind.
    let ratings: [String: Int]
    /// What the bot was in the middle of when it handed over, or is.
    let unfinished: Conversation.Unfinished?
    /// What the shop said where it does not do what a case asks.
    let refused: [CaseKey: String]

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.optional("reason", ticket?.reason.rawValue)
        writer.optional("team", ticket?.team)
        writer.optional("intent", ticket?.intent)
        if let ticket {
            writer.member("priority", ticket.priority)
            writer.name("requested")
            writer.value(ticket.requested)
        }
        writer.member("tried", ticket?.tried ?? [])
        writer.member("language", language)
        writer.optional("channel", channel)
        writer.optional("name", name)
        writer.optional("contact", contact)
        writer.name("slots")
        writer.beginObject()
        for (slot, value) in slots.sorted(by: { $0.key < $1.key }) {
            writer.name(dynamic: slot)
            writer.value(value)
        }
        writer.endObject()
        writer.name("opened")
        writer.value(opened)
        writer.name("verified")
        writer.value(isVerified)
        writer.optional("customer", customer)
        writer.member("proved_orders", orders)
        writer.member("cases", cases)
        writeFollowUps(to: &writer)
        writer.ratings(ratings)
        if let unfinished {
            writer.name("unfinished")
            writer.object { writer in
                writer.member("intent", unfinished.intent)
                writer.optional("slot", unfinished.slot)
                writer.member("refusals", unfinished.refusals)
            }
        }
        writeRefused(to: &writer)
        writer.endObject()
    }

    private func writeFollowUps(to writer: inout JSONWriter) {
        if let callback {
            writer.name("callback")
            writer.object { callback.writeMembers(to: &$0) }
        }
        guard !leads.isEmpty else { return }
        writer.name("leads")
        writer.beginArray()
        for lead in leads { writer.object { Answers.write(lead, to: &$0) } }
        writer.endArray()
    }

    private func writeRefused(to writer: inout JSONWriter) {
        guard !refused.isEmpty else { return }
        writer.name("refused")
        writer.beginArray()
        for (key, text) in refused.sorted(by: { $0.key.bits < $1.key.bits }) {
            writer.object { writer in
                writer.member("case", key.description)
                writer.member("text", text)
            }
        }
        writer.endArray()
    }
}

extension JSONWriter {
    /// What a customer answered to the survey; left away where there is nothing.
    mutating func ratings(_ ratings: [String: Int]) {
        guard !ratings.isEmpty else { return }
        name("ratings")
        beginObject()
        for (kind, score) in ratings.sorted(by: { $0.key < $1.key }) {
            name(dynamic: kind)
            value(score)
        }
        endObject()
    }
}
