import CLinux
import Glibc

/// A listening socket on a loop.
public final class Listener: Registration {
    /// What a listener has to say.
    public enum Notice: Sendable, Equatable {
        /// No more descriptors or memory: accepting pauses, connections wait in the kernel's queue.
        case paused(Address, code: Int32)
        /// Connections are accepted again.
        case resumed(Address)
    }

    /// How long accepting pauses: long enough not to spin, short enough not to be noticed much.
    public static let pause = Duration.milliseconds(100)
    /// Connections accepted in one turn, so that those already open get their turn too.
    private static let mostInOneTurn = 256

    private let socket: ListeningSocket
    private let report: (Notice) -> Void
    private let accepted: (Int32, PeerAddress) -> Void
    private var isShort = false
    private var isClosed = false

    init(
        id: ConnectionID, socket: ListeningSocket, loop: EventLoop, report: @escaping (Notice) -> Void,
        accepted: @escaping (Int32, PeerAddress) -> Void
    ) {
        self.socket = socket
        self.report = report
        self.accepted = accepted
        super.init(id: id, descriptor: socket.descriptor, loop: loop)
    }

    /// Stops listening. On the loop only.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        loop.forget(self)
        socket.shut()
    }

    override func tearDown() {
        close()
    }

    override func ready(_ readiness: Readiness) {
        for _ in 0..<Self.mostInOneTurn {
            guard acceptOne() else { return }
        }
    }

    /// - Returns: whether to try for another.
    private func acceptOne() -> Bool {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                accept4(self.descriptor, $0, &length, flags)
            }
        }
        guard descriptor >= 0 else { return goesOn(after: errno) }
        if isShort {
            isShort = false
            report(.resumed(socket.address))
        }
        if let address = Address(&storage) {
            var one: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
            accepted(descriptor, PeerAddress(address))
        } else {
            accepted(descriptor, .unix)
        }
        return true
    }

    private func goesOn(after code: Int32) -> Bool {
        switch code {
        case EAGAIN:
            return false
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            if !isShort {
                isShort = true
                report(.paused(socket.address, code: code))
            }
            loop.change(self, interest: [])
            loop.schedule(after: Self.pause) { [weak self] in
                guard let self, !self.isClosed else { return }
                self.loop.change(self, interest: .read)
            }
            return false
        default:
            // The peer gave up before it was accepted, or its network failed: accept(2) says to treat it like EAGAIN
            // and retry.
            return true
        }
    }
}
