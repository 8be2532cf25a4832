import Events

/// Where events are stored, whatever stands behind it.
///
/// A group is stored whole or not at all. Each of its events carries the version its stream will have after it; where
/// the stream has moved on, the group conflicts and nothing of it is stored. A group sent twice is recognised by its
/// events' ids. Nobody may rely on being the only writer.
public protocol EventLog: Sendable {
    /// Stores groups, in order, each for itself.
    /// - Returns: one result a group.
    /// - Throws: `storageUnavailable`; then nothing of any group is stored.
    func append(_ groups: [[Event]]) throws(JournalError) -> [AppendResult]
    /// Calls `then` once everything up to the position is on stable storage, or can't be brought there.
    func sync(upTo position: Int, then: @escaping @Sendable (Result<Void, JournalError>) -> Void)
    /// All events of a stream from a version on, in order.
    func read(_ stream: StreamID, from version: Int) throws(JournalError) -> [StoredEvent]
}

/// What became of a group.
public enum AppendResult: Equatable, Sendable {
    /// Stored; the position of its last event.
    case stored(Int)
    /// It was stored before; the position of its last event.
    case duplicate(Int)
    /// A stream is at another version; nothing of the group is stored.
    case conflict(StreamID, actual: Int)
}

/// An event with its place in the log.
public struct StoredEvent: Sendable, Equatable {
    /// From 1, without gaps.
    public var position: Int
    /// The event.
    public var event: Event

    /// An event at a position.
    public init(position: Int, event: Event) {
        self.position = position
        self.event = event
    }
}
