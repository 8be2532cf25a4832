import Glibc

/// Goes through the lines of a segment group by group, up to the first fault.
struct SegmentScan {
    /// Where a scan found something that doesn't belong there.
    struct Fault {
        var reason: String
        /// The number of the event that should have stood there.
        var seq: Int
        /// The offset of the line.
        var offset: Int
    }

    /// How far a scan came.
    struct Result {
        /// The offset after the last complete group.
        var end: Int
        /// The number of the event after the last complete group.
        var next: Int
        var fault: Fault?
        /// Whether it stopped where the next segment begins, though bytes follow.
        var isSuperseded = false
    }

    let file: any StorageFile
    let from: Int
    let to: Int
    /// The number of the event that stands at `from`.
    let first: Int
    /// The number with which the next segment begins; lines from there on are not this segment's.
    let limit: Int?

    /// - Parameter visit: is given each line that is whole and in order, the lines of an incomplete group too; returns
    ///   what is wrong with it.
    func run(_ visit: (LineReader.Line, LineHeader) -> String?) throws(StorageError) -> Result {
        var reader = LineReader(file: file, from: from, to: to)
        var result = Result(end: from, next: first)
        var seq = first
        var more = 0
        var end = from
        while seq != limit, let line = try reader.next() {
            if let reason = Self.fault(line, seq: seq, more: more, visit, next: &more) {
                result.fault = Fault(reason: reason, seq: seq, offset: line.offset)
                return result
            }
            seq += 1
            end = line.end
            if more == 0 {
                result.end = end
                result.next = seq
            }
        }
        // A group is one file's: the next segment does not take up what this one began.
        if more > 0 { result.fault = Fault(reason: LineFault.incomplete, seq: seq, offset: end) }
        result.isSuperseded = seq == limit && end < to
        return result
    }

    private static func fault(
        _ line: LineReader.Line, seq: Int, more: Int, _ visit: (LineReader.Line, LineHeader) -> String?,
        next: inout Int
    ) -> String? {
        guard line.isTerminated else { return LineFault.unterminated }
        guard let body = LogLine.checked(line.bytes) else { return LineFault.checksum }
        guard let header = LineHeader(body), header.seq == seq else { return LineFault.order }
        // A salvage sets whole groups aside: a lost event is none of a group.
        guard more == 0 || header.more == more - 1 && header.stream != nil else { return LineFault.group }
        next = header.more
        return visit(line, header)
    }
}

/// Checks that each event's version follows its stream's last one, and keeps the index.
struct VersionFold {
    var index: StreamIndex
    /// The number of the newest event that a salvage gave up; versions may jump over such.
    var lastLost: Int
    /// The group that is not complete yet.
    private var group: [(stream: StreamKey, version: Int, seq: Int)] = []

    init(index: StreamIndex, lastLost: Int) {
        self.index = index
        self.lastLost = lastLost
    }

    /// Takes a line in; a complete group goes into the index.
    /// - Returns: what is wrong with the line.
    mutating func add(_ header: LineHeader) -> String? {
        guard let stream = header.stream else {
            lastLost = header.seq
            return nil
        }
        var (version, position) = (index.version(stream), index.lastPosition(stream))
        for entry in group where entry.stream == stream { (version, position) = (entry.version, entry.seq) }
        // No more versions can be lost than events were: a greater one would be a damaged number's.
        let lost = max(0, lastLost - position)
        guard (1...1 + lost).contains(header.version - version) else { return LineFault.version }
        group.append((stream, header.version, header.seq))
        if header.more == 0 { takeGroup() }
        return nil
    }

    /// Puts the lines of the group into the index as they are, complete or not.
    mutating func takeGroup() {
        for entry in group { index.append(entry.stream, version: entry.version, position: entry.seq) }
        group.removeAll(keepingCapacity: true)
    }

    /// Forgets the lines of an incomplete group.
    mutating func dropGroup() { group.removeAll() }
}
