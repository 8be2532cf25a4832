import Desk
import Dialogue
import Events
import LineServer
import Wire

/// How long a reply waits for the log.
enum Promise {
    /// Nothing was stored.
    case nothing
    /// It survives the process.
    case written
    /// It survives the machine.
    case durable
}

/// What one command changes in a conversation: a group of events, each folded in as it comes.
struct Change {
    /// As it stands after them.
    var conversation: Conversation
    let command: UInt64
    let at: Timestamp
    let request: RequestTag?
    var group: [Event] = []

    init(conversation: Conversation, command: UInt64, at: Timestamp, request: RequestTag?) {
        (self.conversation, self.command, self.at, self.request) = (conversation, command, at, request)
    }

    /// The next thing that happened.
    mutating func add(_ body: consuming EventBody) {
        let event = Event(
            stream: .conversation(conversation.id), version: conversation.version + 1,
            id: EventID(command: command, index: group.count), at: at, request: request, body: consume body)
        conversation.evolve(event)
        group.append(consume event)
    }
}

extension Core {
    /// Stores what happened in a conversation as one group, and folds it in.
    /// - Returns: the conversation after it.
    @discardableResult
    func commit(_ id: ConversationID, _ bodies: [EventBody], request: Request? = nil) -> Conversation {
        var change = change(of: id, request: request)
        change.group.reserveCapacity(bodies.count)
        for body in bodies { change.add(body) }
        return commit(change)
    }

    /// Begins to change a conversation.
    func change(of id: ConversationID, request: Request?) -> Change {
        let before = conversations[id]
        batch.keep(before, at: id, in: desk.queue)
        return Change(
            conversation: before ?? Conversation(id: id), command: random.next(), at: now, request: request?.tag)
    }

    /// Stores a change.
    /// - Returns: the conversation after it.
    @discardableResult
    func commit(_ change: Change) -> Conversation {
        batch.groups.append(change.group)
        put(
            change.conversation, at: change.conversation.id,
            isAboutCases: change.group.contains { $0.body.concernsCases },
            isAboutPromises: change.group.contains { $0.body.concernsFollowUps })
        return change.conversation
    }

    /// Remembers an agent as it was before this turn changed it.
    func keep(agent name: String) {
        if batch.agents[name] == nil { batch.agents[name] = (desk.agents[name], agentVersions[name]) }
    }

    /// Stores that an agent's readiness changed; `keep(agent:)` comes before the change.
    func commit(agent name: String, _ body: EventBody, request: Request) {
        let version = (agentVersions[name] ?? log.version(of: .agent(name))) + 1
        agentVersions[name] = version
        batch.groups.append([
            Event(
                stream: .agent(name), version: version, id: EventID(command: random.next(), index: 0), at: now,
                request: request.tag, body: body)
        ])
    }

    /// Puts a conversation into memory and into every index over it.
    /// - Parameters:
    ///   - arrival: the number that it had in the queue, where it goes back there.
    ///   - isAboutCases: whether its cases may stand otherwise than they did.
    ///   - isAboutPromises: the same of what was promised, and of the contacts that were left.
    func put(
        _ conversation: Conversation, at id: ConversationID, arrival: Int? = nil, isAboutCases: Bool = true,
        isAboutPromises: Bool = true
    ) {
        let before = conversations.updateValue(conversation, forKey: id)
        directory.note(conversation)
        if isAboutCases, !conversation.cases.isEmpty || conversation.isErased { cases.note(conversation.cases, of: id) }
        if isAboutPromises { followUps.note(conversation.callbacks, conversation.leads, of: id) }
        switch conversation.holder {
        case .queue(let ticket): desk.place(id, .queued(entry(conversation, ticket), arrival: arrival))
        case .agent(let name, _): desk.place(id, .held(agent: name))
        default: if before?.isBots == false { desk.place(id, .elsewhere) }
        }
    }

    /// A conversation's entry in the queue.
    func entry(_ conversation: Conversation, _ ticket: Conversation.Ticket) -> QueueEntry {
        QueueEntry(
            conversation: conversation.id, team: ticket.team, addressee: ticket.addressee,
            language: conversation.language, priority: ticket.priority, isReturned: ticket.isReturned,
            requested: ticket.requested, clock: ticket.clock, isAttended: ticket.isAttended,
            needsSupervisor: ticket.needsSupervisor, reason: ticket.reason,
            name: conversation.name, last: conversation.lastCustomerText ?? "")
    }

    /// Answers a job. What was promised for a conversation goes out in the order in which it was decided: once something
    /// of it waits for the disk, all that follows does.
    func reply(
        _ job: Job, _ promise: Promise = .nothing, in conversation: ConversationID? = nil,
        _ compose: (inout [UInt8]) -> Void
    ) {
        if promise != .nothing { batch.promised.append((job.connection, job.slot)) }
        switch outgoing(promise, conversation ?? sessions[job.connection]?.conversation) {
        case .nothing: batch.plain.reply(to: job.connection, slot: job.slot, compose)
        case .written: batch.written.reply(to: job.connection, slot: job.slot, compose)
        case .durable: batch.durable.reply(to: job.connection, slot: job.slot, compose)
        }
    }

    /// Pushes a line about a conversation.
    func push(
        to connection: ConnectionHandle, _ promise: Promise, in conversation: ConversationID?,
        _ compose: (inout [UInt8]) -> Void
    ) {
        switch outgoing(promise, conversation) {
        case .nothing: batch.plain.push(to: connection, compose)
        case .written: batch.written.push(to: connection, compose)
        case .durable: batch.durable.push(to: connection, compose)
        }
    }

    private func outgoing(_ promise: Promise, _ conversation: ConversationID?) -> Promise {
        if promise == .durable, let conversation { batch.durableConversations.insert(conversation) }
        guard promise == .written, let conversation else { return promise }
        // Asked for every answer, and mostly of nothing: an empty table is not looked up.
        let isUnsynced = !unsynced.isEmpty && unsynced[conversation] != nil
        let waits =
            isUnsynced
            || !batch.durableConversations.isEmpty && batch.durableConversations.contains(conversation)
        return waits ? .durable : .written
    }

    /// Answers a job with an error.
    func fail(_ job: Job, _ error: WireError) { reply(job) { $0 += error.line } }

    /// Remembers a connection's session as it was before this turn changed it.
    func keep(_ connection: ConnectionHandle) {
        if batch.sessions[connection] == nil { batch.sessions[connection] = sessions[connection] }
    }

    /// Ties a connection to a conversation, or to none.
    func bind(_ connection: ConnectionHandle, to id: ConversationID?) {
        guard let old = sessions[connection]?.conversation, old != id else {
            if let id {
                sessions[connection]?.conversation = id
                audience[id, default: []].insert(connection)
            }
            return
        }
        audience[old]?.remove(connection)
        if audience[old]?.isEmpty == true {
            audience[old] = nil
            batch.released.insert(old)
        }
        sessions[connection]?.conversation = id
        if let id { audience[id, default: []].insert(connection) }
    }

    /// Takes conversations out of memory that nobody is connected to and nobody waits for.
    func forgetFinished() {
        for id in batch.released { forgetIfFinished(id) }
        for id in batch.conversations.keys { forgetIfFinished(id) }
    }

    private func forgetIfFinished(_ id: ConversationID) {
        guard audience[id] == nil, watchers[id] == nil, conversations[id]?.isBots == true else { return }
        conversations[id] = nil
        toldPositions[id] = nil
    }

    /// The log is synced up to a position.
    func synced(upTo position: Int) {
        for (id, wanted) in unsynced where wanted <= position { unsynced[id] = nil }
    }
}
