import Content
import Dialogue
import Events
import JSON
import SeededRandom
import Shop

@testable import Service

/// One random customer at the service's core, among agents who come and go and a shop that answers late, wrongly or not
/// at all, watched for what must never be.
struct Bustle {
    private static let steps = 40
    private static let morning = Timestamp(milliseconds: 1_795_514_400_000)
    private static let customer = "clara"
    private static let agents = ["ana", "marta"]

    private let content: Interpreter
    private let speaker: Speaker
    private let hall: Hall
    private var random: SplitMix64
    private var token: String?
    private var keys: [String] = []
    private var unsure = 0
    /// How many events of the conversation were looked at, and who held it behind them.
    private var seen: (id: ConversationID?, count: Int, conversation: Conversation?) = (nil, 0, nil)
    /// What was done, for whoever reads a failure.
    private(set) var trail: [String] = []
    private(set) var violations: [String] = []
    /// How often each command was answered well, for whoever asks whether all of them came.
    private(set) var done: [String: Int] = [:]

    init(seed: UInt64, _ content: Interpreter, _ speaker: Speaker) throws {
        (self.content, self.speaker) = (content, speaker)
        random = SplitMix64(seed: seed)
        hall = try Hall(content, now: Self.morning, random: SplitMix64(seed: seed &+ 1))
    }

