import Events

/// A conversation as the fold over its events gives it: a reference to ``Facts`` that are copied on the first change of
/// a shared one. So what was before a turn costs nothing to keep until the turn is stored.
@dynamicMemberLookup
public struct Conversation: Sendable, Equatable {
    /// `@unchecked Sendable`: no queue guards it; ``change(_:)`` alone writes to it, and only to one that nobody else
    /// refers to.
    @usableFromInline final class Box: @unchecked Sendable {
        @usableFromInline var facts: Facts

        @inlinable init(_ facts: Facts) { self.facts = facts }
    }

    @usableFromInline var box: Box

    /// A conversation before its first event.
    public init(id: ConversationID) { box = Box(Facts(id: id)) }

    /// One of the facts.
    @inlinable public subscript<Value>(dynamicMember path: KeyPath<Facts, Value>) -> Value { box.facts[keyPath: path] }

    /// One of the facts that may be set.
    @inlinable public subscript<Value>(dynamicMember path: WritableKeyPath<Facts, Value>) -> Value {
        get { box.facts[keyPath: path] }
        set { change { $0[keyPath: path] = newValue } }
    }

    /// The conversation after an event of its stream.
    public mutating func evolve(_ event: Event) { change { $0.evolve(event) } }

    /// How many of the newest messages stay in memory at least.
    public static let recentCount = 100

    @inlinable mutating func change(_ body: (inout Facts) -> Void) {
        if !isKnownUniquelyReferenced(&box) { box = Box(box.facts) }
        body(&box.facts)
    }

    /// Whether both are the same to the last fact.
    public static func == (one: Conversation, other: Conversation) -> Bool {
        one.box === other.box || one.box.facts == other.box.facts
    }

    /// What is known of a conversation.
    public struct Facts: Sendable, Equatable {
        /// Which.
        public let id: ConversationID
        /// Version of its stream.
        public var version = 0
        /// The language it is held in.
        public var language = ""
        /// `web`, `email`, …
        public var channel: String?
        /// The customer's name.
        public var name: String?
        /// E-mail or telephone.
        public var contact: String?
        /// Which of the website's customers it is, where the website vouches for it.
        public var vouchedFor: String?
        /// SHA-256 of the resume token, in hexadecimal digits.
        public var token = ""
        /// When it began.
        public var opened = Timestamp(milliseconds: 0)
        /// When somebody last did something in it.
        public var lastActivity = Timestamp(milliseconds: 0)
        /// Who holds it.
        public var holder = Holder.bot
        /// Whether its words were erased: nobody goes on with it.
        public var isErased = false
        /// Number of the last message, notes included.
        public var lastSeq = 0
        /// Number of the customer's last message.
        public var lastCustomerSeq = 0
        /// The customer's last words.
        public var lastCustomerText: String?
        /// The newest messages; older ones stand in the log.
        public var recent: RecentList<Message> = []
        /// Unsure replies in a row.
        public var misses = 0
        /// The bot's last reply.
        public var lastReply: LastReply?
        /// What the bot waits for.
        public var pending: Pending?
        /// Slots filled so far, by id.
        public var slots: [String: String] = [:]
        /// What stood in a slot before the customer gave another value.
        public var former: [String: String] = [:]
        /// The choices of the last question for a slot that was answered.
        public var offered: Offered?
        /// Flows that are not done, the one last in hand last.
        public var flows: [FlowProgress] = []
        /// What the bot was in the middle of when it handed over.
        var interrupted: Unfinished?
        /// Why the shop did not do what a case asks, where it said so.
        public var refusedRequests: [CaseKey: String] = [:]
        /// Numbers of the orders that the customer proved theirs.
        public var verifiedOrders: [String] = []
        /// What was tried last and proved no order theirs; it is not tried again.
        public var refusedProof: String?
        /// Vain attempts to prove an order theirs, in a row.
        public var refusals = 0
        /// What the bot tried since the conversation was last in its hands, newest last.
        public var tried: RecentList<Attempt> = []
        /// What the customer said of the service since it was resolved last, by kind: the last score counts.
        public var ratings: [String: Int] = [:]
        /// The cases that were opened in it.
        public var cases: [Case] = []
        /// The call or follow-up that is promised: one at most, in a list so that a conversation without one stays small.
        public var callbacks: [Callback] = []
        /// How the customer can be reached, and what for.
        public var leads: [Lead] = []
        /// Commands that were answered `OK`, by the SHA-256 of their `@id`.
        public var answered: [String: AnsweredRequest] = [:]

        init(id: ConversationID) { self.id = id }
    }

    /// Who holds it: exactly one.
    public enum Holder: Sendable, Equatable {
        case bot
        indirect case queue(Ticket)
        indirect case agent(String, Ticket)
        case resolved
        case closed
    }

    /// An answer or a question of the bot's.
    public struct Attempt: Sendable, Equatable {
        /// What kind of reply it was.
        public var kind: ReplyKind
        /// Its intent.
        public var intent: String?

