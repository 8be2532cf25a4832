import JSON

/// Why a line of the log is no event.
public enum EventError: Error, Equatable, Sendable {
    /// A member that every event has, or that this type needs, is missing or of another type.
    case missing(member: String, type: String)
}

extension Event {
    /// Writes the event's members in the order in which they stand in the log, without braces.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.name("at")
        writer.value(at)
        writer.name("type")
        body.writeType(to: &writer)
        writer.name("stream")
        stream.write(to: &writer)
        writer.name("version")
        writer.value(version)
        writer.name("id")
        id.write(to: &writer)
        if let request {
            writer.name("request")
            writer.beginObject()
            writer.name("id")
            writer.value(request.id)
            writer.name("command")
            writer.value(request.command)
            writer.endObject()
        }
        body.writeMembers(to: &writer)
    }

    /// Reads an event back from the members of its line.
    public init(_ json: JSONValue) throws(EventError) {
        let type = json["type"]?.string ?? ""
        func need<Value>(_ member: String, _ value: Value?) throws(EventError) -> Value {
            guard let value else { throw .missing(member: member, type: type) }
            return value
        }
        stream = try need("stream", json["stream"]?.string.flatMap(StreamID.init))
        version = try need("version", json["version"]?.integer)
        id = try need("id", json["id"]?.string.flatMap(EventID.init))
        at = try need("at", json["at"]?.string.flatMap(Timestamp.init))
        if let tag = json["request"], let id = tag["id"]?.string, let command = tag["command"]?.string {
            request = RequestTag(id: id, command: command)
        }
        body = try EventBody(type: try need("type", json["type"]?.string), json)
    }
}

extension EventBody {
    /// The type's name in the log.
    public var type: String {
        switch self {
        case .conversationOpened: "conversation.opened"
        case .customerSaid: "customer.said"
        case .botReplied: "bot.replied"
        case .systemSaid: "system.said"
        case .handoffRequested: "handoff.requested"
        case .handoffAttended: "handoff.attended"
        case .handoffCancelled: "handoff.cancelled"
        case .handoffClaimed: "handoff.claimed"
        case .agentSaid: "agent.said"
        case .agentNoted: "agent.noted"
        case .handoffTransferred: "handoff.transferred"
        case .handoffRequeued: "handoff.requeued"
        case .handoffReturned: "handoff.returned"
        case .conversationResolved: "conversation.resolved"
        case .conversationClosed: "conversation.closed"
        case .conversationResumed: "conversation.resumed"
        case .conversationViewed: "conversation.viewed"
        case .languageChosen: "conversation.language"
        case .identityVerified: "identity.verified"
        case .identityRefused: "identity.refused"
        case .feedbackGiven: "feedback.given"
        case .conversationErased: "conversation.erased"
        case .caseOpened: "case.opened"
        case .caseAnswered: "case.answered"
        case .requestRefused: "request.refused"
        case .caseClosed: "case.closed"
        case .caseExpired: "case.expired"
        case .caseReminded: "case.reminded"
        case .callbackRequested: "callback.requested"
        case .callbackCancelled: "callback.cancelled"
        case .leadCaptured: "lead.captured"
        case .agentReady: "agent.ready"
        case .agentAway: "agent.away"
        case .contentLoaded: "content.loaded"
        case .unknown(let type, _): type
        }
    }

    func writeType(to writer: inout JSONWriter) {
        switch self {
        case .customerSaid: writer.value("customer.said" as StaticString)
        case .botReplied: writer.value("bot.replied" as StaticString)
        default: writer.value(type)
        }
    }

