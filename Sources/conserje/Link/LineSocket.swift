import Glibc

/// A connected stream socket that carries lines and never blocks.
final class LineSocket {
    /// What `receive` found.
    struct Received {
        var lines: [String] = []
        /// Whether the other side is gone; what came before is in `lines`.
        var isClosed = false
    }

    /// For `poll`.
    let descriptor: Int32
    private var incoming: [UInt8] = []
    private var outgoing: [UInt8] = []

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Whether something waits to be written.
    var wantsToWrite: Bool { !outgoing.isEmpty }

    /// Connects, trying each address of a host's name in turn.
    /// - Parameter milliseconds: how long each may take.
    /// - Returns: nil where nobody listens.
    static func connect(to destination: Destination, within milliseconds: Int32) -> LineSocket? {
        switch destination {
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let bytes = Array(path.utf8)
            let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
                guard bytes.count < room.count else { return false }
                room.copyBytes(from: bytes)
                return true
            }
            guard fits else { return nil }
            return withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(family: AF_UNIX, $0, socklen_t(MemoryLayout<sockaddr_un>.size), milliseconds)
                }
            }
        case .tcp(let host, let port):
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return nil }
            defer { freeaddrinfo(list) }
            var entry = list
            while let info = entry?.pointee {
                if let address = info.ai_addr,
                    let socket = connect(family: info.ai_family, address, info.ai_addrlen, milliseconds)
                {
                    return socket
                }
                entry = info.ai_next
            }
            return nil
        }
    }

    private static func connect(
        family: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t, _ milliseconds: Int32
    ) -> LineSocket? {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { return nil }
        let result = LineSocket(descriptor: descriptor)
        if Glibc.connect(descriptor, address, length) == 0 { return result }
        guard errno == EINPROGRESS else { return nil }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&waiting, 1, milliseconds) == 1 else { return nil }
        var fault: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &fault, &size) == 0, fault == 0 else { return nil }
        return result
    }

    /// Adds a line to what goes out, and writes as much as the socket takes.
    /// - Returns: false where the connection is broken.
    func send(_ line: String) -> Bool {
        outgoing.append(contentsOf: line.utf8)
        outgoing.append(UInt8(ascii: "\n"))
        return flush()
    }

    /// Writes as much as the socket takes.
    func flush() -> Bool {
        while !outgoing.isEmpty {
            let count = Glibc.send(descriptor, outgoing, outgoing.count, Int32(MSG_NOSIGNAL))
            if count > 0 {
                outgoing.removeFirst(count)
            } else if errno == EAGAIN {
                return true
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Takes what has come in.
    func receive() -> Received {
        var result = Received()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                incoming.append(contentsOf: buffer[..<count])
                if count < buffer.count { break }
            } else if count < 0, errno == EINTR {
                continue
            } else {
                result.isClosed = count == 0 || errno != EAGAIN
                break
            }
        }
        var start = 0
        while let end = incoming[start...].firstIndex(of: UInt8(ascii: "\n")) {
            result.lines.append(String(decoding: incoming[start..<end], as: UTF8.self))
            start = end + 1
        }
        incoming.removeFirst(start)
        return result
    }
}
