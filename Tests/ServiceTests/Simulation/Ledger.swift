import Events

/// The promises' own book: what the log says happened, kept by rules that are simpler than the service's and share no
/// code with it.
struct Ledger {
    enum Holder: Equatable {
        case bot, queue
        case agent(String)
    }

    struct Entry {
        var holder = Holder.bot
        var lastMessage = 0
        var version = 0
        var isErased = false
        /// Numbers of the messages that the customer may see.
        var visible: [Int] = []
        var claims: [String] = []
    }

    private(set) var conversations: [ConversationID: Entry] = [:]
    /// Where each word stands: every time it stands there.
    private(set) var words: [String: [ConversationID]] = [:]
    /// The commands that were done under each `@id` of a stream.
    private(set) var commands: [Tag: Set<UInt64>] = [:]
    /// The position of the last event of the command under an `@id`, or of the event that holds a word.
    private(set) var positions: [String: Int] = [:]
    private(set) var groupSizes: [UInt64: Int] = [:]
    private(set) var ids: [EventID] = []
    private(set) var cases: [CaseKey: LedgerCase] = [:]
    /// Words that opened a case or answer one, and the case.
    private(set) var caseWords: [String: CaseKey] = [:]
    /// What is not as it was promised.
    private(set) var violations: [String] = []

    struct Tag: Hashable {
        let stream: StreamID
        let id: String
    }

    struct LedgerCase {
        let conversation: ConversationID
        let kind: CaseKind
        var state = CaseState.open
        var reminders: Set<CaseReminder> = []
    }

    func openCases() -> [CaseKey] {
        cases.filter { $0.value.state == .open && conversations[$0.value.conversation]?.isErased == false }.map(\.key)
            .sorted { $0.bits < $1.bits }
    }

    func waiting() -> [ConversationID] { conversations.filter { $0.value.holder == .queue }.map(\.key).sorted() }

    func held(by name: String) -> [ConversationID] {
        conversations.filter { $0.value.holder == .agent(name) }.map(\.key).sorted()
    }

    mutating func add(_ event: Event, at position: Int) {
        if position != ids.count + 1 { violations.append("position \(position) after \(ids.count)") }
        ids.append(event.id)
        groupSizes[event.id.command, default: 0] += 1
        if let request = event.request {
            commands[Tag(stream: event.stream, id: request.id), default: []].insert(event.id.command)
            positions[request.id] = position
        }
        guard case .conversation(let id) = event.stream else { return }
        var entry = conversations[id] ?? Entry()
        if event.version != entry.version + 1 {
            violations.append("\(id): version \(event.version) after \(entry.version)")
        }
        if entry.isErased { violations.append("\(id): \(event.body.type) after it was erased") }
        entry.version = event.version
        let before = entry.holder
        if !follow(event.body, &entry) {
            violations.append("\(id): \(event.body.type) while \(before) holds it")
        }
        note(event.body, id, &entry)
        noteCase(event.body, id)
        conversations[id] = entry
    }

    /// Moves the holder; false where the event may not happen in its hands.
    private func follow(_ body: EventBody, _ entry: inout Entry) -> Bool {
        let holder = entry.holder
        switch body {
        case .botReplied, .conversationClosed, .conversationResumed: return holder == .bot
        case .handoffRequested:
            entry.holder = .queue
            return holder == .bot
        case .handoffAttended: return holder == .queue
        case .handoffCancelled:
            entry.holder = .bot
            return holder == .queue
        case .handoffClaimed(let agent, let from):
            entry.holder = .agent(agent)
            entry.claims.append(agent)
            return from.map { holder == .agent($0) && $0 != agent } ?? (holder == .queue || holder == .bot)
        case .agentSaid(_, let agent, _): return holder == .agent(agent)
        case .handoffTransferred(let agent, _, _):
            entry.holder = .queue
            return holder == .agent(agent) || agent == "jefa" && holder != .bot
        case .handoffRequeued(let agent):
            entry.holder = .queue
            return holder == .agent(agent)
        case .handoffReturned(let agent), .conversationResolved(let agent, _, _):
            entry.holder = .bot
            return holder == .agent(agent) || agent == "jefa" && holder != .bot
        case .conversationErased:
            entry.holder = .bot
            entry.isErased = true
            return true
        default: return true
        }
    }

    /// A case is opened once, answered once, and closed after that; of its deadline is told once before and once after.
    private mutating func noteCase(_ body: EventBody, _ id: ConversationID) {
        func isIn(_ key: CaseKey, _ state: CaseState) -> Bool {
            cases[key]?.conversation == id && cases[key]?.state == state
        }
        switch body {
        case .caseOpened(let opening):
            if cases[opening.key] != nil { violations.append("\(opening.key) was opened twice") }
            cases[opening.key] = LedgerCase(conversation: id, kind: opening.kind)
            note(caseWords: opening.text, opening.key)
        case .caseAnswered(let answer):
            if !isIn(answer.key, .open) { violations.append("\(answer.key) was answered and was not open") }
            cases[answer.key]?.state = .answered
            note(caseWords: answer.text, answer.key)
        case .caseClosed(let key):
            if !isIn(key, .answered) { violations.append("\(key) was closed and was not answered") }
            cases[key]?.state = .closed
        case .caseReminded(let key, let what):
            if !isIn(key, .open) || cases[key]?.reminders.insert(what).inserted != true {
                violations.append("\(key) was reminded of, \(what), and should not have been")
            }
        default: break
        }
    }

    private mutating func note(caseWords text: String, _ key: CaseKey) {
        for word in text.split(whereSeparator: \.isWhitespace) where word.hasPrefix("zq") {
            caseWords[String(word)] = key
        }
    }

    private mutating func note(_ body: EventBody, _ id: ConversationID, _ entry: inout Entry) {
        var message: (seq: Int, text: String, isNote: Bool)?
        switch body {
        case .conversationOpened(_, _, let name, _, _, let greeting):
            if let greeting { message = (greeting.seq, "", false) }
            note(words: name ?? "", id)
        case .customerSaid(let seq, let text), .systemSaid(let seq, let text): message = (seq, text, false)
        case .botReplied(let said): message = (said.reply.seq, "", false)
        case .agentSaid(let seq, _, let text): message = (seq, text, false)
        case .agentNoted(let seq, _, let text): message = (seq, text, true)
        case .caseAnswered(let answer): message = (answer.seq, answer.text, false)
        case .feedbackGiven(_, _, let comment, _): note(words: comment ?? "", id)
        case .callbackRequested(let request): if request.agent != nil { note(words: request.text, id) }
        default: break
        }
        guard let message else { return }
        if message.seq != entry.lastMessage + 1 {
            violations.append("\(id): message \(message.seq) after \(entry.lastMessage)")
        }
        entry.lastMessage = message.seq
        if !message.isNote { entry.visible.append(message.seq) }
        note(words: message.text, id)
    }

    private mutating func note(words text: String, _ id: ConversationID) {
        for word in text.split(whereSeparator: \.isWhitespace) where word.hasPrefix("zq") {
            positions[String(word)] = ids.count
            words[String(word), default: []].append(id)
        }
    }
}

extension ConversationID: Comparable {
    /// An order that is the same in every process.
    public static func < (left: ConversationID, right: ConversationID) -> Bool { left.bits < right.bits }
}
