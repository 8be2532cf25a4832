import Glibc

/// What can be wrong with a line.
enum LineFault {
    static let checksum = "the line's checksum doesn't fit its bytes"
    static let order = "the line is not the event that belongs here"
    static let group = "the line breaks the group before it"
    static let version = "the version doesn't follow the stream's last one"
    static let incomplete = "the group is not complete"
    static let unterminated = "the line has no end"
    static let content = "the event can't be read"
    static let overlap = "the file before it holds too"
    static let tooMany = "more events are missing than a salvage can put lines in place of"
}

/// Reads a file line by line in large pieces.
struct LineReader: ~Copyable {
    /// A line without its LF; the bytes are valid until the next call.
    struct Line {
        let bytes: UnsafeRawBufferPointer
        /// Where it begins in the file.
        let offset: Int
        /// Whether an LF ended it.
        let isTerminated: Bool

        /// The offset after it.
        var end: Int { offset + bytes.count + (isTerminated ? 1 : 0) }
    }

    private let file: any StorageFile
    private let limit: Int
    private var buffer: UnsafeMutableRawBufferPointer
    /// The unread part of `buffer`.
    private var start = 0
    private var end = 0
    /// The offset in the file of the buffer's byte `end`.
    private var offset: Int

    init(file: any StorageFile, from offset: Int, to limit: Int, pieceBytes: Int = 1 << 18) {
        self.file = file
        self.offset = offset
        self.limit = limit
        buffer = .allocate(byteCount: pieceBytes, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// The next line, nil at the end.
    mutating func next() throws(StorageError) -> Line? {
        var searched = start
        while true {
            if let base = buffer.baseAddress, end > searched, let found = memchr(base + searched, 0x0A, end - searched)
            {
                let lineEnd = found - base
                defer { start = lineEnd + 1 }
                return line(to: lineEnd, isTerminated: true)
            }
            searched = end - start
            guard offset < limit, try fill() else {
                guard end > start else { return nil }
                defer { start = end }
                return line(to: end, isTerminated: false)
            }
        }
    }

    private func line(to lineEnd: Int, isTerminated: Bool) -> Line {
        Line(
            bytes: UnsafeRawBufferPointer(rebasing: buffer[start..<lineEnd]), offset: offset - (end - start),
            isTerminated: isTerminated)
    }

    /// Moves the unread part to the front and reads on behind it.
    private mutating func fill() throws(StorageError) -> Bool {
        let rest = end - start
        if rest == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
            buffer.deallocate()
            buffer = larger
        } else if start > 0, let base = buffer.baseAddress {
            memmove(base, base + start, rest)
        }
        start = 0
        end = rest
        let wanted = min(buffer.count - end, limit - offset)
        let taken = try file.read(
            into: UnsafeMutableRawBufferPointer(rebasing: buffer[end..<(end + wanted)]), at: offset)
        end += taken
        offset += taken
        return taken > 0
    }
}
