import Foundation
import Glibc
import Threading

/// A server on loopback that does with each connection what a test says: it answers, waits, or goes.
final class LocalServer: Sendable {
    /// One connection, on a thread of its own.
    struct Peer {
        let descriptor: Int32
        /// Head and body of what was asked.
        let asked: String

        func send(_ text: String) {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }

        func answer(_ status: String, _ body: String, headers: String = "") {
            send(
                "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)Connection: close\r\n\r\n\(body)"
            )
        }

        /// Waits until the other side has gone.
        func waitForEnd() {
            var buffer = [UInt8](repeating: 0, count: 1024)
            while recv(descriptor, &buffer, buffer.count, 0) > 0 {}
        }
    }

    let port: Int
    /// What was asked, in its order.
    let asked = Record<String>()
    private let listener: Int32
    private let isOpen = Guarded(true)

    init(_ serve: @escaping @Sendable (Peer) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        Thread.detachNewThread { [asked] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else {
                    // The thread closes it: a number that is closed elsewhere may be another server's a moment later.
                    if errno == EINVAL {
                        close(listener)
                        return
                    }
                    continue
                }
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                Thread.detachNewThread {
                    let peer = Peer(descriptor: descriptor, asked: Self.request(descriptor))
                    asked.add(peer.asked)
                    serve(peer)
                    close(descriptor)
                }
            }
        }
    }

    deinit { stop() }

    /// Takes no more connections; the port refuses them.
    func stop() {
        let wasOpen = isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if wasOpen { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    private static func request(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let length = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
                    .first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) }
                if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
            }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return text }
            bytes += buffer[..<count]
        }
    }
}
