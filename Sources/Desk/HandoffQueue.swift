import Events

/// The conversations that wait for a person, each team's in order.
public struct HandoffQueue: Sendable {
    private var entries: [ConversationID: Place] = [:]
    private var teams: [String: [Place]] = [:]
    private var arrivals = 0

    /// An entry with its number among all that ever came.
    private struct Place: Sendable {
        let entry: QueueEntry
        var arrival: Int

        /// The queue's order: what came back first, then priority, then the time waited, then who came first: a
        /// millisecond is long enough for several.
        func isBefore(_ other: Place) -> Bool {
            if entry.isReturned != other.entry.isReturned { return entry.isReturned }
            if entry.priority != other.entry.priority { return entry.priority > other.entry.priority }
            if entry.requested != other.entry.requested { return entry.requested < other.entry.requested }
            return arrival < other.arrival
        }
    }

    /// An empty queue.
    public init() {}

    /// How many wait, messages taken included.
    public var count: Int { entries.count }

    /// The entry of a conversation.
    public subscript(conversation: ConversationID) -> QueueEntry? { entries[conversation]?.entry }

    /// A conversation's number among all that ever came, which tells those apart who began to wait in one millisecond.
    public func arrival(of conversation: ConversationID) -> Int? { entries[conversation]?.arrival }

    /// Puts an entry in its place; an earlier one of the same conversation goes.
    /// - Parameter arrival: the number that it had before it was taken out; nil where it comes for the first time.
    /// - Complexity: O(log n) to find the place, O(n) to move what stands behind it.
    public mutating func put(_ entry: QueueEntry, arrival: Int? = nil) {
        var place = Place(entry: entry, arrival: arrivals)
        let old = take(entry.conversation)
        if let arrival {
            place.arrival = arrival
        } else if let old, old.entry.requested == entry.requested {
            place.arrival = old.arrival
        } else {
            arrivals += 1
        }
        entries[entry.conversation] = place
        var team = teams.removeValue(forKey: entry.team) ?? []
        team.insert(place, at: Self.index(of: place, in: team))
        teams[entry.team] = team
    }

    /// Takes an entry out, if it is there.
    @discardableResult
    public mutating func remove(_ conversation: ConversationID) -> QueueEntry? { take(conversation)?.entry }

    private mutating func take(_ conversation: ConversationID) -> Place? {
        guard let place = entries.removeValue(forKey: conversation) else { return nil }
        var team = teams.removeValue(forKey: place.entry.team) ?? []
        let index = Self.index(of: place, in: team)
        if index < team.count, team[index].entry.conversation == conversation { team.remove(at: index) }
        if !team.isEmpty { teams[place.entry.team] = team }
        return place
    }

    /// Place within the team, from 1.
    public func position(of conversation: ConversationID) -> Int? {
        guard let place = entries[conversation], let team = teams[place.entry.team] else { return nil }
        return Self.index(of: place, in: team) + 1
    }

    /// Place within the team, from 1, that a new entry would have.
    public func place(of entry: QueueEntry) -> Int {
        Self.index(of: Place(entry: entry, arrival: .max), in: teams[entry.team] ?? []) + 1
    }

    /// The entries of a team, or all, in the queue's order.
    public func ordered(team: String? = nil) -> [QueueEntry] {
        let places = team.map { teams[$0] ?? [] } ?? entries.values.sorted { $0.isBefore($1) }
        return places.map(\.entry)
    }

    /// The first entry that the agent may take without naming it.
    public func next(for agent: Agent) -> QueueEntry? {
        teams.values.compactMap { team in team.first { agent.isOffered($0.entry) } }.min { $0.isBefore($1) }?.entry
    }

    private static func index(of place: Place, in team: [Place]) -> Int {
        var low = 0
        var high = team.count
        while low < high {
            let middle = (low + high) / 2
            if team[middle].isBefore(place) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
