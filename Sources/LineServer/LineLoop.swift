import Loop

/// The sessions of one event loop, and what a handler may do with them right away, on the loop's queue.
///
/// `@unchecked Sendable`: all mutable state is guarded by the queue of `eventLoop`; other threads only pass the
/// reference on.
public final class LineLoop: TurnObserver, @unchecked Sendable {
    /// The loop whose queue all calls come on.
    public let eventLoop: EventLoop
    /// The server, to which replies are delivered from elsewhere.
    public let server: LineServer

    @exclusivity(unchecked) var limits: LineLimits
    @exclusivity(unchecked) private(set) var isDraining = false
    private var hasDrained = false
    private let handler: any LineHandler
    private let number: UInt32
    /// By the index of the connection's id.
    @exclusivity(unchecked) private var sessions: ContiguousArray<LineConnection?> = []
    private var count = 0
    private var listeners: [Listener] = []
    @exclusivity(unchecked) private var gathering = LineBatch()
    @exclusivity(unchecked) private var resumable: [LineConnection] = []
    /// Connections that had their share of this turn.
    @exclusivity(unchecked) private var eager: [LineConnection] = []
    private var isHandingOver = false
    /// Counts the turns.
    @exclusivity(unchecked) private(set) var turn: UInt64 = 1
    @exclusivity(unchecked) private var scratch: [UInt8] = []

    init(number: Int, eventLoop: EventLoop, server: LineServer, handler: any LineHandler, limits: LineLimits) {
        self.number = UInt32(number)
        self.eventLoop = eventLoop
        self.server = server
        self.handler = handler
        self.limits = limits
    }

    // MARK: For handlers, on the loop's queue

    /// Answers a command with one line, composed in place, without its LF.
    public func reply(to line: ReceivedLine, _ compose: (inout [UInt8]) -> Void) {
        guard let session = session(line.connection) else { return }
        scratch.removeAll(keepingCapacity: true)
        compose(&scratch)
        scratch.withUnsafeBytes { session.reply(to: line.slot, $0) }
    }

    /// Pushes one unsolicited line, composed in place, without its LF.
    public func push(to connection: ConnectionHandle, _ compose: (inout [UInt8]) -> Void) {
        guard let session = session(connection) else { return }
        scratch.removeAll(keepingCapacity: true)
        compose(&scratch)
        scratch.withUnsafeBytes { session.push($0) }
    }

    /// Keeps pushes back until the reply of a slot has been written.
    public func holdPushes(on connection: ConnectionHandle, until slot: ReplySlot) {
        session(connection)?.holdPushes(until: slot)
    }

    /// Closes a connection once the reply of a slot has been written; later slots get no reply.
    public func close(_ connection: ConnectionHandle, after slot: ReplySlot) {
        session(connection)?.close(after: slot)
    }

    /// What is kept for a connection.
    public func context(of connection: ConnectionHandle) -> AnyObject? {
        session(connection)?.context
    }

    /// Keeps something for a connection, for as long as it is open.
    public func setContext(_ context: AnyObject?, of connection: ConnectionHandle) {
        session(connection)?.context = context
    }

    // MARK: For the server

    func listen(on socket: ListeningSocket, as number: Int, report: @escaping @Sendable (Listener.Notice) -> Void) {
        let listener = eventLoop.listen(on: socket, report: report) { [unowned self] descriptor, peer in
            let origin = ConnectionOrigin(listener: number, peer: peer)
            guard server.census.admit(peer, limits: limits) else { return refuse(descriptor, peer) }
            let chosen = server.nextLoop()
            if chosen === self { return admit(descriptor, origin) }
            chosen.eventLoop.execute { chosen.admit(descriptor, origin) }
        }
        if let listener { listeners.append(listener) }
    }

    func apply(_ deliveries: Deliveries) {
        deliveries.bytes.withUnsafeBytes { bytes in
            for record in deliveries.records where record.connection.loop == number {
                guard let session = session(record.connection) else { continue }
                let line = UnsafeRawBufferPointer(rebasing: bytes[record.start..<record.end])
                switch record.kind {
                case .reply: session.reply(to: record.slot, line)
                case .push: session.push(line)
                case .holdPushes: session.holdPushes(until: record.slot)
                case .close: session.close(after: record.slot)
                }
            }
        }
    }

