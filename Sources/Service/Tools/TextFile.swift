import Content
import Glibc

/// Files that a command line names, read and written whole.
enum TextFile {
    /// The bytes of a file.
    static func read(_ path: String) throws(ToolFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, SystemFault()) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, SystemFault()) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// A file that takes a command's second result: made before the work, so that a bad path is told at once.
struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// Makes the file, or empties it.
    init(_ path: String) throws(ToolFailure) {
        let opened = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw .cannotCreate(path: path, SystemFault()) }
        descriptor = opened
        self.path = path
    }

    deinit { close(descriptor) }

    /// Writes lines, each ended by LF.
    func write(_ lines: some Sequence<String>) throws(ToolFailure) {
        var bytes: [UInt8] = []
        for line in lines {
            bytes += line.utf8
            bytes.append(0x0A)
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .cannotWrite(path: path, SystemFault())
            }
        }
    }
}
