import Content
import Events

/// What the bot's answers depend on besides the conversation and the content.
public struct Situation {
    /// The moment.
    public let now: Timestamp
    /// Whether the shop's people work now.
    public let isOpen: Bool
    /// Whether an agent of that team who speaks that language takes offers.
    public let attends: (_ team: String, _ language: String) -> Bool
    /// Whether a supervisor of that team who speaks that language takes offers.
    public var supervisorAttends: (_ team: String, _ language: String) -> Bool = { _, _ in false }
    /// The key of a case that is opened: all zeros where nothing is stored.
    public var newCaseKey: () -> CaseKey = { CaseKey(bits: 0) }
    /// The case of a key, nil for one that is mistyped; finds none where nothing is stored.
    public var findCase: (CaseKey?) -> CaseFinding = { _ in .unknown }
    /// The cases of all conversations that wait for an answer and fit, the first due first.
    public var openCases: ((Case) -> Bool) -> [Case] = { _ in [] }
    /// What is known of an order; nil where orders are the content's own.
    public var orders: ((_ number: String) -> OrderLookup)?
    /// Whether the customer may try to prove an order theirs; not where too many attempts from there were vain.
    public var mayProve = true

    /// A situation.
    public init(now: Timestamp, isOpen: Bool, attends: @escaping (String, String) -> Bool) {
        self.now = now
        self.isOpen = isOpen
        self.attends = attends
    }
}

/// What the bot does with one message.
public struct Turn: Sendable {
    /// What it says.
    public var said: BotReply
    /// Present where a person takes over.
    public var handoff: HandoffRequest?
    /// The cases that it opens.
    public var cases: [CaseOpened] = []
    /// What the shop is asked to do, each for one of the cases.
    public var wishes: [OrderWish] = []
    /// The language that the conversation goes on in.
    public var language: String
    /// What is to be stored before the reply.
    public var events: [EventBody] = []
}

/// What a customer wants done with an order.
public struct OrderWish: Sendable, Equatable {
    /// What.
    public let kind: Flow.Wish
    /// The order's number.
    public let order: String
    /// What the customer said.
    public let text: String
    /// The case that stands for it.
    public let key: CaseKey
}
