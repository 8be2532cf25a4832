import JSON

/// What can happen. Members are named here as they stand in the log.
public enum EventBody: Sendable, Equatable {
    /// A conversation begins. The resume token is held as SHA-256 only.
    indirect case conversationOpened(
        language: String, channel: String?, name: String?, contact: String?, token: String, greeting: Reply?)
    /// The customer wrote message `seq`.
    case customerSaid(seq: Int, text: String)
    /// The bot answered; the result is stored, so that no fold runs content again.
    indirect case botReplied(BotReply)
    /// A line of the mechanism that the customer reads.
    case systemSaid(seq: Int, text: String)
    /// The conversation goes into the queue.
    indirect case handoffRequested(HandoffRequest)
    /// An agent is ready for a message that was taken outside the hours: it waits now.
    case handoffAttended
    /// The customer left the queue.
    case handoffCancelled
    /// An agent holds it; `from` names the agent out of whose hands it was taken.
    case handoffClaimed(agent: String, from: String?)
    /// Agent's message `seq` to the customer.
    case agentSaid(seq: Int, agent: String, text: String)
    /// Agent's note `seq`, which agents alone see.
    case agentNoted(seq: Int, agent: String, text: String)
    /// Back into the queue, for another team or one agent.
    case handoffTransferred(agent: String, team: String, to: String?)
    /// Back to the head of the queue: the agent vanished.
    case handoffRequeued(agent: String)
    /// Back to the bot.
    case handoffReturned(agent: String)
    /// The agent has finished it.
    case conversationResolved(agent: String, outcome: String?, tags: [String])
    /// It leaves memory.
    case conversationClosed
    /// It came back into use after it was closed.
    case conversationResumed
    /// Somebody looked at it or took it: who, and how (`watch`, `take`, `show`, `export`).
    case conversationViewed(by: String, how: String)
    /// It goes on in another language.
    case languageChosen(language: String)
    /// The customer is known: how (`website` where the shop's website vouches), as whom of the website's customers, and
    /// whose order that shows to be.
    case identityVerified(how: String, customer: String?, order: String?)
    /// What the customer gave proves no order theirs: the values that were tried.
    case identityRefused(proof: String)
    /// `csat`, `nps`, `ces` or `answer`; `about` is the reply that an `answer` score means.
    case feedbackGiven(kind: String, score: Int, comment: String?, about: Int?)
    /// The personal data of the conversation was erased.
    case conversationErased
    /// A case begins: a complaint, a billing dispute, an incident or a request.
    indirect case caseOpened(CaseOpened)
    /// A person answered it, with reasons.
    indirect case caseAnswered(CaseAnswered)
    /// The shop does not do what the case asks, with what it said about that.
    case requestRefused(CaseKey, text: String)
    /// The customer has the answer.
    case caseClosed(CaseKey)
    /// The time for which it was kept, blocked, is over: nothing of it is kept any longer.
    case caseExpired(CaseKey)
    /// Agents were told that its deadline is near, or over.
    case caseReminded(CaseKey, CaseReminder)
    /// A call or another follow-up is promised for a moment.
    indirect case callbackRequested(CallbackRequest)
    /// Nobody waits for what was promised any more.
    case callbackCancelled
    /// The customer agreed that their contact is kept.
    indirect case leadCaptured(Lead)
    /// The agent takes offers, up to that many conversations.
    case agentReady(capacity: Int)
    /// The agent takes no offers.
    case agentAway
    /// Content went into use.
    case contentLoaded(version: String, intents: Int, sections: Int)
    /// A type that this version doesn't know: kept and counted, not folded.
    case unknown(type: String, members: JSONValue)
}

/// What the bot said and what the conversation remembers of it.
public struct BotReply: Sendable, Equatable {
    /// The reply.
    public var reply: Reply
    /// What follows from it. A reference, since a reply is handed on several times.
    private let effect: Effect

