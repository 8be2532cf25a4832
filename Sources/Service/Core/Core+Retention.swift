import Content
import Dialogue
import Events

/// When it is looked for what has been kept long enough: once a day, in the quiet hour, a part of the directory at a
/// time.
struct Retention {
    /// The part that is looked at next; nil between two looks.
    private(set) var shard: Int?
    private var last: Timestamp?

    /// Whether a look has begun and not ended.
    var isLooking: Bool { shard != nil }

    /// The hour of the day, in the shop's time zone, at which fewest customers write.
    private static let quietHour = 3
    private static let day = 86_400
    /// No second look in so many seconds, should the clock change in the quiet hour.
    private static let pause = 12 * 3_600
    /// Seconds after a start: a daemon that is never up at night looks too.
    private static let afterStart = 2 * 3_600

    /// Begins a look where it is time for one.
    mutating func begin(at now: Timestamp, _ localMinute: () -> Int) {
        guard shard == nil else { return }
        guard let last else {
            last = now + (Self.afterStart - Self.day)
            return
        }
        let waited = now.seconds(since: last)
        guard waited >= Self.day || waited >= Self.pause && localMinute() / 60 == Self.quietHour else { return }
        self.last = now
        shard = 0
    }

    /// The part is done.
    mutating func goOn() {
        shard = shard.flatMap { $0 + 1 < Directory.shardCount ? $0 + 1 : nil }
    }
}

extension Core {
    /// Conversations that one turn erases at most, so that no message waits for them.
    private static let erasedAtOnce = 200

    /// Erases what was said in conversations that are over and have been kept for the time of the settings, and drops
    /// the cases whose time is over too. The segments are rewritten once the look has ended, in one pass for all.
    func eraseExpired() {
        let settings = content.settings
        guard settings.keepConversations > 0 || settings.keepCases > 0 else { return retention = Retention() }
        retention.begin(at: now) { settings.workingDays.local(now.milliseconds).minute }
        guard let shard = retention.shard else { return }
        let over = settings.keepConversations > 0 ? expired(inShard: shard, days: settings.keepConversations) : []
        for id in over.prefix(Self.erasedAtOnce) { erase(id) }
        guard over.count <= Self.erasedAtOnce else { return }
        retention.goOn()
        if !retention.isLooking, settings.keepCases > 0 { dropCases(days: settings.keepCases) }
    }

    /// Conversations of a part whose time is over, but for those that somebody looks at, whose case waits for its answer or
    /// in which something is promised.
    private func expired(inShard shard: Int, days: Int) -> [ConversationID] {
        directory.conversations(inShard: shard) { entry in
            entry.state == .closed && !entry.isErased && now.seconds(since: entry.lastActivity) >= days * 86_400
        }.filter { id in
            conversations[id] == nil && audience[id] == nil && watchers[id] == nil && batch.entries[id] == nil
                && !cases.cases(of: id).contains { $0.state == .open } && !followUps.isPromised(in: id)
        }.sorted { $0.bits < $1.bits }
    }

    /// The same as `FORGET`, for a conversation that is not in memory.
    private func erase(_ id: ConversationID) {
        append([.conversationErased], to: id)
        directory.erase(id)
    }

    private func dropCases(days: Int) {
        let over = cases.blocked(settledBefore: now + -days * 86_400)
        for (id, entries) in Dictionary(grouping: over, by: \.conversation).sorted(by: { $0.key.bits < $1.key.bits })
        where batch.entries[id] == nil && !erasures.contains(id) {
            append(entries.map { .caseExpired($0.value.key) }, to: id)
        }
    }

    /// Stores events of a conversation that is not in memory and of which something is to be taken off the disk.
    private func append(_ bodies: [EventBody], to id: ConversationID) {
        guard let entry = directory[id] else { return }
        let (version, command) = (log.version(of: .conversation(id)), random.next())
        let group = bodies.enumerated().map { index, body in
            Event(
                stream: .conversation(id), version: version + index + 1, id: EventID(command: command, index: index),
                at: now, body: body)
        }
        batch.entries[id] = entry
        batch.caseLists[id] = cases.cases(of: id)
        batch.followUps = batch.followUps ?? followUps
        batch.groups.append(group)
        for event in group {
            cases.evolve(event)
            followUps.evolve(event)
        }
        if erasures.insert(id).inserted { batch.erasures.insert(id) }
    }
}
