import Checksums
import Events
import JSON

/// One line of the log: `{"seq":n,` the event's members, `,"more":k` where k of its group follow, and `,"crc":"…"}`.
///
/// The checksum is CRC-32C over the line's bytes before `,"crc"`. Numbers run without gaps, so an event that was
/// lost to damage and set aside by a salvage leaves a line of type `journal.lost` that has nothing but its number.
enum LogLine {
    /// `,"crc":"01234567"}`
    static let suffixCount = 18

    /// Writes the line of an event, with its LF.
    /// - Returns: CRC-32C of the whole line.
    @discardableResult
    static func write(_ event: Event, seq: Int, more: Int, to writer: inout JSONWriter) -> UInt32 {
        let (start, known) = (writer.count, writer.checked.count)
        writer.beginObject()
        writer.name("seq")
        writer.value(seq)
        event.writeMembers(to: &writer)
        if more > 0 {
            writer.name("more")
            writer.value(more)
        }
        return close(from: start, known: known, &writer)
    }

    /// Appends the line that stands for a lost event.
    static func appendLost(seq: Int, to bytes: inout [UInt8]) {
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            writer.name("seq")
            writer.value(seq)
            writer.name("type")
            writer.value("journal.lost" as StaticString)
            close(from: 0, known: 0, &writer)
        }
    }

    /// Ends the line that begins at `start`, whose runs of known checksums are those from `known` on.
    /// - Returns: CRC-32C of the whole line.
    @discardableResult
    private static func close(from start: Int, known: Int, _ writer: inout JSONWriter) -> UInt32 {
        var running = CRC32C()
        writer.withBytes { bytes in
            var place = start
            for run in writer.checked[known...] {
                running.update(UnsafeRawBufferPointer(rebasing: bytes[place..<run.start]))
                running.append(run.checksum, count: run.count)
                place = run.start + run.count
            }
            running.update(UnsafeRawBufferPointer(rebasing: bytes[place...]))
        }
        let checksum = running.value
        let end = writer.count
        writer.name("crc")
        writer.value(atMost: 8) { text in
            for index in 0..<8 {
                let digit = UInt8(truncatingIfNeeded: checksum >> UInt32(28 - 4 * index)) & 15
                text[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 8
        }
        writer.endObject()
        writer.endLine()
        writer.withBytes { running.update(UnsafeRawBufferPointer(rebasing: $0[end...])) }
        return running.value
    }

    /// What stands before the checksum, nil where the checksum is missing or another.
    static func checked(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let count = line.count - suffixCount
        guard count > 0 else { return nil }
        for (index, byte) in checksumName.enumerated() where line[count + index] != byte { return nil }
        guard line[line.count - 2] == UInt8(ascii: "\""), line[line.count - 1] == UInt8(ascii: "}") else { return nil }
        var stored: UInt32 = 0
        for index in 0..<8 {
            switch line[count + 8 + index] {
            case let digit where (0x30...0x39).contains(digit): stored = stored << 4 | UInt32(digit - 0x30)
            case let digit where (0x61...0x66).contains(digit): stored = stored << 4 | UInt32(digit - 0x57)
            default: return nil
            }
        }
        let body = UnsafeRawBufferPointer(rebasing: line[..<count])
        return CRC32C.checksum(body) == stored ? body : nil
    }

    static let prefix = Array(#"{"seq":"#.utf8)
    static let lostMembers = Array(#","type":"journal.lost""#.utf8)
    static let checksumName = Array(#","crc":""#.utf8)
    static let moreName = Array(#","more":"#.utf8)
}

/// What indexing needs of a line, read without decoding the event.
struct LineHeader: Equatable {
    /// The event's number.
    var seq: Int
    /// The stream; nil on the line of a lost event.
    var stream: StreamKey?
    /// The stream's version.
    var version = 0
    /// How many of the group follow.
    var more = 0

    /// Reads the members that every line begins with, in the order in which they are written.
    /// - Parameter body: a line's bytes before `,"crc"`.
    init?(_ body: UnsafeRawBufferPointer) {
        var cursor = ByteCursor(body)
        guard cursor.skip(LogLine.prefix), let seq = cursor.number() else { return nil }
        self.seq = seq
        if cursor.rest == LogLine.lostMembers.count, cursor.skip(LogLine.lostMembers) { return }
        guard cursor.skip(Self.at), cursor.string() != nil, cursor.skip(Self.type), cursor.string() != nil,
            cursor.skip(Self.stream), let name = cursor.string(), cursor.skip(Self.version),
            let version = cursor.number(), version > 0
        else { return nil }
        stream = StreamKey(name)
        self.version = version
        more = Self.more(body)
    }

    /// The number after a last member `more`, else 0.
    private static func more(_ body: UnsafeRawBufferPointer) -> Int {
        var start = body.count
        while start > 0, (0x30...0x39).contains(body[start - 1]) { start -= 1 }
        let name = LogLine.moreName
        guard start < body.count, body.count - start < 10, start >= name.count,
            body[(start - name.count)..<start].elementsEqual(name)
        else { return 0 }
        return body[start...].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static let at = Array(#","at":"#.utf8)
    private static let type = Array(#","type":"#.utf8)
    private static let stream = Array(#","stream":"#.utf8)
    private static let version = Array(#","version":"#.utf8)
}

/// Walks over bytes whose order is known.
struct ByteCursor {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var rest: Int { bytes.count - position }

    @inline(__always)
    mutating func skip(_ expected: [UInt8]) -> Bool {
        guard rest >= expected.count else { return false }
        for index in expected.indices where bytes[position + index] != expected[index] { return false }
        position += expected.count
        return true
    }

    @inline(__always)
    mutating func number() -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, (0x30...0x39).contains(bytes[position]), position - start < 18 {
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        return position > start ? value : nil
    }

    /// The bytes between two quotes, escapes as they stand.
    @inline(__always)
    mutating func string() -> UnsafeRawBufferPointer? {
        guard rest > 0, bytes[position] == UInt8(ascii: "\"") else { return nil }
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else { return nil }
        position += 1
        return UnsafeRawBufferPointer(rebasing: bytes[start..<(position - 1)])
    }
}
