import Glibc
import JSON

/// A connection to the daemon that comes back. Commands wait in order for their answers; those that a lost connection
/// left unanswered are sent again, under the same `@id`, once the session has been opened anew.
final class Link<Request> {
    /// What the session must know.
    enum Event {
        /// The daemon said hello: send the opening commands, then call `open`.
        case connected(role: String)
        /// The answer to a command.
        case ok(Request, JSONValue)
        case refused(Request, Refusal)
        /// A line that nobody asked for.
        case push(type: String, JSONValue)
        /// An error without a command, as of a daemon that is full.
        case turnedAway(Refusal)
        /// The connection is gone.
        case lost
    }

    private struct Command {
        let request: Request
        let line: String
        let isOpening: Bool
        var isSent: Bool
    }

    private enum State {
        case closed(retryAt: Int)
        /// Connected, not yet opened; given up at the deadline.
        case opening(LineSocket, deadline: Int)
        case open(LineSocket)
    }

    /// How long a daemon may take to let a session in, in milliseconds.
    private static var patience: Int { 10_000 }
    /// Bounds of the waits between attempts, in milliseconds; each doubles the last.
    private static var waits: ClosedRange<Int> { 100...5_000 }

    /// Where the daemon listens.
    let destination: Destination
    private var state = State.closed(retryAt: 0)
    private var commands: [Command] = []
    private var failures = 0

    /// A link that connects with the first `attend`.
    init(to destination: Destination) { self.destination = destination }

    /// Whether the session has been opened on a living connection.
    var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    /// What was asked and not answered yet.
    var unanswered: [Request] { commands.map(\.request) }

    /// The socket for `poll`, nil while there is none, with the events to wait for.
    var interest: pollfd? {
        guard let socket else { return nil }
        return pollfd(fd: socket.descriptor, events: Int16(POLLIN | (socket.wantsToWrite ? POLLOUT : 0)), revents: 0)
    }

    /// When `attend` must be called at the latest.
    var deadline: Int? {
        switch state {
        case .closed(let retryAt): retryAt
        case .opening(_, let deadline): deadline
        case .open: nil
        }
    }

    /// Sends a command, or keeps it until the session is open.
    func send(_ command: ProtocolCommand, for request: Request) {
        commands.append(Command(request: request, line: command.line, isOpening: false, isSent: false))
        if isOpen { sendWaiting() }
    }

    /// Sends a command that opens the session, before all that wait.
    func sendOpening(_ command: ProtocolCommand, for request: Request) {
        let index = commands.firstIndex { !$0.isOpening } ?? commands.endIndex
        commands.insert(Command(request: request, line: command.line, isOpening: true, isSent: false), at: index)
        if !isOpen { sendWaiting() }
    }

    /// The session is open: what waited is sent.
    func open() {
        guard case .opening(let socket, _) = state else { return }
        state = .open(socket)
        failures = 0
        sendWaiting()
    }

    /// Gives up the deadline while a person is asked for something.
    func waitForPerson() {
        if case .opening(let socket, _) = state { state = .opening(socket, deadline: .max) }
    }

    /// Reads, writes, connects or gives up, as is due.
    /// - Parameters:
    ///   - now: milliseconds of a clock that only goes forward.
    ///   - handle: called with each event before the next line is looked at, so that `unanswered` is what it was when
    ///     the line was written.
    func attend(now: Int, _ handle: (Event) -> Void) {
        switch state {
        case .closed(let retryAt):
            guard now >= retryAt else { return }
            guard let socket = LineSocket.connect(to: destination, within: 3000) else { return lose(now: now, handle) }
            state = .opening(socket, deadline: now + Self.patience)
        case .opening(let socket, let deadline):
            if now >= deadline { return lose(now: now, handle) }
            exchange(over: socket, now: now, handle)
        case .open(let socket):
            exchange(over: socket, now: now, handle)
        }
    }

    /// Drops the connection.
    private func lose(now: Int, _ handle: (Event) -> Void) {
        // Randomly shorter by up to a quarter, so that many terminals don't come back in one instant.
        let wait = min(Self.waits.lowerBound << min(failures, 10), Self.waits.upperBound)
        state = .closed(retryAt: now + wait - Int.random(in: 0...wait / 4))
        failures += 1
        commands.removeAll(where: \.isOpening)
        for index in commands.indices { commands[index].isSent = false }
        handle(.lost)
    }

    private var socket: LineSocket? {
        switch state {
        case .closed: nil
        case .opening(let socket, _), .open(let socket): socket
        }
    }

    private func sendWaiting() {
        guard let socket else { return }
        for index in commands.indices where !commands[index].isSent && (isOpen || commands[index].isOpening) {
            commands[index].isSent = true
            // A broken connection shows at the next reading.
            _ = socket.send(commands[index].line)
        }
    }

    private func exchange(over socket: LineSocket, now: Int, _ handle: (Event) -> Void) {
        _ = socket.flush()
        let received = socket.receive()
        for line in received.lines {
            // Not the protocol: whoever speaks there is no daemon, or out of step.
            guard let line = ServerLine(line), let event = event(for: line) else { return lose(now: now, handle) }
            handle(event)
        }
        if received.isClosed { lose(now: now, handle) }
    }

    /// Nil where an answer comes that no command waits for.
    private func event(for line: ServerLine) -> Event? {
        switch line {
        case .push("hello", let value): return .connected(role: value["role"]?.string ?? "")
        case .push(let type, let value): return .push(type: type, value)
        case .ok(let value):
            guard let request = takeAnswered() else { return nil }
            return .ok(request, value)
        case .error(let refusal):
            guard let request = takeAnswered() else { return .turnedAway(refusal) }
            return .refused(request, refusal)
        }
    }

    private func takeAnswered() -> Request? {
        guard let first = commands.first, first.isSent else { return nil }
        commands.removeFirst()
        return first.request
    }
}
