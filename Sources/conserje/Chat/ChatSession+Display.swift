import Content
import Glibc
import JSON

/// What a customer sees.
extension ChatSession {
    /// A line about the conversation.
    func notice(_ sentence: SentenceKey, _ values: [String: String] = [:]) {
        console.print(console.style(.dim, "· " + sentences(sentence, values)))
    }

    /// A reply of the bot. One that already stands there, because it came with `RESUME`, gets only what a message
    /// does not carry.
    func show(reply: JSONValue) {
        let seq = reply["seq"]?.integer ?? 0
        lastSeen = max(lastSeen, seq)
        let isNew = seq == 0 || shown.insert(seq).inserted
        if isNew, let text = reply["text"]?.string, !text.isEmpty { console.print(console.markdown.rendered(text)) }
        choices = (reply["choices"]?.array ?? []).map {
            Choice(label: $0["label"]?.string ?? "", say: $0["say"]?.string ?? $0["label"]?.string ?? "")
        }
        for (index, choice) in choices.enumerated() {
            console.print("  " + console.style(.bold, "\(index + 1)") + ") " + TextStyle.harmless(choice.label))
        }
        for source in reply["sources"]?.array ?? [] {
            let values = ["title": source["title"]?.string ?? "", "path": source["path"]?.string ?? ""]
            console.print(console.style(.dim, TextStyle.harmless("  " + sentences(.chatSource, values))))
        }
        if let details = reply["case"], details["key"] != nil { show(case: details) }
        // The reply's own words tell where the customer stands; it is shown again only once that changes.
        queueLine = reply["handoff"].flatMap { standing($0) } ?? ""
    }

    /// A message of anybody, with who wrote it.
    func show(message: JSONValue) {
        let seq = message["seq"]?.integer ?? 0
        lastSeen = max(lastSeen, seq)
        shown.insert(seq)
        let text = message["text"]?.string ?? ""
        switch message["from"]?.string {
        case "bot": console.print(console.markdown.rendered(text))
        case "agent":
            stopTyping()
            let name = message["name"]?.string ?? agent ?? sentences(.chatAgent)
            console.print(console.style(.cyan, TextStyle.harmless(name)) + ": " + TextStyle.harmless(text))
        case "customer": console.print(console.style(.dim, sentences(.chatYou) + ": " + TextStyle.harmless(text)))
        default: console.print(console.style(.dim, "· " + TextStyle.harmless(text)))
        }
    }

    /// Something that happened by itself.
    func show(push type: String, _ value: JSONValue) {
        switch type {
        case "message": show(pushed: value)
        case "queue":
            guard let line = standing(value), line != queueLine else { return }
            queueLine = line
            console.print(console.style(.dim, "· " + line))
        case "agent_joined":
            let name = TextStyle.harmless(value["name"]?.string ?? sentences(.chatAgent))
            agent = name
            queueLine = ""
            notice(.chatAgentJoined, ["name": name])
        case "agent_left":
            notice(.chatAgentLeft, ["name": agent ?? sentences(.chatAgent)])
            agent = nil
        case "typing": showTyping()
        case "resolved":
            agent = nil
            choices = []
            survey = (value["survey"]?.array ?? []).compactMap { $0.string.flatMap(SurveyKind.init(rawValue:)) }
            notice(.chatResolved)
            askNextQuestion()
        case "overflow": notice(.chatOverflow)
        default: break
        }
    }

    /// The first question of the survey that is open: they are asked one at a time.
    func askNextQuestion() {
        guard let kind = survey.first else { return }
        console.print("  " + sentences.word("survey", for: kind.rawValue))
    }

    /// After `RESUME` own messages come back too: what was typed here and has no answer yet already stands there.
    private func show(pushed message: JSONValue) {
        let seq = message["seq"]?.integer ?? 0
        guard !shown.contains(seq) else { return }
        if message["from"]?.string == "customer", link.unanswered.contains(.say(message["text"]?.string ?? "")) {
            lastSeen = max(lastSeen, seq)
            shown.insert(seq)
            return
        }
        show(message: message)
    }

    /// Where the customer stands, in a line; nil where nothing tells it.
    private func standing(_ handoff: JSONValue) -> String? {
        switch handoff["state"]?.string ?? "waiting" {
        case "with_agent": return sentences(.chatWithAgent)
        case "message_taken": return sentences(.chatMessageTaken)
        default:
            guard let position = handoff["position"]?.integer else { return nil }
            let place = ["position": String(position)]
            guard let wait = handoff["estimated_wait"]?.integer else { return sentences(.chatQueue, place) }
            return sentences(.chatQueueWait, place.merging(["wait": Span.words(wait)]) { first, _ in first })
        }
    }

    /// A case with its key and when it is due.
    func show(case details: JSONValue) {
        let values = [
            "key": details["key"]?.string ?? "",
            "kind": sentences.word("case", for: details["kind"]?.string ?? ""),
            "state": sentences.word("case", for: details["state"]?.string ?? ""),
            "due": Span.moment(details["due"]?.string ?? ""),
        ]
        console.print("  " + TextStyle.harmless(sentences(.chatCase, values)))
    }

    /// All that is held, on the screen or in a new file that its owner alone can read.
    func show(export: JSONValue, path: String?) {
        var writer = JSONWriter()
        writer.value(export)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        guard let path else { return console.print(TextStyle.harmless(text)) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = SystemFault().words(sentences.language)
            return console.tell(sentences(.chatExportFailed, ["path": path, "reason": reason]))
        }
        defer { close(descriptor) }
        StandardStream(descriptor: descriptor).write(text + "\n")
        notice(.chatExported, ["path": path])
    }

    /// What was erased, and what the law wants kept.
    func showForgotten(_ value: JSONValue) {
        shown = []
        choices = []
        agent = nil
        let kept = (value["kept"]?.array ?? []).compactMap(\.string)
        if kept.isEmpty {
            notice(.chatForgotten)
        } else {
            notice(.chatForgottenBut, ["kept": TextStyle.harmless(kept.joined(separator: ", "))])
        }
    }

    /// Why something was not done.
    func explanation(of refusal: Refusal, to request: ChatRequest? = nil) -> String {
        switch (refusal.code, request) {
        case ("not_allowed", .rate): sentences(.refusedNotResolved)
        case ("not_allowed", _): sentences(.refusedWithPerson)
        case ("bad_argument", .rate): sentences(.refusedNothingToRate)
        case ("bad_argument", .language): sentences(.refusedLanguage)
        default: sentences.explanation(of: refusal)
        }
    }
}
