import Events

extension Conversation.Facts {
    /// The facts after an event of the conversation's stream.
    mutating func evolve(_ event: Event) {
        version = event.version
        if event.body.isActivity { lastActivity = event.at }
        switch event.body {
        case .conversationOpened(let language, let channel, let name, let contact, let token, let greeting):
            (self.language, self.channel, self.name, self.contact) = (language, channel, name, contact)
            self.token = token
            opened = event.at
            if let greeting { hear(greeting, at: event.at) }
        case .customerSaid(let seq, let text):
            append(Message(seq: seq, at: event.at, from: .customer, name: name, text: text))
            lastCustomerSeq = seq
            lastCustomerText = text
            if isBots { holder = .bot }
        case .botReplied(let said): reply(said, at: event.at)
        case .systemSaid(let seq, let text): append(Message(seq: seq, at: event.at, from: .system, text: text))
        case .agentSaid(let seq, let agent, let text):
            append(Message(seq: seq, at: event.at, from: .agent, name: agent, text: text))
        case .agentNoted(let seq, let agent, let text):
            append(Message(seq: seq, at: event.at, from: .agent, name: agent, text: text, isNote: true))
        case .languageChosen(let language): self.language = language
        case .identityVerified(_, let customer, let order):
            vouchedFor = customer ?? vouchedFor
            if let order, !verifiedOrders.contains(order) { verifiedOrders.append(order) }
            refusals = 0
        case .identityRefused(let proof):
            refusedProof = proof
            refusals += 1
        case .feedbackGiven(let kind, let score, _, let about):
            guard kind == "answer" else {
                ratings[kind] = score
                break
            }
            if score == 0, let about, lastReply?.seq == about { lastReply?.wasPoor = true }
        case .caseAnswered(let answer):
            append(Message(seq: answer.seq, at: event.at, from: .agent, name: answer.agent, text: answer.text))
            cases.evolve(event)
        case .requestRefused(let key, let text): refusedRequests[key] = text
        case .caseOpened, .caseClosed, .caseExpired, .caseReminded: cases.evolve(event)
        case .callbackRequested, .callbackCancelled: callbacks.evolve(event)
        case .leadCaptured: leads.evolve(event)
        case .conversationErased:
            erase()
            cases.evolve(event)
        case .conversationClosed: holder = .closed
        case .conversationResumed: if holder == .closed { holder = .bot }
        default: moveHandoff(event)
        }
        if let tag = event.request { remember(tag, event.body) }
    }

    private mutating func moveHandoff(_ event: Event) {
        if !callbacks.isEmpty { callbacks.evolve(event) }
        switch event.body {
        case .handoffRequested(let request):
            holder = .queue(
                Conversation.Ticket(
                    reason: request.reason, team: request.team, priority: request.priority, intent: request.intent,
                    tried: request.tried, requested: event.at, clock: event.at, isAttended: request.attended,
                    unfinished: unfinished(by: request.reason), needsSupervisor: request.needsSupervisor))
            misses = 0
            pending = nil
        case .handoffAttended:
            changeTicket {
                $0.isAttended = true
                $0.clock = event.at
            }
        case .handoffClaimed(let agent, _):
            let ticket =
                ticket
                ?? Conversation.Ticket(
                    reason: .policy, team: "", priority: 0, tried: triedTexts, requested: event.at,
                    clock: event.at,
                    isAttended: true)
            holder = .agent(agent, ticket)
            pending = nil
        case .handoffTransferred(_, let team, let to):
            guard var ticket else { return }
            ticket.team = team
            ticket.addressee = to
            ticket.needsSupervisor = false
            ticket.isReturned = true
            ticket.requested = event.at
            ticket.clock = event.at
            holder = .queue(ticket)
        case .handoffRequeued:
            guard var ticket else { return }
            ticket.isReturned = true
            ticket.addressee = nil
            holder = .queue(ticket)
        case .handoffCancelled:
            // Who waits no longer may go on with what they were at.
            let standing = flows
            giveToBot()
            flows = standing
        case .handoffReturned: giveToBot()
        case .conversationResolved:
            giveToBot()
            holder = .resolved
            ratings = [:]
        default: break
        }
    }

    /// What a handoff leaves unfinished. A flow that hands over as its last step is done, but for one that could not go on.
    private func unfinished(by reason: HandoffReason) -> Conversation.Unfinished? {
        guard let interrupted else { return unfinished }
        let isCutShort = reason == .failedVerification || reason == .error
        return isCutShort || !interrupted.isFlow ? interrupted : unfinished
    }

    private mutating func giveToBot() {
        holder = .bot
        misses = 0
        pending = nil
        flows = []
        tried = []
        lastReply = nil
    }

