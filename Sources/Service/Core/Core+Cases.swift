import Content
import Desk
import Dialogue
import Events
import LineServer
import Loop
import Wire

extension Core {
    /// How a case stands; all of it where it is the conversation's own.
    func tellCase(_ job: Job, _ session: Session, _ written: String) throws(WireError) {
        let key: CaseKey? = try? CaseKey(written)
        if let key, let own = session.conversation.flatMap({ conversations[$0] })?.cases.first(where: { $0.key == key })
        {
            return reply(job, .written) { Answers.told(own, to: &$0) }
        }
        switch lookUp(key, from: session.origin.peer) {
        case .found(let entry):
            reply(job, .written, in: entry.conversation) { Answers.told(entry.value.withoutWords, to: &$0) }
        case .unknown:
            throw key == nil
                ? Self.badCaseKey
                : WireError(.noSuchCase, "No case has this key; check that it is the one you were given.")
        case .limited(let seconds):
            throw WireError(
                .rateLimited, "Too many keys have failed; wait before the next one.",
                [.init("retry_after", .integer(seconds))])
        }
    }

    private static let badCaseKey = WireError(.badCaseKey, RequestParser.badCaseKey)

    private enum LookUp {
        case found(CaseBook.Entry), unknown
        /// Seconds until the next try.
        case limited(Int)
    }

    /// The case of a key, nil for one that is mistyped. One that fails counts for the address and for all together; where
    /// either has failed too often, no key is looked up, so that nobody learns which ones there are.
    private func lookUp(_ key: CaseKey?, from peer: PeerAddress) -> LookUp {
        let nanoseconds = UInt64(now.milliseconds) * 1_000_000
        let isLimited = !peer.isLocal || content.settings.limitLoopback
        let waits = [
            isLimited ? caseFailures.wait(peer.network, now: nanoseconds) : nil,
            allCaseFailures.wait(Self.everybody, now: nanoseconds),
        ]
        if let wait = waits.compactMap({ $0 }).max() { return .limited(wait) }
        if let entry = key.flatMap({ cases[$0] }) { return .found(entry) }
        if isLimited { _ = caseFailures.take(peer.network, now: nanoseconds) }
        _ = allCaseFailures.take(Self.everybody, now: nanoseconds)
        return .unknown
    }

    /// All addresses as one.
    private static let everybody = PeerAddress.unix.network

    /// What the bot may ask about cases on a connection.
    func findCase(from peer: PeerAddress) -> (CaseKey?) -> CaseFinding {
        { key in
            switch self.lookUp(key, from: peer) {
            case .found(let entry): .found(entry.value)
            case .unknown: .unknown
            case .limited: .limited
            }
        }
    }

    /// A key that no case has.
    func newCaseKey() -> CaseKey {
        var key = CaseKey(bits: random.next())
        while cases[key] != nil { key = CaseKey(bits: random.next()) }
        return key
    }

    func listCases(_ job: Job, team: String?) throws(WireError) {
        if let team { try check(team: team) }
        let listed = cases.listed(team: team, now: now)
        reply(job, .written) { Answers.cases(listed, to: &$0) }
    }

    /// A person's reasoned answer: the customer reads it in the conversation, now or on return. Who has refused it, wholly
    /// or in part, tells where the customer may turn.
    func answer(
        _ job: Job, _ agent: Agent, _ key: CaseKey, _ outcome: CaseOutcome?, _ text: String, _ loaded: Transcript?
    ) throws(WireError) {
        guard let entry = cases[key] else { throw WireError(.noSuchCase, "There is no case \(key); CASES lists them.") }
        guard !entry.value.isBlocked else {
            throw WireError(.notAllowed, "The customer had the conversation erased: nobody is there to get an answer.")
        }
        guard entry.value.state == .open else {
            let when = entry.value.answered.map { " on \($0.text)" } ?? ""
            throw WireError(.notAllowed, "The case was answered\(when); write to the customer with TELL.")
        }
        guard let conversation = try warm(entry.conversation, job, loaded) else { return }
        let id = conversation.id
        let language = conversation.language
        let seq = conversation.lastSeq + 1
        var said = text
        if outcome == .refused || outcome == .partly, let scheme = content.settings.outOfCourt[language] {
            said += "\n\n" + content.sentence(.caseOutOfCourt, language, ["scheme": .text(scheme)])
        }
        let lead = content.sentence(
            .caseAnswerTo, language,
            ["key": .text(key.description), "kind": .text(content.word(for: entry.value.kind, language))])
        var bodies: [EventBody] = [
            .systemSaid(seq: seq, text: lead),
            .caseAnswered(
                CaseAnswered(
                    key: key, kind: entry.value.kind, seq: seq + 1, agent: agent.name, text: said, outcome: outcome)),
        ]
        if audience[id] != nil { bodies.append(.caseClosed(key)) }
        let after = commit(id, bodies, request: job.request)
        reply(job, .durable, in: id) { $0 += Answers.empty }
        publish(after, since: seq - 1, except: job.connection, .durable)
    }

    /// What follows from a customer's return: the answers that waited are got.
    func closingsOnReturn(_ conversation: Conversation) -> [EventBody] {
        conversation.cases.filter { $0.state == .answered }.map { .caseClosed($0.key) }
    }

    /// Tells agents of deadlines that are near or over, each once: as soon as somebody of the team is there, and not
    /// again after a restart.
    func remindOfCases() {
        for (entry, reminder) in cases.reminders(at: now) {
            let connections = agents(ofTeam: entry.value.team)
            // What this turn stored already has taken the version.
            guard !connections.isEmpty, batch.entries[entry.conversation] == nil else { continue }
            note(reminder, of: entry)
            for connection in connections {
                push(to: connection, .written, in: entry.conversation) {
                    Answers.reminded(reminder, entry, to: &$0)
                }
            }
        }
    }

    /// Tells those of the team that a case was opened, once it is stored.
    func tell(opened openings: [CaseOpened]) {
        for entry in openings.compactMap({ cases[$0.key] }) {
            for connection in agents(ofTeam: entry.value.team) {
                push(to: connection, .durable, in: entry.conversation) { Answers.opened(entry, to: &$0) }
            }
        }
    }

    /// Stores that agents were told of a deadline, the conversation in memory or not.
    private func note(_ reminder: CaseReminder, of entry: CaseBook.Entry) {
        let (id, key) = (entry.conversation, entry.value.key)
        let body = EventBody.caseReminded(key, reminder)
        if conversations[id] != nil {
            commit(id, [body])
            return
        }
        guard let known = directory[id] else { return }
        let event = Event(
            stream: .conversation(id), version: log.version(of: .conversation(id)) + 1,
            id: EventID(command: random.next(), index: 0), at: now, body: body)
        batch.entries[id] = known
        batch.cases[key] = entry
        batch.groups.append([event])
        var told = entry
        told.value.evolve(event)
        cases.set(told)
    }

    /// Connections of all agents logged in who serve a team.
    private func agents(ofTeam team: String) -> Set<ConnectionHandle> {
        desk.agents.values.filter { $0.serves(team: team) }
            .reduce(into: []) { $0.formUnion(agentConnections[$1.name] ?? []) }
    }

    /// What the law wants kept of an erased conversation, as `FORGET` names it.
    func kept(of id: ConversationID) -> [String] { cases.cases(of: id).map { "case \($0.key)" } }
}
