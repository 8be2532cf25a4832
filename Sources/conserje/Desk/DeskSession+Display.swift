import Content
import JSON

/// What an agent sees.
extension DeskSession {
    /// A line about the work.
    func notice(_ sentence: SentenceKey, _ values: [String: String] = [:]) {
        console.print(console.style(.dim, "· " + TextStyle.harmless(sentences(sentence, values))))
    }

    /// The queue and what is held.
    func show(queue value: JSONValue, for purpose: DeskRequest.QueuePurpose) {
        let entries = value["waiting"]?.array ?? []
        let mine = value["mine"]?.array ?? []
        for entry in entries + mine { remember(entry) }
        waiting = entries.compactMap { $0["conversation"]?.string }
        held = mine.compactMap { $0["conversation"]?.string }
        switch purpose {
        case .shown:
            if !mine.isEmpty { console.print(sentences(.deskMine) + "\n" + table(of: mine)) }
            console.print(entries.isEmpty ? sentences(.deskEmpty) : sentences(.deskQueue) + "\n" + table(of: entries))
        case .catchUp:
            for conversation in held where lastSeen[conversation] != nil {
                link.send(ProtocolCommand("SHOW", conversation), for: .show(conversation, isCatchingUp: true))
            }
        case .check: break
        }
        let early = earlyOffers ?? []
        earlyOffers = nil
        let listed = purpose == .shown ? waiting : []
        for offer in early where !listed.contains(offer["conversation"]?.string ?? "") { show(push: "waiting", offer) }
        if let current, !held.contains(current) {
            letGo(current, .deskGone)
        } else if current == nil, let first = held.first {
            current = first
            link.send(ProtocolCommand("SHOW", first), for: .show(first, isCatchingUp: false))
        }
    }

    private func table(of entries: [JSONValue]) -> String {
        var table = TextTable(
            header: ["#"]
                + [SentenceKey.deskWaited, .deskDue, .deskReason, .deskTeam, .deskLanguage, .deskLast]
                .map { sentences($0) })
        for (index, entry) in entries.enumerated() {
            let last = entry["last"]?.string ?? ""
            let name = entry["name"]?.string
            let words = (name.map { $0 + ": " } ?? "") + last.replacing("\n", with: " ")
            table.append([
                String(index + 1), Span.words(entry["waited"]?.integer ?? 0), due(entry["due_in"]?.integer),
                reason(entry["reason"]?.string), TextStyle.harmless(entry["team"]?.string ?? ""),
                TextStyle.harmless(entry["language"]?.string ?? ""), TextStyle.harmless(words),
            ])
        }
        return table.rendered(width: console.width ?? 120, style: console.style)
    }

    private func due(_ seconds: Int?) -> String {
        guard let seconds else { return "–" }
        if seconds >= 0 { return Span.words(seconds) }
        return console.style(.red, sentences(.deskLate, ["time": Span.words(seconds)]))
    }

    private func reason(_ code: String?) -> String { TextStyle.harmless(sentences.word("reason", for: code ?? "")) }

    private func remember(_ entry: JSONValue) {
        guard let conversation = entry["conversation"]?.string, let name = entry["name"]?.string, !name.isEmpty else {
            return
        }
        customers[conversation] = name
    }

    /// A conversation that was just taken: why, what was tried, and what was said.
    func show(claimed value: JSONValue, _ conversation: String) {
        if let name = value["context"]?["name"]?.string, !name.isEmpty {
            customers[conversation] = name
            current = conversation
        }
        console.print(console.style(.bold, sentences(.deskClaimed, ["conversation": label(conversation)])))
        for member in value["context"]?.members ?? [] where member.value != .null {
            let text =
                switch member.name {
                case "reason": reason(member.value.string)
                case "requested", "opened": Span.moment(member.value.string ?? "")
                default: words(for: member.value, "context")
                }
            guard !text.isEmpty else { continue }
            let title = sentences.word("context", for: member.name)
            console.print("  " + TextStyle.harmless(title + ": " + text))
        }
        show(transcript: value, of: conversation)
    }

