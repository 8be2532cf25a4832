import Content
import Desk
import Dialogue
import Events
import LineServer
import Wire

extension Core {
    /// Puts what was promised for this moment into the queue. What an agent holds stays there, and the agent is told; what
    /// waits already, waits.
    func queueDue() {
        for promise in followUps.due(at: now) {
            let id = promise.conversation
            if let conversation = conversations[id] {
                keepPromise(of: conversation)
            } else if directory[id] != nil, !recalling.contains(id) {
                recalling.insert(id)
                errands.append(.recall(id))
            }
        }
    }

    /// A conversation's events are there whose promise is due; where they could not be read, the next moment tries again.
    func recalled(_ id: ConversationID, _ events: [Event]?) {
        recalling.remove(id)
        guard conversations[id] == nil, batch.entries[id] == nil, let events, let transcript = transcript(id, events),
            transcript.conversation.version == log.version(of: .conversation(id)), !transcript.conversation.isErased
        else { return }
        put(transcript.conversation, at: id)
        batch.released.insert(id)
        keepPromise(of: transcript.conversation)
    }

    private func keepPromise(of conversation: Conversation) {
        guard let callback = conversation.callback, !callback.isDue, !(now < callback.request.when) else { return }
        let id = conversation.id
        if let agent = conversation.agent {
            guard toldCallbacks.insert(id).inserted else { return }
            for connection in agentConnections[agent] ?? [] {
                push(to: connection, .durable, in: id) {
                    Answers.due(callback, of: id, by: content.serviceHours, to: &$0)
                }
            }
        }
        guard conversation.isBots else { return }
        toldCallbacks.remove(id)
        let seq = conversation.lastSeq
        let after = commit(
            id,
            [
                .handoffRequested(handoff(for: callback.request, in: conversation)),
                .systemSaid(seq: seq + 1, text: dueSentence(callback.request, conversation.language)),
            ])
        publish(after, since: seq, except: nil, .durable)
        offer(after)
    }

    private func handoff(for request: CallbackRequest, in conversation: Conversation) -> HandoffRequest {
        let intent = request.intent.flatMap { content.bundle.intent($0) }
        let language = conversation.language
        let isThere =
            request.bySupervisor
            ? desk.supervisorAttends(team: request.team, language: language)
            : desk.attends(team: request.team, language: language)
        return HandoffRequest(
            reason: .callback, team: request.team, language: language, priority: intent?.priority ?? 0,
            intent: request.intent, tried: conversation.triedTexts, attended: isThere && atHours { $0.isOpen },
            needsSupervisor: request.bySupervisor)
    }

    private func dueSentence(_ request: CallbackRequest, _ language: String) -> String {
        guard let phone = request.phone else { return content.sentence(.followUpDue, language) }
        return content.sentence(
            .callbackDue, language, ["phone": .text(SlotKind.phone.shown(phone, language))])
    }

    // MARK: - Customers

    /// A telephone number, where nobody is there outside the hours: the message need not wait for the customer to be back.
    /// - Returns: whether the message was one.
    func takeNumber(_ job: Job, _ conversation: Conversation, _ text: String) -> Bool {
        guard case .queue(let ticket) = conversation.holder, !ticket.isAttended, ticket.reason != .callback,
            !atHours({ $0.isOpen }), let phone = content.phone(in: text)
        else { return false }
        let when = content.serviceHours.firstOpen(from: now.milliseconds)
        let since = ticket.requested
        let words = conversation.recent.filter { $0.from == .customer && !($0.at < since) }.map(\.text) + [text]
        let request = CallbackRequest(
            when: Timestamp(milliseconds: when), phone: phone, text: words.joined(separator: "\n"), team: ticket.team,
            language: conversation.language, intent: ticket.intent, bySupervisor: ticket.needsSupervisor)
        let sentence = content.sentence(
            ticket.needsSupervisor ? .callbackBySupervisor : .callbackArranged, conversation.language,
            [
                "when": .text(
                    content.serviceHours.describe(when, now: now.milliseconds, conversation.language)),
                "phone": .text(SlotKind.phone.shown(phone, conversation.language)),
            ])
        leaveQueue(
            job, conversation, text, saying: sentence, [.handoffCancelled, .callbackRequested(request)],
            slots: [BotReply.Slot(name: SlotKind.phone.rawValue, value: phone)])
        return true
    }

    /// A customer who waits for the call that was promised, and does not want it any more.
    /// - Returns: whether the message says so.
    func takeCallOff(
        _ job: Job, _ conversation: Conversation, _ text: String, _ understanding: Understanding
    ) -> Bool {
        guard case .queue(let ticket) = conversation.holder, ticket.reason == .callback,
            content.cancelsCallBack(understanding)
        else { return false }
        leaveQueue(
            job, conversation, text, saying: content.sentence(.callbackCancelled, conversation.language),
            [.handoffCancelled])
        return true
    }

