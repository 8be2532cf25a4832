import Content
import Desk
import Dialogue
import Events
import LineServer
import Wire

extension Core {
    func claim(_ job: Job, _ agent: Agent, _ id: ConversationID?, _ loaded: Transcript?) throws(WireError) {
        let wanted: ConversationID
        if let id {
            wanted = id
        } else {
            guard !desk.isFull(agent) else {
                throw WireError(.atCapacity, "You hold as many as you may; resolve one, or claim one by its name.")
            }
            guard let next = desk.queue.next(for: agent) else {
                throw WireError(.queueEmpty, "Nobody waits for you.")
            }
            wanted = next.conversation
        }
        guard let conversation = try warm(wanted, job, loaded) else { return }
        switch conversation.holder {
        case .agent(agent.name, _): try answerClaim(job, conversation, loaded)
        case .agent(let other, _):
            throw WireError(.alreadyClaimed, "\(other) has it.", [.init("by", .string(other))])
        case .queue: try hold(job, agent, conversation, loaded)
        case .bot, .resolved, .closed:
            throw WireError(.notAllowed, "It does not wait for a person; TAKE takes it out of the bot's hands.")
        }
    }

    func take(_ job: Job, _ agent: Agent, _ id: ConversationID, _ loaded: Transcript?) throws(WireError) {
        guard let conversation = try warm(id, job, loaded) else { return }
        if case .agent(let other, _) = conversation.holder {
            if other == agent.name { return try answerClaim(job, conversation, loaded) }
            guard agent.role == .supervisor else {
                throw WireError(
                    .notAllowed, "\(other) has it; a supervisor may take it.", [.init("by", .string(other))])
            }
        }
        try hold(job, agent, conversation, loaded)
    }

    /// Gives a conversation to an agent: one group, so that of two who claim it one gets it.
    private func hold(
        _ job: Job, _ agent: Agent, _ conversation: Conversation, _ loaded: Transcript?
    ) throws(WireError) {
        guard let transcript = messages(of: conversation, job, loaded) else { return }
        let entry = desk.queue[conversation.id]
        let previous = conversation.agent
        let seq = conversation.lastSeq + 1
        var bodies: [EventBody] = []
        if conversation.isBots { bodies.append(.handoffRequested(takenFromBot(conversation))) }
        bodies.append(.handoffClaimed(agent: agent.name, from: previous))
        bodies.append(
            .systemSaid(
                seq: seq, text: content.sentence(.agentJoined, conversation.language, ["name": .text(agent.name)])))
        let after = commit(conversation.id, bodies, request: job.request)
        if let entry {
            if entry.isAttended {
                desk.waits.note(team: entry.team, wait: now.seconds(since: entry.clock), at: now)
            }
            toldOverdue.remove(entry.conversation)
            toldPositions[entry.conversation] = nil
        }
        if case .claim(nil) = job.request.command, let tag = job.request.tag {
            batch.remembered.append((agent.name, tag.id))
            agentClaims[agent.name, default: [:]][tag.id] = after.id
        }
        let messages = transcript + after.recent.suffix(1)
        let view = context(after)
        reply(job, .durable, in: after.id) { Answers.claimed(after, messages, view, to: &$0) }
        for connection in audience[after.id] ?? [] {
            push(to: connection, .durable, in: after.id) { Answers.agentJoined(agent.name, to: &$0) }
        }
        publish(after, since: seq - 1, except: job.connection, .durable)
        let team = after.ticket?.team ?? content.settings.defaultTeam
        for colleague in desk.agents.values where colleague.serves(team: team) || colleague.name == previous {
            for connection in agentConnections[colleague.name] ?? [] where connection != job.connection {
                push(to: connection, .durable, in: after.id) { bytes in
                    if colleague.name == previous {
                        Answers.taken(after.id, by: agent.name, to: &bytes)
                    } else {
                        Answers.claimed(after.id, by: agent.name, to: &bytes)
                    }
                }
            }
        }
    }

    /// The handoff that an agent begins by taking a conversation out of the bot's hands, so that it has a team to go
    /// back to.
    private func takenFromBot(_ conversation: Conversation) -> HandoffRequest {
        let intent = conversation.lastReply?.intent.flatMap { content.bundle.intent($0) }
        return HandoffRequest(
            reason: .policy, team: intent?.team ?? content.settings.defaultTeam, language: conversation.language,
            priority: intent?.priority ?? 0, intent: intent?.id, tried: conversation.triedTexts, attended: true)
    }

    /// Answers a claim of what the agent holds already.
    func answerClaim(_ job: Job, _ conversation: Conversation, _ loaded: Transcript?) throws(WireError) {
        guard let transcript = messages(of: conversation, job, loaded) else { return }
        let view = context(conversation)
        reply(job, .durable, in: conversation.id) { Answers.claimed(conversation, transcript, view, to: &$0) }
    }

    /// A conversation that the agent may act on: the agent's own; a supervisor's any that a person or the queue has.
    private func own(
        _ job: Job, _ agent: Agent, _ id: ConversationID, _ loaded: Transcript?
    ) throws(WireError) -> Conversation? {
        guard let conversation = try warm(id, job, loaded) else { return nil }
        switch conversation.holder {
        case .agent(agent.name, _): return conversation
        case .agent, .queue: if agent.role == .supervisor { return conversation }
        default: break
        }
        throw notYours(conversation)
    }

    private func notYours(_ conversation: Conversation) -> WireError {
        if let other = conversation.agent {
            return WireError(.notYours, "\(other) has it.", [.init("by", .string(other))])
        }
        let who = conversation.ticket == nil ? "bot" : "queue"
        return WireError(.notYours, "The \(who) has it; CLAIM or TAKE it first.", [.init("by", .string(who))])
    }

