import Desk
import Events
import JSON
import Journal

/// What the service leaves beside the log so that a start need not fold all of it: the directory, the cases,
/// what was promised, the contacts that were left, and the erasures that are not done yet. Conversations that wait, or that an agent holds, are folded from their own events.
struct ServiceSnapshot {
    var directory = Directory()
    var erasures: Set<ConversationID> = []
    var cases = CaseBook()
    var followUps = FollowUps()

    private static let magic = Array("conserje-3\n".utf8)
    /// Of a snapshot without promises and contacts.
    private static let secondMagic = Array("conserje-2\n".utf8)
    /// Of a snapshot without cases.
    private static let firstMagic = Array("conserje-1\n".utf8)

    func encoded() -> [UInt8] {
        var bytes = Self.magic
        bytes += Array("\(erasures.count)\n".utf8)
        for id in erasures.sorted(by: { $0.bits < $1.bits }) { bytes += Array("\(id)\n".utf8) }
        let cases = cases.all
        bytes += Array("\(cases.count)\n".utf8)
        for entry in cases {
            bytes += Array("\(entry.conversation) ".utf8)
            JSONWriter.append(to: &bytes) { entry.value.write(whole: &$0) }
            bytes.append(0x0A)
        }
        let promises = followUps.allPromises
        bytes += Array("\(promises.count)\n".utf8)
        for promise in promises {
            bytes += Array("\(promise.conversation) ".utf8)
            JSONWriter.append(to: &bytes) { promise.callback.write(whole: &$0) }
            bytes.append(0x0A)
        }
        let contacts = followUps.contacts().reversed()
        bytes += Array("\(contacts.count)\n".utf8)
        for contact in contacts {
            bytes += Array("\(contact.conversation) ".utf8)
            JSONWriter.append(to: &bytes) { contact.lead.write(whole: &$0) }
            bytes.append(0x0A)
        }
        return bytes + directory.encoded()
    }

    init(
        directory: Directory, erasures: Set<ConversationID>, cases: CaseBook, followUps: FollowUps = FollowUps()
    ) {
        self.directory = directory
        self.erasures = erasures
        self.cases = cases
        self.followUps = followUps
    }

    /// Opens the log and folds what the service needs of it: the newest snapshot and all that came after.
    static func recover(
        _ device: any StorageDevice, options: JournalOptions
    ) throws(JournalError) -> (log: FileEventLog, snapshot: ServiceSnapshot, report: OpenReport) {
        var snapshot = ServiceSnapshot(directory: Directory(), erasures: [], cases: CaseBook())
        let (log, report) = try FileEventLog.open(device, options: options) { payload in
            guard let found = ServiceSnapshot(payload) else { return false }
            snapshot = found
            return true
        } fold: { stored in
            snapshot.directory.evolve(stored.event)
            snapshot.cases.evolve(stored.event)
            snapshot.followUps.evolve(stored.event)
            guard case .conversation(let id) = stored.event.stream else { return }
            switch stored.event.body {
            case .conversationErased, .caseExpired: snapshot.erasures.insert(id)
            default: break
            }
        }
        return (log, snapshot, report)
    }

    /// A conversation's id, a blank, its case.
    private static func entry(_ line: String) -> CaseBook.Entry? {
        parts(line).flatMap { id, json in Case(json).map { CaseBook.Entry(conversation: id, value: $0) } }
    }

    /// A conversation's id, a blank, what belongs to it.
    private static func parts(_ line: String) -> (ConversationID, JSONValue)? {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let id = ConversationID(String(parts[0])),
            let json = try? JSONValue.parse(Array(parts[1].utf8))
        else { return nil }
        return (id, json)
    }

    /// Reads promises, then contacts.
    private static func followUps(_ line: () -> String?) -> FollowUps? {
        var (callbacks, leads): ([ConversationID: [Callback]], [ConversationID: [Lead]]) = ([:], [:])
        guard let promises = line().flatMap({ Int($0) }) else { return nil }
        for _ in 0..<promises {
            guard let (id, json) = line().flatMap(parts), let callback = Callback(json) else { return nil }
            callbacks[id, default: []].append(callback)
        }
        guard let contacts = line().flatMap({ Int($0) }) else { return nil }
        for _ in 0..<contacts {
            guard let (id, json) = line().flatMap(parts), let lead = Lead(json) else { return nil }
            leads[id, default: []].append(lead)
        }
        var found = FollowUps()
        for id in Set(callbacks.keys).union(leads.keys) {
            found.note(callbacks[id] ?? [], leads[id] ?? [], of: id)
        }
        return found
    }

    /// Reads what `encoded` wrote; nil for anything else.
    init?(_ bytes: [UInt8]) {
        let isNewest = bytes.starts(with: Self.magic)
        let hasCases = isNewest || bytes.starts(with: Self.secondMagic)
        guard hasCases || bytes.starts(with: Self.firstMagic) else { return nil }
        var rest = bytes[Self.magic.count...]
        func line() -> String? {
            guard let end = rest.firstIndex(of: 0x0A) else { return nil }
            defer { rest = rest[(end + 1)...] }
            return String(decoding: rest[..<end], as: UTF8.self)
        }
        guard let count = line().flatMap({ Int($0) }) else { return nil }
        for _ in 0..<count {
            guard let id = line().flatMap({ ConversationID($0) }) else { return nil }
            erasures.insert(id)
        }
        if hasCases {
            guard let count = line().flatMap({ Int($0) }) else { return nil }
            for _ in 0..<count {
                guard let entry = line().flatMap(Self.entry) else { return nil }
                cases.note(cases.cases(of: entry.conversation) + [entry.value], of: entry.conversation)
            }
        }
        if isNewest {
            guard let found = Self.followUps(line) else { return nil }
            followUps = found
        }
        guard let directory = Directory(rest) else { return nil }
        self.directory = directory
    }
}
