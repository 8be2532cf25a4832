/// A command's line, waiting for its one reply.
public struct ReceivedLine: Sendable {
    /// Whose line it is.
    public let connection: ConnectionHandle
    /// Where its reply belongs.
    public let slot: ReplySlot
    let offset: UInt32
    let count: UInt32
}

/// All lines that one turn of a loop brought, over all its connections, each connection's in order. One value with one
/// buffer, so that a line costs no allocation and the whole batch goes to another queue in one hop.
public struct LineBatch: Sendable {
    /// The lines, without their text.
    public private(set) var lines: [ReceivedLine] = []
    private var bytes: [UInt8] = []

    /// Lends a line's bytes: 1…8,192, UTF-8, no control character but TAB.
    public func withBytes<R>(of line: ReceivedLine, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes { all in
            let start = Int(line.offset)
            return try body(UnsafeRawBufferPointer(rebasing: all[start..<start + Int(line.count)]))
        }
    }

    mutating func append(_ text: UnsafeRawBufferPointer, connection: ConnectionHandle, slot: ReplySlot) {
        let offset = UInt32(truncatingIfNeeded: bytes.count)
        bytes.append(contentsOf: text)
        let count = UInt32(truncatingIfNeeded: text.count)
        lines.append(ReceivedLine(connection: connection, slot: slot, offset: offset, count: count))
    }

    mutating func removeAll() {
        lines.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}