    /// Stops listening and reading; sessions close as soon as they have their replies.
    func drain() {
        guard !isDraining else { return }
        isDraining = true
        for listener in listeners { listener.close() }
        listeners = []
        for session in sessions { session?.drain() }
        tellIfEmpty()
    }

    /// Closes what is left.
    func abortAll() {
        for session in sessions { session?.connection.abort() }
    }

    // MARK: For sessions

    /// - Returns: whether the line's reply may be long.
    func gather(_ text: UnsafeRawBufferPointer, of connection: ConnectionHandle, slot: ReplySlot) -> Bool {
        gathering.append(text, connection: connection, slot: slot)
        return handler.expectsLongReply(to: text)
    }

    /// The answer to a line that comes too soon after others of its address.
    func refusal(of peer: PeerAddress) -> [UInt8]? {
        guard limits.limitLoopback || !peer.isLocal else { return nil }
        switch server.lineRate.take(peer.network, now: eventLoop.now) {
        case .allowed: return nil
        case .limited(let retryAfter): return ServerLine.rateLimited(retryAfter: retryAfter)
        }
    }

    func resumeLater(_ session: LineConnection) {
        resumable.append(session)
        eventLoop.requestTurn()
    }

    func takeInNextTurn(_ session: LineConnection) {
        eager.append(session)
        eventLoop.requestTurn()
    }

    func closed(_ session: LineConnection) {
        // What it still sent was let wait for others' sake: it counts.
        if !isHandingOver, session.takeRest() { handOver() }
        sessions[session.handle.id.index] = nil
        count -= 1
        server.census.leave(session.connection.peer)
        handler.closed(session.handle, context: session.context, on: self)
        session.context = nil
        tellIfEmpty()
    }

    /// Hands the turn's lines over.
    public func turnEnded(_ loop: EventLoop) {
        if !resumable.isEmpty {
            let sessions = resumable
            resumable.removeAll(keepingCapacity: true)
            for session in sessions { session.resume() }
        }
        let waiting = eager
        eager.removeAll(keepingCapacity: true)
        for session in waiting { session.takeNextTurn() }
        handOver()
        turn += 1
    }

    private func handOver() {
        guard !gathering.lines.isEmpty else { return }
        isHandingOver = true
        defer { isHandingOver = false }
        // Moved out, so that a handler that keeps nothing leaves the buffers to the next turn.
        var batch = LineBatch()
        swap(&batch, &gathering)
        handler.lines(batch, on: self)
        batch.removeAll()
        swap(&batch, &gathering)
    }

    private func admit(_ descriptor: Int32, _ origin: ConnectionOrigin) {
        guard let connection = eventLoop.adopt(descriptor, peer: origin.peer) else {
            server.census.leave(origin.peer)
            return
        }
        let handle = ConnectionHandle(loop: number, id: connection.id)
        let session = LineConnection(handle: handle, connection: connection, loop: self)
        connection.handler = session
        while sessions.count <= handle.id.index { sessions.append(nil) }
        sessions[handle.id.index] = session
        count += 1
        if let greeting = handler.opened(handle, origin: origin, on: self) { session.greet(greeting) }
        if isDraining { session.drain() }
    }

    private func refuse(_ descriptor: Int32, _ peer: PeerAddress) {
        guard let connection = eventLoop.adopt(descriptor, peer: peer) else { return }
        connection.write { output in
            output.append(contentsOf: ServerLine.tooManyConnections)
            output.append(0x0A)
        }
        connection.finish(linger: LineServer.lingerWhenStopping)
    }

    private func session(_ connection: ConnectionHandle) -> LineConnection? {
        let index = connection.id.index
        guard connection.loop == number, index < sessions.count, let session = sessions[index],
            session.handle.id == connection.id
        else { return nil }
        return session
    }

    private func tellIfEmpty() {
        guard isDraining, count == 0, !hasDrained else { return }
        hasDrained = true
        server.drained()
    }
}
