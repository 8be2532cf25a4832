import Glibc

/// Reads files whole.
enum FileReader {
    enum Failure: Error, Equatable {
        /// With `errno`.
        case unreadable(Int32)
        case tooLarge
    }

    /// - Parameter limit: in bytes; a file that is larger is not read.
    static func read(_ path: String, limit: Int) -> Result<[UInt8], Failure> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(.unreadable(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(.unreadable(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failure(.unreadable(EINVAL)) }
        guard status.st_size <= limit else { return .failure(.tooLarge) }
        // One byte more than the file has, to see its end without another call where it does not grow meanwhile.
        var capacity = Int(status.st_size) + 1
        var bytes: [UInt8] = []
        while true {
            var reached = 0
            let more = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                reached = Glibc.read(descriptor, buffer.baseAddress, capacity)
                count = max(0, reached)
            }
            if reached < 0 {
                if errno == EINTR { continue }
                return .failure(.unreadable(errno))
            }
            if reached == 0 { return .success(bytes) }
            bytes = bytes.isEmpty ? more : bytes + more
            if bytes.count > limit { return .failure(.tooLarge) }
            capacity = 65_536
        }
    }
}
