import Loop

/// Names a connection from any thread. Never given twice: what is delivered to a connection that has closed is dropped.
public struct ConnectionHandle: Sendable, Hashable {
    let loop: UInt32
    let id: ConnectionID

    init(loop: UInt32, id: ConnectionID) { (self.loop, self.id) = (loop, id) }

    /// A connection that no loop has: for a service in memory.
    public init(inMemory number: Int) { self.init(loop: 0, id: ConnectionID(serial: 1, index: number)) }

    /// Takes the place of `hash(into:)` in tables: the numbers are given here, one after the other, so that their low
    /// bits tell them apart without SipHash, which is ten times this work.
    public func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: id.rawValue &* 2 &+ UInt64(loop)) ^ seed }
}

/// The place of a command's reply in the order of its connection's replies.
public struct ReplySlot: Sendable, Hashable, Comparable {
    let number: UInt64

    /// The place of that number, from 1.
    public init(number: UInt64) { self.number = number }

    /// Whether the left one's command came first.
    public static func < (left: ReplySlot, right: ReplySlot) -> Bool { left.number < right.number }
}

/// Where a connection came from.
public struct ConnectionOrigin: Sendable, Hashable {
    /// The number under which its listener was given to `LineServer.listen`.
    public let listener: Int
    /// Who is at the other end.
    public let peer: PeerAddress

    /// A connection's origin.
    public init(listener: Int, peer: PeerAddress) { (self.listener, self.peer) = (listener, peer) }
}