    /// The content version it was made with.
    public var content: String { effect.content }
    /// Whether the bot was not sure; misses count only in a row.
    public var missed: Bool { effect.missed }
    /// Intents that the reply's choices stand for, in their order; empty where none is pending.
    public var offered: [String] { effect.offered }
    /// The slot that it asked for, of the reply's intent.
    public var asked: String? { effect.asked }
    /// Slots that the customer's message filled.
    public var slots: [Slot] { effect.slots }
    /// Where flows stand that the reply moves, the one in hand last.
    public var flows: [FlowMark] { effect.flows }
    /// Where the flow in hand stands.
    public var flow: FlowMark? { effect.flows.last }
    /// The number of the order that is being looked up; the flow goes on when it is there.
    public var lookup: String? { effect.lookup }

    private final class Effect: Sendable {
        let content: String
        let missed: Bool
        let offered: [String]
        let asked: String?
        let slots: [Slot]
        let flows: [FlowMark]
        let lookup: String?

        init(
            content: String, missed: Bool, offered: [String], asked: String?, slots: [Slot], flows: [FlowMark],
            lookup: String?
        ) {
            self.content = content
            self.missed = missed
            self.offered = offered
            self.asked = asked
            self.slots = slots
            self.flows = flows
            self.lookup = lookup
        }
    }

    /// A slot with its value.
    public struct Slot: Sendable, Equatable {
        /// The slot's id.
        public var name: String
        /// The value's id.
        public var value: String

        /// A filled slot.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A bot's reply with what follows from it.
    public init(
        reply: Reply, content: String, missed: Bool = false, offered: [String] = [], asked: String? = nil,
        slots: [Slot] = [], flows: [FlowMark] = [], lookup: String? = nil
    ) {
        self.reply = reply
        effect = Effect(
            content: content, missed: missed, offered: offered, asked: asked, slots: slots, flows: flows,
            lookup: lookup)
    }

    /// The same, with more slots filled.
    public func filling(_ slots: [Slot]) -> BotReply {
        with(slots: self.slots + slots, flows: flows)
    }

    /// The same, as one that was not sure.
    public var missing: BotReply {
        BotReply(
            reply: reply, content: content, missed: true, offered: offered, asked: asked, slots: slots, flows: flows,
            lookup: lookup)
    }

    /// The same, with flows standing elsewhere.
    public func with(slots: [Slot]? = nil, offered: [String]? = nil, flows: [FlowMark]) -> BotReply {
        BotReply(
            reply: reply, content: content, missed: missed, offered: offered ?? self.offered, asked: asked,
            slots: slots ?? self.slots, flows: flows, lookup: lookup)
    }

    /// Whether both say the same with the same consequences.
    public static func == (one: BotReply, other: BotReply) -> Bool {
        one.reply == other.reply && one.content == other.content && one.missed == other.missed
            && one.offered == other.offered && one.asked == other.asked && one.slots == other.slots
            && one.flows == other.flows && one.lookup == other.lookup
    }
}

/// Where a flow stands after a reply.
public struct FlowMark: Sendable, Equatable {
    /// The intent whose flow it is.
    public var intent: String
    /// The step that goes on with the customer's next message; nil where the flow is done.
    public var step: Int?
    /// Names of what it has said and done that it shall not say and do again.
    public var done: [String]
    /// The order that it is about, where another flow is about another.
    public var order: String?

    /// A mark.
    public init(intent: String, step: Int? = nil, done: [String] = [], order: String? = nil) {
        self.intent = intent
        self.step = step
        self.done = done
        self.order = order
    }
}

/// A handoff as it is asked for.
public struct HandoffRequest: Sendable, Equatable {
    /// Why.
    public var reason: HandoffReason
    /// Which team.
    public var team: String
    /// Which language the customer speaks.
    public var language: String
    /// Higher first.
    public var priority: Int
    /// The intent that led to it.
    public var intent: String?
    /// What the bot tried, newest last.
    public var tried: [String]
    /// Whether somebody attends now; else the message is taken.
    public var attended: Bool
    /// Whether it is for a supervisor.
    public var needsSupervisor: Bool

    /// A request for a person.
    public init(
        reason: HandoffReason, team: String, language: String, priority: Int, intent: String?, tried: [String],
        attended: Bool, needsSupervisor: Bool = false
    ) {
        self.reason = reason
        self.team = team
        self.language = language
        self.priority = priority
        self.intent = intent
        self.tried = tried
        self.attended = attended
        self.needsSupervisor = needsSupervisor
    }
}
