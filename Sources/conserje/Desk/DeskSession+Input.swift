import Content
import Language

/// What an agent types.
extension DeskSession {
    /// Does what a line says.
    func take(line: String) {
        guard let line = DeskLine(line, isConversation: { conversation($0, in: waiting + held) != nil }) else {
            let name = line.drop { $0 == "/" || $0.isWhitespace }.prefix { !$0.isWhitespace }
            let nearest = EditDistance.nearest(String(name), among: DeskWord.allCases.flatMap(\.names)) ?? ""
            return console.tell(sentences(.chatUnknownCommand, ["name": "/" + name, "nearest": "/" + nearest]))
        }
        guard let word = line.word else { return line.rest.isEmpty ? () : tell(line.rest) }
        run(word, line)
    }

    private func run(_ word: DeskWord, _ line: DeskLine) {
        let first = line.arguments.first ?? ""
        switch word {
        case .queue: link.send(ProtocolCommand("QUEUE", first), for: .queue(.shown))
        case .claim: claim("CLAIM", first)
        case .take: first.isEmpty ? console.tell(sentences(.deskWhich)) : claim("TAKE", first)
        case .ready: send(ProtocolCommand("READY", first), for: .ready)
        case .away: send(ProtocolCommand("AWAY"), for: .away)
        case .tell: line.rest.isEmpty ? () : tell(line.rest)
        case .again: draft.map(tell) ?? console.tell(sentences(.deskNoDraft))
        case .note: withCurrent { send(ProtocolCommand("NOTE", [$0], text: line.rest), for: .note($0)) }
        case .transfer: transfer(line)
        case .handBack:
            withCurrent { send(Self.command("RETURN", [$0], optional: line.rest), for: .handBack($0)) }
        case .resolve: withCurrent { send(ProtocolCommand("RESOLVE", $0, line.rest), for: .resolve($0)) }
        case .watch: withConversation(first, in: waiting) { link.send(ProtocolCommand("WATCH", $0), for: .watch($0)) }
        case .unwatch:
            withConversation(first.isEmpty ? watched.last ?? "" : first, in: watched) {
                link.send(ProtocolCommand("UNWATCH", $0), for: .unwatch($0))
            }
        case .open: withConversation(first, in: held, open)
        case .suggest: withCurrent { link.send(ProtocolCommand("SUGGEST", $0), for: .suggest) }
        case .cases: link.send(ProtocolCommand("CASES", first), for: .cases)
        case .answer: answer(line)
        case .callbacks: link.send(ProtocolCommand("CALLBACKS", first), for: .callbacks)
        case .callback: promise(line)
        case .leads: link.send(ProtocolCommand("LEADS", first), for: .leads)
        case .status: link.send(ProtocolCommand("STATUS"), for: .status)
        case .help: console.print(sentences(.deskHelp))
        case .quit: end()
        }
    }

    /// Says something to the customer, unless the customer has written something that was not seen here yet.
    private func tell(_ text: String) {
        withCurrent { conversation in
            draft = nil
            let command = ProtocolCommand("TELL", [conversation], text: text)
                .tagged("after", String(lastSeen[conversation] ?? 0))
            send(command, for: .tell(conversation, text: text))
        }
    }

    private func claim(_ verb: String, _ which: String) {
        guard !which.isEmpty else { return send(ProtocolCommand(verb), for: .claim) }
        withConversation(which, in: waiting) { send(ProtocolCommand(verb, $0), for: .claim) }
    }

    private func transfer(_ line: DeskLine) {
        guard let target = line.arguments.first else { return console.tell(sentences(.deskTransferUsage)) }
        let note = line.arguments.dropFirst().joined(separator: " ")
        withCurrent { send(Self.command("TRANSFER", [$0, target], optional: note), for: .transfer($0)) }
    }

    private func promise(_ line: DeskLine) {
        let text = line.arguments.dropFirst().joined(separator: " ")
        guard let time = line.arguments.first, !text.isEmpty else {
            return console.tell(sentences(.deskCallbackUsage))
        }
        withCurrent { send(ProtocolCommand("CALLBACK", [$0, time], text: text), for: .callback($0)) }
    }

    private func answer(_ line: DeskLine) {
        var words = line.arguments.dropFirst()
        if let first = words.first, let outcome = Self.outcome(first) { words[words.startIndex] = "#" + outcome }
        let text = words.joined(separator: " ")
        guard let key = line.arguments.first, !text.isEmpty else { return console.tell(sentences(.deskAnswerUsage)) }
        send(ProtocolCommand("ANSWER", [key], text: text), for: .answer)
    }

    /// The protocol's word for an outcome that was typed in any language of the catalogue.
    private static func outcome(_ word: String) -> String? {
        guard word.hasPrefix("#") else { return nil }
        let name = word.dropFirst().lowercased()
        let outcomes: [(SentenceKey, String)] = [
            (.outcomeAccepted, "accepted"), (.outcomeRefused, "refused"), (.outcomePartly, "partly"),
        ]
        return outcomes.first { Catalogue.words($0.0).contains(name) }?.1
    }

    private func open(_ conversation: String) {
        current = conversation
        link.send(ProtocolCommand("SHOW", conversation), for: .show(conversation, isCatchingUp: false))
    }

    /// Sends a command that changes something, so that it can be sent again.
    private func send(_ command: ProtocolCommand, for request: DeskRequest) {
        let command = command.tagged("id", identifiers.next())
        guard !command.isTooLong else {
            return console.tell(sentences(.linkTooLong, ["limit": String(ProtocolCommand.longestLine)]))
        }
        link.send(command, for: request)
    }

    private func withCurrent(_ body: (String) -> Void) {
        guard let current else { return console.tell(sentences(.deskNoneOpen)) }
        body(current)
    }

    private func withConversation(_ text: String, in rows: [String], _ body: (String) -> Void) {
        guard let conversation = conversation(text, in: rows) else { return console.tell(sentences(.deskWhich)) }
        body(conversation)
    }

    /// A conversation by its number in a table, or by its id.
    private func conversation(_ text: String, in rows: [String]) -> String? {
        if let number = Int(text) { return rows.indices.contains(number - 1) ? rows[number - 1] : nil }
        if rows.contains(text) { return text }
        // An id from elsewhere, as from a colleague: no word of a sentence has a digit and so many letters.
        return text.count >= 8 && text.contains(where: \.isNumber) && AgentLine.isWord(text) ? text : nil
    }

    private static func command(_ verb: String, _ arguments: [String], optional text: String) -> ProtocolCommand {
        text.isEmpty
            ? ProtocolCommand(verb, arguments.joined(separator: " ")) : ProtocolCommand(verb, arguments, text: text)
    }
}
