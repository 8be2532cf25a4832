/// What keeps one client from costing all others too much. Each is a setting, and may be replaced while running.
public struct LineLimits: Sendable, Equatable {
    /// Connections in all.
    public var connections = 16_000
    /// Connections of one address.
    public var connectionsPerAddress = 64
    /// Lines a second of one address, over all its connections; a second's worth may come at once.
    public var linesPerSecond = 50
    /// Whether limits by address apply to loopback and Unix sockets too, where bridges and load tests sit.
    public var limitLoopback = false
    /// Unwritten bytes of pushes on one connection, before it is closed with `overflow`.
    public var pushBytes = 1_048_576
    /// Unwritten bytes of replies on one connection, above which it is not read from. Below half of it, it is again.
    public var replyBytes = 262_144
    /// Commands of one connection that wait for their replies, from which it is not read from.
    public var pendingReplies = 1_024

    /// The defaults.
    public init() {}
}
