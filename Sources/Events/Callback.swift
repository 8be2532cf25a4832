/// A call, or another follow-up, as it is promised.
public struct CallbackRequest: Sendable, Equatable {
    /// When the conversation is to stand in the queue.
    public var when: Timestamp
    /// The number to call, in E.164; nil where an agent promised to write, or to call a number that they know.
    public var phone: String?
    /// What it is about.
    public var text: String
    /// Which team sees to it.
    public var team: String
    /// The customer's language.
    public var language: String
    /// The intent that led to it.
    public var intent: String?
    /// The agent who promised it; nil where the customer asked for it.
    public var agent: String?
    /// Whether the customer wants a supervisor.
    public var bySupervisor: Bool

    /// A promise.
    public init(
        when: Timestamp, phone: String?, text: String, team: String, language: String, intent: String? = nil,
        agent: String? = nil, bySupervisor: Bool = false
    ) {
        self.when = when
        self.phone = phone
        self.text = text
        self.team = team
        self.language = language
        self.intent = intent
        self.agent = agent
        self.bySupervisor = bySupervisor
    }
}

/// A promised call or follow-up as the fold over its conversation's events gives it.
public struct Callback: Sendable, Equatable {
    /// What was promised.
    public let request: CallbackRequest
    /// When it was promised.
    public let requested: Timestamp
    /// Whether its time has come: it stands in the queue, or an agent has it.
    public var isDue = false

    /// A promise that was made at a moment.
    public init(_ request: CallbackRequest, at moment: Timestamp) {
        (self.request, requested) = (request, moment)
    }
}

extension [Callback] {
    /// What is promised in a conversation after an event of its stream: one thing at most, the later promise taking the
    /// earlier one's place.
    public mutating func evolve(_ event: Event) {
        switch event.body {
        case .callbackRequested(let request): self = [Callback(request, at: event.at)]
        case .callbackCancelled, .conversationErased: self = []
        case .handoffRequested(let request) where request.reason == .callback:
            for index in indices { self[index].isDue = true }
        case .handoffCancelled, .handoffReturned: removeAll(where: \.isDue)
        // Who finishes a conversation after the time of a promise has kept it.
        case .conversationResolved: removeAll { $0.isDue || !(event.at < $0.request.when) }
        default: break
        }
    }
}

/// How a customer can be reached, and what for, with the customer's consent.
public struct Lead: Sendable, Equatable {
    /// What the customer is called, where that is known.
    public var name: String?
    /// In E.164.
    public var phone: String?
    /// In lower case.
    public var email: String?
    /// The product that it is about.
    public var product: String?
    /// What the customer said.
    public var text: String
    /// Which team sees to it.
    public var team: String
    /// The customer's language.
    public var language: String
    /// The intent that led to it.
    public var intent: String?
    /// When it was stored; the event's own moment.
    public var captured = Timestamp(milliseconds: 0)

    /// A contact to be kept.
    public init(
        name: String?, phone: String?, email: String?, product: String?, text: String, team: String, language: String,
        intent: String?
    ) {
        self.name = name
        self.phone = phone
        self.email = email
        self.product = product
        self.text = text
        self.team = team
        self.language = language
        self.intent = intent
    }
}

extension [Lead] {
    /// The contacts of a conversation after an event of its stream. One for the same product and intent takes the earlier
    /// one's place.
    public mutating func evolve(_ event: Event) {
        switch event.body {
        case .leadCaptured(var lead):
            lead.captured = event.at
            removeAll { $0.intent == lead.intent && $0.product == lead.product }
            append(lead)
        case .conversationErased: self = []
        default: break
        }
    }
}
