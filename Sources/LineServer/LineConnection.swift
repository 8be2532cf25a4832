import Loop

/// A session of the line protocol: cuts input into lines, gives each a place for its reply, writes replies in order and
/// pushes between them, and stops reading while its client does not read. Lives on its loop's queue.
///
/// Properties touched for every line are not checked for exclusive access at run time, as in `EventLoop`.
final class LineConnection: ConnectionHandler {
    let handle: ConnectionHandle
    let connection: Connection
    /// What the floor above keeps for the connection.
    var context: AnyObject?

    /// Unsafe for speed: the loop holds its sessions and is kept alive by the event loop that calls.
    private unowned(unsafe) let loop: LineLoop
    @exclusivity(unchecked) private var framer = LineFramer()
    @exclusivity(unchecked) private var replies = ReplyQueue()
    @exclusivity(unchecked) private var pushes = PushAccount()
    /// Input that was read but not cut into lines, since there were enough lines waiting.
    @exclusivity(unchecked) private var backlog: [UInt8] = []
    /// Pushes, with their line ends, that wait for the reply of `holdUntil`.
    private var held: [UInt8] = []
    @exclusivity(unchecked) private var holdUntil: ReplySlot?
    @exclusivity(unchecked) private var closeAfter: ReplySlot?
    /// The last command taken whose reply may be long; 0 before the first.
    @exclusivity(unchecked) private var lastLong: UInt64 = 0
    @exclusivity(unchecked) private var isPaused = false
    /// The turn of the loop in which lines were last taken, and how many they were.
    @exclusivity(unchecked) private var turn: UInt64 = 0
    @exclusivity(unchecked) private var takenThisTurn = 0
    /// Whether the rest of its lines has a place in the next turn.
    @exclusivity(unchecked) private var hasNextTurn = false
    /// Nothing is read or written any more but what stands in the output.
    @exclusivity(unchecked) private var isClosing = false
    /// Bytes ever added to the output.
    @exclusivity(unchecked) private var appended: UInt64 = 0

    /// Lines that are taken of a connection in one turn. Others wait while these are understood: at some 10 µs each not
    /// a millisecond.
    static let linesPerTurn = 64

    init(handle: ConnectionHandle, connection: Connection, loop: LineLoop) {
        self.handle = handle
        self.connection = connection
        self.loop = loop
    }

    // MARK: Input

    func received(_ bytes: UnsafeRawBufferPointer, on connection: Connection) {
        guard !isClosing, closeAfter == nil else { return }
        frame(bytes)
    }

    func inputEnded(on connection: Connection) {
        finishIfAnswered()
    }

    /// Goes on with what others were let before.
    func takeNextTurn() {
        hasNextTurn = false
        if !isFull { resume() }
    }

    /// Takes what others were let before, since no turn is left for it.
    /// - Returns: whether there was any.
    func takeRest() -> Bool {
        guard hasNextTurn, !isClosing, closeAfter == nil, !loop.isDraining else { return false }
        let rest = backlog
        backlog = []
        rest.withUnsafeBytes { bytes in
            _ = framer.feed(bytes) { line in
                take(line)
                return !isFull
            }
        }
        return true
    }

    /// Goes on with the backlog after a pause.
    func resume() {
        guard isPaused, !hasNextTurn, !isClosing, closeAfter == nil, !loop.isDraining else { return }
        if hadItsShare { return waitForNextTurn() }
        isPaused = false
        let rest = backlog
        backlog = []
        rest.withUnsafeBytes { frame($0) }
        if !isPaused { connection.resumeReading() }
    }

    private func frame(_ bytes: UnsafeRawBufferPointer) {
        if turn != loop.turn { (turn, takenThisTurn) = (loop.turn, 0) }
        let used = framer.feed(bytes) { line in
            takenThisTurn += 1
            take(line)
            return !isFull && !hadItsShare
        }
        if used < bytes.count { backlog = Array(bytes[used...]) }
        if !backlog.isEmpty || isFull {
            isPaused = true
            connection.pauseReading()
            if !isFull { waitForNextTurn() }
        }
    }