    mutating func run() {
        for _ in 0..<Self.steps {
            if !hall.isThere(Self.customer) { comeBack() }
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<9: speak()
            case 9..<11: press()
            case 11..<16: work()
            case 16..<18: if hall.questions.isEmpty { speak() } else { shopAnswers() }
            default: somethingHappens()
            }
            look()
            if !violations.isEmpty { return }
        }
        checkWayOut()
    }

    // MARK: - The customer

    @discardableResult
    private mutating func say(_ line: String, as name: String = customer) -> JSONValue? {
        let answer = hall.say(line, as: name)
        trail.append("\(name)> \(line)")
        guard let answer else {
            violations.append("no answer to \(line.prefix { $0 != " " })")
            return nil
        }
        trail.append("< \(String(describing: answer["reply"]?["text"] ?? answer["code"] ?? .null).prefix(160))")
        let verb = String(line.prefix { $0 != " " })
        if answer["code"] == nil { done[verb, default: 0] += 1 }
        token = answer["resume"]?.string ?? token
        if let key = answer["reply"]?["case"]?["key"]?.string, !keys.contains(key) { keys.append(key) }
        return answer
    }

    private mutating func comeBack() {
        hall.connect(Self.customer, .customer)
        guard let token, Int.random(in: 0..<4, using: &random) > 0 else { return }
        if say("RESUME \(token)")?["code"] != nil { self.token = nil }
    }

    private mutating func speak() {
        let before = hall.conversation(of: Self.customer)
        let words = words(in: before)
        guard !words.text.isEmpty, let answer = say("SAY \(words.text)") else { return }
        guard answer["code"] == nil else { return violations.append("\(answer["code"] ?? .null) to SAY") }
        guard let reply = answer["reply"] else {
            if before?.isBots != false { violations.append("delivered to nobody") }
            return
        }
        if before?.isBots == false { violations.append("the bot answers while a person has the conversation") }
        check(reply, given: words.given)
    }

    /// The next words: about an order now and then, and mostly a yes where one is asked for, so that the shop has work.
    private mutating func words(in conversation: Conversation?) -> Speaker.Words {
        if case .slot("agreement", _, _)? = conversation?.pending, Bool.random(using: &random) {
            return Speaker.Words(text: conversation?.language == "en" ? "yes" : "sí", given: "agreement")
        }
        if Int.random(in: 0..<6, using: &random) == 0 { return aboutOrder() }
        return speaker.words(in: conversation ?? Conversation(id: ConversationID(bits: 1)), &random)
    }

    /// What has the shop asked about an order, with its proof or without.
    private mutating func aboutOrder() -> Speaker.Words {
        let wishes = [
            "¿dónde está mi pedido?", "¿cómo va mi pedido?", "quiero cancelar mi pedido", "quiero devolver mi pedido",
            "where is my order?", "I want to cancel my order", "I want to return my order",
        ]
        let wish = wishes.randomElement(using: &random) ?? ""
        let order = content.bundle.orders.suffix(90).randomElement(using: &random)
        let proof = Bool.random(using: &random) ? order?.email ?? "" : order?.postcode ?? ""
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return Speaker.Words(text: wish)
        case 1: return Speaker.Words(text: "\(wish) \(order?.number ?? "")")
        default: return Speaker.Words(text: "\(wish) \(order?.number ?? ""), \(proof)")
        }
    }

    /// What the bot says is never empty, never for the third time in a row unsure, and asks for nothing that was given.
    private mutating func check(_ reply: JSONValue, given: String?) {
        let kind = reply["kind"]?.string
        if reply["text"]?.string?.isEmpty != false { violations.append("the bot says nothing") }
        let misses = hall.conversation(of: Self.customer)?.misses ?? 0
        unsure = misses > 0 || kind == "fallback" || kind == "clarify" ? unsure + 1 : 0
        if unsure > 2 { violations.append("unsure for the third time in a row") }
        let asked = if case .slot(let slot, _, _)? = hall.conversation(of: Self.customer)?.pending { slot } else { "" }
        let refusal = content.sentence(.proofRefused, reply["language"]?.string ?? "")
        if let given, given == asked, reply["text"]?.string?.contains(refusal) != true {
            violations.append("\(given) was given and is asked")
        }
    }

    /// The buttons.
    private mutating func press() {
        let conversation = hall.conversation(of: Self.customer)
        let isThere = conversation != nil
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3:
            let answer = say("HUMAN")
            unsure = 0
            let isHeard = answer?["reply"]?["handoff"] != nil || answer?["delivered"] == .bool(true)
            if !isHeard { violations.append("HUMAN brings nobody: \(String(describing: answer))") }
        case 3:
            let isHeld = conversation?.agent != nil
            let code = say("CANCEL")?["code"]?.string
            unsure = 0
            if isThere, (code == "not_allowed") != isHeld { violations.append("CANCEL: \(code ?? "OK")") }
        case 4, 5:
            let kinds = ["csat 5", "nps 0", "ces 7", "answer 0", "answer 1"]
            let rating = kinds.randomElement(using: &random) ?? ""
            let code = say("RATE \(rating)")?["code"]?.string
            if isThere, !rating.hasPrefix("answer"), code != nil {
                violations.append("RATE \(rating): \(code ?? "OK")")
            }
        case 6:
            guard let key = keys.randomElement(using: &random) else { return }
            let answer = say("CASE \(key)")
            let state = answer?["case"]?["state"]?.string
            if state == nil, answer?["code"] != .string("no_such_case") {
                violations.append("CASE: \(answer ?? .null)")
            }
        case 7:
            say("LANGUAGE \(Bool.random(using: &random) ? "es" : "en")")
        case 8 where isThere:
            say(Bool.random(using: &random) ? "EXPORT" : "HISTORY")
        default:
            guard isThere, Int.random(in: 0..<3, using: &random) == 0 else { return }
            forget()
        }
    }

    private mutating func forget() {
        guard let id = hall.conversation(of: Self.customer)?.id else { return }
        say("FORGET")
        (token, unsure) = (nil, 0)
        let left = hall.events(of: id).contains { event in
            if case .customerSaid(_, let text) = event.body { !text.isEmpty } else { false }
        }
        if left { violations.append("words are left after FORGET") }
        if hall.core.desk.queue[id] != nil { violations.append("a forgotten conversation waits") }
        if hall.conversation(of: Self.customer) != nil { violations.append("a forgotten conversation goes on") }
    }

    // MARK: - The agents

    private mutating func work() {
        guard let name = Self.agents.randomElement(using: &random) else { return }
        guard hall.isThere(name) else {
            hall.connect(name, .agent)
            say("LOGIN \(name)", as: name)
            if Bool.random(using: &random) { say("READY", as: name) }
            return
        }
        let id = seen.id.map(\.description) ?? "0"
        let isOwn = seen.conversation?.agent == name
        let isWaiting = seen.conversation?.isWaiting == true
        let likely =
            isOwn
            ? ["TELL \(id) un momento", "RETURN \(id)", "RESOLVE \(id) hecho #web", "TRANSFER \(id) ventas", "vanish"]
            : isWaiting ? ["CLAIM", "CLAIM \(id)"] : []
        let any = [
            "CLAIM", "CLAIM", "CLAIM \(id)", "CLAIM \(id)", "TELL \(id) un momento", "NOTE \(id) ojo", "RETURN \(id)",
            "TRANSFER \(id) ventas", "TRANSFER \(id) ana", "RESOLVE \(id) hecho #web", "RESOLVE \(id)", "TAKE \(id)",
            "SHOW \(id)", "WATCH \(id)", "UNWATCH \(id)", "READY", "AWAY", "QUEUE", "CASES", "STATUS", "LOGOUT",
            "ANSWER \(keys.last ?? "x") #refused no puede ser", "vanish",
        ]
        let isLikely = !likely.isEmpty && Int.random(in: 0..<4, using: &random) > 0
        let verb = (isLikely ? likely : any).randomElement(using: &random) ?? ""
        if verb == "vanish" {
            trail.append("@ \(name) vanishes")
            if hall.core.desk.holdingAgents.contains(name) { done["vanished", default: 0] += 1 }
            return hall.leave(name)
        }
        say(verb, as: name)
        if verb == "LOGOUT" { hall.leave(name) }
        unsure = 0
    }

    // MARK: - What happens by itself

    private mutating func shopAnswers() {
        guard let place = hall.questions.indices.randomElement(using: &random) else { return }
        let order: OrderLookup
        switch hall.questions[place] {
        case .order(_, let number, _):
            let known: OrderLookup = .found(content.bundle.order(number))
            order = Int.random(in: 0..<4, using: &random) == 0 ? .failed : known
        case .wish: order = .failed
        }
        let outcomes: [OrderRequestOutcome?] = [
            .accepted(reference: "R-1"), .accepted(reference: nil), .refused(reason: "Ya salió."), .recordedOnly, nil,
        ]
        let kind = if case .order = hall.questions[place] { "order" } else { "wish" }
        done["shop: \(kind)", default: 0] += 1
        trail.append("@ the shop answers: \(kind)")
        let (asked, before) = (hall.questions[place], hall.conversation(of: Self.customer))
        hall.answer(place, order: order, wish: outcomes.randomElement(using: &random) ?? nil)
        guard case .order(before?.id, let number, _) = asked, before?.isBots == true,
            case .lookup(number, _)? = before?.pending,
            case .lookup(number, _)? = hall.conversation(of: Self.customer)?.pending
        else { return }
        violations.append("the shop has answered, and the customer goes on waiting")
    }

    private mutating func somethingHappens() {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: hall.pass(26 * 3_600)
        case 1: hall.reload()
        case 2:
            trail.append("@ the connection breaks")
            hall.leave(Self.customer)
        case 3:
            say("QUIT")
            hall.leave(Self.customer)
        default: hall.pass([1, 5, 31, 200, 4_000].randomElement(using: &random) ?? 1)
        }
    }

    // MARK: - What must be so

    /// Looks at what the log got since, and at where the conversation stands.
    private mutating func look() {
        guard let id = hall.conversation(of: Self.customer)?.id ?? seen.id else { return }
        if id != seen.id { seen = (id, 0, Conversation(id: id)) }
        let events = hall.events(of: id, after: seen.count)
        guard var conversation = seen.conversation else { return }
        for event in events {
            if case .botReplied = event.body, !conversation.isBots {
                violations.append("the bot speaks while \(conversation.state) holds it")
            }
            conversation.evolve(event)
        }
        seen = (id, seen.count + events.count, conversation)
        checkPlace(of: conversation)
    }

    /// Who asked for a person is in the queue or with an agent, in exactly one of them, and who did not is in neither.
    private mutating func checkPlace(of conversation: Conversation) {
        let isQueued = hall.core.desk.queue[conversation.id] != nil
        let holders = hall.core.desk.holdingAgents.filter { name in
            hall.core.desk.conversations(of: name).contains(conversation.id)
        }
        if isQueued != conversation.isWaiting { violations.append("the queue and the log do not agree") }
        if holders != (conversation.agent.map { [$0] } ?? []) { violations.append("held by \(holders), not as stored") }
        guard let there = hall.conversation(of: Self.customer) else { return }
        if there.state != conversation.state {
            violations.append("\(there.state) in memory, \(conversation.state) stored")
        }
        // A pending look-up is under way, or the next word has it asked for again.
        guard case .lookup(let number, _)? = there.pending, there.isBots else { return }
        let isAsked = hall.questions.contains { question in
            if case .order(_, number, _) = question { true } else { false }
        }
        if hall.core.orders.waiting[there.id] == number, !isAsked {
            violations.append("waits for what nobody looks up")
        }
    }

    /// Once the shop has answered all, words bring an answer, and the button a person.
    private mutating func checkWayOut() {
        if !hall.isThere(Self.customer) { comeBack() }
        while let place = hall.questions.indices.first {
            hall.answer(place, order: .failed, wish: nil)
            look()
        }
        let answer = say("SAY quiero hablar con una persona")
        let waits = answer?["reply"]?["handoff"] != nil || answer?["delivered"] == .bool(true)
        if !waits { violations.append("no person at the end: \(String(describing: answer?["reply"]?["kind"]))") }
        look()
        guard let conversation = hall.conversation(of: Self.customer) else { return }
        if conversation.isBots { violations.append("asked for a person and is not in the queue") }
    }
}
