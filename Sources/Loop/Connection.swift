import CLinux
import Glibc

/// What happens on a connection, told on its loop's queue.
public protocol ConnectionHandler: AnyObject {
    /// Bytes have come. They are lent for the length of the call: keep what is unfinished.
    func received(_ bytes: UnsafeRawBufferPointer, on connection: Connection)
    /// The peer will send no more. It may still read: whoever has nothing left to write calls `finish`.
    func inputEnded(on connection: Connection)
    /// Output was handed to the kernel; `connection.unwritten` tells what it did not take yet.
    func flushed(_ connection: Connection)
    /// The connection is gone, for whatever reason. The last call.
    func closed(_ connection: Connection)
}

/// A stream socket on a loop. Output is gathered and written once at the end of a turn; the kernel is asked to say when
/// more can be written only while it has refused some. Holds no buffer while there is nothing to write.
public final class Connection: Registration {
    private enum Phase {
        case open
        /// Writes what is left, then shuts its side down.
        case finishing
        /// Its side is shut; reads and discards until the peer closes too, since a close with unread input would reset
        /// the connection and destroy what the peer has not read yet (RFC 1122 4.2.2.13).
        case lingering
        case closed
    }

    /// How long a finished connection may take to be read empty by its peer.
    public static let drainTime = Duration.seconds(5)
    /// How long a finished, written connection waits for the peer's close.
    public static let lingerTime = Duration.seconds(1)

    /// Who is at the other end.
    public let peer: PeerAddress
    /// Told what happens; let go at the end.
    @exclusivity(unchecked) public var handler: (any ConnectionHandler)?
    /// Whether the peer has shut its side down.
    @exclusivity(unchecked) public private(set) var hasInputEnded = false

    @exclusivity(unchecked) private var phase = Phase.open
    private var isReadingPaused = false
    @exclusivity(unchecked) private var isUnflushed = false
    /// The kernel refused output: it will say when there is room.
    @exclusivity(unchecked) private var isBlocked = false
    @exclusivity(unchecked) private var interest: Interest = .read
    private var linger = Connection.lingerTime
    private var deadline: TimerID?
    @exclusivity(unchecked) private var output: [UInt8] = []
    @exclusivity(unchecked) private var written = 0

    init(id: ConnectionID, descriptor: Int32, peer: PeerAddress, loop: EventLoop) {
        self.peer = peer
        super.init(id: id, descriptor: descriptor, loop: loop)
    }

    /// Bytes of output that the kernel has not taken yet.
    public var unwritten: Int { output.count - written }

    /// Whether the connection has closed.
    public var isClosed: Bool { phase == .closed }

    /// Adds output, composed in place. Nothing is added once the connection finishes.
    public func write(_ compose: (inout [UInt8]) -> Void) {
        guard phase == .open else { return }
        if output.isEmpty && output.capacity == 0 { output = loop.takeBuffer() }
        compose(&output)
        flushLater()
    }

    /// Reads no more until `resumeReading`, so that the peer feels the back-pressure.
    public func pauseReading() {
        isReadingPaused = true
        updateInterest()
    }

    /// Reads again.
    public func resumeReading() {
        isReadingPaused = false
        updateInterest()
    }

    /// Hands the output to the kernel now rather than at the end of the turn.
    public func flushNow() {
        guard phase == .open || phase == .finishing, !isBlocked else { return }
        send()
    }

    /// Closes once everything written so far has been sent; nothing more is read.
    public func finish(linger: Duration = Connection.lingerTime) {
        guard phase == .open else { return }
        phase = .finishing
        self.linger = linger
        updateInterest()
        flushLater()
    }

    /// Closes now; unwritten output is lost.
    public func abort() {
        guard phase != .closed else { return }
        phase = .closed
        if let deadline { loop.cancel(deadline) }
        loop.forget(self)
        close(descriptor)
        output = []
        written = 0
        let handler = self.handler
        self.handler = nil
        handler?.closed(self)
    }

    override func tearDown() {
        abort()
    }

    override func ready(_ readiness: Readiness) {
        if readiness.contains(.writable), isBlocked {
            isBlocked = false
            send()
            handler?.flushed(self)
        }
        switch phase {
        case .open where interest.contains(.read):
            if !readiness.isDisjoint(with: [.readable, .hungUp]) { read() }
        case .lingering:
            discard()
        case .open, .finishing:
            // A hang-up is told whatever one is interested in; ignored, it would be told for ever.
            if readiness.contains(.hungUp) { abort() }
        case .closed:
            break
        }
    }

    func flush() {
        isUnflushed = false
        guard phase != .closed, !isBlocked else { return }
        send()
        handler?.flushed(self)
    }

    private func flushLater() {
        guard !isUnflushed else { return }
        isUnflushed = true
        loop.flushLater(self)
    }

    private func read() {
        let buffer = loop.readBuffer
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
            handler?.received(UnsafeRawBufferPointer(rebasing: buffer[..<count]), on: self)
        } else if count == 0 {
            hasInputEnded = true
            updateInterest()
            handler?.inputEnded(on: self)
        } else if errno != EAGAIN && errno != EINTR {
            abort()
        }
    }

    private func send() {
        while written < output.count {
            let count = output.withUnsafeBytes { bytes in
                Glibc.send(
                    descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written,
                    Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                return abort()
            }
        }
        if written == output.count {
            releaseOutput()
            if phase == .finishing { shutDown() }
        } else {
            isBlocked = true
            compact()
            if phase == .finishing, deadline == nil {
                deadline = loop.schedule(after: Self.drainTime) { [weak self] in self?.abort() }
            }
        }
        if phase != .closed { updateInterest() }
    }

    private func releaseOutput() {
        written = 0
        guard output.capacity > 0 else { return }
        var buffer: [UInt8] = []
        swap(&buffer, &output)
        loop.giveBack(buffer)
    }

    /// Lets go of what is written once it is the larger part, so that moving the rest costs no more than sending did.
    private func compact() {
        guard written > 65_536, written > output.count / 2 else { return }
        output.removeFirst(written)
        written = 0
    }

    private func shutDown() {
        guard !hasInputEnded, shutdown(descriptor, Int32(SHUT_WR)) == 0 else { return abort() }
        phase = .lingering
        if let deadline { loop.cancel(deadline) }
        deadline = loop.schedule(after: linger) { [weak self] in self?.abort() }
        updateInterest()
    }

    private func discard() {
        let buffer = loop.readBuffer
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { abort() }
    }

    private func updateInterest() {
        var wanted: Interest = []
        switch phase {
        case .open: if !isReadingPaused && !hasInputEnded { wanted.insert(.read) }
        case .lingering: wanted.insert(.read)
        case .finishing, .closed: break
        }
        if isBlocked { wanted.insert(.write) }
        guard wanted != interest, phase != .closed else { return }
        interest = wanted
        loop.change(self, interest: wanted)
    }
}
