import Dialogue
import Events
import Journal
import Wire

/// A conversation as the log has it, with all its messages; only the last of them where the job asked for no more.
struct Transcript {
    /// The fold over its events.
    let conversation: Conversation
    /// Every message from the first on, notes included.
    let messages: [Message]
    /// Its events, for an export.
    let events: [Event]
}

extension FileEventLog {
    /// A conversation's events: all of them, or at least those of its last so many visible messages.
    func events(of id: ConversationID, messages: Int?) throws(JournalError) -> [Event] {
        let stream = StreamID.conversation(id)
        guard let messages else { return try read(stream, from: 1).map(\.event) }
        let version = version(of: stream)
        // Mostly a message is one event; the rest is handovers and notes.
        var span = messages + messages / 4 + 16
        while span < version {
            let events = try read(stream, from: version - span + 1).map(\.event)
            if events.count(where: \.body.isVisibleMessage) >= messages { return events }
            span *= 2
        }
        return try read(stream, from: 1).map(\.event)
    }
}

extension Core {
    /// Folds a conversation's events; nil where the log has none.
    func transcript(_ id: ConversationID, _ events: [Event]) -> Transcript? {
        guard !events.isEmpty else { return nil }
        var conversation = Conversation(id: id)
        // The last events alone don't tell the customer's name.
        conversation.name = conversations[id]?.name
        var messages: [Message] = []
        for event in events {
            let before = conversation.lastSeq
            conversation.evolve(event)
            if conversation.lastSeq > before, let message = conversation.recent.last { messages.append(message) }
        }
        return Transcript(conversation: conversation, messages: messages, events: events)
    }

    /// The conversation, in memory from here on. Nil where it had to be sent for: the job comes back.
    func warm(_ id: ConversationID, _ job: Job, _ loaded: Transcript?) throws(WireError) -> Conversation? {
        if let conversation = conversations[id] { return try known(conversation) }
        // What was read is of use only as long as nobody has stored anything since, this turn's closing included.
        if let loaded, loaded.conversation.id == id, batch.entries[id] == nil,
            loaded.conversation.version == log.version(of: .conversation(id))
        {
            let conversation = try known(loaded.conversation)
            put(conversation, at: id)
            batch.released.insert(id)
            return conversation
        }
        guard directory[id] != nil else { throw Self.noSuchConversation(id) }
        park(job, .load(id, for: job))
        return nil
    }

    /// A conversation that was not erased; of one that was, nobody has anything to do with what is left.
    private func known(_ conversation: Conversation) throws(WireError) -> Conversation {
        guard !conversation.isErased else { throw Self.noSuchConversation(conversation.id) }
        return conversation
    }

    private static func noSuchConversation(_ id: ConversationID) -> WireError {
        WireError(.noSuchConversation, "There is no conversation \(id); QUEUE lists those that wait.")
    }

    /// All messages after a number. Nil where older ones had to be sent for: the job comes back.
    func messages(
        of conversation: Conversation, after seq: Int = 0, _ job: Job, _ loaded: Transcript?
    ) -> [Message]? {
        let first = conversation.recent.first?.seq ?? conversation.lastSeq + 1
        if first <= seq + 1 { return conversation.recent.filter { $0.seq > seq } }
        if let loaded, loaded.conversation.id == conversation.id, loaded.conversation.lastSeq + 1 >= first {
            return loaded.messages.filter { $0.seq > seq && $0.seq < first } + conversation.recent
        }
        park(job, .load(conversation.id, for: job))
        return nil
    }
}
