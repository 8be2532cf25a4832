import JSON

extension Handoff {
    /// Writes the protocol's `Handoff`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("state")
        writer.value(state.rawValue)
        writer.name("position")
        writer.value(position)
        writer.name("estimated_wait")
        writer.value(estimatedWait)
        writer.name("reason")
        writer.value(reason.rawValue)
        writer.name("team")
        writer.value(team)
        writer.endObject()
    }

    /// Reads what `write` wrote.
    public init?(_ json: JSONValue) {
        guard let state = json["state"]?.string.flatMap(ConversationState.init(rawValue:)),
            let reason = json["reason"]?.string.flatMap(HandoffReason.init(rawValue:)),
            let team = json["team"]?.string
        else { return nil }
        self.init(
            state: state, position: json["position"]?.integer, estimatedWait: json["estimated_wait"]?.integer,
            reason: reason, team: team)
    }
}

extension Reply {
    /// Has the JSON of the words written once for all who will write it: the log and the customer's line.
    public mutating func spell() { wording = wording.spelled }

    /// Writes the protocol's `Reply`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("seq")
        writer.value(seq)
        wording.writeBefore(to: &writer)
        writer.name("confidence")
        writer.value(confidence, decimals: 4)
        wording.writeAfter(to: &writer)
        if let handoff {
            writer.name("handoff")
            handoff.write(to: &writer)
        }
        if let told {
            writer.name("case")
            told.write(whole: &writer)
        }
        writer.endObject()
    }

    /// Reads what `write` wrote.
    public init?(_ json: JSONValue) {
        guard let seq = json["seq"]?.integer, let text = json["text"]?.string,
            let kind = json["kind"]?.string.flatMap(ReplyKind.init(rawValue:)),
            let confidence = json["confidence"]?.double, let language = json["language"]?.string
        else { return nil }
        self.init(
            seq: seq, text: text, kind: kind, intent: json["intent"]?.string, confidence: confidence,
            language: language,
            choices: (json["choices"]?.array ?? []).compactMap {
                guard let label = $0["label"]?.string, let say = $0["say"]?.string else { return nil }
                return Choice(label: label, say: say)
            },
            sources: (json["sources"]?.array ?? []).compactMap {
                guard let title = $0["title"]?.string, let path = $0["path"]?.string else { return nil }
                return Source(title: title, path: path)
            },
            handoff: json["handoff"].flatMap(Handoff.init))
        told = json["case"].flatMap(Case.init)
    }
}
