import Events

/// A person who answers customers.
public struct Agent: Sendable, Equatable {
    /// What an agent may do.
    public enum Role: String, Sendable {
        case agent, supervisor
    }

    /// By which colleagues and customers know the agent.
    public var name: String
    /// What the agent may do.
    public var role: Role
    /// Teams that the agent serves; nil for all.
    public var teams: [String]?
    /// Languages that the agent speaks; nil for all.
    public var languages: [String]?
    /// Conversations at once.
    public var capacity: Int
    /// Whether the agent takes offers.
    public var isReady = false
    /// Open connections of the agent, by number.
    public var connections: Set<UInt64> = []
    /// Since when no connection is there.
    public var goneSince: Timestamp?

    /// An agent who is away.
    public init(name: String, role: Role, teams: [String]?, languages: [String]?, capacity: Int) {
        self.name = name
        self.role = role
        self.teams = teams
        self.languages = languages
        self.capacity = capacity
    }

    /// Whether the agent belongs to a team.
    public func serves(team: String) -> Bool { teams?.contains(team) ?? true }

    /// Whether the agent speaks a language.
    public func speaks(_ language: String) -> Bool { languages?.contains(language) ?? true }

    /// Whether the agent is there and takes offers.
    public var attends: Bool { isReady && !connections.isEmpty }

    /// Whether an entry is for this agent.
    public func isOffered(_ entry: QueueEntry) -> Bool {
        if let addressee = entry.addressee { return addressee == name }
        if entry.needsSupervisor, role != .supervisor { return false }
        return serves(team: entry.team) && speaks(entry.language)
    }
}
