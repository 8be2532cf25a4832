import Loop

/// The floor above: gives commands their replies.
///
/// All calls come on the queue of the loop given with them; several loops call at the same time.
public protocol LineHandler: AnyObject, Sendable {
    /// A connection has been let in.
    /// - Returns: its first line, without LF.
    func opened(_ connection: ConnectionHandle, origin: ConnectionOrigin, on loop: LineLoop) -> [UInt8]?

    /// Whether a line's reply may be long. No further line of its connection is taken before that reply is given, so
    /// that a few bytes of commands never make many such replies pile up; all others may be many at once.
    func expectsLongReply(to line: UnsafeRawBufferPointer) -> Bool

    /// All lines of a turn. Each must get exactly one reply, now through `loop` or later, from any thread, through
    /// `LineServer.deliver`.
    func lines(_ batch: LineBatch, on loop: LineLoop)

    /// A connection is gone, with what was kept for it.
    func closed(_ connection: ConnectionHandle, context: AnyObject?, on loop: LineLoop)
}
