import Events

/// Who waits, who works, and who holds what. An index over conversations and sessions: nothing here that a fold over the
/// log and the open connections does not give again.
public struct Desk: Sendable {
    /// Who waits.
    public private(set) var queue = HandoffQueue()
    /// How long they waited lately.
    public var waits = WaitTimes()
    /// Everybody who ever logged in, or holds something.
    public var agents: [String: Agent] = [:]
    private var held: [String: Set<ConversationID>] = [:]
    private var holders: [ConversationID: String] = [:]

    /// An empty desk.
    public init() {}

    /// Where a conversation stands, as far as the desk minds.
    public enum Place: Sendable, Equatable {
        case elsewhere
        /// With the number that the entry had in the queue, where it goes back there.
        case queued(QueueEntry, arrival: Int? = nil)
        case held(agent: String)
    }

    /// Puts a conversation where it stands now.
    public mutating func place(_ conversation: ConversationID, _ place: Place) {
        if case .queued(let entry, nil) = place, queue[conversation] == entry { return }
        if let agent = holders.removeValue(forKey: conversation) { held[agent]?.remove(conversation) }
        switch place {
        case .elsewhere: queue.remove(conversation)
        case .queued(let entry, let arrival): queue.put(entry, arrival: arrival)
        case .held(let agent):
            queue.remove(conversation)
            holders[conversation] = agent
            held[agent, default: []].insert(conversation)
        }
    }

    /// What an agent holds, in the ids' order.
    public func conversations(of agent: String) -> [ConversationID] {
        (held[agent] ?? []).sorted { $0.bits < $1.bits }
    }

    /// How many conversations agents hold.
    public var heldCount: Int { holders.count }

    /// Names of all who hold something.
    public var holdingAgents: [String] { held.filter { !$0.value.isEmpty }.map(\.key).sorted() }

    /// Whether an agent of the team, ready and there, speaks the language.
    public func attends(team: String, language: String) -> Bool {
        agents.values.contains { $0.attends && $0.serves(team: team) && $0.speaks(language) }
    }

    /// Whether a supervisor of the team, ready and there, speaks the language.
    public func supervisorAttends(team: String, language: String) -> Bool {
        agents.values.contains {
            $0.role == .supervisor && $0.attends && $0.serves(team: team) && $0.speaks(language)
        }
    }

    /// Whether somebody attends for whom an entry is.
    public func attends(_ entry: QueueEntry) -> Bool {
        entry.needsSupervisor
            ? supervisorAttends(team: entry.team, language: entry.language)
            : attends(team: entry.team, language: entry.language)
    }

    /// Whether the agent holds as many as fit.
    public func isFull(_ agent: Agent) -> Bool { (held[agent.name]?.count ?? 0) >= agent.capacity }

    /// Agents who get an entry offered now, by name: ready, with room, of its team and language.
    public func offered(_ entry: QueueEntry) -> [Agent] {
        agents.values.filter { $0.attends && $0.isOffered(entry) && !isFull($0) }.sorted { $0.name < $1.name }
    }
}
