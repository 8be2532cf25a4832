extension Event {
    /// The event without what a person said or is: that it happened stays, and when.
    /// - Parameter kept: cases of which the claim and the answer stay too, since the law wants them kept.
    public func erased(keeping kept: Set<CaseKey>) -> Event {
        var event = self
        event.request = nil
        switch body {
        case .conversationOpened(let language, let channel, _, _, _, let greeting):
            var greeting = greeting
            greeting?.text = ""
            event.body = .conversationOpened(
                language: language, channel: channel, name: nil, contact: nil, token: "", greeting: greeting)
        case .customerSaid(let seq, _): event.body = .customerSaid(seq: seq, text: "")
        case .systemSaid(let seq, _): event.body = .systemSaid(seq: seq, text: "")
        case .agentSaid(let seq, let agent, _): event.body = .agentSaid(seq: seq, agent: agent, text: "")
        case .agentNoted(let seq, let agent, _): event.body = .agentNoted(seq: seq, agent: agent, text: "")
        case .botReplied(let said):
            var reply = said.reply
            reply.text = ""
            reply.choices = []
            reply.sources = []
            reply.told = nil
            event.body = .botReplied(
                BotReply(
                    reply: reply, content: said.content, missed: said.missed, offered: said.offered, asked: said.asked)
            )
        case .feedbackGiven(let kind, let score, _, let about):
            event.body = .feedbackGiven(kind: kind, score: score, comment: nil, about: about)
        case .identityVerified(let how, _, _):
            event.body = .identityVerified(how: how, customer: nil, order: nil)
        case .identityRefused: event.body = .identityRefused(proof: "")
        case .conversationResolved(let agent, _, let tags):
            event.body = .conversationResolved(agent: agent, outcome: nil, tags: tags)
        case .caseOpened(var opening):
            // The receipt says nothing that the text, kept for the case's sake, does not.
            (opening.receipt, opening.customer) = ("", nil)
            if !kept.contains(opening.key) { (opening.text, opening.order) = ("", nil) }
            event.body = .caseOpened(opening)
        case .caseAnswered(var answer):
            if !kept.contains(answer.key) { answer.text = "" }
            event.body = .caseAnswered(answer)
        case .requestRefused(let key, _): event.body = .requestRefused(key, text: "")
        // Nobody knows what stands in it.
        case .unknown(let type, _): event.body = .unknown(type: type, members: .object([]))
        case .callbackRequested(var request):
            (request.phone, request.text) = (nil, "")
            event.body = .callbackRequested(request)
        case .leadCaptured(let lead):
            event.body = .leadCaptured(
                Lead(
                    name: nil, phone: nil, email: nil, product: nil, text: "", team: lead.team, language: lead.language,
                    intent: lead.intent))
        default: break
        }
        return event
    }
}
