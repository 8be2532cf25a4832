import Dialogue
import Events
import SeededRandom

/// One random conversation, watched for what the bot must never do.
struct Wandering {
    private static let turns = 24
    private let content: Interpreter
    private let speaker: Speaker
    private var random: SplitMix64
    private var visit: Visit
    /// What was said, for whoever reads a failure.
    private(set) var trail: [String] = []
    /// What the bot did that it must not.
    private(set) var violations: [String] = []
    /// Handoffs, by reason.
    private(set) var handoffs: [HandoffReason: Int] = [:]
    private var unsure = 0

    init(seed: UInt64, _ content: Interpreter, _ speaker: Speaker) {
        (self.content, self.speaker) = (content, speaker)
        random = SplitMix64(seed: seed)
        let language = content.languages.randomElement(using: &random) ?? content.defaultLanguage
        visit = Visit(content, language: language)
    }

    mutating func run() {
        for _ in 0..<Self.turns {
            setOrders()
            if visit.conversation.isBots { speak() } else { work() }
            interfere()
            if !violations.isEmpty { return }
        }
    }

    /// The orders' source answers, has to be asked, or gives no answer.
    private mutating func setOrders() {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: visit.orders = { _ in .pending }
        case 1: visit.orders = Int.random(in: 0..<4, using: &random) == 0 ? { _ in .failed } : nil
        default: visit.orders = nil
        }
    }

    private mutating func speak() {
        let before = visit.conversation
        let words = speaker.words(in: before, &random)
        guard !words.text.isEmpty else { return }
        trail.append("> \(words.text)")
        let turn = visit.say(words.text)
        record(turn)
        check(turn, after: before)
        if let given = words.given, turn.said.asked == given, !isRefused(turn) {
            violations.append("\(given) was given and is asked")
        }
        checkWayOut()
    }

    private func isRefused(_ turn: Turn) -> Bool {
        turn.said.reply.text.contains(content.sentence(.proofRefused, turn.language))
    }

    private mutating func record(_ turn: Turn) {
        let reply = turn.said.reply
        trail.append("< [\(reply.kind) \(reply.intent ?? "-") \(turn.said.asked ?? "")] \(reply.text.prefix(200))")
        if let reason = turn.handoff?.reason {
            handoffs[reason, default: 0] += 1
            trail.append("= queue: \(reason)")
        }
    }

    private mutating func check(_ turn: Turn, after before: Conversation) {
        let reply = turn.said.reply
        if reply.text.isEmpty, turn.handoff == nil { violations.append("the bot says nothing") }
        if turn.handoff == nil, before.recent.last(where: { $0.from == .bot })?.text == reply.text {
            violations.append("the same words twice running")
        }
        let isUnsure = turn.handoff == nil && (turn.said.missed || reply.kind == .fallback || reply.kind == .clarify)
        unsure = isUnsure ? unsure + 1 : 0
        if unsure > 2 { violations.append("unsure for the third time in a row") }
        if turn.handoff != nil, !visit.conversation.isWaiting { violations.append("handed over and not in the queue") }
    }

    /// From wherever the conversation stands, words lead to a person, and so does the button.
    private mutating func checkWayOut() {
        guard visit.conversation.isBots, let way = PersonTests.ways.randomElement(using: &random) else { return }
        var asking = visit
        if asking.say(way.text).handoff == nil || !asking.conversation.isWaiting {
            violations.append("no person for “\(way.text)”")
        }
    }

    /// While a person has the conversation, or is to have it.
    private mutating func work() {
        let kinds = content.bundle.intents.map(\.id)
        if let late = kinds.compactMap({ visit.goOn($0) }).first {
            record(late)
            violations.append("the bot speaks while a person has the conversation")
        }
        let isHeld = !visit.conversation.isWaiting
        trail.append(isHeld ? "@ the agent" : "@ the queue")
        switch Int.random(in: 0..<4, using: &random) {
        case 0: visit.take(isHeld ? .handoffReturned(agent: "ana") : .handoffCancelled)
        case 1:
            visit.take(
                isHeld
                    ? .conversationResolved(agent: "ana", outcome: nil, tags: [])
                    : .handoffClaimed(agent: "ana", from: nil))
        case 2: visit.take(isHeld ? .handoffRequeued(agent: "ana") : .handoffClaimed(agent: "ana", from: nil))
        default:
            let words = speaker.words(in: visit.conversation, &random)
            visit.take(.customerSaid(seq: visit.conversation.lastSeq + 1, text: words.text))
        }
        unsure = 0
    }

    /// What happens between two messages: an order comes, a thumb goes down, the customer comes back.
    private mutating func interfere() {
        guard visit.conversation.isBots else { return }
        if case .lookup(_, let intent)? = visit.conversation.pending, Bool.random(using: &random) {
            visit.orders = Int.random(in: 0..<4, using: &random) == 0 ? { _ in .failed } : nil
            let before = visit.conversation
            if let turn = visit.goOn(intent) {
                record(turn)
                check(turn, after: before)
            }
            return
        }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: visit.take(.languageChosen(language: content.languages.randomElement(using: &random) ?? ""))
        case 1:
            visit.take(.conversationClosed)
            visit.take(.conversationResumed)
        case 2:
            if let seq = visit.conversation.lastReply?.seq {
                visit.take(.feedbackGiven(kind: "answer", score: 0, comment: nil, about: seq))
            }
        default: break
        }
    }
}