        /// As a handoff tells it: `answer delivery_time`.
        public var text: String { intent.map { "\(kind.rawValue) \($0)" } ?? kind.rawValue }
    }

    /// What the bot said last.
    public struct LastReply: Sendable, Equatable {
        /// Its number.
        public var seq: Int
        /// Its intent.
        public var intent: String?
        /// Whether it was unsure, or the customer called it useless.
        public var wasPoor: Bool
    }

    /// What the bot waits for.
    public indirect enum Pending: Sendable, Equatable {
        /// One of these choices; `intents` are those that the first of them stand for.
        case choice([Choice], intents: [String])
        /// A slot's value, to go on with an intent; `choices` were offered for it.
        case slot(String, intent: String, choices: [Choice])
        /// An order that is being looked up, to go on with the flow of an intent.
        case lookup(String, intent: String)
    }

    /// Choices that were offered for a slot.
    public struct Offered: Sendable, Equatable {
        /// The slot.
        public var slot: String
        /// What the customer could choose.
        public var choices: [Choice]
    }

    /// A flow that is not done.
    public struct FlowProgress: Sendable, Equatable {
        /// Where it stands.
        public var mark: FlowMark
        /// The version of the content whose steps it counts.
        public var content: String
        /// The number of the customer's message that began it.
        public var since: Int
        /// The slot that it asked for last.
        public var asked: String?
    }

    /// What a person takes over in the middle of.
    public struct Unfinished: Sendable, Equatable {
        /// The intent that was being followed.
        public let intent: String
        /// The slot that was asked for and not given.
        public let slot: String?
        /// Vain attempts to prove an order the customer's.
        public let refusals: Int
        /// Whether it is a flow, which ends by itself, and no single question.
        let isFlow: Bool
    }

    /// A handoff in the queue or with an agent.
    public struct Ticket: Sendable, Equatable {
        /// Why.
        public var reason: HandoffReason
        /// Which team.
        public var team: String
        /// The agent it was transferred to.
        public var addressee: String?
        /// Higher first.
        public var priority: Int
        /// The intent that led to it.
        public var intent: String?
        /// What the bot tried.
        public var tried: [String]
        /// When the customer began to wait.
        public var requested: Timestamp
        /// From when the time allowed counts.
        public var clock: Timestamp
        /// Whether somebody attended when it was last looked at.
        public var isAttended: Bool
        /// Whether it goes to the head of the queue.
        public var isReturned = false
        /// What the bot was in the middle of.
        public var unfinished: Unfinished?
        /// Whether it is for a supervisor.
        public var needsSupervisor = false
    }

    /// The first answer to a command with an `@id`.
    public struct AnsweredRequest: Sendable, Equatable {
        /// Digest of the command, which tells a reused id.
        public var command: String
        /// What was answered.
        public var answer: Answer

        /// The parts of an answer.
        public enum Answer: Sendable, Equatable {
            /// `{}`
            case done
            /// `{"seq":n,"delivered":true}`
            case delivered(Int)
            /// `{"seq":n,"reply":Reply}`
            case replied(Int, Reply)
            /// `{"seq":n}`
            case numbered(Int)
            /// `{"language":code}`
            case language(String)
        }
    }
}

extension Conversation.Facts {
    /// The protocol's state.
    public var state: ConversationState {
        switch holder {
        case .bot: .bot
        case .queue(let ticket): ticket.isAttended ? .waiting : .messageTaken
        case .agent: .withAgent
        case .resolved: .resolved
        case .closed: .closed
        }
    }

    /// The intent that the bot waits for an answer for, or that answered last.
    var placeInHand: String? {
        if case .slot(_, let intent, _)? = pending { intent } else { lastReply?.intent }
    }

    /// What the bot tried, as a handoff tells it: the ten newest.
    public var triedTexts: [String] { tried.suffix(10).map(\.text) }

    /// The handoff that is under way.
    public var ticket: Conversation.Ticket? {
        switch holder {
        case .queue(let ticket), .agent(_, let ticket): ticket
        default: nil
        }
    }

    /// What the bot is in the middle of.
    public var unfinished: Conversation.Unfinished? {
        if let flow = flows.last {
            return Conversation.Unfinished(
                intent: flow.mark.intent, slot: flow.asked, refusals: refusals, isFlow: true)
        }
        guard case .slot(let slot, let intent, _) = pending else { return nil }
        return Conversation.Unfinished(intent: intent, slot: slot, refusals: refusals, isFlow: false)
    }

    /// The agent who holds it.
    public var agent: String? {
        if case .agent(let name, _) = holder { name } else { nil }
    }

    /// The call or follow-up that is promised.
    public var callback: Callback? { callbacks.first }

    /// Whether it stands in the queue.
    public var isWaiting: Bool {
        if case .queue = holder { true } else { false }
    }

    /// Whether the bot answers the next message.
    public var isBots: Bool {
        switch holder {
        case .bot, .resolved, .closed: true
        case .queue, .agent: false
        }
    }
}
