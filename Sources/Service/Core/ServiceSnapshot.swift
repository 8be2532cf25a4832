import Desk
import Events
import JSON
import Journal

/// What the service leaves beside the log so that a start need not fold all of it: the directory, the cases, and the
/// erasures that are not done yet. Conversations that wait, or that an agent holds, are folded from their own events.
struct ServiceSnapshot {
    var directory = Directory()
    var erasures: Set<ConversationID> = []
    var cases = CaseBook()

    private static let magic = Array("conserje-2\n".utf8)
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
        return bytes + directory.encoded()
    }

    init(directory: Directory, erasures: Set<ConversationID>, cases: CaseBook) {
        self.directory = directory
        self.erasures = erasures
        self.cases = cases
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
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let id = ConversationID(String(parts[0])),
            let json = try? JSONValue.parse(Array(parts[1].utf8)), let found = Case(json)
        else { return nil }
        return CaseBook.Entry(conversation: id, value: found)
    }

    /// Reads what `encoded` wrote; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.magic) || bytes.starts(with: Self.firstMagic) else { return nil }
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
        if bytes.starts(with: Self.magic) {
            guard let count = line().flatMap({ Int($0) }) else { return nil }
            for _ in 0..<count {
                guard let entry = line().flatMap(Self.entry) else { return nil }
                cases.note(cases.cases(of: entry.conversation) + [entry.value], of: entry.conversation)
            }
        }
        guard let directory = Directory(rest) else { return nil }
        self.directory = directory
    }
}
