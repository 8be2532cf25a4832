import Glibc

/// Why an address could not be understood, bound or watched.
public enum SocketError: Error, Equatable, Sendable {
    /// The text is not `HOST:PORT` or `unix:PATH`.
    case malformed(String, reason: String)
    /// Another process answers there.
    case inUse(String)
    /// A file that is not a socket stands at the path of a Unix socket; it is left alone.
    case notASocket(path: String)
    /// The path of a Unix socket does not fit into the kernel's structure.
    case pathTooLong(path: String, limit: Int)
    /// A call of the system failed.
    case system(operation: String, address: String, code: Int32)
}

extension SocketError: CustomStringConvertible {
    /// A sentence that names the thing and the remedy.
    public var description: String {
        switch self {
        case .malformed(let text, let reason):
            return "\"\(text)\" is not an address: \(reason); write HOST:PORT, [IPV6]:PORT or unix:PATH."
        case .inUse(let address):
            return "\(address) is in use by another process; stop it or choose another address."
        case .notASocket(let path):
            return "\(path) exists and is not a socket; remove it or choose another path."
        case .pathTooLong(let path, let limit):
            return "The path \(path) is too long for a Unix socket (at most \(limit) bytes); choose a shorter one."
        case .system(let operation, let address, let code):
            let place = address.isEmpty ? "" : " for \(address)"
            return "\(operation) failed\(place): \(String(cString: strerror(code)))."
        }
    }
}