    private mutating func changeTicket(_ change: (inout Conversation.Ticket) -> Void) {
        switch holder {
        case .queue(var ticket):
            change(&ticket)
            holder = .queue(ticket)
        case .agent(let agent, var ticket):
            change(&ticket)
            holder = .agent(agent, ticket)
        default: break
        }
    }

    private mutating func reply(_ said: BotReply, at moment: Timestamp) {
        hear(said.reply, at: moment)
        interrupted = said.reply.kind == .handoff ? unfinished : nil
        misses = said.missed ? misses + 1 : 0
        lastReply = Conversation.LastReply(seq: said.reply.seq, intent: said.reply.intent, wasPoor: said.missed)
        if case .slot(let slot, _, let choices)? = pending, !choices.isEmpty, said.asked != slot {
            offered = Conversation.Offered(slot: slot, choices: choices)
        }
        for slot in said.slots { fill(slot) }
        for mark in said.flows { move(mark, said.content) }
        if let asked = said.asked, let place = flows.lastIndex(where: { $0.mark.intent == said.reply.intent }) {
            flows[place].asked = asked
        }
        if let number = said.lookup, let intent = said.flow?.intent {
            pending = .lookup(number, intent: intent)
        } else if let asked = said.asked, let intent = said.reply.intent {
            pending = .slot(asked, intent: intent, choices: said.reply.choices)
        } else {
            pending = said.reply.choices.isEmpty ? nil : .choice(said.reply.choices, intents: said.offered)
        }
        guard said.reply.kind != .smalltalk, said.reply.kind != .handoff else { return }
        tried.append(Conversation.Attempt(kind: said.reply.kind, intent: said.reply.intent), keeping: 10)
    }

    private mutating func fill(_ slot: BotReply.Slot) {
        let value = slot.value.isEmpty ? nil : slot.value
        if let before = slots[slot.name], before != value { former[slot.name] = before }
        slots[slot.name] = value
    }

    private mutating func move(_ mark: FlowMark, _ content: String) {
        let before = flows.first { $0.mark.intent == mark.intent }
        flows.removeAll { $0.mark.intent == mark.intent }
        guard mark.step != nil else { return }
        let progress = Conversation.FlowProgress(
            mark: mark, content: content, since: before?.since ?? lastCustomerSeq, asked: before?.asked)
        flows = flows.suffix(2) + [progress]
    }

    private mutating func hear(_ reply: Reply, at moment: Timestamp) {
        append(Message(seq: reply.seq, at: moment, from: .bot, text: reply.text))
    }

    private mutating func append(_ message: Message) {
        recent.append(message, keeping: Conversation.recentCount)
        lastSeq = message.seq
    }

    private mutating func remember(_ tag: RequestTag, _ body: EventBody) {
        let answer: Conversation.AnsweredRequest.Answer
        switch body {
        case .customerSaid(let seq, _): answer = .delivered(seq)
        case .botReplied(let said):
            let seq = if case .delivered(let number) = answered[tag.id]?.answer { number } else { lastCustomerSeq }
            answer = .replied(seq, said.reply)
        case .agentSaid(let seq, _, _): answer = .numbered(seq)
        case .agentNoted(let seq, _, _) where answered[tag.id] == nil: answer = .numbered(seq)
        case .languageChosen(let language) where answered[tag.id] == nil: answer = .language(language)
        default:
            if answered[tag.id] != nil { return }
            answer = .done
        }
        answered[tag.id] = Conversation.AnsweredRequest(command: tag.command, answer: answer)
    }

    /// What is left after erasure: that there was a conversation, and when.
    private mutating func erase() {
        isErased = true
        token = ""
        name = nil
        contact = nil
        vouchedFor = nil
        recent = []
        lastCustomerText = nil
        slots = [:]
        former = [:]
        offered = nil
        verifiedOrders = []
        refusedProof = nil
        pending = nil
        flows = []
        interrupted = nil
        refusedRequests = [:]
        tried = []
        callbacks = []
        leads = []
        answered = [:]
        ratings = [:]
        holder = .closed
    }
}

extension EventBody {
    /// Whether somebody did something in the conversation; that somebody looked, or that time passed, keeps no conversation open.
    public var isActivity: Bool {
        switch self {
        case .conversationClosed, .conversationViewed, .conversationErased, .caseClosed, .caseExpired, .caseReminded:
            false
        default: true
        }
    }

    /// Whether it is a message that the customer sees.
    public var isVisibleMessage: Bool {
        switch self {
        case .customerSaid, .botReplied, .systemSaid, .agentSaid, .caseAnswered: true
        case .conversationOpened(_, _, _, _, _, let greeting): greeting != nil
        default: false
        }
    }

    /// Whether the customer waits from here on.
    public var beginsWait: Bool {
        switch self {
        case .handoffRequested, .handoffTransferred: true
        default: false
        }
    }
}
