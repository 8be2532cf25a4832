import Events

/// A conversation in the queue, as an agent sees it.
public struct QueueEntry: Sendable, Equatable {
    /// Which.
    public var conversation: ConversationID
    /// The team that is asked.
    public var team: String
    /// The agent that it was transferred to, where it was to one.
    public var addressee: String?
    /// The customer's language.
    public var language: String
    /// Higher first.
    public var priority: Int
    /// Whether it goes before all others: its agent vanished, or a colleague passed it on.
    public var isReturned: Bool
    /// When the customer began to wait; orders those of one priority.
    public var requested: Timestamp
    /// From when the time allowed counts; later than `requested` where nobody attended then.
    public var clock: Timestamp
    /// Whether somebody attends; else it is a message taken.
    public var isAttended: Bool
    /// Whether it is for a supervisor.
    public var needsSupervisor: Bool
    /// Why.
    public var reason: HandoffReason
    /// The customer's name, where it is known.
    public var name: String?
    /// The customer's last words.
    public var last: String

    /// An entry.
    public init(
        conversation: ConversationID, team: String, addressee: String? = nil, language: String, priority: Int = 0,
        isReturned: Bool = false, requested: Timestamp, clock: Timestamp, isAttended: Bool = true,
        needsSupervisor: Bool = false, reason: HandoffReason, name: String? = nil, last: String = ""
    ) {
        self.conversation = conversation
        self.team = team
        self.addressee = addressee
        self.language = language
        self.priority = priority
        self.isReturned = isReturned
        self.requested = requested
        self.clock = clock
        self.isAttended = isAttended
        self.needsSupervisor = needsSupervisor
        self.reason = reason
        self.name = name
        self.last = last
    }

    /// The protocol's state of it.
    public var state: ConversationState { isAttended ? .waiting : .messageTaken }
}
