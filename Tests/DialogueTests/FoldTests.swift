import Dialogue
import Events
import Testing

@Suite("The fold of a conversation")
struct FoldTests {
    @Test("an opened conversation is the bot's, in its language, and the greeting is its first message")
    func opened() {
        let greeting = Reply(
            seq: 1, text: "Hola", kind: .smalltalk, intent: nil, confidence: 1, language: "es")
        let conversation = Shop.conversation([
            .conversationOpened(
                language: "en", channel: "web", name: nil, contact: nil, token: "t", greeting: greeting)
        ])
        #expect(conversation.holder == .bot && conversation.language == "en" && conversation.token == "t")
        #expect(conversation.lastSeq == 1 && conversation.recent.map(\.from) == [.bot])
        #expect(conversation.version == 1 && conversation.opened == conversation.lastActivity)
    }

    @Test("what the customer says is the last said, and brings a resolved or closed conversation back to the bot")
    func said() {
        for ending in [EventBody.conversationClosed, .conversationResolved(agent: "ana", outcome: nil, tags: [])] {
            let ended = Shop.conversation([Shop.opened, .customerSaid(seq: 1, text: "hola"), ending])
            #expect(ended.state == .closed || ended.state == .resolved)
            #expect(ended.isBots)
            let again = Shop.conversation([
                Shop.opened, .customerSaid(seq: 1, text: "hola"), ending, .customerSaid(seq: 2, text: "otra cosa"),
            ])
            #expect(again.holder == .bot && again.lastCustomerSeq == 2 && again.lastCustomerText == "otra cosa")
        }
    }

    @Test("a reply leaves its choices, what it asked for, its slots and the misses in a row")
    func replied() {
        let choices = [Choice(label: "Precio", say: "precio")]
        var conversation = Shop.conversation([
            Shop.opened,
            Shop.replied(1, kind: .clarify, choices: choices, missed: true, offered: ["price"]),
        ])
        #expect(conversation.pending == .choice(choices, intents: ["price"]))
        #expect(conversation.misses == 1 && conversation.lastReply?.wasPoor == true)
        conversation.evolve(
            Shop.event(
                3,
                Shop.replied(
                    2, kind: .ask, choices: choices, asked: "product", slots: [.init(name: "zone", value: "canarias")]))
        )
        #expect(conversation.pending == .slot("product", intent: "price", choices: choices))
        #expect(conversation.misses == 0 && conversation.slots == ["zone": "canarias"])
        #expect(conversation.tried.map(\.text) == ["clarify price", "ask price"])
        conversation.evolve(Shop.event(4, Shop.replied(3, kind: .smalltalk, intent: "thanks")))
        #expect(conversation.pending == nil && conversation.tried.count == 2)
    }