    func tell(
        _ job: Job, _ agent: Agent, _ id: ConversationID, _ text: String, _ loaded: Transcript?
    ) throws(WireError) {
        guard let conversation = try warm(id, job, loaded) else { return }
        guard conversation.agent == agent.name else { throw notYours(conversation) }
        if let after = job.request.tags.after, conversation.lastCustomerSeq > after {
            let newer = conversation.recent.filter { $0.seq > after && $0.from == .customer }
            throw WireError(
                .stale, "The customer has written since; read it, then send again with a newer @after.",
                [.init("newer", .array(newer.map(Answers.value)))])
        }
        let seq = conversation.lastSeq + 1
        let after = commit(id, [.agentSaid(seq: seq, agent: agent.name, text: text)], request: job.request)
        reply(job, .durable, in: id) { Answers.numbered(seq, to: &$0) }
        publish(after, since: seq - 1, except: job.connection, .durable)
    }

    func note(
        _ job: Job, _ agent: Agent, _ id: ConversationID, _ text: String, _ loaded: Transcript?
    ) throws(WireError) {
        guard let conversation = try warm(id, job, loaded) else { return }
        let seq = conversation.lastSeq + 1
        let after = commit(id, [.agentNoted(seq: seq, agent: agent.name, text: text)], request: job.request)
        reply(job, .durable, in: id) { Answers.numbered(seq, to: &$0) }
        publish(after, since: seq - 1, except: job.connection, .durable)
    }

    func transfer(
        _ job: Job, _ agent: Agent, _ id: ConversationID, _ target: String, _ note: String?, _ loaded: Transcript?
    ) throws(WireError) {
        guard let conversation = try own(job, agent, id, loaded) else { return }
        let isTeam = content.settings.teams.contains { $0.id == target }
        let colleague = desk.agents[target] ?? access.agent(named: target, settings: content.settings)
        guard isTeam || colleague != nil else {
            throw WireError(.badArgument, "There is no team and no agent \(target.prefix(64)).")
        }
        let team = isTeam ? target : conversation.ticket?.team ?? content.settings.defaultTeam
        let seq = conversation.lastSeq + 1
        var bodies: [EventBody] = [
            .handoffTransferred(agent: agent.name, team: team, to: isTeam ? nil : target)
        ]
        if let note { bodies.append(.agentNoted(seq: seq, agent: agent.name, text: note)) }
        bodies.append(
            .systemSaid(
                seq: seq + (note == nil ? 0 : 1),
                text: content.sentence(
                    .transferred, conversation.language,
                    ["team": .text(content.settings.team(team)?.name(conversation.language) ?? team)])))
        finish(job, agent, conversation, bodies)
        if let after = conversations[id] { offer(after) }
    }

    func giveBack(
        _ job: Job, _ agent: Agent, _ id: ConversationID, _ note: String?, _ loaded: Transcript?
    ) throws(WireError) {
        guard let conversation = try own(job, agent, id, loaded) else { return }
        let seq = conversation.lastSeq + 1
        var bodies: [EventBody] = [.handoffReturned(agent: agent.name)]
        if let note { bodies.append(.agentNoted(seq: seq, agent: agent.name, text: note)) }
        bodies.append(
            .systemSaid(
                seq: seq + (note == nil ? 0 : 1), text: content.sentence(.returnedToBot, conversation.language)))
        finish(job, agent, conversation, bodies)
    }

    func resolve(
        _ job: Job, _ agent: Agent, _ id: ConversationID, _ outcome: String?, _ tags: [String], _ loaded: Transcript?
    ) throws(WireError) {
        guard let conversation = try own(job, agent, id, loaded) else { return }
        let seq = conversation.lastSeq + 1
        finish(
            job, agent, conversation,
            [
                .conversationResolved(agent: agent.name, outcome: outcome, tags: tags),
                .systemSaid(seq: seq, text: content.sentence(.resolved, conversation.language)),
            ])
        for connection in audience[id] ?? [] {
            push(to: connection, .durable, in: id) { Answers.resolved(self.content.settings.survey, to: &$0) }
        }
        for connection in agents(following: conversation, except: job.connection) {
            push(to: connection, .durable, in: id) { Answers.resolved(id, by: agent.name, to: &$0) }
        }
    }

    /// Ends an agent's hold on a conversation, and tells those who followed it.
    private func finish(_ job: Job, _ agent: Agent, _ conversation: Conversation, _ bodies: [EventBody]) {
        let followers = agents(following: conversation, except: job.connection)
        let after = commit(conversation.id, bodies, request: job.request)
        toldOverdue.remove(conversation.id)
        reply(job, .durable, in: after.id) { $0 += Answers.empty }
        if conversation.agent != nil {
            for connection in audience[after.id] ?? [] {
                push(to: connection, .durable, in: after.id) { $0 += Answers.agentLeft }
            }
        }
        publish(after, since: conversation.lastSeq, except: nil, .durable)
        for connection in followers.subtracting(agents(following: after, except: nil)) {
            for message in after.recent where message.seq > conversation.lastSeq {
                push(to: connection, .durable, in: after.id) { Answers.push(message, of: after.id, to: &$0) }
            }
        }
    }

    func typing(_ job: Job, _ agent: Agent, _ id: ConversationID) throws(WireError) {
        guard let conversation = conversations[id], conversation.agent == agent.name else {
            throw WireError(.notYours, "You do not have this conversation.")
        }
        for connection in audience[id] ?? [] {
            push(to: connection, .nothing, in: id) { Answers.typing(nil, from: "agent", to: &$0) }
        }
        reply(job) { $0 += Answers.empty }
    }
}
