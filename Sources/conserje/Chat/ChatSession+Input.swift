import Content
import Language

/// What a customer types.
extension ChatSession {
    func take(_ input: Console.Input) {
        switch input {
        case .line(let line): take(line: line)
        case .edited: tellTyping()
        case .end: end()
        case .interrupt: result = .success
        }
    }

    private func take(line: String) {
        let text = trimmed(line)
        let isConfirmed = confirmsForget
        confirmsForget = false
        guard !text.isEmpty else { return }
        guard text.hasPrefix("/") else {
            if let number = Int(text), choices.indices.contains(number - 1) { return say(choices[number - 1].say) }
            if Int(text) != nil, let asked = survey.first { return rate("\(asked.rawValue) \(text)") }
            return say(text)
        }
        let words = text.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
        let name = words.first ?? ""
        guard let command = SlashCommand.named(name) else {
            let names = SlashCommand.allCases.flatMap(\.names)
            let nearest = EditDistance.nearest(name, among: names) ?? ""
            return console.tell(sentences(.chatUnknownCommand, ["name": "/" + name, "nearest": "/" + nearest]))
        }
        run(command, words.count > 1 ? trimmed(words[1]) : "", isConfirmed: isConfirmed)
    }

    private func say(_ text: String) {
        (choices, survey) = ([], [])
        send(ProtocolCommand("SAY", text: text), for: .say(text))
    }

    /// Sends a command that changes something, so that it can be sent again.
    private func send(_ command: ProtocolCommand, for request: ChatRequest) {
        let command = command.tagged("id", identifiers.next())
        guard !command.isTooLong else {
            return console.tell(sentences(.linkTooLong, ["limit": String(ProtocolCommand.longestLine)]))
        }
        link.send(command, for: request)
    }

    private func run(_ command: SlashCommand, _ rest: String, isConfirmed: Bool) {
        switch command {
        case .human:
            send(rest.isEmpty ? ProtocolCommand("HUMAN") : ProtocolCommand("HUMAN", text: rest), for: .human)
        case .cancel: send(ProtocolCommand("CANCEL"), for: .cancel)
        case .rate: rate(rest)
        case .history:
            guard rest.isEmpty || (Int(rest).map { (1...1000).contains($0) } ?? false) else {
                return console.tell(sentences(.chatHistoryUsage))
            }
            link.send(ProtocolCommand("HISTORY", rest), for: .history)
        case .language:
            let language = rest.lowercased()
            guard Catalogue.languages.contains(language) else {
                return console.tell(sentences(.chatLanguageUsage, Sentences.languageList))
            }
            send(ProtocolCommand("LANGUAGE", language), for: .language(language))
        case .export: link.send(ProtocolCommand("EXPORT"), for: .export(path: rest.isEmpty ? nil : rest))
        case .caseStatus:
            guard AgentLine.isWord(rest) else { return console.tell(sentences(.chatCaseUsage)) }
            link.send(ProtocolCommand("CASE", rest), for: .caseStatus)
        case .forget:
            // Only a person can be asked again; a script has said what it wants.
            guard isConfirmed || !console.isInteractive else {
                confirmsForget = true
                return console.tell(sentences(.chatForgetConfirm))
            }
            send(ProtocolCommand("FORGET"), for: .forget)
        case .quit: end()
        case .help: console.print(sentences(.chatHelp, Sentences.languageList))
        }
    }

    /// `[kind] score [comment]`; without a kind, the first of the survey.
    private func rate(_ rest: String) {
        var words = rest.split(separator: " ").map(String.init)
        let kinds = ["csat", "nps", "ces", "answer"]
        var kind = survey.first?.rawValue ?? "csat"
        if let first = words.first?.lowercased() {
            if kinds.contains(first) {
                kind = first
                words.removeFirst()
            } else if Catalogue.words(.ratingAnswer).contains(first) {
                kind = "answer"
                words.removeFirst()
            } else if Self.verdict(first) != nil {
                kind = "answer"
            }
        }
        let score = words.first.flatMap { kind == "answer" ? Self.verdict($0) ?? Int($0) : Int($0) }
        let bounds = ["csat": 1...5, "nps": 0...10, "ces": 1...7, "answer": 0...1][kind] ?? 1...5
        guard let score, bounds.contains(score) else { return console.tell(sentences(.chatRateUsage)) }
        let comment = words.dropFirst().joined(separator: " ")
        let fields = [kind, String(score)]
        let plain = ProtocolCommand("RATE", fields.joined(separator: " "))
        send(comment.isEmpty ? plain : ProtocolCommand("RATE", fields, text: comment), for: .rate(kind))
    }

    /// Whether an answer was useful, in words.
    private static func verdict(_ word: String) -> Int? {
        if Keyword.matches(word, .keywordYes) { return 1 }
        return Keyword.matches(word, .keywordNo) ? 0 : nil
    }

    private func trimmed(_ text: some StringProtocol) -> String {
        let head = text.drop(while: \.isWhitespace)
        let end = head.lastIndex { !$0.isWhitespace }
        return end.map { String(head[...$0]) } ?? ""
    }
}
