import Checksums
import Events
import JSON

/// What clients were promised, held against the ledger.
struct Promises {
    private struct Promise {
        var stream: StreamID
        var isDurable: Bool
    }

    private var words: [String: Promise] = [:]
    private var tags: [String: Promise] = [:]
    /// Words of commands that were not done, it was said, and not sent again since.
    private var undone: Set<String> = []
    private(set) var violations: [String] = []
    /// The conversations of words, which an erasure takes away.
    private(set) var homes: [String: ConversationID] = [:]
    private(set) var forgotten: [String] = []
    /// Cases whose keys customers were given.
    private var cases: Set<CaseKey> = []

    private static let changes: Set<String> = [
        "SAY", "HUMAN", "CANCEL", "RATE", "TELL", "NOTE", "TRANSFER", "RETURN", "RESOLVE", "READY", "AWAY",
        "ANSWER",
    ]

    /// Learns where words stand, as long as they do.
    mutating func learn(_ ledger: Ledger) {
        for (word, places) in ledger.words where places.count > 0 { homes[word] = places[0] }
    }

    /// A command was answered `OK`.
    mutating func promised(
        _ sent: Peer.Sent, by peer: Peer, conversation: ConversationID?, isDurable: Bool, _ ledger: Ledger
    ) {
        if let word = sent.word {
            let home = ledger.words[word]?.first
            if let home {
                words[word] = Promise(
                    stream: .conversation(home), isDurable: isDurable || words[word]?.isDurable == true)
            } else if !isErased(homes[word], ledger) {
                violations.append("OK to \(sent.line), which is not in the log")
            }
        }
        guard let id = sent.id, Self.changes.contains(sent.verb) else { return }
        let digest = Hexadecimal.encode(SHA256.digest(id.utf8))
        var stream: StreamID? =
            sent.verb == "READY" || sent.verb == "AWAY"
            ? .agent(peer.name) : (sent.target ?? conversation).map { .conversation($0) }
        // Where the answer that opened a conversation was refused for an uncertain sync, its client does not know it.
        stream = stream ?? ledger.commands.keys.first { $0.id == digest }?.stream
        guard let stream else { return violations.append("OK to \(sent.line), which has no conversation") }
        if ledger.commands[Ledger.Tag(stream: stream, id: digest)] != nil {
            tags[digest] = Promise(stream: stream, isDurable: isDurable || tags[digest]?.isDurable == true)
        } else if case .conversation(let home) = stream, !isErased(home, ledger) {
            violations.append("OK to \(sent.line), whose @id is not in the log")
        } else if case .agent = stream, !sent.isAgain {
            violations.append("OK to \(sent.line), whose @id is not in the log")
        }
    }

    /// A customer was given a case's key.
    mutating func gave(_ key: CaseKey, _ ledger: Ledger) {
        cases.insert(key)
        if ledger.cases[key] == nil { violations.append("\(key) was given and is not in the log") }
    }

    /// A command is on its way, for the first time or again.
    mutating func sending(_ sent: Peer.Sent) {
        if let word = sent.word { undone.remove(word) }
    }

    /// A client was told that a command was not done.
    mutating func refused(_ sent: Peer.Sent, _ ledger: Ledger) {
        guard !sent.isAgain, let word = sent.word else { return }
        if ledger.words[word] != nil {
            violations.append("not done, it says to \(sent.line), which is in the log")
        }
        undone.insert(word)
    }

    /// A conversation is forgotten.
    mutating func forgot(_ conversation: ConversationID, _ ledger: Ledger) {
        for (word, home) in homes where home == conversation {
            // What was claimed and answered stays, where the law wants it.
            if let key = ledger.caseWords[word], ledger.cases[key]?.kind.isKeptAfterErasure == true { continue }
            forgotten.append(word)
        }
    }

    /// After a start: what was promised is there, nothing twice, and nothing that was not done.
    mutating func check(_ ledger: Ledger, afterKill: Bool) {
        for (word, promise) in words where ledger.words[word] == nil {
            guard case .conversation(let id) = promise.stream, !isErased(id, ledger) else { continue }
            if promise.isDurable || afterKill { violations.append("\(word) was promised and is lost") }
            words[word] = nil
        }
        for word in undone where ledger.words[word] != nil {
            violations.append("\(word) was not done, it was said, and is there")
        }
        for key in cases.sorted(by: { $0.bits < $1.bits }) where ledger.cases[key] == nil {
            violations.append("\(key) was given and is lost")
        }
        for (word, places) in ledger.words where places.count > 1 {
            violations.append("\(word) stands \(places.count) times")
        }
        for (digest, promise) in tags where ledger.commands[Ledger.Tag(stream: promise.stream, id: digest)] == nil {
            if case .conversation(let id) = promise.stream, isErased(id, ledger) { continue }
            if promise.isDurable || afterKill {
                violations.append("an @id's command in \(promise.stream.text) is lost")
            }
            tags[digest] = nil
        }
        for (tag, commands) in ledger.commands where commands.count > 1 {
            if case .agent = tag.stream { continue }
            violations.append("an @id's command in \(tag.stream.text) was done \(commands.count) times")
        }
    }

    private func isErased(_ id: ConversationID?, _ ledger: Ledger) -> Bool {
        id.map { ledger.conversations[$0]?.isErased == true } ?? false
    }
}
