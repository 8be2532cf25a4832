import Content
import Desk
import Dialogue
import Events
import LineServer
import Wire

extension Core {
    func handleAgent(_ job: Job, _ session: Session, loaded: Transcript?) throws(WireError) {
        if case .login(let name, let token) = job.request.command { return try login(job, session, name, token) }
        if case .quit = job.request.command {
            reply(job) { $0 += Answers.empty }
            batch.closings.append((job.connection, job.slot))
            return
        }
        guard let name = session.agent, let agent = desk.agents[name] else {
            throw WireError(.notLoggedIn, "Say who you are first: LOGIN name.")
        }
        if try isAnswered(job, agent, loaded) { return }
        switch job.request.command {
        case .ready(let capacity): ready(job, agent, capacity)
        case .away: away(job, agent)
        case .logout: logout(job, agent)
        case .queue(let team): try queue(job, agent, team: team)
        case .claim(let id): try claim(job, agent, id, loaded)
        case .take(let id): try take(job, agent, id, loaded)
        case .tell(let id, let text): try tell(job, agent, id, text, loaded)
        case .note(let id, let text): try note(job, agent, id, text, loaded)
        case .transfer(let id, let target, let note): try transfer(job, agent, id, target, note, loaded)
        case .giveBack(let id, let note): try giveBack(job, agent, id, note, loaded)
        case .resolve(let id, let outcome, let tags): try resolve(job, agent, id, outcome, tags, loaded)
        case .watch(let id): try watch(job, agent, id, loaded)
        case .unwatch(let id): try unwatch(job, agent, id, loaded)
        case .show(let id): try show(job, agent, id, loaded)
        case .typingTo(let id): try typing(job, agent, id)
        case .cases(let team): try listCases(job, team: team)
        case .callbacks(let team): try listCallbacks(job, team: team)
        case .callback(let id, let time, let text): try promise(job, agent, id, at: time, text, loaded)
        case .leads(let team): try listLeads(job, team: team)
        case .answer(let key, let outcome, let text): try answer(job, agent, key, outcome, text, loaded)
        case .suggest(let id): try suggest(job, id, loaded)
        case .status: reply(job) { Answers.status(self, to: &$0) }
        case .reload: park(job, .reload(for: job))
        case .explain(let text): reply(job) { Answers.explained(text, self.content, to: &$0) }
        default: throw WireError(.unknownCommand, "There is no such command here; HELP lists them all.")
        }
    }

    private func login(_ job: Job, _ session: Session, _ name: String, _ token: String?) throws(WireError) {
        guard let agent = access.agent(name, token: token, settings: content.settings) else {
            throw WireError(.badToken, "This name needs its token: LOGIN name token.")
        }
        if let earlier = session.agent, earlier != name { leave(job.connection, earlier) }
        var known = desk.agents[name] ?? agent
        (known.role, known.teams, known.languages) = (agent.role, agent.teams, agent.languages)
        if known.connections.isEmpty {
            known.isReady = false
            known.capacity = agent.capacity
        }
        known.connections.insert(session.number)
        known.goneSince = nil
        desk.agents[name] = known
        agentConnections[name, default: []].insert(job.connection)
        sessions[job.connection]?.agent = name
        // Nothing of it is stored, so that it stands where the turn's groups can't be.
        batch.sessions[job.connection]?.agent = name
        reply(job) { Answers.login(known, self.content.settings, to: &$0) }
    }

    private func ready(_ job: Job, _ agent: Agent, _ capacity: Int?) {
        keep(agent: agent.name)
        var agent = agent
        agent.isReady = true
        if let capacity { agent.capacity = capacity }
        desk.agents[agent.name] = agent
        commit(agent: agent.name, .agentReady(capacity: agent.capacity), request: job.request)
        let taken = Set(desk.queue.ordered().filter { !$0.isAttended }.map(\.conversation))
        attend()
        for entry in desk.queue.ordered() where desk.offered(entry).contains(where: { $0.name == agent.name }) {
            // What began to wait just now was offered to everybody.
            if entry.isAttended, taken.contains(entry.conversation) { continue }
            push(to: job.connection, .durable, in: entry.conversation) {
                Answers.waiting(entry, self.view(entry), to: &$0)
            }
        }
        done(job, agent)
    }

    private func away(_ job: Job, _ agent: Agent) {
        keep(agent: agent.name)
        desk.agents[agent.name]?.isReady = false
        commit(agent: agent.name, .agentAway, request: job.request)
        done(job, agent)
    }

