import Content
import Desk
import Dialogue
import Events
import LineServer
import Wire

extension Core {
    /// What the bot's answers depend on besides the conversation.
    func situation(_ session: Session) -> Situation {
        var situation = Situation(now: now, isOpen: atHours { $0.isOpen }) { self.desk.attends(team: $0, language: $1) }
        situation.supervisorAttends = { self.desk.supervisorAttends(team: $0, language: $1) }
        situation.newCaseKey = newCaseKey
        situation.openCases = { self.cases.open(where: $0) }
        situation.findCase = findCase(from: session.origin.peer)
        situation.orders = orderLookup
        situation.mayProve = mayProve(from: session.origin.peer)
        return situation
    }

    func askForPerson(_ job: Job, _ session: Session, _ reason: String?) throws(WireError) {
        let spoken = try conversation(job, session, language: nil)
        let conversation = spoken.conversation
        let seq = conversation.lastSeq + 1
        let text = reason ?? content.sentence(.choicePersonSay, conversation.language)
        let said = EventBody.customerSaid(seq: seq, text: text)
        switch conversation.holder {
        case .agent:
            let after = commit(conversation.id, [said], request: job.request)
            reply(job, .durable) { Answers.delivered(seq, to: &$0) }
            publish(after, since: seq - 1, except: job.connection, .durable)
        case .queue:
            guard let standing = standing(conversation) else { return }
            let sentence = atHours { $0.sentence(standing, conversation.language) }
            let current = commit(
                conversation.id, [said, .systemSaid(seq: seq + 1, text: sentence)], request: job.request)
            tellHandoff(job, current, standing, seq: seq)
            publish(current, since: seq - 1, except: job.connection, .durable)
        case .bot, .resolved, .closed:
            var turn = content.handOver(conversation, reason: .asked, situation: situation(session))
            turn.said.reply.seq = seq + 1
            guard let request = turn.handoff else { return }
            describe(request, in: conversation, language: conversation.language, &turn.said.reply)
            turn.said.reply.spell()
            let after = commit(
                conversation.id, spoken.opening + [said, .botReplied(turn.said), .handoffRequested(request)],
                request: job.request)
            replied(job, .durable, seq, turn.said.reply, spoken)
            publish(after, since: seq - 1, except: job.connection, .durable)
            offer(after)
        }
    }

    /// The handoff under way, again: the mechanism speaks, not the bot, so that the reply is a line of the system.
    func tellHandoff(_ job: Job, _ conversation: Conversation, _ standing: Handoff, seq: Int) {
        let text = atHours { $0.sentence(standing, conversation.language) }
        let answer = Reply(
            seq: seq + 1, text: text, kind: .handoff, intent: conversation.ticket?.intent, confidence: 1,
            language: conversation.language, handoff: standing)
        reply(job, .durable, in: conversation.id) { Answers.replied(seq, answer, to: &$0) }
    }

    func cancel(_ job: Job, _ conversation: Conversation) throws(WireError) {
        if conversation.agent != nil {
            throw WireError(.notAllowed, "A person has the conversation; ask the person, or leave with QUIT.")
        }
        let seq = conversation.lastSeq + 1
        var bodies: [EventBody] = [
            .customerSaid(seq: seq, text: content.sentence(.choiceCancelLabel, conversation.language))
        ]
        let waited = conversation.ticket != nil
        let isPromised = !waited && conversation.callback != nil
        if waited { bodies.append(.handoffCancelled) }
        if isPromised { bodies.append(.callbackCancelled) }
        let sentence: SentenceKey = waited ? .cancelled : isPromised ? .callbackCancelled : .nothingWaits
        let answer = Reply(
            seq: seq + 1, text: content.sentence(sentence, conversation.language),
            kind: .smalltalk, intent: nil, confidence: 1, language: conversation.language)
        bodies.append(.botReplied(BotReply(reply: answer, content: content.version)))
        let entry = desk.queue[conversation.id]
        let after = commit(conversation.id, bodies, request: job.request)
        reply(job, .durable) { Answers.replied(seq, answer, to: &$0) }
        publish(after, since: seq - 1, except: job.connection, .durable)
        guard let entry else { return }
        for connection in agents(offered: entry).union(agents(following: after, except: nil)) {
            push(to: connection, .durable, in: after.id) { Answers.left(after.id, why: "cancelled", to: &$0) }
        }
    }

