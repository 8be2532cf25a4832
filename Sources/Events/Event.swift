/// Something that happened. State is a fold over events and nothing else.
public struct Event: Sendable, Equatable {
    /// The stream whose version it advances.
    public var stream: StreamID
    /// The stream's version after it, from 1 without gaps.
    public var version: Int
    /// Chosen once, so that a second append of the same group is recognised.
    public var id: EventID
    /// When.
    public var at: Timestamp
    /// The client's `@id` that led to it, where it gave one.
    public var request: RequestTag?
    /// What.
    public var body: EventBody

    /// An event.
    public init(
        stream: StreamID, version: Int, id: EventID, at: Timestamp, request: RequestTag? = nil, body: EventBody
    ) {
        self.stream = stream
        self.version = version
        self.id = id
        self.at = at
        self.request = request
        self.body = body
    }
}

/// A client's `@id` with the command it stood before, as digests: of what a client chose, nothing else is stored.
public struct RequestTag: Hashable, Sendable {
    /// SHA-256 of the `@id`, 64 hexadecimal digits.
    public var id: String
    /// The first 16 hexadecimal digits of the command's SHA-256; tells `id_reused`.
    public var command: String

    /// A tag of the two digests.
    public init(id: String, command: String) {
        self.id = id
        self.command = command
    }
}
