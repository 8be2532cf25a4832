import Glibc

/// One file of the log, and where in it every 16th event begins. Numbers within a file have no gaps.
struct Segment: Sendable {
    /// Every how many events an offset is kept: a read takes in 6 KB more than it needs, the index a quarter of a
    /// byte an event.
    static let stride = 16

    /// The number of its first event, which its name tells.
    let first: Int
    /// The open file.
    var file: any StorageFile
    /// Bytes of whole groups.
    var size = 0
    /// How many events.
    var count = 0
    /// Offset of the first event, the 17th, the 33rd and so on.
    var offsets: [UInt32] = []
    /// The whole file's checksum, once it is sealed.
    var sealed: UInt32?
    /// Whether bytes of a failed write may stand after `size`.
    var needsCut = false

    init(first: Int, file: any StorageFile) {
        self.first = first
        self.file = file
    }

    /// The file's name.
    var name: String { FileNames.segment(first) }

    /// The number of its last event; `first - 1` where it has none.
    var last: Int { first + count - 1 }

    /// Takes note of an event that begins at an offset.
    mutating func note(at offset: Int) {
        if count % Self.stride == 0 { offsets.append(UInt32(truncatingIfNeeded: offset)) }
        count += 1
    }

    /// Takes note of all lines of whole groups that stand at the end.
    mutating func note(lines bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            note(at: size + start)
            start = (bytes[start...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
        }
        size += bytes.count
    }

    /// Where to read an event: the bytes that hold it, and how many lines stand before it in them.
    func place(of seq: Int) -> EventPlace? {
        guard seq >= first, seq <= last else { return nil }
        let entry = (seq - first) / Self.stride
        let end = entry + 1 < offsets.count ? Int(offsets[entry + 1]) : size
        return EventPlace(
            seq: seq, name: name, file: file, start: Int(offsets[entry]), end: end,
            skip: (seq - first) % Self.stride, firstLine: entry * Self.stride + 1)
    }

    /// The offset at which an event begins.
    func offset(of seq: Int) throws(JournalError) -> Int {
        guard let place = place(of: seq) else { return size }
        let bytes = try catching { () throws(StorageError) in
            try place.file.bytes(at: place.start, count: place.end - place.start)
        }
        var start = 0
        for _ in 0..<place.skip { start = (bytes[start...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1 }
        return place.start + start
    }
}

/// Where an event stands; valid as long as the file is held, whatever happens to the segment.
struct EventPlace: Sendable {
    let seq: Int
    let name: String
    let file: any StorageFile
    let start: Int
    let end: Int
    let skip: Int
    /// The number, from 1, of the line at `start`.
    let firstLine: Int

    func damage(_ reason: String) -> Damage { Damage(file: name, line: firstLine + skip, reason: reason) }

    /// Hands over the event's line without its LF, checked.
    func withLine<Value>(_ body: (UnsafeRawBufferPointer) throws(JournalError) -> Value) throws(JournalError) -> Value {
        let bytes = try catching { () throws(StorageError) in try file.bytes(at: start, count: end - start) }
        let result: Result<Value, JournalError> = bytes.withUnsafeBytes { buffer in
            do throws(JournalError) {
                var line = 0
                var lineStart = 0
                while lineStart < buffer.count,
                    let length = memchr(buffer.baseAddress! + lineStart, 0x0A, buffer.count - lineStart)
                {
                    let lineEnd = length - UnsafeMutableRawPointer(mutating: buffer.baseAddress!)
                    if line == skip {
                        return .success(try body(UnsafeRawBufferPointer(rebasing: buffer[lineStart..<lineEnd])))
                    }
                    line += 1
                    lineStart = lineEnd + 1
                }
                throw .damaged(damage("the line is missing"))
            } catch { return .failure(error) }
        }
        return try result.get()
    }
}
