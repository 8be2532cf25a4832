import Content

/// The words that steer an agent's terminal, in any language of the catalogue.
enum DeskWord: CaseIterable {
    case queue, claim, take, ready, away, tell, again, note, transfer, handBack, resolve, watch, unwatch, open
    case suggest, cases, answer, callbacks, callback, leads, status, help, quit

    /// What is typed, short forms last.
    var names: [String] { Catalogue.words(key) }

    private var key: SentenceKey {
        switch self {
        case .queue: .commandQueue
        case .claim: .commandClaim
        case .take: .commandTake
        case .ready: .commandReady
        case .away: .commandAway
        case .tell: .commandTell
        case .again: .commandAgain
        case .note: .commandNote
        case .transfer: .commandTransfer
        case .handBack: .commandReturn
        case .resolve: .commandResolve
        case .watch: .commandWatch
        case .unwatch: .commandUnwatch
        case .open: .commandOpen
        case .suggest: .commandSuggest
        case .cases: .commandCases
        case .answer: .commandAnswer
        case .callbacks: .commandCallbacks
        case .callback: .commandCallback
        case .leads: .commandLeads
        case .status: .commandStatus
        case .help: .commandHelp
        case .quit: .commandQuit
        }
    }

    /// Whether a line without a slash is this command and not a sentence for the customer, which may well begin with
    /// the same word: "return it by post", "resolver esto llevará un día". Longer forms need the slash.
    func accepts(bare arguments: [String], isConversation: (String) -> Bool) -> Bool {
        switch self {
        case .away, .handBack, .again, .suggest, .status, .help, .quit: arguments.isEmpty
        case .ready: arguments.isEmpty || arguments.count == 1 && Int(arguments[0]) != nil
        case .queue, .cases, .callbacks, .leads: arguments.count <= 1
        case .callback: arguments.count > 1 && LocalMoment(arguments[0]) != nil
        case .claim, .unwatch: arguments.isEmpty || arguments.count == 1 && isConversation(arguments[0])
        case .take, .watch, .open: arguments.count == 1 && isConversation(arguments[0])
        case .transfer: arguments.count == 1
        case .tell, .note: !arguments.isEmpty
        case .answer: arguments.count > 1
        case .resolve: arguments.dropFirst().allSatisfy { $0.hasPrefix("#") }
        }
    }
}

/// A line that an agent typed.
struct DeskLine: Equatable {
    /// The command, nil for text for the customer.
    let word: DeskWord?
    /// What follows the command, or the whole text.
    let rest: String
    /// The same in words.
    var arguments: [String] { rest.split(whereSeparator: \.isWhitespace).map(String.init) }

    /// Reads a line: after a slash always a command, otherwise one only where it has exactly its form in lower case.
    /// - Returns: nil where a slash is followed by no command.
    init?(_ line: String, isConversation: (String) -> Bool) {
        let text = Self.trimmed(line)
        let isSlashed = text.hasPrefix("/")
        let parts = text.dropFirst(isSlashed ? 1 : 0).split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let name = parts.first.map(String.init) ?? ""
        let rest = parts.count > 1 ? Self.trimmed(parts[1]) : ""
        let word = DeskWord.allCases.first { $0.names.contains(isSlashed ? name.lowercased() : name) }
        if isSlashed {
            guard let word else { return nil }
            self.word = word
            self.rest = rest
            return
        }
        let arguments = rest.split(whereSeparator: \.isWhitespace).map(String.init)
        if let word, word.accepts(bare: arguments, isConversation: isConversation) {
            self.word = word
            self.rest = rest
        } else {
            self.word = nil
            self.rest = text
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let head = text.drop(while: \.isWhitespace)
        return head.lastIndex { !$0.isWhitespace }.map { String(head[...$0]) } ?? ""
    }
}
