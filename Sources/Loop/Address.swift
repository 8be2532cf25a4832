import CLinux
import Glibc

/// Where a listener listens: an IP address with its port, or the path of a Unix socket.
public enum Address: Sendable, Hashable {
    /// The address in host byte order.
    case ipv4(UInt32, port: UInt16)
    /// The address as two halves in host byte order.
    case ipv6(high: UInt64, low: UInt64, port: UInt16)
    /// The path as given, which may be relative.
    case unix(String)

    /// The longest path of a Unix socket in bytes: `sun_path` less its closing zero.
    public static let longestUnixPath = 107

    /// Reads `HOST:PORT`, `[IPV6]:PORT`, `localhost:PORT` (127.0.0.1) or `unix:PATH`. No name is looked up.
    public init(parsing text: String) throws(SocketError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard !path.isEmpty else { throw .malformed(text, reason: "the path is empty") }
            guard !path.utf8.contains(0) else { throw .malformed(text, reason: "the path holds a zero byte") }
            guard path.utf8.count <= Self.longestUnixPath else {
                throw .pathTooLong(path: path, limit: Self.longestUnixPath)
            }
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { throw .malformed(text, reason: "it has no port") }
        var host = String(text[..<colon])
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            throw .malformed(text, reason: "the port is not a number from 0 to 65535")
        }
        if host == "localhost" { host = "127.0.0.1" }
        if host.hasPrefix("["), host.hasSuffix("]") {
            var raw = in6_addr()
            guard inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &raw) == 1 else {
                throw .malformed(text, reason: "\(host) is not an IPv6 address")
            }
            let (high, low) = Self.halves(of: raw)
            self = .ipv6(high: high, low: low, port: port)
            return
        }
        var raw = in_addr()
        guard inet_pton(AF_INET, host, &raw) == 1 else {
            throw .malformed(text, reason: "the host is not an IP address or localhost")
        }
        self = .ipv4(UInt32(bigEndian: raw.s_addr), port: port)
    }

    /// Whether only processes of this machine can reach it.
    public var isLocal: Bool {
        switch self {
        case .ipv4(let host, _): return host >> 24 == 127
        case .ipv6(let high, let low, _): return high == 0 && (low == 1 || low >> 24 == 0xFFFF_7F)
        case .unix: return true
        }
    }

    static func halves(of raw: in6_addr) -> (high: UInt64, low: UInt64) {
        withUnsafeBytes(of: raw) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}

extension Address: CustomStringConvertible {
    /// The text that `init(parsing:)` reads; a Unix path is made absolute.
    public var description: String {
        switch self {
        case .ipv4(let host, let port):
            return "\(host >> 24).\(host >> 16 & 255).\(host >> 8 & 255).\(host & 255):\(port)"
        case .ipv6(let high, let low, let port):
            var raw = in6_addr()
            withUnsafeMutableBytes(of: &raw) { bytes in
                bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
                bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            _ = inet_ntop(AF_INET6, &raw, &text, socklen_t(INET6_ADDRSTRLEN))
            let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return "[\(host)]:\(port)"
        case .unix(let path):
            return "unix:" + Self.absolute(path)
        }
    }

    private static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let buffer = getcwd(nil, 0) else { return path }
        defer { free(buffer) }
        let folder = String(cString: buffer)
        let tail = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return folder.hasSuffix("/") ? folder + tail : folder + "/" + tail
    }
}
