import JSON

extension Case {
    /// Writes the members of the protocol's `Case`, without the braces.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("key", key.description)
        writer.member("kind", kind.rawValue)
        writer.member("state", state.rawValue)
        writer.name("opened")
        writer.value(opened)
        writer.name("due")
        writer.value(due)
        writer.member("answered", answered)
        writer.member("outcome", outcome?.rawValue)
        writer.member("closed", closed)
        writer.member("order", order)
        writer.member("text", text)
        writer.member("receipt", receipt)
    }

    /// Writes all that is known of it, for a reply that is stored and for a snapshot.
    public func write(whole writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.member("team", team)
        writer.member("language", language)
        writer.member("intent", intent)
        writer.member("customer", customer)
        writer.name("warning")
        writer.value(warning)
        writer.member("reminder", reminder?.rawValue)
        if isBlocked {
            writer.name("blocked")
            writer.value(true)
        }
        writer.endObject()
    }

    /// Reads what `write(whole:)` wrote; nil for anything else.
    public init?(_ json: JSONValue) {
        func moment(_ name: String) -> Timestamp? { json[name]?.string.flatMap(Timestamp.init) }
        guard let key = json["key"]?.string.flatMap({ try? CaseKey($0) }),
            let kind = json["kind"]?.string.flatMap(CaseKind.init(rawValue:)),
            let state = json["state"]?.string.flatMap(CaseState.init(rawValue:)), let opened = moment("opened"),
            let due = moment("due"), let warning = moment("warning"), let team = json["team"]?.string,
            let language = json["language"]?.string
        else { return nil }
        self.init(
            CaseOpened(
                key: key, kind: kind, team: team, language: language, intent: json["intent"]?.string,
                text: json["text"]?.string ?? "", order: json["order"]?.string, customer: json["customer"]?.string,
                due: due,
                warning: warning, receipt: json["receipt"]?.string ?? ""),
            at: opened)
        restore(
            state: state, answered: moment("answered"),
            outcome: json["outcome"]?.string.flatMap(CaseOutcome.init(rawValue:)), closed: moment("closed"),
            reminder: json["reminder"]?.string.flatMap(CaseReminder.init(rawValue:)),
            isBlocked: json["blocked"]?.bool ?? false, hasWords: json["receipt"] != nil)
    }
}

extension CaseOpened {
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("key", key.description)
        writer.member("kind", kind.rawValue)
        writer.member("team", team)
        writer.member("language", language)
        writer.member("intent", intent)
        writer.member("text", text)
        writer.member("order", order)
        writer.member("customer", customer)
        writer.name("due")
        writer.value(due)
        writer.name("warning")
        writer.value(warning)
        writer.member("receipt", receipt)
    }

    init(_ members: EventMembers) throws(EventError) {
        self.init(
            key: try members.caseKey(), kind: try members.caseKind(), team: try members.text("team"),
            language: try members.text("language"), intent: members.json["intent"]?.string,
            text: try members.text("text"), order: members.json["order"]?.string,
            customer: members.json["customer"]?.string, due: try members.moment("due"),
            warning: try members.moment("warning"), receipt: try members.text("receipt"))
    }
}

extension CaseAnswered {
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("key", key.description)
        writer.member("kind", kind.rawValue)
        writer.member("message", seq)
        writer.member("agent", agent)
        writer.member("text", text)
        writer.member("outcome", outcome?.rawValue)
    }

    init(_ members: EventMembers) throws(EventError) {
        self.init(
            key: try members.caseKey(), kind: try members.caseKind(), seq: try members.number("message"),
            agent: try members.text("agent"), text: try members.text("text"),
            outcome: members.json["outcome"]?.string.flatMap(CaseOutcome.init(rawValue:)))
    }
}

extension EventMembers {
    func caseKey() throws(EventError) -> CaseKey {
        let written = try text("key")
        do throws(CaseKey.Fault) { return try CaseKey(written) } catch { throw .missing(member: "key", type: type) }
    }

    func caseKind() throws(EventError) -> CaseKind {
        guard let kind = CaseKind(rawValue: try text("kind")) else { throw .missing(member: "kind", type: type) }
        return kind
    }

    func moment(_ member: String) throws(EventError) -> Timestamp {
        guard let moment = Timestamp(try text(member)) else { throw .missing(member: member, type: type) }
        return moment
    }
}

extension JSONWriter {
    /// A member whose value is a moment; nothing where there is none.
    mutating func member(_ name: StaticString, _ moment: Timestamp?) {
        guard let moment else { return }
        self.name(name)
        value(moment)
    }
}
