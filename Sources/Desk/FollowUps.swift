import Events

/// What was promised to customers, and the contacts that they left, of all conversations: in memory or only in the log.
public struct FollowUps: Sendable {
    /// A promise and its conversation.
    public struct Promise: Sendable, Equatable {
        /// The conversation.
        public let conversation: ConversationID
        /// What was promised.
        public let callback: Callback
    }

    /// A contact and its conversation.
    public struct Contact: Sendable, Equatable {
        /// The conversation.
        public let conversation: ConversationID
        /// How the customer can be reached, and what for.
        public let lead: Lead
    }

    private var callbacks: [ConversationID: [Callback]] = [:]
    private var leads: [ConversationID: [Lead]] = [:]

    /// Nothing promised.
    public init() {}

    /// Whether there is nothing at all.
    public var isEmpty: Bool { callbacks.isEmpty && leads.isEmpty }

    /// Takes in how a conversation stands.
    public mutating func note(_ callbacks: [Callback], _ leads: [Lead], of id: ConversationID) {
        self.callbacks[id] = callbacks.isEmpty ? nil : callbacks
        self.leads[id] = leads.isEmpty ? nil : leads
    }

    /// Takes in an event without the conversation itself, as at a start.
    public mutating func evolve(_ event: Event) {
        guard case .conversation(let id) = event.stream, event.body.concernsFollowUps else { return }
        var (callbacks, leads) = (callbacks[id] ?? [], leads[id] ?? [])
        callbacks.evolve(event)
        leads.evolve(event)
        note(callbacks, leads, of: id)
    }

    /// What is still to come, by its time.
    /// - Parameter team: nil for all.
    public func coming(team: String? = nil) -> [Promise] {
        promises { !$0.isDue && (team == nil || $0.request.team == team) }
    }

    /// What has come and does not stand in the queue yet, by its time.
    public func due(at now: Timestamp) -> [Promise] {
        callbacks.isEmpty ? [] : promises { !$0.isDue && !(now < $0.request.when) }
    }

    /// Whether something is promised in a conversation.
    public func isPromised(in id: ConversationID) -> Bool { callbacks[id] != nil }

    /// All promises, those in the queue too.
    public var allPromises: [Promise] { promises { _ in true } }

    private func promises(_ isWanted: (Callback) -> Bool) -> [Promise] {
        var found: [Promise] = []
        for (id, promised) in callbacks {
            for callback in promised where isWanted(callback) {
                found.append(Promise(conversation: id, callback: callback))
            }
        }
        return found.sorted { one, other in
            let (first, second) = (one.callback.request.when, other.callback.request.when)
            return first == second ? one.conversation.bits < other.conversation.bits : first < second
        }
    }

    /// The contacts that customers left, the newest first.
    /// - Parameter team: nil for all.
    public func contacts(team: String? = nil) -> [Contact] {
        var found: [Contact] = []
        for (id, kept) in leads {
            for lead in kept where team == nil || lead.team == team {
                found.append(Contact(conversation: id, lead: lead))
            }
        }
        return found.sorted { one, other in
            let (first, second) = (one.lead.captured, other.lead.captured)
            return first == second ? one.conversation.bits < other.conversation.bits : second < first
        }
    }
}

extension EventBody {
    /// Whether it may change what is promised, or the contacts that are kept.
    public var concernsFollowUps: Bool {
        switch self {
        case .callbackRequested, .callbackCancelled, .leadCaptured, .conversationErased, .handoffRequested,
            .handoffCancelled, .handoffReturned, .conversationResolved:
            true
        default: false
        }
    }
}
