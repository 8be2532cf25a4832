import Dispatch
import Glibc

/// Writes a command's input and reads its output, side by side, until it closes the output.
struct CommandTalk {
    private let pipes: CommandPipes
    private var input: ArraySlice<UInt8>
    private var output: [UInt8] = []

    init(_ pipes: CommandPipes, input: [UInt8]) {
        self.pipes = pipes
        self.input = input[...]
    }

    /// What may stand before an answer.
    private static let longestHead = 1_024

    /// All that it writes.
    consuming func output(by deadline: DispatchTime, timeout: Int) throws(OrderSourceFailure) -> [UInt8] {
        while true {
            if input.isEmpty { pipes.closeInput() }
            var waiting = [
                pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: pipes.input, events: Int16(POLLOUT), revents: 0),
            ]
            let left = Self.milliseconds(until: deadline)
            guard left > 0 else { throw .tooSlow(seconds: timeout) }
            let count = poll(&waiting, 2, left)
            if count < 0, errno != EINTR { throw .notStarted(String(cString: strerror(errno))) }
            guard count > 0 else { continue }
            if waiting[1].revents != 0 { write() }
            if waiting[0].revents != 0, try read() { return output }
        }
    }

    /// Rounded up, so that the deadline is over when the time is.
    private static func milliseconds(until deadline: DispatchTime) -> Int32 {
        let (now, end) = (DispatchTime.now().uptimeNanoseconds, deadline.uptimeNanoseconds)
        return end <= now ? 0 : Int32(clamping: (end - now) / 1_000_000 + 1)
    }

    private mutating func write() {
        let count = input.withUnsafeBytes { Glibc.write(pipes.input, $0.baseAddress, $0.count) }
        if count > 0 {
            input = input.dropFirst(count)
        } else if errno != EAGAIN && errno != EINTR {
            // It does not read what it is asked, which it may know from its arguments.
            input = []
        }
    }

    /// - Returns: whether nothing more comes.
    private mutating func read() throws(OrderSourceFailure) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(pipes.output, &buffer, buffer.count)
        if count == 0 { return true }
        if count < 0 {
            guard errno == EAGAIN || errno == EINTR else { throw .notStarted(String(cString: strerror(errno))) }
            return false
        }
        output += buffer[..<count]
        if output.count > ShopReply.longest + Self.longestHead { throw .tooLong(limit: ShopReply.longest) }
        return false
    }
}
