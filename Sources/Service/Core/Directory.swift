import Dialogue
import Dialogue
import Events

/// What is known of every conversation, in memory or only in the log. Small: one entry for each conversation that the
/// log holds.
struct Directory: Sendable {
    /// What is kept of a conversation that is not in memory.
    struct Entry: Sendable, Equatable {
        /// First 16 bytes of the resume token's SHA-256.
        var token: TokenKey
        /// When somebody last did something in it.
        var lastActivity: Timestamp
        /// Who holds it.
        var state: ConversationState

        /// Whether what was said in it was erased.
        var isErased: Bool { token == Directory.noToken }
    }

    /// 128 bits of a digest: enough that two tokens don't meet.
    struct TokenKey: Hashable, Sendable {
        let high: UInt64
        let low: UInt64

        /// From the 64 hexadecimal digits of a SHA-256.
        init(digest: String) {
            let digits = digest.utf8
            high = UInt64(digest.prefix(16), radix: 16) ?? 0
            low = digits.count >= 32 ? UInt64(digest.dropFirst(16).prefix(16), radix: 16) ?? 0 : 0
        }

        init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }
    }

    /// Copies of a shard are cheap to take for a snapshot; a change copies one shard, not all.
    private var shards = [[ConversationID: Entry]](repeating: [:], count: Self.shardCount)
    private var tokens = [[TokenKey: ConversationID]](repeating: [:], count: Self.shardCount)

    /// How many parts: at 300,000 conversations a copied one holds 5,000 entries.
    static let shardCount = 64
    /// Of a conversation that was erased.
    private static let noToken = TokenKey(digest: "")

    var count: Int { shards.reduce(0) { $0 + $1.count } }

    subscript(id: ConversationID) -> Entry? { shards[Self.shard(id)][id] }

    /// Conversation of a resume token.
    func conversation(token: TokenKey) -> ConversationID? { tokens[Int(token.low % UInt64(Self.shardCount))][token] }

    mutating func set(_ id: ConversationID, _ entry: Entry) {
        let old = shards[Self.shard(id)].updateValue(entry, forKey: id)
        if let old {
            if old.token == entry.token { return }
            forget(old.token, of: id)
        }
        tokens[Int(entry.token.low % UInt64(Self.shardCount))][entry.token] = id
    }

    /// Takes a conversation out that was never stored.
    mutating func remove(_ id: ConversationID) {
        guard let old = shards[Self.shard(id)].removeValue(forKey: id) else { return }
        forget(old.token, of: id)
    }

    /// Nobody goes on with a conversation: what was said in it is gone.
    mutating func erase(_ id: ConversationID) {
        guard let old = self[id] else { return }
        set(id, Entry(token: Self.noToken, lastActivity: old.lastActivity, state: .closed))
    }

    private mutating func forget(_ token: TokenKey, of id: ConversationID) {
        let shard = Int(token.low % UInt64(Self.shardCount))
        if tokens[shard][token] == id { tokens[shard][token] = nil }
    }

    /// Takes in how a conversation in memory stands. Its token is read once: it changes with an erasure, or with one
    /// that is undone, alone.
    mutating func note(_ conversation: Conversation) {
        let shard = Self.shard(conversation.id)
        if !conversation.isErased, let place = shards[shard].index(forKey: conversation.id),
            shards[shard].values[place].token != Self.noToken
        {
            shards[shard].values[place].lastActivity = conversation.lastActivity
            shards[shard].values[place].state = conversation.state
        } else {
            set(
                conversation.id,
                Entry(
                    token: TokenKey(digest: conversation.token), lastActivity: conversation.lastActivity,
                    state: conversation.state))
        }
    }

    /// Takes in an event without the conversation itself, as at a start.
    mutating func evolve(_ event: Event) {
        guard case .conversation(let id) = event.stream else { return }
        var conversation =
            self[id]
            ?? Entry(
                token: TokenKey(high: 0, low: 0), lastActivity: event.at, state: .bot)
        switch event.body {
        case .conversationOpened(_, _, _, _, let token, _): conversation.token = TokenKey(digest: token)
        case .customerSaid:
            if conversation.state == .resolved || conversation.state == .closed { conversation.state = .bot }
        case .handoffRequested(let request): conversation.state = request.attended ? .waiting : .messageTaken
        case .handoffAttended: conversation.state = .waiting
        case .handoffClaimed: conversation.state = .withAgent
        case .handoffTransferred, .handoffRequeued: conversation.state = .waiting
        case .handoffCancelled, .handoffReturned: conversation.state = .bot
        case .conversationResumed: if conversation.state == .closed { conversation.state = .bot }
        case .conversationResolved: conversation.state = .resolved
        case .conversationClosed: conversation.state = .closed
        case .conversationErased:
            conversation.state = .closed
            conversation.token = TokenKey(high: 0, low: 0)
        default: break
        }
        if event.body.isActivity { conversation.lastActivity = event.at }
        set(id, conversation)
    }

    /// Conversations of one part for which the condition holds.
    func conversations(inShard shard: Int, where condition: (Entry) -> Bool) -> [ConversationID] {
        shards[shard].filter { condition($0.value) }.map(\.key)
    }

    /// Conversations in any of these states, in the ids' order.
    func conversations(in states: Set<ConversationState>) -> [ConversationID] {
        (0..<Self.shardCount).flatMap { shard in conversations(inShard: shard) { states.contains($0.state) } }
            .sorted { $0.bits < $1.bits }
    }

    static func shard(_ id: ConversationID) -> Int { Int(truncatingIfNeeded: id.bits % UInt64(shardCount)) }
}

extension Directory {
    private static let states: [ConversationState] = [.bot, .waiting, .messageTaken, .withAgent, .resolved, .closed]

    /// The bytes of a snapshot: 33 for each conversation.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 33)
        func put(_ number: UInt64) {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        for shard in shards {
            for (id, entry) in shard {
                put(id.bits)
                put(entry.token.high)
                put(entry.token.low)
                put(UInt64(bitPattern: entry.lastActivity.milliseconds))
                bytes.append(UInt8(Self.states.firstIndex(of: entry.state) ?? 0))
            }
        }
        return bytes
    }

    /// Reads what `encoded` wrote; nil for anything else.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count.isMultiple(of: 33) else { return nil }
        var position = bytes.startIndex
        func take() -> UInt64 {
            var number: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                number |= UInt64(bytes[position]) << shift
                position += 1
            }
            return number
        }
        while position < bytes.endIndex {
            let id = ConversationID(bits: take())
            let token = TokenKey(high: take(), low: take())
            let activity = Timestamp(milliseconds: Int64(bitPattern: take()))
            guard Int(bytes[position]) < Self.states.count else { return nil }
            let state = Self.states[Int(bytes[position])]
            position += 1
            set(id, Entry(token: token, lastActivity: activity, state: state))
        }
    }
}
