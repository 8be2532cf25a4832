import Glibc
import JSON

/// A client of the line protocol that waits for each answer, up to a deadline.
final class LineClient {
    /// An answer to a command.
    enum Answer: Equatable {
        case ok(JSONValue)
        case error(JSONValue)

        /// What came after `OK` or `ERR`.
        var value: JSONValue {
            switch self {
            case .ok(let value), .error(let value): value
            }
        }

        /// The code of an error, nil for `OK`.
        var code: String? {
            if case .error(let value) = self { value["code"]?.string } else { nil }
        }

        subscript(name: String) -> JSONValue? { value[name] }

        subscript(path path: String) -> JSONValue? { value[path: path] }
    }

    /// Unsolicited lines that came while an answer was waited for, oldest first.
    private(set) var pushes: [JSONValue] = []
    private let descriptor: Int32
    private let reader: LineReader

    /// Takes over a connected socket.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        reader = LineReader(descriptor: descriptor)
    }

    /// Connects to `IPV4:PORT` or `unix:PATH`; the greeting of the server is the first push.
    convenience init(to address: String) throws {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let isUnix = address.hasPrefix("unix:")
        let descriptor = socket(isUnix ? AF_UNIX : AF_INET, kind, 0)
        let result: Int32
        if isUnix {
            var target = try UnixAddress.make(String(address.dropFirst(5)))
            result = UnixAddress.with(&target) { connect(descriptor, $0, $1) }
        } else {
            let parts = address.split(separator: ":")
            guard parts.count == 2, let port = UInt16(parts[1]) else { throw HarnessError("\(address) is no address") }
            var target = sockaddr_in()
            target.sin_family = sa_family_t(AF_INET)
            target.sin_port = port.bigEndian
            inet_pton(AF_INET, String(parts[0]), &target.sin_addr)
            result = withUnsafePointer(to: &target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        guard result == 0 else {
            let fault = errno
            Glibc.close(descriptor)
            throw HarnessError("nobody listens at \(address): \(fault)")
        }
        self.init(descriptor: descriptor)
    }

    deinit { Glibc.close(descriptor) }

    /// Sends a line.
    func send(_ line: String) throws { try send(bytes: Array((line + "\n").utf8)) }

    /// Sends bytes as they are.
    func send(bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw HarnessError("the connection is broken: \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// The next line of whatever kind.
    func nextLine(within seconds: Double = 10) throws -> String {
        guard let line = try reader.nextLine(within: seconds) else { throw HarnessError("the connection was closed") }
        return line
    }

    /// Whether the other side closes, whatever it still says before.
    func isClosed(within seconds: Double = 10) throws -> Bool {
        while try reader.nextLine(within: seconds) != nil {}
        return true
    }

    /// Sends a command and waits for its answer; pushes that come before it are kept.
    func ask(_ command: String, within seconds: Double = 10) throws -> Answer {
        try send(command)
        return try nextAnswer(within: seconds)
    }

    /// The next answer, for commands that were sent one after another.
    func nextAnswer(within seconds: Double = 10) throws -> Answer {
        while true {
            let line = try nextLine(within: seconds)
            if let push = try Self.push(line) {
                pushes.append(push)
            } else if line.hasPrefix("OK ") {
                return .ok(try JSONValue.parse(String(line.dropFirst(3))))
            } else if line.hasPrefix("ERR ") {
                return .error(try JSONValue.parse(String(line.dropFirst(4))))
            } else {
                throw HarnessError("no line of the protocol: \(line)")
            }
        }
    }

    /// Takes the first push of that type, of those kept or those to come.
    func nextPush(_ type: String, within seconds: Double = 10) throws -> JSONValue {
        while true {
            if let index = pushes.firstIndex(where: { $0["type"]?.string == type }) { return pushes.remove(at: index) }
            let line = try nextLine(within: seconds)
            guard let push = try Self.push(line) else { throw HarnessError("an answer instead of \(type): \(line)") }
            pushes.append(push)
        }
    }

    /// Takes all pushes kept so far.
    func takePushes() -> [JSONValue] {
        defer { pushes = [] }
        return pushes
    }

    /// Says that nothing more will be sent.
    func halfClose() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends the connection at once.
    func disconnect() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private static func push(_ line: String) throws -> JSONValue? {
        line.hasPrefix("* ") ? try JSONValue.parse(String(line.dropFirst(2))) : nil
    }
}

/// Addresses of Unix sockets.
enum UnixAddress {
    /// The address of a path.
    static func make(_ path: String) throws -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { return false }
            room.copyBytes(from: bytes)
            return true
        }
        guard fits else { throw HarnessError("\(path) is too long for a socket") }
        return address
    }

    /// Calls with the address as `bind` and `connect` want it.
    static func with(_ address: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
