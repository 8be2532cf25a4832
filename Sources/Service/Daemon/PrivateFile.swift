import Glibc

/// A file with a secret in it, which its owner alone may read.
enum PrivateFile {
    /// Why a file can't be used.
    enum Failure: Error, CustomStringConvertible {
        case unreadable(path: String, reason: String)
        case openToOthers(path: String, mode: UInt32)
        case tooLong(path: String)
        /// What should stand in it.
        case unfit(path: String, wanted: String)

        var description: String {
            switch self {
            case .unreadable(let path, let reason): "\(path): \(reason)"
            case .openToOthers(let path, let mode):
                "\(path): others may read it (mode \(String(mode, radix: 8))); make it yours alone with chmod 600"
            case .tooLong(let path): "\(path): it is too long"
            case .unfit(let path, let wanted): "\(path): it must hold \(wanted)"
            }
        }
    }

    /// More is no list of agents and no secret.
    private static let longest = 16 << 20

    /// Its bytes.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        var status = stat()
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { Glibc.close(descriptor) }
            throw .unreadable(path: path, reason: reason)
        }
        defer { Glibc.close(descriptor) }
        guard status.st_mode & 0o077 == 0 else { throw .openToOthers(path: path, mode: status.st_mode & 0o777) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            if bytes.count > longest { throw .tooLong(path: path) }
        }
    }

    /// The one line of visible ASCII in it.
    /// - Parameter shortest: characters that it must have.
    static func line(_ path: String, shortest: Int) throws(Failure) -> String {
        var line = try read(path)[...]
        while let last = line.last, [0x0A, 0x0D, 0x20, 0x09].contains(last) { line.removeLast() }
        guard line.count >= shortest, line.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .unfit(path: path, wanted: "one word of \(shortest) or more letters, digits and signs of ASCII")
        }
        return String(decoding: line, as: UTF8.self)
    }
}
