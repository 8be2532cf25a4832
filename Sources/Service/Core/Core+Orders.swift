import Content
import Dialogue
import Events
import Foundation
import LineServer
import Shop
import Wire
import Loop

/// Orders that are not the content's own: what their source told is remembered for a while, everything else is asked for
/// outside the decider.
struct OrderMemory {
    /// What was told of an order's number, and until when that holds.
    private var told: [String: (answer: OrderLookup, until: Timestamp)] = [:]
    /// Conversations that wait, each with the number.
    private(set) var waiting: [ConversationID: String] = [:]

    /// How long an order's state is taken to be what it was.
    private static let lasting = 120_000

    /// What is known of an order now.
    func answer(_ number: String, at now: Timestamp) -> OrderLookup {
        guard let known = told[number], known.until > now else { return .pending }
        return known.answer
    }

    /// A conversation waits for an order.
    /// - Returns: whether it has to be asked for; it has not where the conversation waits for it already.
    mutating func wait(_ id: ConversationID, for number: String) -> Bool {
        if waiting[id] == number { return false }
        waiting[id] = number
        return true
    }

    /// The source told something.
    mutating func tell(_ id: ConversationID, _ number: String, _ answer: OrderLookup, at now: Timestamp) {
        if waiting[id] == number { waiting[id] = nil }
        told = told.filter { $0.value.until > now }
        told[number] = (answer, Timestamp(milliseconds: now.milliseconds + Int64(Self.lasting)))
    }

    /// A failure is told once: the next who asks has the source asked again.
    mutating func forgetFailure(_ number: String) {
        if case .failed? = told[number]?.answer { told[number] = nil }
    }
}

extension Core {
    /// Whether somebody else knows the orders.
    private var asksShop: Bool { !keepsOrders && content.settings.orders != .file }

    /// What is known of an order where the content has none itself; nil where it has.
    var orderLookup: ((String) -> OrderLookup)? {
        guard asksShop else { return nil }
        return { number in self.orders.answer(number, at: self.now) }
    }

    /// The situation of a conversation that nobody has just written in.
    private func situation(for id: ConversationID) -> Situation {
        if let session = audience[id]?.first.flatMap({ sessions[$0] }) { return situation(session) }
        var situation = Situation(now: now, isOpen: atHours { $0.isOpen }) { self.desk.attends(team: $0, language: $1) }
        situation.supervisorAttends = { self.desk.supervisorAttends(team: $0, language: $1) }
        situation.newCaseKey = newCaseKey
        situation.openCases = { self.cases.open(where: $0) }
        situation.orders = orderLookup
        return situation
    }

    /// Whether an address may try once more to prove an order a customer's.
    func mayProve(from peer: PeerAddress) -> Bool {
        guard !peer.isLocal || content.settings.limitLoopback else { return true }
        return proofFailures.wait(peer.network, now: UInt64(now.milliseconds) * 1_000_000) == nil
    }

    /// Vain attempts count for the address, whatever conversation they are made in.
    func countRefusals(_ turn: Turn, from peer: PeerAddress) {
        guard !peer.isLocal || content.settings.limitLoopback else { return }
        for case .identityRefused in turn.events {
            _ = proofFailures.take(peer.network, now: UInt64(now.milliseconds) * 1_000_000)
        }
    }

    /// Has an order looked up that a turn waits for, and the shop asked for what it promises.
    func askShop(_ turn: Turn, in id: ConversationID) {
        guard asksShop else { return }
        for wish in turn.wishes { errands.append(.wish(id, wish)) }
        guard let number = turn.said.lookup, let intent = turn.said.flow?.intent, orders.wait(id, for: number)
        else { return }
        errands.append(.lookUp(id, number, intent: intent))
    }

    /// Goes on with a flow whose order is there, or can't be had: the customer reads it without having to ask again.
    func lookedUp(_ id: ConversationID, _ number: String, intent: String, _ answer: OrderLookup) {
        orders.tell(id, number, answer, at: now)
        defer { orders.forgetFailure(number) }
        guard let conversation = conversations[id] else { return }
        // Another flow may wait for the same order by now.
        var intent = intent
        if case .lookup(number, let waiting)? = conversation.pending { intent = waiting }
        guard var turn = content.goOn(intent, in: conversation, situation: situation(for: id)) else { return }
        let seq = conversation.lastSeq
        turn.said.reply.seq = seq + 1
        if let handoff = turn.handoff {
            describe(handoff, in: conversation, language: turn.language, &turn.said.reply)
        }
        turn.said.reply.spell()
        var change = change(of: id, request: nil)
        add(turn, to: &change)
        let after = commit(change)
        let promise = promise(of: turn)
        for connection in audience[id] ?? [] {
            push(to: connection, promise, in: id) { Answers.push(turn.said.reply, at: now, to: &$0) }
        }
        for connection in agents(following: after, except: nil) {
            guard let message = after.recent.last else { break }
            push(to: connection, promise, in: id) { Answers.push(message, of: id, to: &$0) }
        }
        if turn.handoff != nil { offer(after) }
        askShop(turn, in: id)
    }

    /// The shop does not do what was asked: the customer is told, and whoever answers the case sees it as such.
    private func refused(_ wish: OrderWish, _ reason: String, in conversation: Conversation) {
        func sentence(_ key: SentenceKey) -> String {
            content.sentence(
                key, conversation.language,
                ["key": .text(wish.key.description), "order": .text(wish.order), "text": .text(reason)]
            ).trimmingCharacters(in: .whitespaces)
        }
        let seq = conversation.lastSeq
        let after = commit(
            conversation.id,
            [
                .requestRefused(wish.key, text: reason),
                .agentNoted(seq: seq + 1, agent: ServerIdentity.name, text: sentence(.noteWishRefused)),
                .systemSaid(seq: seq + 2, text: sentence(.wishRefused)),
            ])
        publish(after, since: seq, except: nil, .written)
    }

    /// Tells those who have the case to answer what the shop makes of it; nil where it could not be asked.
    func wished(_ id: ConversationID, _ wish: OrderWish, _ outcome: OrderRequestOutcome?) {
        guard let conversation = conversations[id] else { return }
        let (key, more): (SentenceKey, String?)
        switch outcome {
        case .accepted(let reference): (key, more) = (.noteWishAccepted, reference)
        case .refused(let reason): return refused(wish, reason ?? "", in: conversation)
        case .recordedOnly: return
        case nil: (key, more) = (.noteWishFailed, nil)
        }
        let text = content.sentence(
            key, conversation.language, ["key": .text(wish.key.description), "text": .text(more ?? "")])
        let seq = conversation.lastSeq
        let note = EventBody.agentNoted(
            seq: seq + 1, agent: ServerIdentity.name, text: text.trimmingCharacters(in: .whitespaces))
        publish(commit(id, [note]), since: seq, except: nil, .written)
    }
}