    /// Completes a handoff's reply: where the customer stands, and how long it is likely to take.
    func describe(_ request: HandoffRequest, in conversation: Conversation, language: String, _ reply: inout Reply) {
        let entry = QueueEntry(
            conversation: conversation.id, team: request.team, language: language, priority: request.priority,
            requested: now, clock: now, isAttended: request.attended, needsSupervisor: request.needsSupervisor,
            reason: request.reason)
        let position = desk.queue.place(of: entry)
        let handoff = Handoff(
            state: entry.state, position: position,
            estimatedWait: request.attended ? desk.waits.estimate(team: request.team, position: position) : nil,
            reason: request.reason, team: request.team)
        let sentence = atHours { $0.sentence(handoff, language) }
        reply.handoff = handoff
        reply.text = reply.text.isEmpty ? sentence : reply.text + "\n\n" + sentence
        if !request.attended { offerCall(in: conversation, language: language, &reply) }
    }

    /// Where a waiting conversation stands.
    func standing(_ conversation: Conversation) -> Handoff? {
        guard let ticket = conversation.ticket else { return nil }
        let position = desk.queue.position(of: conversation.id)
        return Handoff(
            state: conversation.state, position: position,
            estimatedWait: conversation.state == .waiting
                ? position.flatMap { desk.waits.estimate(team: ticket.team, position: $0) } : nil,
            reason: ticket.reason, team: ticket.team)
    }

    /// Offers an entry to the agents who may take it.
    func offer(_ conversation: Conversation) {
        guard let entry = desk.queue[conversation.id] else { return }
        toldPositions[conversation.id] = desk.queue.position(of: conversation.id)
        for connection in agents(offered: entry) {
            push(to: connection, .durable, in: conversation.id) { bytes in
                Answers.waiting(entry, self.view(entry), to: &bytes)
            }
        }
    }

    /// Connections of the agents to whom an entry is offered.
    func agents(offered entry: QueueEntry) -> Set<ConnectionHandle> {
        desk.offered(entry).reduce(into: []) { $0.formUnion(agentConnections[$1.name] ?? []) }
    }

    /// Connections of all agents logged in who serve the team of a conversation.
    func agentsServing(_ conversation: Conversation) -> Set<ConnectionHandle> {
        guard let ticket = conversation.ticket else { return [] }
        return desk.agents.values.filter { $0.serves(team: ticket.team) }
            .reduce(into: []) { $0.formUnion(agentConnections[$1.name] ?? []) }
    }

    /// Connections of the agent who holds a conversation, and of those who watch it.
    func agents(following conversation: Conversation, except: ConnectionHandle?) -> Set<ConnectionHandle> {
        // Asked for every answer, and mostly of nobody: an empty table is not looked up.
        var connections = watchers.isEmpty ? [] : watchers[conversation.id] ?? []
        if let agent = conversation.agent { connections.formUnion(agentConnections[agent] ?? []) }
        if let except { connections.remove(except) }
        return connections
    }

    /// Pushes the messages after a number to everybody who follows the conversation but the connection they came from.
    func publish(
        _ conversation: Conversation, since seq: Int, except: ConnectionHandle?, _ promise: Promise
    ) {
        let customers = audience[conversation.id] ?? []
        let agents = agents(following: conversation, except: except)
        let isAlone = customers.isEmpty || customers.count == 1 && customers.first == except
        if isAlone && agents.isEmpty { return }
        for message in conversation.recent.reversed().prefix(while: { $0.seq > seq }).reversed() {
            if !message.isNote {
                for connection in customers where connection != except {
                    push(to: connection, promise, in: conversation.id) { Answers.push(message, to: &$0) }
                }
            }
            for connection in agents {
                push(to: connection, promise, in: conversation.id) {
                    Answers.push(message, of: conversation.id, to: &$0)
                }
            }
        }
    }
}