    @Test("a thumb down makes the reply that it means poor, and no other")
    func feedback() {
        let about = { (seq: Int) in EventBody.feedbackGiven(kind: "answer", score: 0, comment: nil, about: seq) }
        #expect(Shop.conversation([Shop.opened, Shop.replied(1), about(1)]).lastReply?.wasPoor == true)
        #expect(
            Shop.conversation([Shop.opened, Shop.replied(1), Shop.replied(2), about(1)]).lastReply?.wasPoor == false)
        let good = EventBody.feedbackGiven(kind: "answer", score: 1, comment: nil, about: 1)
        #expect(Shop.conversation([Shop.opened, Shop.replied(1), good]).lastReply?.wasPoor == false)
    }

    @Test("a handoff waits with its reason and team, is held by the agent who claims it, and goes back to the bot")
    func handoff() {
        var conversation = Shop.conversation([Shop.opened, Shop.replied(1, missed: true), Shop.requested()])
        #expect(conversation.state == .waiting && conversation.isWaiting && !conversation.isBots)
        #expect(conversation.ticket?.team == "ventas" && conversation.ticket?.priority == 2)
        #expect(conversation.misses == 0 && conversation.pending == nil)
        conversation.evolve(Shop.event(4, .handoffClaimed(agent: "ana", from: nil)))
        #expect(conversation.agent == "ana" && conversation.state == .withAgent)
        conversation.evolve(Shop.event(5, .agentSaid(seq: 2, agent: "ana", text: "Hola")))
        #expect(conversation.recent.last?.name == "ana")
        conversation.evolve(Shop.event(6, .handoffReturned(agent: "ana")))
        #expect(conversation.holder == .bot && conversation.ticket == nil && conversation.tried.isEmpty)
    }

    @Test("a message taken waits once somebody attends, and its clock starts then")
    func attended() {
        var conversation = Shop.conversation([Shop.opened, Shop.requested(attended: false)])
        #expect(conversation.state == .messageTaken)
        let requested = conversation.ticket?.requested
        conversation.evolve(Shop.event(9, .handoffAttended))
        #expect(conversation.state == .waiting && conversation.ticket?.requested == requested)
        #expect((conversation.ticket?.clock).map { $0 > requested ?? $0 } == true)
    }

    @Test("an agent who vanishes leaves it at the head with its wait, a transfer at the head of another team")
    func requeued() {
        let held = [Shop.opened, Shop.requested(), EventBody.handoffClaimed(agent: "ana", from: nil)]
        let before = Shop.conversation(held).ticket
        let vanished = Shop.conversation(held + [.handoffRequeued(agent: "ana")])
        #expect(vanished.isWaiting && vanished.ticket?.isReturned == true)
        #expect(vanished.ticket?.requested == before?.requested)
        let passed = Shop.conversation(held + [.handoffTransferred(agent: "ana", team: "general", to: "luis")])
        #expect(passed.isWaiting && passed.ticket?.team == "general" && passed.ticket?.addressee == "luis")
        let cancelled = Shop.conversation([Shop.opened, Shop.requested(), .handoffCancelled])
        #expect(cancelled.holder == .bot)
    }

    @Test("a conversation that is looked at, closed or erased was not active")
    func activity() {
        let quiet: [EventBody] = [
            .conversationViewed(by: "ana", how: "show"), .conversationClosed, .conversationErased,
        ]
        let before = Shop.conversation([Shop.opened]).lastActivity
        for body in quiet { #expect(Shop.conversation([Shop.opened, body]).lastActivity == before) }
        #expect(Shop.conversation([Shop.opened, .conversationClosed, .conversationResumed]).holder == .bot)
    }

    @Test("the first answer is kept under the command's @id, whatever events the command made")
    func answered() {
        let tag = RequestTag(id: "i", command: "c")
        func answer(_ bodies: EventBody...) -> Conversation.AnsweredRequest.Answer? {
            var conversation = Shop.conversation([Shop.opened])
            for (index, body) in bodies.enumerated() { conversation.evolve(Shop.event(index + 2, body, tag: tag)) }
            return conversation.answered["i"]?.answer
        }
        let reply = Reply(seq: 2, text: "Hola.", kind: .answer, intent: "price", confidence: 0.9, language: "es")
        #expect(answer(.customerSaid(seq: 1, text: "a")) == .delivered(1))
        #expect(
            answer(.customerSaid(seq: 1, text: "a"), .languageChosen(language: "en"), Shop.replied(2))
                == .replied(1, reply))
        #expect(answer(.agentSaid(seq: 1, agent: "ana", text: "a")) == .numbered(1))
        #expect(answer(.agentNoted(seq: 1, agent: "ana", text: "a")) == .numbered(1))
        #expect(answer(.handoffReturned(agent: "ana"), .agentNoted(seq: 1, agent: "ana", text: "a")) == .done)
        #expect(answer(.languageChosen(language: "en")) == .language("en"))
        #expect(answer(.feedbackGiven(kind: "csat", score: 3, comment: nil, about: nil)) == .done)
    }

    @Test("an erased conversation holds no word, no name and no token, and keeps its numbers")
    func erased() {
        let conversation = Shop.conversation(
            [
                Shop.opened, .customerSaid(seq: 1, text: "secreto"), Shop.replied(2, "secreto"), Shop.requested(),
                .conversationErased,
            ],
            tag: RequestTag(id: "i", command: "c"))
        #expect(conversation.isErased && conversation.holder == .closed && conversation.lastSeq == 2)
        #expect(conversation.token.isEmpty && conversation.name == nil && conversation.contact == nil)
        #expect(!"\(conversation)".contains("secreto"))
    }

    @Test("memory keeps the newest messages, and counts go on")
    func recent() {
        let said = (1...450).map { EventBody.customerSaid(seq: $0, text: "\($0)") }
        let conversation = Shop.conversation([Shop.opened] + said)
        #expect((Conversation.recentCount...(2 * Conversation.recentCount)).contains(conversation.recent.count))
        #expect(conversation.recent.last?.seq == 450 && conversation.lastSeq == 450)
        #expect(conversation.recent.map(\.seq) == Array((451 - conversation.recent.count)...450))
    }
}
