import Glibc

/// Standard output (results) or standard error (messages to the person).
struct StandardStream: Sendable {
    /// For results.
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    /// For messages.
    static let error = StandardStream(descriptor: STDERR_FILENO)

    /// The file descriptor.
    let descriptor: Int32

    /// Whether a person sees it directly.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Writes all of it at once, without a buffer in between.
    /// - Returns: false where nobody reads any more.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// Writes all of the bytes.
    /// - Returns: false where nobody reads any more.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
