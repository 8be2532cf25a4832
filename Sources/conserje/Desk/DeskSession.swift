import Content
import JSON

/// An agent's work in a terminal.
final class DeskSession: TerminalSession {
    static let quit = DeskRequest.quit

    let console: Console
    let link: Link<DeskRequest>
    let sentences: Sentences
    let name: String
    var result: ExitCode?
    var identifiers = CommandIdentifiers()
    /// The conversation that plain text goes to.
    var current: String? {
        didSet { console.prompt = awaitsToken ? console.prompt : prompt }
    }
    /// Conversations by the numbers of the last table.
    var waiting: [String] = []
    /// Offers that came before the first table, which lists most of them; nil once it was shown.
    var earlyOffers: [JSONValue]? = []
    /// Conversations that this agent holds, in the order of the table.
    var held: [String] = []
    /// Conversations that are followed silently.
    var watched: [String] = []
    /// The greatest number of a message that was shown, by conversation.
    var lastSeen: [String: Int] = [:]
    /// Customers' names by conversation.
    var customers: [String: String] = [:]
    /// The text that was not sent because the customer had written meanwhile.
    var draft: String?
    /// Whether offers are wanted; told again after a lost connection.
    var isReady = true
    private var token: String?
    private var awaitsToken = false
    var attachment = Attachment()

    init(console: Console, destination: Destination, sentences: Sentences, name: String, token: String?) {
        self.console = console
        self.sentences = sentences
        self.name = name
        self.token = token
        link = Link(to: destination)
    }

    func take(_ event: Link<DeskRequest>.Event) {
        switch event {
        case .connected(let role): connected(role: role)
        case .ok(let request, let value): succeeded(request, value)
        case .refused(let request, let refusal): refused(request, refusal)
        case .push(let type, let value): show(push: type, value)
        case .turnedAway(let refusal):
            attachment.wasTurnedAway = true
            console.tell(explanation(of: refusal))
        case .lost: lost()
        }
    }

    func take(_ input: Console.Input) {
        switch input {
        case .line(let line) where awaitsToken:
            awaitsToken = false
            console.hide(false)
            console.prompt = prompt
            token = line
            login()
        case .line(let line): take(line: line)
        case .edited: break
        case .end: end()
        case .interrupt: result = .success
        }
    }

    func tick(now: Int) -> Int? { farewell(now: now) }

    /// Ends politely: what was asked is still answered.
    func end() {
        attachment.isEnding = true
        if awaitsToken { result = .settings }
    }

    /// What a conversation is called on the screen.
    func label(_ conversation: String) -> String {
        TextStyle.harmless(customers[conversation] ?? String(conversation.prefix(12)))
    }

    private var prompt: String { current.map { label($0) + "> " } ?? "> " }

    private func connected(role: String) {
        guard role != "customer" else {
            console.tell(sentences(.deskWrongDoor, ["address": link.destination.description]))
            result = .usage
            return
        }
        login()
    }

    private func login() {
        link.sendOpening(ProtocolCommand("LOGIN", name, token ?? ""), for: .login)
    }

    private func succeeded(_ request: DeskRequest, _ value: JSONValue) {
        switch request {
        case .login: loggedIn(value)
        case .ready:
            isReady = true
            notice(.deskReady)
        case .away:
            isReady = false
            notice(.deskAway)
        case .queue(let purpose): show(queue: value, for: purpose)
        case .claim:
            guard let conversation = value["conversation"]?.string else { break }
            if !held.contains(conversation) { held.append(conversation) }
            current = conversation
            show(claimed: value, conversation)
        case .tell(let conversation, _):
            if let seq = value["seq"]?.integer { see(seq, in: conversation) }
        case .note: notice(.deskNoted)
        case .transfer(let conversation): letGo(conversation, .deskTransferred)
        case .handBack(let conversation): letGo(conversation, .deskReturned)
        case .resolve(let conversation): letGo(conversation, .deskResolved)
        case .watch(let conversation):
            if !watched.contains(conversation) { watched.append(conversation) }
            notice(.deskWatching, ["conversation": label(conversation)])
            show(transcript: value, of: conversation)
        case .unwatch(let conversation):
            watched.removeAll { $0 == conversation }
            notice(.deskUnwatched, ["conversation": label(conversation)])
        case .show(let conversation, let isCatchingUp):
            show(transcript: value, of: conversation, after: isCatchingUp ? lastSeen[conversation] ?? 0 : 0)
        case .suggest: show(suggestions: value)
        case .status: show(status: value)
        case .cases: show(cases: value)
        case .answer: notice(.deskAnswered)
        case .callbacks: show(callbacks: value)
        case .callback(let conversation):
            notice(.deskCallbackPromised, ["conversation": label(conversation)])
        case .leads: show(leads: value)
        case .quit: result = .success
        }
    }

    private func loggedIn(_ value: JSONValue) {
        let role = sentences.word("role", for: value["role"]?.string ?? "agent")
        let values = ["name": value["agent"]?.string ?? name, "role": role]
        let isFirst = !attachment.wasEverOpen
        if isFirst { console.print(TextStyle.harmless(sentences(.deskWelcome, values))) }
        if isReady { link.sendOpening(ProtocolCommand("READY"), for: .ready) }
        for conversation in watched {
            link.sendOpening(ProtocolCommand("WATCH", conversation), for: .watch(conversation))
        }
        link.sendOpening(ProtocolCommand("QUEUE"), for: .queue(isFirst ? .shown : .catchUp))
        attached()
    }

    private func refused(_ request: DeskRequest, _ refusal: Refusal) {
        switch request {
        case .login where console.isInteractive && ["bad_token", "bad_argument"].contains(refusal.code):
            if token != nil { console.tell(sentences(.deskBadToken)) }
            awaitsToken = true
            console.prompt = sentences(.deskTokenPrompt)
            console.hide(true)
            link.waitForPerson()
        case .login:
            let isAboutToken = ["bad_token", "bad_argument"].contains(refusal.code)
            console.tell(isAboutToken ? sentences(.deskTokenNeeded) : explanation(of: refusal))
            result = isAboutToken ? .settings : .unavailable
        case .tell(let conversation, let text) where refusal.code == "stale":
            draft = text
            for message in refusal.details["newer"]?.array ?? [] { show(message: message, of: conversation) }
            console.tell(sentences(.deskStale))
        case .tell(_, let text):
            draft = text
            console.tell(sentences(.deskNotSent) + " " + explanation(of: refusal, to: request))
        case .suggest where refusal.code == "unknown_command": console.tell(sentences(.deskNoSuggestions))
        case .quit: result = .success
        default: console.tell(explanation(of: refusal, to: request))
        }
    }

    /// A conversation is in other hands now.
    func letGo(_ conversation: String, _ sentence: SentenceKey, _ values: [String: String] = [:]) {
        notice(sentence, values.merging(["conversation": label(conversation)]) { first, _ in first })
        held.removeAll { $0 == conversation }
        if current == conversation { current = held.first }
    }

    /// Notes that a message was shown.
    func see(_ seq: Int, in conversation: String) {
        lastSeen[conversation] = max(lastSeen[conversation] ?? 0, seq)
    }

    private func lost() {
        if awaitsToken {
            awaitsToken = false
            console.hide(false)
            console.prompt = prompt
        }
        detached()
    }
}
