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
    /// Writes the protocol's `Reply`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("seq")
        writer.value(seq)
        writer.name("text")
        writer.value(text)
        writer.name("kind")
        writer.value(kind.rawValue)
        writer.name("intent")
        writer.value(intent)
        writer.name("confidence")
        writer.value(confidence, decimals: 4)
        writer.name("language")
        writer.value(language)
        if !choices.isEmpty {
            writer.name("choices")
            writer.beginArray()
            for choice in choices {
                writer.beginObject()
                writer.name("label")
                writer.value(choice.label)
                writer.name("say")
                writer.value(choice.say)
                writer.endObject()
            }
            writer.endArray()
        }
        if !sources.isEmpty {
            writer.name("sources")
            writer.beginArray()
            for source in sources {
                writer.beginObject()
                writer.name("title")
                writer.value(source.title)
                writer.name("path")
                writer.value(source.path)
                writer.endObject()
            }
            writer.endArray()
        }
        if let handoff {
            writer.name("handoff")
            handoff.write(to: &writer)
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
    }
}
