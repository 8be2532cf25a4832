import JSON

/// What a case is about.
public enum CaseKind: String, Sendable, CaseIterable {
    case complaint, billing, incident, request

    /// Whether the law wants what was said in it kept, blocked, after the customer had it erased: what was claimed of
    /// the shop and what the shop answered may be needed as evidence. A mere request holds nothing of the kind.
    public var isKeptAfterErasure: Bool { self != .request }
}

/// Where a case stands.
public enum CaseState: String, Sendable, CaseIterable {
    /// It waits for a person's answer.
    case open
    /// A person has answered, and the customer has not been there since.
    case answered
    /// The customer has the answer.
    case closed
}

/// What a person decided about a case.
public enum CaseOutcome: String, Sendable, CaseIterable {
    case accepted, refused, partly
}

/// What agents were told about a case's deadline.
public enum CaseReminder: String, Sendable {
    /// It is due soon.
    case due
    /// It is overdue.
    case overdue
}

/// A case as it is opened.
public struct CaseOpened: Sendable, Equatable {
    /// What the customer asks after it by.
    public var key: CaseKey
    /// What it is about.
    public var kind: CaseKind
    /// Which team answers it.
    public var team: String
    /// The customer's language.
    public var language: String
    /// The intent that opened it.
    public var intent: String?
    /// What the customer said.
    public var text: String
    /// The number of the order that it is about, where that is known.
    public var order: String?
    /// Which of the website's customers opened it, where the website vouched for them.
    public var customer: String?
    /// The last moment for an answer.
    public var due: Timestamp
    /// When it is due soon.
    public var warning: Timestamp
    /// What the customer got for it, Markdown: what was said, when, under which key, and until when it is answered.
    public var receipt: String

    /// A case to be opened.
    public init(
        key: CaseKey, kind: CaseKind, team: String, language: String, intent: String? = nil, text: String,
        order: String? = nil, customer: String? = nil, due: Timestamp, warning: Timestamp, receipt: String
    ) {
        self.key = key
        self.kind = kind
        self.team = team
        self.language = language
        self.intent = intent
        self.text = text
        self.order = order
        self.customer = customer
        self.due = due
        self.warning = warning
        self.receipt = receipt
    }
}

/// A person's answer to a case: message `seq` of the conversation.
public struct CaseAnswered: Sendable, Equatable {
    /// Which.
    public var key: CaseKey
    /// What it is about; tells by itself whether the text is kept after an erasure.
    public var kind: CaseKind
    /// The message's number.
    public var seq: Int
    /// Who answered.
    public var agent: String
    /// As the customer reads it.
    public var text: String
    /// What was decided, where the agent said so.
    public var outcome: CaseOutcome?

    /// An answer.
    public init(key: CaseKey, kind: CaseKind, seq: Int, agent: String, text: String, outcome: CaseOutcome?) {
        self.key = key
        self.kind = kind
        self.seq = seq
        self.agent = agent
        self.text = text
        self.outcome = outcome
    }
}

/// A case as the fold over its events gives it.
public struct Case: Sendable, Equatable {
    /// What the customer asks after it by.
    public let key: CaseKey
    /// What it is about.
    public let kind: CaseKind
    /// Which team answers it.
    public let team: String
    /// The customer's language.
    public let language: String
    /// The intent that opened it.
    public let intent: String?
    /// Where it stands.
    public private(set) var state = CaseState.open
    /// When it was opened.
    public let opened: Timestamp
    /// The last moment for an answer.
    public let due: Timestamp
    /// When it is due soon.
    public let warning: Timestamp
    /// When a person answered.
    public private(set) var answered: Timestamp?
    /// What was decided, where the agent said so.
    public private(set) var outcome: CaseOutcome?
    /// When the customer got the answer.
    public private(set) var closed: Timestamp?
    /// What agents were told last about the deadline.
    public private(set) var reminder: CaseReminder?
    /// Whether the conversation was erased: of the case nothing is in use but that there is one.
    public private(set) var isBlocked = false
    /// The order that it is about.
    public private(set) var order: String?
    /// Which of the website's customers opened it.
    public private(set) var customer: String?
    /// What the customer said; nil where this is not at hand.
    public private(set) var text: String?
    /// What the customer got for it; nil where this is not at hand.
    public private(set) var receipt: String?

    /// A case that was opened at a moment.
    public init(_ opening: CaseOpened, at moment: Timestamp) {
        key = opening.key
        kind = opening.kind
        team = opening.team
        language = opening.language
        intent = opening.intent
        opened = moment
        due = opening.due
        warning = opening.warning
        order = opening.order
        customer = opening.customer
        text = opening.text
        receipt = opening.receipt
    }

    /// The case after an event of its conversation.
    public mutating func evolve(_ event: Event) {
        switch event.body {
        case .caseAnswered(let answer) where answer.key == key:
            state = .answered
            answered = event.at
            outcome = answer.outcome
        case .caseClosed(key):
            state = .closed
            closed = event.at
        case .caseReminded(key, let what): reminder = what
        case .conversationErased:
            self = withoutWords
            isBlocked = true
        default: break
        }
    }

    /// Puts in what a fold had made of it.
    mutating func restore(
        state: CaseState, answered: Timestamp?, outcome: CaseOutcome?, closed: Timestamp?, reminder: CaseReminder?,
        isBlocked: Bool, hasWords: Bool
    ) {
        if !hasWords { self = withoutWords }
        (self.state, self.answered, self.outcome, self.closed) = (state, answered, outcome, closed)
        (self.reminder, self.isBlocked) = (reminder, isBlocked)
    }

    /// From when the time counts for which it is kept once its conversation is erased.
    public var settled: Timestamp { closed ?? answered ?? due }

    /// The same without what the customer said.
    public var withoutWords: Case {
        var bare = self
        (bare.order, bare.customer, bare.text, bare.receipt) = (nil, nil, nil, nil)
        return bare
    }
}

extension [Case] {
    /// The cases of a conversation after an event of its stream. Of those that nothing keeps after an erasure none are
    /// left.
    public mutating func evolve(_ event: Event) {
        switch event.body {
        case .caseOpened(let opening): append(Case(opening, at: event.at))
        case .caseAnswered, .caseClosed, .caseReminded: for index in indices { self[index].evolve(event) }
        case .caseExpired(let key): removeAll { $0.key == key }
        case .conversationErased:
            removeAll { !$0.kind.isKeptAfterErasure }
            for index in indices { self[index].evolve(event) }
        default: break
        }
    }
}
