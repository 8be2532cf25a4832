import JSON

extension CallbackRequest {
    func writeMembers(to writer: inout JSONWriter) {
        writer.name("when")
        writer.value(when)
        writer.member("phone", phone)
        writer.member("text", text)
        writer.member("team", team)
        writer.member("language", language)
        writer.member("intent", intent)
        writer.member("agent", agent)
        if bySupervisor {
            writer.name("supervisor")
            writer.value(true)
        }
    }

    init(_ members: EventMembers) throws(EventError) {
        self.init(
            when: try members.moment("when"), phone: members.json["phone"]?.string, text: try members.text("text"),
            team: try members.text("team"), language: try members.text("language"),
            intent: members.json["intent"]?.string, agent: members.json["agent"]?.string,
            bySupervisor: members.json["supervisor"]?.bool ?? false)
    }
}

extension Callback {
    /// Writes what agents and the customer see of it, without the braces.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.name("at")
        writer.value(request.when)
        writer.member("phone", request.phone)
        writer.member("text", request.text)
        writer.member("by", request.agent)
        if request.bySupervisor {
            writer.name("supervisor")
            writer.value(true)
        }
    }

    /// Writes all of it, for a snapshot.
    public func write(whole writer: inout JSONWriter) {
        writer.beginObject()
        request.writeMembers(to: &writer)
        writer.name("requested")
        writer.value(requested)
        writer.name("due")
        writer.value(isDue)
        writer.endObject()
    }

    /// Reads what `write(whole:)` wrote; nil for anything else.
    public init?(_ json: JSONValue) {
        guard let request = try? CallbackRequest(EventMembers(type: "callback", json: json)),
            let requested = json["requested"]?.string.flatMap(Timestamp.init)
        else { return nil }
        self.init(request, at: requested)
        isDue = json["due"]?.bool ?? false
    }
}

extension Lead {
    /// Writes its members, without the braces.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("name", name)
        writer.member("phone", phone)
        writer.member("email", email)
        writer.member("product", product)
        writer.member("text", text)
        writer.member("team", team)
        writer.member("language", language)
        writer.member("intent", intent)
    }

    init(_ members: EventMembers) throws(EventError) {
        let json = members.json
        self.init(
            name: json["name"]?.string, phone: json["phone"]?.string, email: json["email"]?.string,
            product: json["product"]?.string, text: try members.text("text"), team: try members.text("team"),
            language: try members.text("language"), intent: json["intent"]?.string)
    }

    /// Writes all of it, for a snapshot.
    public func write(whole writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.name("captured")
        writer.value(captured)
        writer.endObject()
    }

    /// Reads what `write(whole:)` wrote; nil for anything else.
    public init?(_ json: JSONValue) {
        guard let lead = try? Lead(EventMembers(type: "lead", json: json)),
            let captured = json["captured"]?.string.flatMap(Timestamp.init)
        else { return nil }
        self = lead
        self.captured = captured
    }
}
