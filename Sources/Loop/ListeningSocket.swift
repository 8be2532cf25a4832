import CLinux
import Glibc

/// A bound, listening socket, not yet watched by a loop: a daemon binds all its addresses first, and says so, before it
/// serves any.
public final class ListeningSocket: Sendable {
    /// Where it listens, with the port that the system chose.
    public let address: Address
    let descriptor: Int32
    /// Tells the socket's own file from one that took its place.
    private let file: FileIdentity?

    private struct FileIdentity: Equatable, Sendable {
        let device: dev_t
        let inode: ino_t

        init?(path: String) {
            var status = stat()
            guard lstat(path, &status) == 0 else { return nil }
            device = status.st_dev
            inode = status.st_ino
        }
    }

    /// Binds and listens.
    /// - Parameters:
    ///   - mode: permissions of a Unix socket, which are set before anyone can connect; nil leaves the umask's.
    ///   - backlog: connections that the kernel keeps until they are accepted.
    public init(_ address: Address, mode: UInt32? = nil, backlog: Int32 = 4_096) throws(SocketError) {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, type, 0)
        guard descriptor >= 0 else {
            throw .system(operation: "socket", address: address.description, code: errno)
        }
        do throws(SocketError) {
            try Self.bind(descriptor, to: address)
            if case .unix(let path) = address, let mode, chmod(path, mode) != 0 {
                throw .system(operation: "chmod", address: address.description, code: errno)
            }
            guard Glibc.listen(descriptor, backlog) == 0 else {
                throw .system(operation: "listen", address: address.description, code: errno)
            }
            self.address = try Self.boundAddress(of: descriptor, asked: address)
        } catch {
            close(descriptor)
            throw error
        }
        if case .unix(let path) = address { file = FileIdentity(path: path) } else { file = nil }
        self.descriptor = descriptor
    }

    /// Stops listening and removes the file of a Unix socket, unless another has taken its place.
    func shut() {
        if case .unix(let path) = address, let file, FileIdentity(path: path) == file { unlink(path) }
        close(descriptor)
    }

    private static func bind(_ descriptor: Int32, to address: Address) throws(SocketError) {
        var one: Int32 = 1
        if case .unix(let path) = address {
            try removeStaleSocket(at: path, address: address)
        } else {
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        }
        let result = address.withSocketAddress { Glibc.bind(descriptor, $0, $1) }
        guard result != 0 else { return }
        if errno == EADDRINUSE { throw .inUse(address.description) }
        throw .system(operation: "bind", address: address.description, code: errno)
    }

    /// A socket file outlives its process. If nobody answers behind it, it is removed.
    private static func removeStaleSocket(at path: String, address: Address) throws(SocketError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { throw .system(operation: "socket", address: address.description, code: errno) }
        defer { close(probe) }
        if address.withSocketAddress({ connect(probe, $0, $1) }) == 0 { throw .inUse(address.description) }
        guard errno == ECONNREFUSED else {
            throw .system(operation: "connect", address: address.description, code: errno)
        }
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .system(operation: "unlink", address: address.description, code: errno)
        }
    }

    private static func boundAddress(of descriptor: Int32, asked: Address) throws(SocketError) -> Address {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else {
            throw .system(operation: "getsockname", address: asked.description, code: errno)
        }
        return Address(&storage) ?? asked
    }
}
