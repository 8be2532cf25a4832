import Checksums
import Events
import JSON

@testable import LineServer
@testable import Service

extension Simulation {
    /// Hands lines to their clients.
    func deliver(_ deliveries: Deliveries, isDurable: Bool) {
        for record in deliveries.records where record.kind == .reply {
            guard let index = owners[record.connection] else { continue }
            guard let sent = peers[index].sent.removeValue(forKey: record.slot.number) else {
                violations.append("\(peers[index].name): a second answer in slot \(record.slot.number)")
                continue
            }
            let bytes = deliveries.bytes[record.start..<record.end]
            let lines = bytes.split(separator: 0x0A)
            let line = String(decoding: lines[0], as: UTF8.self)
            note("\(peers[index].name).\(record.slot.number) < \(isDurable ? "durable " : "")\(line.prefix(150))")
            answers += 1
            if line.hasPrefix("OK ") {
                let json = (try? JSONValue.parse(Array(lines[0].dropFirst(3)))) ?? .null
                accept(sent, index, json, pushes: lines.dropFirst(), isDurable: isDurable)
            } else {
                let code = (try? JSONValue.parse(Array(lines[0].dropFirst(4))))?["code"]?.string ?? ""
                refuse(sent, index, code, isCertain: line.contains("was not done"))
                // Refused by the disk alone: the conversation is gone, and what was not answered in it with it.
                if line.contains("not off the disk") { peers[index].forgetConversation() }
            }
        }
    }

    private func accept(
        _ sent: Peer.Sent, _ index: Int, _ json: JSONValue, pushes: ArraySlice<ArraySlice<UInt8>>, isDurable: Bool
    ) {
        if let id = json["conversation"]?.string.flatMap({ ConversationID($0) }), !peers[index].isAgent {
            if id != peers[index].conversation { peers[index].sentTo(id, token: json["resume"]?.string) }
        }
        if let key = json["reply"]?["case"]?["key"]?.string.flatMap({ try? CaseKey($0) }) { promises.gave(key, ledger) }
        switch sent.verb {
        case "LOGIN": peers[index].isLoggedIn = true
        case "LOGOUT": peers[index].isLoggedIn = false
        case "FORGET":
            if let id = peers[index].conversation { forgotten(id, kept: json["kept"]?.array ?? []) }
            peers[index].forgetConversation()
        case "QUIT":
            owners = owners.filter { $0.value != index }
            service.inbox.append(.closed(handle(index)))
            lose(index)
        case "RESUME": checkResumed(sent, index, pushes)
        case "CLAIM", "TAKE":
            let id = json["conversation"]?.string.flatMap { ConversationID($0) }
            if let id, ledger.conversations[id]?.claims.contains(peers[index].name) != true {
                violations.append("\(peers[index].name) got \(id), which the log does not say")
            }
        default: break
        }
        let isPersons = json["delivered"]?.bool == true || json["reply"]?["kind"]?.string == "handoff"
        let mustBeDurable =
            peers[index].isAgent && Self.changing.contains(sent.verb) || ["HUMAN", "CANCEL"].contains(sent.verb)
            || sent.verb == "SAY" && (isPersons || sent.word.flatMap { ledger.caseWords[$0] } != nil)
        // It must be so in truth. What a start found is on stable storage: an answer given again need not wait.
        let position =
            sent.id.flatMap { ledger.positions[Hexadecimal.encode(SHA256.digest($0.utf8))] }
            ?? sent.word.flatMap { ledger.positions[$0] }
        if mustBeDurable, position.map({ $0 > service.log.status.synced }) ?? !isDurable {
            violations.append("OK to \(sent.line) before the log was synced")
        }
        promises.promised(
            sent, by: peers[index], conversation: peers[index].conversation, isDurable: isDurable, ledger)
    }

    private static let changing: Set<String> = [
        "READY", "AWAY", "CLAIM", "TAKE", "TELL", "NOTE", "TRANSFER", "RETURN", "RESOLVE", "ANSWER", "CALLBACK",
    ]

    private func refuse(_ sent: Peer.Sent, _ index: Int, _ code: String, isCertain: Bool) {
        switch code {
        case "storage_unavailable":
            refusals += 1
            if isCertain { promises.refused(sent, ledger) }
            let opens = !peers[index].isAgent && peers[index].conversation == nil
            if sent.id != nil, !opens, sent.verb != "HELLO" { peers[index].unsure.append(sent) }
        case "no_conversation", "bad_token": peers[index].forgetConversation()
        case "not_logged_in": peers[index].isLoggedIn = false
        case "already_claimed", "not_yours", "not_allowed", "no_such_conversation", "queue_empty", "at_capacity",
            "stale", "no_such_case":
            break
        default: violations.append("\(code) to \(sent.line)")
        }
    }

    /// Every visible message after the number that was asked for, each once, in order.
    private func checkResumed(_ sent: Peer.Sent, _ index: Int, _ pushes: ArraySlice<ArraySlice<UInt8>>) {
        let after = sent.line.split(separator: " ").last.flatMap { Int($0) } ?? 0
        guard let id = peers[index].conversation, let entry = ledger.conversations[id] else { return }
        let seqs = pushes.compactMap { (try? JSONValue.parse(Array($0.dropFirst(2))))?["seq"]?.integer }
        let expected = Array(entry.visible.drop { $0 <= after }.prefix(seqs.count))
        if seqs != expected { violations.append("\(sent.line) brought \(seqs), the log has \(expected)") }
    }

    private func forgotten(_ id: ConversationID, kept: [JSONValue]) {
        promises.forgot(id, ledger)
        let wanted = ledger.cases.filter { $0.value.conversation == id && $0.value.kind.isKeptAfterErasure }
        if Set(kept.compactMap(\.string)) != Set(wanted.keys.map { "case \($0)" }) {
            violations.append("FORGET of \(id) kept \(kept), the log has \(wanted.keys)")
        }
        if ledger.conversations[id]?.isErased != true { violations.append("OK to FORGET without an erasure of \(id)") }
        checkForgotten()
    }

    /// No word of a forgotten conversation is on the disk, as it reads or as a crash would leave it.
    func checkForgotten() {
        for word in promises.forgotten.suffix(40) {
            let files = service.disk.files(containing: word)
            if !files.isEmpty { violations.append("\(word) was forgotten and is in \(files)") }
        }
    }
}

extension Peer {
    /// Goes on in a conversation.
    mutating func sentTo(_ id: ConversationID, token: String?) {
        if let token {
            self.token = token
            unsure = []
        }
        conversation = id
    }

    mutating func forgetConversation() {
        conversation = nil
        token = nil
        unsure = []
    }
}