    private func leaveQueue(
        _ job: Job, _ conversation: Conversation, _ text: String, saying sentence: String, _ bodies: [EventBody],
        slots: [BotReply.Slot] = []
    ) {
        let id = conversation.id
        let seq = conversation.lastSeq + 1
        let answer = Reply(
            seq: seq + 1, text: sentence, kind: .answer, intent: conversation.ticket?.intent, confidence: 1,
            language: conversation.language)
        let entry = desk.queue[id]
        let said = EventBody.botReplied(BotReply(reply: answer, content: content.version, slots: slots))
        let after = commit(id, [.customerSaid(seq: seq, text: text)] + bodies + [said], request: job.request)
        reply(job, .durable) { Answers.replied(seq, answer, to: &$0) }
        publish(after, since: seq - 1, except: job.connection, .durable)
        guard let entry else { return }
        for connection in agents(offered: entry).union(agents(following: after, except: nil)) {
            push(to: connection, .durable, in: id) { Answers.left(id, why: "cancelled", to: &$0) }
        }
    }

    /// Offers a call to whoever leaves a message outside the hours.
    func offerCall(in conversation: Conversation, language: String, _ reply: inout Reply) {
        guard !atHours({ $0.isOpen }) else { return }
        reply.text += " " + content.sentence(.callbackOffer, language)
        guard let phone = conversation.slots[SlotKind.phone.rawValue] else { return }
        let shown: [String: SentenceArgument] = ["phone": .text(SlotKind.phone.shown(phone, language))]
        reply.choices.append(
            Choice(
                label: content.sentence(.callbackChoiceLabel, language),
                say: content.sentence(.callbackChoiceSay, language, shown)))
    }

    // MARK: - Agents

    func listCallbacks(_ job: Job, team: String?) throws(WireError) {
        if let team { try check(team: team) }
        let listed = followUps.coming(team: team).map { ($0, conversations[$0.conversation]?.name) }
        reply(job, .written) { Answers.callbacks(listed, by: content.serviceHours, to: &$0) }
    }

    func listLeads(_ job: Job, team: String?) throws(WireError) {
        if let team { try check(team: team) }
        let listed = followUps.contacts(team: team)
        reply(job, .written) { Answers.leads(listed, to: &$0) }
    }

    /// An agent promises to take the conversation up again at a moment.
    func promise(
        _ job: Job, _ agent: Agent, _ id: ConversationID, at written: String, _ text: String, _ loaded: Transcript?
    ) throws(WireError) {
        guard let moment = moment(written) else {
            throw WireError(
                .badArgument, "The time is YYYY-MM-DDTHH:MM by the shop's clock, or RFC 3339: 2026-11-25T16:00:00Z.")
        }
        guard now < moment else { throw WireError(.badArgument, "That time is over; promise one that is to come.") }
        guard now.seconds(since: moment) >= -Self.farthestPromise else {
            throw WireError(.badArgument, "That is more than a year ahead; promise an earlier time.")
        }
        guard let conversation = try warm(id, job, loaded) else { return }
        let intent = conversation.ticket?.intent ?? conversation.lastReply?.intent
        let team =
            conversation.ticket?.team ?? intent.flatMap { content.bundle.intent($0)?.team }
            ?? content.settings.defaultTeam
        let phone =
            conversation.slots[SlotKind.phone.rawValue] ?? conversation.contact.flatMap { content.phone(in: $0) }
        let request = CallbackRequest(
            when: moment, phone: phone, text: text, team: team, language: conversation.language, intent: intent,
            agent: agent.name)
        let seq = conversation.lastSeq
        let sentence = content.sentence(
            .followUpPromised, conversation.language,
            [
                "name": .text(agent.name),
                "when": .text(
                    content.serviceHours.describe(
                        moment.milliseconds, now: now.milliseconds, conversation.language)),
            ])
        toldCallbacks.remove(id)
        let after = commit(
            id, [.callbackRequested(request), .systemSaid(seq: seq + 1, text: sentence)], request: job.request)
        reply(job, .durable, in: id) { $0 += Answers.empty }
        publish(after, since: seq, except: job.connection, .durable)
    }

    private static let farthestPromise = 366 * 86_400

    /// A moment as agents write it, by the shop's clock or in UTC.
    private func moment(_ written: String) -> Timestamp? {
        if let local = LocalMoment(written) {
            return Timestamp(milliseconds: content.serviceHours.unixMilliseconds(local))
        }
        return Timestamp(written)
    }
}
