import Events

/// Whom a listener serves.
public enum Role: String, Sendable {
    case customer, agent
}

/// A command with its arguments checked.
public enum Command: Sendable, Equatable {
    // Both
    case ping, help, quit
    // Customers
    case hello(Hello)
    case say(String)
    case human(reason: String?)
    case cancel
    case rate(Rating)
    case resume(token: String, after: Int)
    case history(count: Int)
    case typing
    case language(String)
    case export
    case forget
    /// The key as it was written: one that is none counts as failed.
    case caseState(String)
    // Agents
    case login(name: String, token: String?)
    case ready(capacity: Int?)
    case away, logout
    case queue(team: String?)
    case claim(ConversationID?)
    case tell(ConversationID, text: String)
    case note(ConversationID, text: String)
    case transfer(ConversationID, target: String, note: String?)
    case giveBack(ConversationID, note: String?)
    case resolve(ConversationID, outcome: String?, tags: [String])
    case watch(ConversationID)
    case unwatch(ConversationID)
    case take(ConversationID)
    case show(ConversationID)
    case typingTo(ConversationID)
    case suggest(ConversationID)
    case cases(team: String?)
    case answer(CaseKey, outcome: CaseOutcome?, text: String)
    case callbacks(team: String?)
    /// The time as it was written: by the shop's clock, or RFC 3339.
    case callback(ConversationID, time: String, text: String)
    case leads(team: String?)
    case status, reload
    case explain(String)
}

/// What a customer's channel says of itself.
public struct Hello: Sendable, Equatable {
    /// A language's code.
    public var language: String?
    /// `web`, `email`, …
    public var channel: String?
    /// The customer's name.
    public var name: String?
    /// E-mail or telephone.
    public var contact: String?

    /// Whom the website says that the customer is.
    public var customer: Customer?

    /// A customer for whom a website vouches; all of it as the website wrote it.
    public struct Customer: Sendable, Equatable {
        /// Which of the website's customers.
        public var id: String
        /// The customer's name.
        public var name: String
        /// Until when the website vouches: seconds since 1970, or a time as the protocol writes it.
        public var expires: String
        /// HMAC-SHA256 of `id|name|expires` in hexadecimal digits.
        public var signature: String
    }

    /// A greeting with nothing said.
    public init() {}

    /// Has the customer called as the website does, where it tells a name.
    public mutating func takeCustomersName() {
        let name = Arguments.trim(customer?.name ?? "")
        if !name.isEmpty { self.name = name }
    }
}

/// A score that a customer gives.
public struct Rating: Sendable, Equatable {
    /// `csat` 1–5, `nps` 0–10, `ces` 1–7, `answer` 0 or 1.
    public enum Kind: String, Sendable, CaseIterable {
        case csat, nps, ces, answer

        /// The scores that it may have.
        public var range: ClosedRange<Int> {
            switch self {
            case .csat: 1...5
            case .nps: 0...10
            case .ces: 1...7
            case .answer: 0...1
            }
        }
    }

    /// What is rated.
    public var kind: Kind
    /// Within the kind's range.
    public var score: Int
    /// In the customer's words.
    public var comment: String?
}

/// The tags before a verb.
public struct Tags: Sendable, Equatable {
    /// `@id`: makes it safe to send again.
    public var id: String?
    /// `@json=1`: text is a JSON string.
    public var json = false
    /// `@after`: the last message that the agent has seen.
    public var after: Int?
    /// `@seq`: the reply that is rated.
    public var seq: Int?

    /// No tags.
    public init() {}
}

/// One line of a client, understood.
public struct Request: Sendable, Equatable {
    /// The tags before the verb.
    public var tags: Tags
    /// The command.
    public var command: Command
    /// Digests of `@id` and command, where there is an `@id`.
    public var tag: RequestTag?

    /// Puts in place of what a customer wrote what `mask` makes of it, nil for a text that stays as it is. The digest is
    /// then of the text that is left, so that it tells nothing of what was hidden.
    public mutating func mask(_ mask: (String) -> String?) {
        let left: String
        switch command {
        case .say(let text):
            guard let text = mask(text) else { return }
            (command, left) = (.say(text), text)
        case .human(let reason?):
            guard let reason = mask(reason) else { return }
            (command, left) = (.human(reason: reason), reason)
        case .rate(var rating):
            guard let comment = rating.comment.flatMap(mask) else { return }
            rating.comment = comment
            (command, left) = (.rate(rating), "\(rating.kind.rawValue) \(rating.score) \(comment)")
        default: return
        }
        if let tag { self.tag = RequestTag(id: tag.id, command: RequestParser.digest(left)) }
    }
}
