import Checksums
import JSON

/// The checksum of a whole sealed segment, in a small file beside it: the segment itself stays pure JSON lines.
struct Seal: Equatable {
    /// The segment's size.
    var bytes: Int
    /// How many lines it has.
    var lines: Int
    /// CRC-32C of all its bytes.
    var checksum: UInt32

    init(bytes: Int, lines: Int, checksum: UInt32) {
        self.bytes = bytes
        self.lines = lines
        self.checksum = checksum
    }

    init(of segment: Segment, _ checksum: UInt32) {
        self.init(bytes: segment.size, lines: segment.count, checksum: checksum)
    }

    /// Reads what `line` wrote.
    init?(_ text: [UInt8]) {
        guard let json = SmallFile.read(text), let bytes = json["bytes"]?.integer,
            let lines = json["lines"]?.integer,
            let checksum = json["checksum"]?.string.flatMap({ UInt32($0, radix: 16) })
        else { return nil }
        self.init(bytes: bytes, lines: lines, checksum: checksum)
    }

    /// One JSON line with a checksum of its own.
    var line: [UInt8] {
        SmallFile.line { writer in
            writer.name("bytes")
            writer.value(bytes)
            writer.name("lines")
            writer.value(lines)
            writer.name("checksum")
            writer.value(String(checksum, radix: 16))
        }
    }

    /// CRC-32C of a file's first bytes.
    static func checksum(of file: any StorageFile, size: Int) throws(StorageError) -> UInt32 {
        var checksum = CRC32C()
        var offset = 0
        while offset < size {
            let piece = try file.bytes(at: offset, count: min(1 << 20, size - offset))
            if piece.isEmpty { break }
            piece.withUnsafeBytes { checksum.update($0) }
            offset += piece.count
        }
        return checksum.value
    }
}

/// The number of the last event that is known to be on stable storage.
struct SyncMark: Equatable {
    var position: Int

    init(position: Int) { self.position = position }

    init?(_ text: [UInt8]) {
        guard let position = SmallFile.read(text)?["synced"]?.integer, FileNames.range.contains(position) else {
            return nil
        }
        self.position = position
    }

    /// Always as long, so that writing it again leaves nothing of the one before: one JSON line, blanks, LF.
    var line: [UInt8] {
        var line = SmallFile.line { writer in
            writer.name("synced")
            writer.value(position)
        }
        line.removeLast()
        line.append(contentsOf: repeatElement(0x20, count: max(0, 63 - line.count)))
        line.append(0x0A)
        return line
    }
}

/// A file of one JSON object that ends in the checksum of what stands before it.
enum SmallFile {
    static func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        let checksum = CRC32C.checksum(writer.bytes)
        writer.name("crc")
        writer.value(Hexadecimal.encode((0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * $0)) }))
        writer.endObject()
        return writer.bytes + [0x0A]
    }

    static func read(_ text: [UInt8]) -> JSONValue? {
        guard let end = text.lastIndex(of: UInt8(ascii: "}")) else { return nil }
        let isWhole = text.withUnsafeBytes { LogLine.checked(UnsafeRawBufferPointer(rebasing: $0[...end])) != nil }
        return isWhole ? try? JSONValue.parse(Array(text[...end])) : nil
    }
}
