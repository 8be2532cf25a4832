import Events

/// All cases by their keys, each with the conversation that it belongs to.
public struct CaseBook: Sendable {
    /// A case and where it was opened.
    public struct Entry: Sendable, Equatable {
        /// The conversation.
        public let conversation: ConversationID
        /// Without words where it is closed or blocked: these stand in the log.
        public var value: Case

        /// A case of a conversation.
        public init(conversation: ConversationID, value: Case) {
            self.conversation = conversation
            self.value = value
        }
    }

    private var entries: [CaseKey: Entry] = [:]
    private var keys: [ConversationID: [CaseKey]] = [:]
    /// Those that wait for an answer, to be reminded of.
    private var open: Set<CaseKey> = []

    /// How long a closed case is listed, in seconds.
    private static let listedAfterClosing = 30 * 86_400

    /// No cases.
    public init() {}

    /// The case of a key.
    public subscript(key: CaseKey) -> Entry? { entries[key] }

    /// All there are, those of a conversation one behind the other, in the order of their opening.
    public var all: [Entry] {
        keys.sorted { $0.key.bits < $1.key.bits }.flatMap { $0.value.compactMap { entries[$0] } }
    }

    /// The cases of a conversation.
    public func cases(of id: ConversationID) -> [Case] { (keys[id] ?? []).compactMap { entries[$0]?.value } }

    /// Those that wait for an answer and fit, the first due first.
    /// - Complexity: O(cases that wait).
    public func open(where fits: (Case) -> Bool) -> [Case] {
        open.compactMap { entries[$0]?.value }.filter(fits).sorted {
            $0.due == $1.due ? $0.key.bits < $1.key.bits : $0.due < $1.due
        }
    }

    /// How many wait for an answer, and how many of these have waited too long.
    public func counts(at now: Timestamp) -> (open: Int, overdue: Int) {
        (open.count, open.count { key in entries[key].map { $0.value.due < now } ?? false })
    }

    /// Takes in how the cases of a conversation stand; others that it had are gone.
    public mutating func note(_ cases: [Case], of id: ConversationID) {
        for key in keys[id] ?? [] {
            entries[key] = nil
            open.remove(key)
        }
        keys[id] = cases.isEmpty ? nil : cases.map(\.key)
        for found in cases { set(Entry(conversation: id, value: found)) }
    }

    /// Takes in how one case stands that is known already.
    public mutating func set(_ entry: Entry) {
        var entry = entry
        let isOpen = entry.value.state == .open && !entry.value.isBlocked
        if entry.value.state == .closed || entry.value.isBlocked { entry.value = entry.value.withoutWords }
        if isOpen { open.insert(entry.value.key) } else { open.remove(entry.value.key) }
        entries[entry.value.key] = entry
    }

    /// Takes in an event without the conversation itself, as at a start.
    public mutating func evolve(_ event: Event) {
        guard case .conversation(let id) = event.stream, event.body.concernsCases else { return }
        var cases = cases(of: id)
        cases.evolve(event)
        note(cases, of: id)
    }

    /// What agents work on: those that wait for an answer and those whose customer has not come back for it, then those
    /// closed within a month; each by due date.
    public func listed(team: String?, now: Timestamp) -> [Entry] {
        entries.values.filter { entry in
            if entry.value.isBlocked || team != nil && entry.value.team != team { return false }
            return entry.value.closed.map { now.seconds(since: $0) < Self.listedAfterClosing } ?? true
        }.sorted { one, other in
            let (isClosed, isOtherClosed) = (one.value.state == .closed, other.value.state == .closed)
            if isClosed != isOtherClosed { return isOtherClosed }
            return Self.precedes(one.value.due, other.value.due, one, other)
        }
    }

    /// Cases of whose deadline agents must be told now, and what.
    public func reminders(at now: Timestamp) -> [(entry: Entry, reminder: CaseReminder)] {
        open.compactMap { key -> (Entry, CaseReminder)? in
            guard let entry = entries[key] else { return nil }
            if entry.value.due < now { return entry.value.reminder == .overdue ? nil : (entry, .overdue) }
            return entry.value.reminder == nil && !(now < entry.value.warning) ? (entry, .due) : nil
        }.sorted { Self.precedes($0.0.value.due, $1.0.value.due, $0.0, $1.0) }
    }

    /// Blocked cases that were settled before a moment, one behind the other by their keys.
    public func blocked(settledBefore moment: Timestamp) -> [Entry] {
        entries.values.filter { $0.value.isBlocked && $0.value.settled < moment }
            .sorted { $0.value.key.bits < $1.value.key.bits }
    }

    private static func precedes(_ one: Timestamp, _ other: Timestamp, _ first: Entry, _ second: Entry) -> Bool {
        one == other ? first.value.key.bits < second.value.key.bits : one < other
    }
}

extension EventBody {
    /// Whether it changes a case.
    /// Whether the cases of a conversation may stand otherwise after it.
    public var concernsCases: Bool {
        switch self {
        case .caseOpened, .caseAnswered, .caseClosed, .caseExpired, .caseReminded, .conversationErased: true
        default: false
        }
    }
}
