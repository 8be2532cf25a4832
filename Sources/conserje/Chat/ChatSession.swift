import Content
import JSON

/// A customer's conversation in a terminal.
final class ChatSession: TerminalSession {
    static let quit = ChatRequest.quit
    /// At most one `TYPING` in that many milliseconds.
    static let typingPause = 3_000
    /// How long, in milliseconds, an agent is shown as typing after the last word of it.
    static let typingShown = 6_000

    let console: Console
    let link: Link<ChatRequest>
    var sentences: Sentences
    var result: ExitCode?
    var identifiers = CommandIdentifiers()
    /// The token of `RESUME`, once there is a conversation.
    var resumeToken: String?
    /// The greatest number of a message that was shown or sent here.
    var lastSeen = 0
    /// Numbers of messages that stand on the screen.
    var shown: Set<Int> = []
    /// What the last reply offered.
    var choices: [Choice] = []
    /// The person who attends, nil for the bot.
    var agent: String?
    /// The kinds of rating that were asked for and not given yet; a number answers the first.
    var survey: [SurveyKind] = []
    /// The last line about the queue, so that it is not repeated.
    var queueLine = ""
    /// Whether `FORGET` was asked for and must be confirmed.
    var confirmsForget = false
    var attachment = Attachment()
    private var typedAt = 0
    private var typingEnds: Int?

    init(console: Console, destination: Destination, sentences: Sentences) {
        self.console = console
        self.sentences = sentences
        link = Link(to: destination)
    }

    func take(_ event: Link<ChatRequest>.Event) {
        switch event {
        case .connected(let role): connected(role: role)
        case .ok(let request, let value): succeeded(request, value)
        case .refused(let request, let refusal): refused(request, refusal)
        case .push(let type, let value): show(push: type, value)
        case .turnedAway(let refusal):
            attachment.wasTurnedAway = true
            console.tell(explanation(of: refusal))
        case .lost: detached()
        }
    }

    func tick(now: Int) -> Int? {
        if let typingEnds, now >= typingEnds { stopTyping() }
        return [typingEnds, farewell(now: now)].compactMap(\.self).min()
    }

    /// Ends politely: what was asked is still answered.
    func end() { attachment.isEnding = true }

    /// Tells an agent that the customer types, now and then.
    func tellTyping() {
        let now = TerminalLoop.clock()
        guard agent != nil, link.isOpen, now - typedAt >= Self.typingPause else { return }
        typedAt = now
        link.send(ProtocolCommand("TYPING"), for: .typing)
    }

    /// An agent types: before the line being typed on a terminal, otherwise a line the first time.
    func showTyping() {
        let name = agent ?? sentences(.chatAgent)
        if console.isInteractive {
            console.prompt = sentences(.chatTyping, ["name": name]) + " > "
        } else if typingEnds == nil {
            notice(.chatTyping, ["name": name])
        }
        typingEnds = TerminalLoop.clock() + Self.typingShown
    }

    /// The agent has written, or stopped.
    func stopTyping() {
        typingEnds = nil
        console.prompt = "> "
    }

    private func connected(role: String) {
        guard role != "agent" else {
            console.tell(sentences(.chatWrongDoor, ["address": link.destination.description]))
            result = .usage
            return
        }
        if let resumeToken {
            link.sendOpening(ProtocolCommand("RESUME", resumeToken, String(lastSeen)), for: .resume)
        } else {
            greet()
        }
    }

    private func greet() {
        let json = #"{"language":"\#(sentences.language)","channel":"terminal"}"#
        link.sendOpening(ProtocolCommand("HELLO", json), for: .hello)
    }

    private func succeeded(_ request: ChatRequest, _ value: JSONValue) {
        switch request {
        case .hello:
            resumeToken = value["resume"]?.string
            if !attachment.wasEverOpen, console.isInteractive {
                console.print(console.style(.dim, sentences(.chatWelcome)))
            }
            if let greeting = value["greeting"] { show(reply: greeting) }
            attached()
        case .resume:
            agent = value["state"]?.string == "with_agent" ? agent ?? sentences(.chatAgent) : nil
            attached()
        case .say, .human, .cancel:
            if let seq = value["seq"]?.integer {
                lastSeen = max(lastSeen, seq)
                shown.insert(seq)
            }
            if let reply = value["reply"] { show(reply: reply) }
        case .rate(let kind):
            notice(.chatRated)
            guard survey.contains(where: { $0.rawValue == kind }) else { break }
            survey.removeAll { $0.rawValue == kind }
            askNextQuestion()
        case .history: for message in value["messages"]?.array ?? [] { show(message: message) }
        case .language(let language):
            sentences = Sentences(language)
            notice(.chatLanguage)
        case .export(let path): show(export: value["export"] ?? value, path: path)
        case .forget:
            resumeToken = nil
            showForgotten(value)
        case .caseStatus: if let details = value["case"] { show(case: details) }
        case .typing: break
        case .quit: result = .success
        }
    }

    private func refused(_ request: ChatRequest, _ refusal: Refusal) {
        switch request {
        case .resume:
            console.tell(sentences(.chatLostConversation))
            resumeToken = nil
            lastSeen = 0
            shown = []
            agent = nil
            greet()
        case .hello:
            console.tell(explanation(of: refusal))
            result = .unavailable
        case .quit: result = .success
        case .typing: break
        case .say(let text):
            console.tell(sentences(.chatNotSent, ["text": text]) + " " + explanation(of: refusal, to: request))
        default: console.tell(explanation(of: refusal, to: request))
        }
    }
}

/// A button under a reply.
struct Choice: Equatable {
    /// What stands on it.
    let label: String
    /// What is said when its number is typed.
    let say: String
}
