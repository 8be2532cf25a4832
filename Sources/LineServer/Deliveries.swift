/// Replies, pushes and closes on their way to their connections: gathered on any thread, handed over in one hop with
/// `LineServer.deliver`. One buffer holds all their bytes. Per connection they take effect in the order of the calls.
public struct Deliveries: Sendable {
    enum Kind: UInt8 { case reply, push, holdPushes, close }

    struct Record: Sendable {
        let kind: Kind
        let connection: ConnectionHandle
        let slot: ReplySlot
        let start: Int
        let end: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var records: [Record] = []
    /// A bit for each loop that has something coming.
    private(set) var loops: UInt64 = 0
    /// How much room was made.
    private var room = (bytes: 0, records: 0)

    /// Nothing to deliver yet.
    public init() {}

    /// Whether there is nothing to deliver.
    public var isEmpty: Bool { records.isEmpty }

    /// Bytes gathered so far.
    public var byteCount: Int { bytes.count }

    /// Answers a command with one line, composed in place, without its LF.
    public mutating func reply(to line: ReceivedLine, _ compose: (inout [UInt8]) -> Void) {
        reply(to: line.connection, slot: line.slot, compose)
    }

    /// Answers the command of a slot with one line, composed in place, without its LF. A slot takes one reply.
    public mutating func reply(
        to connection: ConnectionHandle, slot: ReplySlot, _ compose: (inout [UInt8]) -> Void
    ) {
        let start = bytes.count
        compose(&bytes)
        add(.reply, connection, slot, from: start)
    }

    /// Pushes one unsolicited line, composed in place, without its LF.
    public mutating func push(to connection: ConnectionHandle, _ compose: (inout [UInt8]) -> Void) {
        let start = bytes.count
        compose(&bytes)
        add(.push, connection, ReplySlot(number: 0), from: start)
    }

    /// Keeps pushes back until the reply of a slot has been written. Must be delivered before the slot's reply.
    public mutating func holdPushes(on connection: ConnectionHandle, until slot: ReplySlot) {
        add(.holdPushes, connection, slot, from: bytes.count)
    }

    /// Closes a connection once the reply of a slot has been written; later slots get no reply.
    public mutating func close(_ connection: ConnectionHandle, after slot: ReplySlot) {
        add(.close, connection, slot, from: bytes.count)
    }

    /// Closes a connection once what has been delivered so far is written; unanswered slots get no reply.
    public mutating func close(_ connection: ConnectionHandle) {
        close(connection, after: ReplySlot(number: 0))
    }

    /// The same slots, each answered with `line` instead; pushes are left out. For answers whose promise can't be kept.
    public func refused(with line: [UInt8]) -> Deliveries {
        var refused = Deliveries()
        for record in records where record.kind != .push {
            refused.bytes += record.kind == .reply ? line : []
            refused.add(
                record.kind, record.connection, record.slot,
                from: refused.bytes.count - (record.kind == .reply ? line.count : 0))
        }
        return refused
    }

    /// The line that answers a slot, if it is among these.
    public func reply(to connection: ConnectionHandle, slot: ReplySlot) -> ArraySlice<UInt8>? {
        records.first { $0.kind == .reply && $0.connection == connection && $0.slot == slot }
            .map { bytes[$0.start..<$0.end] }
    }

    /// Makes room for somewhat more than another one holds, which came before it, or for what that one had room for,
    /// should it come again; for less and less as it does not.
    public mutating func reserveRoom(for other: Deliveries) {
        if other.isEmpty { return }
        room.bytes = max(other.bytes.count + other.bytes.count / 4, other.room.bytes - (other.room.bytes + 7) / 8)
        room.records = max(
            other.records.count + other.records.count / 4, other.room.records - (other.room.records + 7) / 8)
        bytes.reserveCapacity(room.bytes)
        records.reserveCapacity(room.records)
    }

    /// Forgets everything, to be filled again.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
        loops = 0
    }

    mutating func add(_ kind: Kind, _ connection: ConnectionHandle, _ slot: ReplySlot, from start: Int) {
        records.append(Record(kind: kind, connection: connection, slot: slot, start: start, end: bytes.count))
        loops |= 1 << UInt64(connection.loop)
    }
}
