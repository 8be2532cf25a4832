import Events

/// The newest messages of a conversation, oldest first. Kept in full chunks that are never changed and a last one that
/// grows, so that a copy of a conversation, held while a turn may yet be undone, costs the next message one chunk and
/// not all of them.
public struct RecentMessages: Sendable, Equatable, RandomAccessCollection, ExpressibleByArrayLiteral {
    private var full: [[Message]] = []
    private var last: [Message] = []

    private static let chunk = 8

    /// These messages.
    public init(arrayLiteral messages: Message...) {
        for message in messages { append(message) }
    }

    /// 0
    public var startIndex: Int { 0 }
    /// How many there are.
    public var endIndex: Int { full.count * Self.chunk + last.count }

    /// The message at a place, from 0.
    public subscript(position: Int) -> Message {
        let chunk = position / Self.chunk
        return chunk < full.count ? full[chunk][position % Self.chunk] : last[position % Self.chunk]
    }

    /// Adds the newest message.
    public mutating func append(_ message: Message) {
        last.append(message)
        if last.count == Self.chunk {
            full.append(last)
            last = []
        }
    }

    /// Lets the oldest go, a whole chunk at a time, where more than `most` would be kept; at least `least` stay.
    public mutating func trim(most: Int, least: Int) {
        guard count > most else { return }
        full.removeFirst(Swift.min(full.count, (count - least) / Self.chunk))
    }
}