    /// Any value in words: lists parted by semicolons, members called as in that group of the catalogue.
    private func words(for value: JSONValue, _ group: String) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "✓" : "✗"
        case .integer(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): text.replacing("\n", with: " ")
        case .array(let elements):
            elements.map { words(for: $0, group) }.filter { !$0.isEmpty }.joined(separator: "; ")
        case .object(let members):
            members.filter { $0.value != .null }.map { member in
                let text = words(for: member.value, group)
                return sentences.word(group, for: member.name) + " "
                    + (member.name == "role" ? sentences.word("role", for: text) : text)
            }.joined(separator: ", ")
        }
    }

    /// The messages of a conversation after that number.
    func show(transcript value: JSONValue, of conversation: String, after seq: Int = 0) {
        for message in value["transcript"]?.array ?? [] where (message["seq"]?.integer ?? 0) > seq {
            show(message: message, of: conversation)
        }
    }

    /// A message with who wrote it, and the conversation where that is not the open one.
    func show(message: JSONValue, of conversation: String) {
        if let seq = message["seq"]?.integer { see(seq, in: conversation) }
        let from = message["from"]?.string ?? ""
        let text = TextStyle.harmless(message["text"]?.string ?? "")
        var speaker = sentences.word("speaker", for: from)
        switch from {
        case "customer": speaker = message["name"]?.string ?? customers[conversation] ?? speaker
        case "agent": speaker = message["name"]?.string ?? speaker
        default: break
        }
        if message["note"]?.bool == true { speaker += " (" + sentences(.deskNote) + ")" }
        speaker = TextStyle.harmless(speaker)
        let place = conversation == current ? "" : console.style(.dim, "[" + label(conversation) + "] ")
        console.print(place + console.style(from == "customer" ? .cyan : .dim, speaker + ":") + " " + text)
    }

    /// Something that happened by itself.
    func show(push type: String, _ value: JSONValue) {
        let conversation = value["conversation"]?.string ?? ""
        let by = value["by"]?.string ?? ""
        switch type {
        case "waiting": if earlyOffers?.append(value) == nil { show(offer: value, conversation) }
        case "claimed":
            waiting.removeAll { $0 == conversation }
            notice(.deskClaimedBy, ["conversation": label(conversation), "name": by])
        case "message": show(message: value, of: conversation)
        case "taken": letGo(conversation, .deskTaken, ["name": by])
        case "customer_left":
            notice(.deskCustomerLeft, ["conversation": label(conversation)])
            // Whether they come back, and whether it is still held, the daemon knows.
            link.send(ProtocolCommand("QUEUE"), for: .queue(.check))
        case "resolved": letGo(conversation, .deskResolved)
        case "overdue":
            console.print(console.style(.red, "! " + sentences(.deskOverdue, ["conversation": label(conversation)])))
        case "case_opened": show(reminder: .deskCaseOpened, value["case"] ?? .null)
        case "case_due": show(reminder: .deskCaseDue, value["case"] ?? .null)
        case "overdue_case": show(reminder: .deskCaseOverdue, value["case"] ?? .null)
        case "callback_due":
            console.print(console.style(.yellow, "! " + promised(.deskCallbackDue, value)))
        case "content_invalid":
            notice(.deskContentInvalid)
            for problem in value["problems"]?.array ?? [] {
                console.print(console.style(.dim, TextStyle.harmless(problem.string ?? "")))
            }
        case "overflow": notice(.chatOverflow)
        default: break
        }
    }

    private func show(offer entry: JSONValue, _ conversation: String) {
        remember(entry)
        if !waiting.contains(conversation) { waiting.append(conversation) }
        let number = (waiting.firstIndex(of: conversation) ?? 0) + 1
        let values = [
            "number": String(number), "team": entry["team"]?.string ?? "", "language": entry["language"]?.string ?? "",
            "reason": reason(entry["reason"]?.string), "last": entry["last"]?.string?.replacing("\n", with: " ") ?? "",
        ]
        let bell = console.isInteractive ? "\u{7}" : ""
        console.print(bell + console.style(.yellow, TextStyle.harmless("+ " + sentences(.deskOffer, values))))
    }

    /// Sections that may answer the customer.
    func show(suggestions value: JSONValue) {
        let suggestions = value["suggestions"]?.array ?? []
        if suggestions.isEmpty { notice(.deskNothingFound) }
        for suggestion in suggestions {
            let title = TextStyle.harmless(suggestion["title"]?.string ?? "")
            let path = TextStyle.harmless(suggestion["path"]?.string ?? "")
            console.print(console.style(.bold, title) + "  " + console.style(.dim, path))
            console.print(console.markdown.rendered(suggestion["text"]?.string ?? ""))
        }
    }

    /// Figures of the daemon, a line each.
    func show(status value: JSONValue) {
        for member in value.members ?? [] {
            let title = sentences.word("status", for: member.name)
            let line = title.prefix(1).uppercased() + title.dropFirst() + ": " + words(for: member.value, "status")
            console.print(TextStyle.harmless(line))
        }
    }

    /// Cases that wait for a reasoned answer.
    func show(cases value: JSONValue) {
        let cases = value["cases"]?.array ?? []
        if cases.isEmpty { notice(.deskNoCases) }
        for details in cases {
            console.print(TextStyle.harmless(sentences(.deskCase, words(forCase: details))))
        }
    }

    private func words(forCase details: JSONValue) -> [String: String] {
        [
            "key": details["key"]?.string ?? "", "due": Span.moment(details["due"]?.string ?? ""),
            "kind": sentences.word("case", for: details["kind"]?.string ?? ""),
            "state": sentences.word("case", for: details["state"]?.string ?? ""),
            "team": details["team"]?.string ?? "", "language": details["language"]?.string ?? "",
            "text": details["text"]?.string?.replacing("\n", with: " ") ?? "",
        ]
    }

    /// A case's deadline is near, or over.
    private func show(reminder sentence: SentenceKey, _ details: JSONValue) {
        let style: TextStyle.Kind = sentence == .deskCaseOverdue ? .red : .yellow
        console.print(console.style(style, TextStyle.harmless("! " + sentences(sentence, words(forCase: details)))))
    }

    /// Why something was not done.
    func explanation(of refusal: Refusal, to request: DeskRequest? = nil) -> String {
        switch (refusal.code, refusal.holder, request) {
        case ("not_yours", "bot", _): sentences(.refusedWithBot)
        case ("not_yours", "queue", _): sentences(.refusedInQueue)
        case ("not_yours", nil, _): sentences(.refusedNotHeld)
        case ("not_allowed", nil, .answer): sentences(.refusedCaseAnswered, ["message": refusal.message])
        case ("not_allowed", nil, _): sentences(.refusedNotWaiting)
        case ("bad_argument", _, .transfer): sentences(.refusedNoTarget)
        case ("bad_argument", _, .callback): sentences(.deskCallbackUsage)
        case ("bad_argument", _, .queue): sentences(.refusedNoTeam)
        default: sentences.explanation(of: refusal)
        }
    }
}
