import Content
import Desk
import Dialogue
import Events
import LineServer
import Wire

/// What an entry is in the queue at this moment.
struct EntryView {
    let position: Int?
    let waited: Int
    /// Seconds until the time allowed is over, negative when late; nil for a message taken.
    let dueIn: Int?
    /// Whether the customer is known to be who they say.
    let isVerified: Bool
}

extension Conversation {
    /// Whether the website vouches for the customer, or the order that they name was proved to be theirs.
    var isVerified: Bool {
        if self.vouchedFor != nil { return true }
        guard let number = self.slots[SlotKind.order.rawValue] else { return !self.verifiedOrders.isEmpty }
        return self.verifiedOrders.contains(number)
    }
}

extension Core {
    /// How an entry stands now.
    func view(_ entry: QueueEntry) -> EntryView {
        let waited = now.seconds(since: entry.clock)
        return EntryView(
            position: desk.queue.position(of: entry.conversation), waited: now.seconds(since: entry.requested),
            dueIn: entry.isAttended ? content.settings.waitTarget - waited : nil,
            isVerified: conversations[entry.conversation]?.isVerified ?? false)
    }

    /// Refuses a team that the shop has not got.
    func check(team: String) throws(WireError) {
        guard !content.settings.teams.contains(where: { $0.id == team }) else { return }
        let names = content.settings.teams.map(\.id).joined(separator: ", ")
        throw WireError(.badArgument, "There is no team \(team.prefix(64)); there are \(names).")
    }

    func queue(_ job: Job, _ agent: Agent, team: String?) throws(WireError) {
        if let team { try check(team: team) }
        let waiting = desk.queue.ordered(team: team).map { ($0, view($0)) }
        let mine = desk.conversations(of: agent.name).compactMap { id -> (QueueEntry, EntryView)? in
            guard let conversation = conversations[id], let ticket = conversation.ticket else { return nil }
            let entry = entry(conversation, ticket)
            let view = EntryView(
                position: nil, waited: now.seconds(since: entry.requested), dueIn: nil,
                isVerified: conversation.isVerified)
            return (entry, view)
        }
        reply(job) { Answers.queue(waiting, mine, to: &$0) }
    }

    /// What the bot knew, for the agent who takes over.
    func context(_ conversation: Conversation) -> ContextView {
        ContextView(
            ticket: conversation.ticket, language: conversation.language, channel: conversation.channel,
            name: conversation.name, contact: conversation.contact, slots: conversation.slots,
            opened: conversation.opened, isVerified: conversation.isVerified, customer: conversation.vouchedFor,
            orders: conversation.verifiedOrders,
            cases: conversation.cases.filter { $0.state != .closed }.map(\.key.description),
            callback: conversation.callback, leads: conversation.leads, ratings: conversation.ratings,
            unfinished: conversation.ticket == nil ? conversation.unfinished : conversation.ticket?.unfinished,
            refused: conversation.refusedRequests)
    }

    func watch(_ job: Job, _ agent: Agent, _ id: ConversationID, _ loaded: Transcript?) throws(WireError) {
        guard let conversation = try warm(id, job, loaded),
            let messages = messages(of: conversation, job, loaded)
        else { return }
        keep(job.connection)
        sessions[job.connection]?.watching.insert(id)
        watchers[id, default: []].insert(job.connection)
        commit(id, [.conversationViewed(by: agent.name, how: "watch")], request: job.request)
        reply(job, .durable, in: id) { Answers.transcript(messages, to: &$0) }
    }

    func unwatch(_ job: Job, _ agent: Agent, _ id: ConversationID, _ loaded: Transcript?) throws(WireError) {
        guard let conversation = try warm(id, job, loaded),
            let messages = messages(of: conversation, job, loaded)
        else { return }
        sessions[job.connection]?.watching.remove(id)
        unfollow(job.connection, id)
        reply(job, .written, in: id) { Answers.transcript(messages, to: &$0) }
    }

    func show(_ job: Job, _ agent: Agent, _ id: ConversationID, _ loaded: Transcript?) throws(WireError) {
        guard let conversation = try warm(id, job, loaded),
            let messages = messages(of: conversation, job, loaded)
        else { return }
        commit(id, [.conversationViewed(by: agent.name, how: "show")], request: job.request)
        let view = context(conversation)
        reply(job, .durable, in: id) { Answers.shown(conversation, messages, view, to: &$0) }
    }

    func suggest(_ job: Job, _ id: ConversationID, _ loaded: Transcript?) throws(WireError) {
        guard let conversation = try warm(id, job, loaded) else { return }
        let suggestions = conversation.lastCustomerText.map {
            content.suggestions($0, language: conversation.language)
        }
        reply(job) { Answers.suggestions(suggestions ?? [], to: &$0) }
    }
}
