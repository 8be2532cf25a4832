/// Names a connection for its whole life and ever after: its place in the loop's table (24 bits) below a serial number
/// (40 bits), which is never given twice, so that whatever comes late finds nothing rather than somebody else.
public struct ConnectionID: Sendable, Hashable {
    /// The number that the kernel hands back with every event.
    public let rawValue: UInt64

    /// A name with its two parts.
    public init(serial: UInt64, index: Int) {
        rawValue = serial << 24 | UInt64(index)
    }

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The place in the loop's table; small, and given again after the connection has closed.
    public var index: Int { Int(rawValue & 0xFF_FFFF) }
}

/// A descriptor that a loop watches: a listener or a connection. Lives on its loop's queue.
public class Registration {
    /// The name, unique within the loop.
    public let id: ConnectionID
    let descriptor: Int32
    /// Unsafe, since checking it costs two atomic operations a use, at several uses a message. The loop's table holds
    /// its registrations and `stop` tears each down, so that none acts after its loop.
    unowned(unsafe) let loop: EventLoop

    init(id: ConnectionID, descriptor: Int32, loop: EventLoop) {
        self.id = id
        self.descriptor = descriptor
        self.loop = loop
    }

    /// The kernel says that the descriptor is ready.
    func ready(_ readiness: Readiness) {}

    /// Closes the descriptor at once and leaves the loop.
    func tearDown() {}
}