    func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .conversationOpened(let language, let channel, let name, let contact, let token, let greeting):
            writer.member("language", language)
            writer.member("channel", channel)
            writer.member("name", name)
            writer.member("contact", contact)
            writer.member("token", token)
            if let greeting {
                writer.name("greeting")
                greeting.write(to: &writer)
            }
        case .customerSaid(let seq, let text), .systemSaid(let seq, let text):
            writer.member("message", seq)
            writer.member("text", text)
        case .botReplied(let said): said.writeMembers(to: &writer)
        case .handoffRequested(let request): request.writeMembers(to: &writer)
        case .handoffClaimed(let agent, let from):
            writer.member("agent", agent)
            writer.member("from", from)
        case .agentSaid(let seq, let agent, let text), .agentNoted(let seq, let agent, let text):
            writer.member("message", seq)
            writer.member("agent", agent)
            writer.member("text", text)
        case .handoffTransferred(let agent, let team, let to):
            writer.member("agent", agent)
            writer.member("team", team)
            writer.member("to", to)
        case .handoffRequeued(let agent), .handoffReturned(let agent): writer.member("agent", agent)
        case .conversationResolved(let agent, let outcome, let tags):
            writer.member("agent", agent)
            writer.member("outcome", outcome)
            writer.member("tags", tags)
        case .conversationViewed(let who, let how):
            writer.member("by", who)
            writer.member("how", how)
        case .languageChosen(let language): writer.member("language", language)
        case .identityVerified(let how, let customer, let order):
            writer.member("how", how)
            writer.member("customer", customer)
            writer.member("order", order)
        case .identityRefused(let proof): writer.member("proof", proof)
        case .feedbackGiven(let kind, let score, let comment, let about):
            writer.member("kind", kind)
            writer.member("score", score)
            writer.member("comment", comment)
            writer.member("about", about)
        case .caseOpened(let opening): opening.writeMembers(to: &writer)
        case .caseAnswered(let answer): answer.writeMembers(to: &writer)
        case .requestRefused(let key, let text):
            writer.member("key", key.description)
            writer.member("text", text)
        case .caseClosed(let key), .caseExpired(let key): writer.member("key", key.description)
        case .caseReminded(let key, let what):
            writer.member("key", key.description)
            writer.member("reminder", what.rawValue)
        case .callbackRequested(let request): request.writeMembers(to: &writer)
        case .leadCaptured(let lead): lead.writeMembers(to: &writer)
        case .agentReady(let capacity): writer.member("capacity", capacity)
        case .contentLoaded(let version, let intents, let sections):
            writer.member("content", version)
            writer.member("intents", intents)
            writer.member("sections", sections)
        case .handoffAttended, .handoffCancelled, .callbackCancelled, .conversationClosed, .conversationResumed,
            .conversationErased,
            .agentAway:
            break
        case .unknown(_, let members):
            for member in members.members ?? [] where !Self.envelope.contains(member.name) {
                writer.name(dynamic: member.name)
                writer.value(member.value)
            }
        }
    }

    /// Members of every line, which an unknown event's own don't include.
    private static let envelope: Set<String> = [
        "seq", "at", "type", "stream", "version", "id", "request", "more", "crc",
    ]

    init(type: String, _ json: JSONValue) throws(EventError) {
        let members = EventMembers(type: type, json: json)
        switch type {
        case "conversation.opened":
            self = .conversationOpened(
                language: try members.text("language"), channel: json["channel"]?.string, name: json["name"]?.string,
                contact: json["contact"]?.string, token: try members.text("token"),
                greeting: json["greeting"].flatMap(Reply.init))
        case "customer.said": self = .customerSaid(seq: try members.number("message"), text: try members.text("text"))
        case "system.said": self = .systemSaid(seq: try members.number("message"), text: try members.text("text"))
        case "bot.replied": self = .botReplied(try BotReply(members))
        case "handoff.requested": self = .handoffRequested(try HandoffRequest(members))
        case "handoff.attended": self = .handoffAttended
        case "handoff.cancelled": self = .handoffCancelled
        case "handoff.claimed":
            self = .handoffClaimed(agent: try members.text("agent"), from: json["from"]?.string)
        case "agent.said":
            self = .agentSaid(
                seq: try members.number("message"), agent: try members.text("agent"), text: try members.text("text"))
        case "agent.noted":
            self = .agentNoted(
                seq: try members.number("message"), agent: try members.text("agent"), text: try members.text("text"))
        case "handoff.transferred":
            self = .handoffTransferred(
                agent: try members.text("agent"), team: try members.text("team"), to: json["to"]?.string)
        case "handoff.requeued": self = .handoffRequeued(agent: try members.text("agent"))
        case "handoff.returned": self = .handoffReturned(agent: try members.text("agent"))
        case "conversation.resolved":
            self = .conversationResolved(
                agent: try members.text("agent"), outcome: json["outcome"]?.string, tags: members.texts("tags"))
        case "conversation.closed": self = .conversationClosed
        case "conversation.resumed": self = .conversationResumed
        case "conversation.viewed":
            self = .conversationViewed(by: try members.text("by"), how: try members.text("how"))
        case "conversation.language": self = .languageChosen(language: try members.text("language"))
        case "identity.verified":
            self = .identityVerified(
                how: try members.text("how"), customer: json["customer"]?.string, order: json["order"]?.string)
        case "identity.refused": self = .identityRefused(proof: try members.text("proof"))
        case "feedback.given":
            self = .feedbackGiven(
                kind: try members.text("kind"), score: try members.number("score"),
                comment: json["comment"]?.string, about: json["about"]?.integer)
        case "conversation.erased": self = .conversationErased
        case "case.opened": self = .caseOpened(try CaseOpened(members))
        case "case.answered": self = .caseAnswered(try CaseAnswered(members))
        case "request.refused":
            self = .requestRefused(try members.caseKey(), text: try members.text("text"))
        case "case.closed": self = .caseClosed(try members.caseKey())
        case "case.expired": self = .caseExpired(try members.caseKey())
        case "case.reminded":
            guard let what = CaseReminder(rawValue: try members.text("reminder")) else {
                throw .missing(member: "reminder", type: type)
            }
            self = .caseReminded(try members.caseKey(), what)
        case "callback.requested": self = .callbackRequested(try CallbackRequest(members))
        case "callback.cancelled": self = .callbackCancelled
        case "lead.captured": self = .leadCaptured(try Lead(members))
        case "agent.ready": self = .agentReady(capacity: try members.number("capacity"))
        case "agent.away": self = .agentAway
        case "content.loaded":
            self = .contentLoaded(
                version: try members.text("content"), intents: try members.number("intents"),
                sections: try members.number("sections"))
        default: self = .unknown(type: type, members: json)
        }
    }
}

