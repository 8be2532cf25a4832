import Glibc

/// Reads lines from a descriptor, each with a deadline.
final class LineReader {
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    /// Bytes at the front that hold no line end, so that a long line is looked through once.
    private var searched = 0
    private(set) var isEnded = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its end, nil at the end of the stream.
    func nextLine(within seconds: Double) throws -> String? {
        let deadline = Self.now() + seconds
        while true {
            if let end = lineEnd() {
                let line = String(decoding: bytes[..<end], as: UTF8.self)
                bytes.removeSubrange(...end)
                searched = 0
                return line
            }
            searched = bytes.count
            if isEnded {
                guard !bytes.isEmpty else { return nil }
                searched = 0
                defer { bytes = [] }
                return String(decoding: bytes, as: UTF8.self)
            }
            try fill(until: deadline)
        }
    }

    /// Everything up to the end of the stream.
    func rest(within seconds: Double) throws -> String {
        let deadline = Self.now() + seconds
        while !isEnded { try fill(until: deadline) }
        searched = 0
        defer { bytes = [] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads until what was read since the last call holds the text, and takes it up to there.
    func read(upTo text: String, within seconds: Double) throws -> String {
        let deadline = Self.now() + seconds
        while true {
            let seen = String(decoding: bytes, as: UTF8.self)
            if let range = seen.firstRange(of: text) {
                let taken = seen[..<range.upperBound]
                searched = 0
                bytes.removeFirst(taken.utf8.count)
                return String(taken)
            }
            if isEnded { throw HarnessError("the stream ended before \(text.debugDescription); it held: \(seen)") }
            do { try fill(until: deadline) } catch {
                throw HarnessError("\(text.debugDescription) did not come; instead: \(seen.debugDescription)")
            }
        }
    }

    private func lineEnd() -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, searched < buffer.count,
                let found = memchr(base + searched, 0x0A, buffer.count - searched)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private func fill(until deadline: Double) throws {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let left = max(0, deadline - Self.now())
        guard poll(&waiting, 1, Int32(left * 1000)) == 1 else {
            let seen = String(decoding: bytes, as: UTF8.self)
            throw HarnessError("nothing came in time; so far: \(seen.debugDescription)")
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 { bytes.append(contentsOf: buffer[..<count]) } else { isEnded = true }
    }

    /// Seconds of a clock that only goes forward.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