    private func logout(_ job: Job, _ agent: Agent) {
        keep(job.connection)
        keep(agent: agent.name)
        let wasReady = agent.isReady
        leave(job.connection, agent.name)
        sessions[job.connection]?.agent = nil
        if wasReady, desk.agents[agent.name]?.connections.isEmpty == true {
            commit(agent: agent.name, .agentAway, request: job.request)
        }
        reply(job, .durable) { $0 += Answers.empty }
    }

    private func done(_ job: Job, _ agent: Agent) {
        remember(job, agent, Answers.empty)
        reply(job, .durable) { $0 += Answers.empty }
    }

    /// A connection of an agent goes; the last one starts the time after which what the agent holds goes back.
    func leave(_ connection: ConnectionHandle, _ name: String) {
        guard let number = sessions[connection]?.number else { return }
        agentConnections[name]?.remove(connection)
        desk.agents[name]?.connections.remove(number)
        if desk.agents[name]?.connections.isEmpty == true {
            desk.agents[name]?.isReady = false
            desk.agents[name]?.goneSince = now
        }
        unwatchAll(connection)
    }

    func unwatchAll(_ connection: ConnectionHandle) {
        for id in sessions[connection]?.watching ?? [] { unfollow(connection, id) }
        sessions[connection]?.watching = []
    }

    /// A connection no longer follows a conversation.
    func unfollow(_ connection: ConnectionHandle, _ id: ConversationID) {
        watchers[id]?.remove(connection)
        if watchers[id]?.isEmpty == true {
            watchers[id] = nil
            batch.released.insert(id)
        }
    }

    /// Keeps the answer to a command with an `@id` for which there is no conversation.
    func remember(_ job: Job, _ agent: Agent, _ line: [UInt8]) {
        guard let tag = job.request.tag else { return }
        batch.remembered.append((agent.name, tag.id))
        agentAnswers[agent.name, default: [:]][tag.id] = Session.PlainAnswer(command: tag.command, line: line)
    }

    /// What an unnamed claim got before. After a restart it is found where it waits or is held, so that the claim does
    /// not take a second one.
    private func claimed(under id: String, by name: String) -> ConversationID? {
        if let got = agentClaims[name]?[id] { return got }
        let atHand = desk.agents.keys.flatMap { desk.conversations(of: $0) } + desk.queue.ordered().map(\.conversation)
        return atHand.first { conversations[$0]?.answered[id] != nil }
    }

    /// Answers a command that was done before under the same `@id` as it was answered then.
    private func isAnswered(_ job: Job, _ agent: Agent, _ loaded: Transcript?) throws(WireError) -> Bool {
        guard let tag = job.request.tag else { return false }
        if let earlier = agentAnswers[agent.name]?[tag.id] {
            guard earlier.command == tag.command else { throw Self.idReused }
            reply(job, .durable) { $0 += earlier.line }
            return true
        }
        if case .claim(nil) = job.request.command {
            guard let got = claimed(under: tag.id, by: agent.name) else { return false }
            guard let conversation = try warm(got, job, loaded) else { return true }
            guard conversation.answered[tag.id]?.command == tag.command else { throw Self.idReused }
            try answerClaim(job, conversation, loaded)
            return true
        }
        guard let id = job.request.command.conversation ?? conversation(ofCase: job.request.command) else {
            return false
        }
        guard directory[id] != nil else { return false }
        guard let conversation = try warm(id, job, loaded) else { return true }
        guard let earlier = conversation.answered[tag.id] else { return false }
        guard earlier.command == tag.command else { throw Self.idReused }
        switch job.request.command {
        case .claim, .take: try answerClaim(job, conversation, loaded)
        default: reply(job, .durable, in: id) { Answers.again(earlier.answer, to: &$0) }
        }
        return true
    }
}

extension Core {
    /// The conversation of the case that an agent's command names.
    private func conversation(ofCase command: Command) -> ConversationID? {
        if case .answer(let key, _, _) = command { cases[key]?.conversation } else { nil }
    }
}

extension Command {
    /// The conversation that an agent's command names.
    var conversation: ConversationID? {
        switch self {
        case .claim(let id): id
        case .tell(let id, _), .note(let id, _), .transfer(let id, _, _), .giveBack(let id, _),
            .resolve(let id, _, _), .watch(let id), .unwatch(let id), .take(let id), .show(let id),
            .typingTo(let id), .suggest(let id), .callback(let id, _, _):
            id
        default: nil
        }
    }
}