/// The members of one event's line, with errors that name what is missing.
struct EventMembers {
    let type: String
    let json: JSONValue

    func text(_ member: String) throws(EventError) -> String {
        guard let value = json[member]?.string else { throw .missing(member: member, type: type) }
        return value
    }

    func number(_ member: String) throws(EventError) -> Int {
        guard let value = json[member]?.integer else { throw .missing(member: member, type: type) }
        return value
    }

    func texts(_ member: String) -> [String] { (json[member]?.array ?? []).compactMap(\.string) }
}

extension BotReply {
    func writeMembers(to writer: inout JSONWriter) {
        writer.name("reply")
        reply.write(to: &writer)
        writer.member("content", content)
        if missed {
            writer.name("missed")
            writer.value(true)
        }
        writer.member("offered", offered)
        writer.member("asked", asked)
        if !slots.isEmpty {
            writer.name("slots")
            writer.beginObject()
            for slot in slots {
                writer.name(dynamic: slot.name)
                writer.value(slot.value)
            }
            writer.endObject()
        }
        writer.member("flows", flows) { flow, writer in
            writer.member("intent", flow.intent)
            writer.member("step", flow.step)
            writer.member("done", flow.done)
            writer.member("order", flow.order)
        }
        writer.member("lookup", lookup)
    }

    init(_ members: EventMembers) throws(EventError) {
        guard let reply = members.json["reply"].flatMap(Reply.init) else {
            throw .missing(member: "reply", type: members.type)
        }
        self.init(
            reply: reply, content: try members.text("content"), missed: members.json["missed"]?.bool ?? false,
            offered: members.texts("offered"), asked: members.json["asked"]?.string,
            slots: (members.json["slots"]?.members ?? []).compactMap { member in
                member.value.string.map { Slot(name: member.name, value: $0) }
            },
            flows: (members.json["flows"]?.array ?? []).compactMap(FlowMark.init),
            lookup: members.json["lookup"]?.string)
    }
}

extension FlowMark {
    fileprivate init?(_ json: JSONValue) {
        guard let intent = json["intent"]?.string else { return nil }
        self.init(
            intent: intent, step: json["step"]?.integer, done: (json["done"]?.array ?? []).compactMap(\.string),
            order: json["order"]?.string)
    }
}

extension HandoffRequest {
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("reason", reason.rawValue)
        writer.member("team", team)
        writer.member("language", language)
        writer.member("priority", priority)
        writer.member("intent", intent)
        writer.member("tried", tried)
        writer.name("attended")
        writer.value(attended)
        if needsSupervisor {
            writer.name("supervisor")
            writer.value(true)
        }
    }

    init(_ members: EventMembers) throws(EventError) {
        guard let reason = HandoffReason(rawValue: try members.text("reason")) else {
            throw .missing(member: "reason", type: members.type)
        }
        self.init(
            reason: reason, team: try members.text("team"), language: try members.text("language"),
            priority: try members.number("priority"), intent: members.json["intent"]?.string,
            tried: members.texts("tried"), attended: members.json["attended"]?.bool ?? true,
            needsSupervisor: members.json["supervisor"]?.bool ?? false)
    }
}

extension JSONWriter {
    /// A member whose value is text; nothing where there is none.
    mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        self.name(name)
        value(text)
    }

    /// A member whose value is a whole number; nothing where there is none.
    mutating func member(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        self.name(name)
        value(number)
    }

    /// A member whose value is a list of texts; nothing where it is empty.
    mutating func member(_ name: StaticString, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        self.name(name)
        beginArray()
        for text in texts { value(text) }
        endArray()
    }

    /// A member whose value is a list of objects; nothing where it is empty.
    mutating func member<Element>(
        _ name: StaticString, _ elements: [Element], _ members: (Element, inout JSONWriter) -> Void
    ) {
        guard !elements.isEmpty else { return }
        self.name(name)
        beginArray()
        for element in elements {
            beginObject()
            members(element, &self)
            endObject()
        }
        endArray()
    }
}
