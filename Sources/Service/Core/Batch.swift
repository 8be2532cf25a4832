import Desk
import Dialogue
import Events
import LineServer

/// What one turn of the decider leaves behind: groups for the log, and what goes out once they are stored.
struct Batch {
    /// Goes out whatever happens to the log.
    var plain = Deliveries()
    /// Goes out once the groups are written.
    var written = Deliveries()
    /// Goes out once the groups are on stable storage.
    var durable = Deliveries()
    /// Goes out in place of `written` and `durable` where the groups could not be written, once it is known whether a
    /// crash may bring them back.
    var refused = Deliveries()
    /// One group for each command that changes something.
    var groups: [[Event]] = []
    /// Replies that turn into errors where the groups can't be written.
    var promised: [(ConnectionHandle, ReplySlot)] = []
    /// What was before, to go back to it where the groups can't be written.
    var conversations: [ConversationID: Conversation?] = [:]
    var arrivals: [ConversationID: Int] = [:]
    var sessions: [ConnectionHandle: Session] = [:]
    /// Agents and the versions of their streams before, for the same.
    var agents: [String: (agent: Agent?, version: Int?)] = [:]
    /// Answers to agents' commands that were kept for an `@id`.
    var remembered: [(agent: String, id: String)] = []
    /// The directory's entries of conversations that something was stored of without their being in memory, for the same.
    var entries: [ConversationID: Directory.Entry] = [:]
    /// Cases of such conversations, for the same.
    var cases: [CaseKey: CaseBook.Entry] = [:]
    /// All the cases of a conversation where some of them were dropped, for the same.
    var caseLists: [ConversationID: [Case]] = [:]
    /// What was promised to whom before contacts of such conversations went, for the same.
    var followUps: FollowUps?
    /// Erasures that began with this turn and that nobody waits for, for the same.
    var erasures: Set<ConversationID> = []
    /// Conversations that nobody may need in memory any longer.
    var released: Set<ConversationID> = []
    /// Conversations of which something in this turn waits for the disk.
    var durableConversations: Set<ConversationID> = []
    /// Connections to close once a slot's reply is out.
    var closings: [(ConnectionHandle, ReplySlot)] = []

    init() {}

    /// A batch with room for as much as went out last time.
    init(after last: Batch) {
        plain.reserveRoom(for: last.plain)
        written.reserveRoom(for: last.written)
        durable.reserveRoom(for: last.durable)
        groups.reserveCapacity(last.groups.count)
        promised.reserveCapacity(last.promised.count)
        conversations.reserveCapacity(last.conversations.count)
    }

    /// Remembers what a conversation was before this turn changed it, and the number that it had in the queue.
    mutating func keep(_ before: Conversation?, at id: ConversationID, in queue: HandoffQueue) {
        guard conversations.index(forKey: id) == nil else { return }
        conversations[id] = .some(before)
        if before?.ticket != nil { arrivals[id] = queue.arrival(of: id) }
    }
}