    private func take(_ line: FramedLine) {
        let slot = replies.reserve()
        if let refusal = loop.refusal(of: connection.peer) {
            reply(to: slot, refusal)
        } else {
            switch line {
            case .text(let text): if loop.gather(text, of: handle, slot: slot) { lastLong = slot.number }
            case .fault(let fault): reply(to: slot, ServerLine.of(fault))
            }
        }
    }

    private var hadItsShare: Bool { turn == loop.turn && takenThisTurn >= Self.linesPerTurn }

    private func waitForNextTurn() {
        guard !hasNextTurn else { return }
        hasNextTurn = true
        loop.takeInNextTurn(self)
    }

    private var unwrittenReplies: Int {
        connection.unwritten - pushes.unwritten + replies.parkedBytes
    }

    private var isFull: Bool {
        replies.pending >= loop.limits.pendingReplies || unwrittenReplies > loop.limits.replyBytes || awaitsLongReply
    }

    private var awaitsLongReply: Bool { lastLong >= replies.first }

    // MARK: Output

    func greet(_ line: [UInt8]) {
        line.withUnsafeBytes { append($0) }
    }

    func reply(to slot: ReplySlot, _ line: [UInt8]) {
        line.withUnsafeBytes { reply(to: slot, $0) }
    }

    /// A reply to a slot that has one already is dropped, and so is everything once the connection is closing.
    func reply(to slot: ReplySlot, _ line: UnsafeRawBufferPointer) {
        guard !isClosing else { return }
        let isNew = replies.complete(slot, line) { slot, line in
            append(line)
            if let until = holdUntil, slot >= until { releasePushes() }
            if let last = closeAfter, slot >= last { beginClosing() }
            return !isClosing
        }
        assert(isNew, "a slot takes one reply")
        finishIfAnswered()
    }

    func push(_ line: UnsafeRawBufferPointer) {
        guard !isClosing else { return }
        if holdUntil != nil {
            held.append(contentsOf: line)
            held.append(0x0A)
        } else {
            append(line)
            pushes.add(line.count + 1, endingAt: appended)
        }
        guard pushes.unwritten + held.count > loop.limits.pushBytes else { return }
        // A burst within one turn is no slow reader: see what the kernel takes before judging.
        connection.flushNow()
        countWritten()
        if pushes.unwritten + held.count > loop.limits.pushBytes { overflow() }
    }

    /// Keeps pushes back until a slot's reply is written; where several are named, until the last.
    func holdPushes(until slot: ReplySlot) {
        guard slot.number >= replies.first else { return }
        holdUntil = max(holdUntil ?? slot, slot)
    }

    func close(after slot: ReplySlot) {
        closeAfter = slot
        backlog = []
        connection.pauseReading()
        if slot.number < replies.first { beginClosing() }
    }

    /// The server stops: no more input; what is pending is still answered.
    func drain() {
        isPaused = true
        backlog = []
        connection.pauseReading()
        finishIfAnswered()
    }

    func flushed(_ connection: Connection) {
        countWritten()
        guard isPaused, !isClosing, replies.pending <= loop.limits.pendingReplies / 2,
            unwrittenReplies <= loop.limits.replyBytes / 2, !awaitsLongReply
        else { return }
        loop.resumeLater(self)
    }

    func closed(_ connection: Connection) {
        loop.closed(self)
        isClosing = true
        backlog = []
        held = []
    }

    private func append(_ line: UnsafeRawBufferPointer) {
        connection.write { output in
            output.append(contentsOf: line)
            output.append(0x0A)
        }
        appended += UInt64(line.count + 1)
    }

    private func countWritten() {
        pushes.written(upTo: appended - UInt64(connection.unwritten))
    }

    private func releasePushes() {
        holdUntil = nil
        guard !held.isEmpty else { return }
        connection.write { $0.append(contentsOf: held) }
        appended += UInt64(held.count)
        pushes.add(held.count, endingAt: appended)
        held = []
    }

    private func overflow() {
        ServerLine.overflow.withUnsafeBytes { append($0) }
        beginClosing()
    }

    private func beginClosing() {
        guard !isClosing else { return }
        isClosing = true
        backlog = []
        held = []
        connection.finish(linger: loop.isDraining ? LineServer.lingerWhenStopping : Connection.lingerTime)
    }

    private func finishIfAnswered() {
        guard connection.hasInputEnded || loop.isDraining, replies.pending == 0 else { return }
        beginClosing()
    }
}
