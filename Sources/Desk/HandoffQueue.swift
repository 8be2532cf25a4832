import Events

/// The conversations that wait for a person, each team's in order.
public struct HandoffQueue: Sendable {
    private var entries: [ConversationID: QueueEntry] = [:]
    private var teams: [String: [QueueEntry]] = [:]

    /// An empty queue.
    public init() {}

    /// How many wait, messages taken included.
    public var count: Int { entries.count }

    /// The entry of a conversation.
    public subscript(conversation: ConversationID) -> QueueEntry? { entries[conversation] }

    /// Puts an entry in its place; an earlier one of the same conversation goes.
    /// - Complexity: O(log n) to find the place, O(n) to move what stands behind it.
    public mutating func put(_ entry: QueueEntry) {
        remove(entry.conversation)
        entries[entry.conversation] = entry
        var team = teams.removeValue(forKey: entry.team) ?? []
        team.insert(entry, at: Self.place(of: entry, in: team))
        teams[entry.team] = team
    }

    /// Takes an entry out, if it is there.
    @discardableResult
    public mutating func remove(_ conversation: ConversationID) -> QueueEntry? {
        guard let entry = entries.removeValue(forKey: conversation) else { return nil }
        var team = teams.removeValue(forKey: entry.team) ?? []
        let place = Self.place(of: entry, in: team)
        if place < team.count, team[place].conversation == conversation { team.remove(at: place) }
        if !team.isEmpty { teams[entry.team] = team }
        return entry
    }

    /// Place within the team, from 1.
    public func position(of conversation: ConversationID) -> Int? {
        guard let entry = entries[conversation], let team = teams[entry.team] else { return nil }
        return Self.place(of: entry, in: team) + 1
    }

    /// Place within the team, from 1, that an entry has or would have.
    public func place(of entry: QueueEntry) -> Int { Self.place(of: entry, in: teams[entry.team] ?? []) + 1 }

    /// The entries of a team, or all, in the queue's order.
    public func ordered(team: String? = nil) -> [QueueEntry] {
        if let team { return teams[team] ?? [] }
        return entries.values.sorted { $0.isBefore($1) }
    }

    /// The first entry that the agent may take without naming it.
    public func next(for agent: Agent) -> QueueEntry? {
        teams.values.compactMap { team in team.first { agent.isOffered($0) } }.min { $0.isBefore($1) }
    }

    private static func place(of entry: QueueEntry, in team: [QueueEntry]) -> Int {
        var low = 0
        var high = team.count
        while low < high {
            let middle = (low + high) / 2
            if team[middle].isBefore(entry) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
