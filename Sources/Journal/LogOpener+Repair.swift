import Glibc

extension LogOpener {
    /// How many lost events a salvage puts lines in place of, 50 bytes each: more tell of a number that is damaged
    /// itself, such as a file's name.
    static let mostLost = 1_000_000

    /// Deals with what doesn't belong at a segment's end: cuts it where a crash explains it, sets it aside where a
    /// salvage is wanted, else stops the start.
    /// - Returns: whether the segment ends here.
    mutating func repair(
        _ fault: SegmentScan.Fault, _ segment: inout Segment, _ number: Int
    ) throws(JournalError) -> Bool {
        do throws(StorageError) {
            if try isTorn(fault, segment, number) {
                try cut(&segment, number)
                return true
            }
        } catch { throw .unreadable(reason: error.description) }
        let damage = Damage(file: segment.name, line: fault.seq - segment.first + 1, reason: fault.reason)
        guard options.salvage else { throw .damaged(damage) }
        let isSetAside: Bool
        do throws(StorageError) { isSetAside = try setAside(fault, &segment, number) } catch {
            throw JournalError(error)
        }
        guard isSetAside else {
            throw .damaged(Damage(file: damage.file, line: damage.line, reason: LineFault.tooMany))
        }
        report.salvaged.append(damage)
        return false
    }

    /// Events that no file holds. A salvage makes a segment of lines that stand for them, and goes on after it.
    mutating func missing(from: Int, to: Int) throws(JournalError) {
        var damage = Damage(file: FileNames.segment(from), line: 0, reason: "events \(from) to \(to) are missing")
        guard options.salvage else { throw .damaged(damage) }
        guard to - from < Self.mostLost else {
            damage.reason += "; \(LineFault.tooMany)"
            throw .damaged(damage)
        }
        var lines: [UInt8] = []
        for seq in from...to { LogLine.appendLost(seq: seq, to: &lines) }
        do throws(StorageError) {
            try device.remove(FileNames.seal(from))
            try device.replace(FileNames.segment(from), with: lines)
            var segment = Segment(first: from, file: try device.open(FileNames.segment(from), create: false))
            segment.note(lines: lines)
            state.segments.append(segment)
        } catch { throw JournalError(error) }
        report.salvaged.append(damage)
        report.lost += to - from + 1
        state.last = max(state.last, to)
        versions.lastLost = to
    }

    /// Whether a crash explains the fault: nothing of it was acknowledged as being on stable storage, and either
    /// nothing whole follows or pages are missing (they read as zeros, which no line contains).
    private func isTorn(_ fault: SegmentScan.Fault, _ segment: Segment, _ number: Int) throws(StorageError) -> Bool {
        guard !found[number].isSealed, fault.seq > durable else { return false }
        guard number == found.count - 1 else {
            // A segment is begun before the one before it is synced, and sealed before anything in the next counts.
            return number == found.count - 2 && !found[number + 1].isSealed
        }
        guard ![LineFault.version, LineFault.group, LineFault.content].contains(fault.reason) else { return false }
        var isFollowed = false
        var reader = LineReader(file: segment.file, from: fault.offset, to: try segment.file.size())
        while let line = try reader.next() {
            if line.bytes.contains(0) { return true }
            if let header = LogLine.checked(line.bytes).flatMap(LineHeader.init), header.seq > fault.seq {
                isFollowed = true
            }
        }
        return !isFollowed
    }

    /// Cuts the segment back to its last complete group, and takes away the one after it.
    private mutating func cut(_ segment: inout Segment, _ number: Int) throws(StorageError) {
        var torn = TornTail(file: segment.name, bytes: 0, groups: 0)
        try count(segment.file, from: segment.size, &torn)
        for later in found[(number + 1)...] {
            try count(device.open(FileNames.segment(later.first), create: false), from: 0, &torn)
            try device.remove(FileNames.segment(later.first))
        }
        if number + 1 < found.count { try device.syncFolder() }
        found.removeLast(found.count - number - 1)
        try segment.file.truncate(to: segment.size)
        try segment.file.sync()
        report.torn = torn
    }

    private func count(_ file: any StorageFile, from: Int, _ torn: inout TornTail) throws(StorageError) {
        let size = try file.size()
        torn.bytes += max(0, size - from)
        var reader = LineReader(file: file, from: from, to: size)
        var more = 0
        while let line = try reader.next() {
            if more == 0 { torn.groups += 1 }
            more = LogLine.checked(line.bytes).flatMap(LineHeader.init)?.more ?? 0
        }
    }

    /// Moves the damaged lines, with the rest of their group, into a file beside the segment; lines without content
    /// keep the numbers whole.
    /// - Returns: false where there would be too many of these; nothing is changed then.
    private mutating func setAside(
        _ fault: SegmentScan.Fault, _ segment: inout Segment, _ number: Int
    ) throws(StorageError) -> Bool {
        let size = try segment.file.size()
        let next = number + 1 < found.count ? found[number + 1].first : nil
        let first = segment.last + 1
        let resume = try resumption(fault, segment, to: size, next: next)
        guard resume.seq - first <= Self.mostLost else { return false }
        var salvaged: [UInt8] = []
        if try device.list().contains(FileNames.salvaged(segment.first)) {
            let file = try device.open(FileNames.salvaged(segment.first), create: false)
            salvaged = try file.bytes(at: 0, count: file.size())
        }
        salvaged += try segment.file.bytes(at: segment.size, count: resume.offset - segment.size)
        if let last = salvaged.last, last != 0x0A { salvaged.append(0x0A) }
        var bytes = try segment.file.bytes(at: 0, count: segment.size)
        for seq in first..<max(first, resume.seq) { LogLine.appendLost(seq: seq, to: &bytes) }
        bytes += try segment.file.bytes(at: resume.offset, count: size - resume.offset)
        try device.replace(FileNames.salvaged(segment.first), with: salvaged)
        // The seal goes first: a crash must not leave one that doesn't fit.
        try device.remove(FileNames.seal(segment.first))
        try device.syncFolder()
        try device.replace(segment.name, with: bytes)
        try device.syncFolder()
        segment.file = try device.open(segment.name, create: false)
        segment.sealed = nil
        report.lost += max(0, resume.seq - first)
        return true
    }

    /// Where the next whole group begins after a fault, and with which number.
    private func resumption(
        _ fault: SegmentScan.Fault, _ segment: Segment, to size: Int, next: Int?
    ) throws(StorageError) -> (offset: Int, seq: Int) {
        // The last number of the damaged group, as far as a line of it tells.
        var groupEnd = segment.last
        var reader = LineReader(file: segment.file, from: segment.size, to: size)
        while let line = try reader.next() {
            guard line.isTerminated, let body = LogLine.checked(line.bytes), let header = LineHeader(body),
                header.seq > segment.last, next.map({ header.seq < $0 }) ?? true
            else { continue }
            if line.offset < fault.offset {
                groupEnd = max(groupEnd, header.seq + header.more)
            } else if header.seq > fault.seq, header.seq > groupEnd {
                guard groupEnd == segment.last, Self.continuesGroup(body) else { return (line.offset, header.seq) }
                groupEnd = header.seq + header.more
            }
        }
        return (size, next ?? max(durable, segment.last) + 1)
    }

    /// Whether an event's id tells that it is not the first of its command's group.
    private static func continuesGroup(_ body: UnsafeRawBufferPointer) -> Bool {
        var cursor = ByteCursor(body)
        guard cursor.skip(LogLine.prefix), cursor.number() != nil else { return false }
        for name in ["at", "type", "stream"] {
            guard cursor.skip(Array(",\"\(name)\":".utf8)), cursor.string() != nil else { return false }
        }
        guard cursor.skip(Array(",\"version\":".utf8)), cursor.number() != nil, cursor.skip(Array(",\"id\":".utf8)),
            let id = cursor.string()
        else { return false }
        return !id.suffix(2).elementsEqual("-0".utf8)
    }

    /// Brings all files into the state that a running log keeps: whole, sealed but the last, on stable storage.
    mutating func settle() throws(StorageError) {
        for index in state.segments.indices where state.segments[index].sealed == nil {
            let segment = state.segments[index]
            if segment.needsCut { try segment.file.truncate(to: segment.size) }
            state.segments[index].needsCut = false
            try segment.file.sync()
            guard index < state.segments.count - 1 else {
                // It takes more events: a seal that counted in what a crash took does not fit them.
                try device.remove(FileNames.seal(segment.first))
                break
            }
            let checksum = try Seal.checksum(of: segment.file, size: segment.size)
            try device.replace(FileNames.seal(segment.first), with: Seal(of: segment, checksum).line)
            state.segments[index].sealed = checksum
        }
        if state.segments.last?.sealed != nil || (state.segments.last?.last ?? -1) < state.last {
            let name = FileNames.segment(state.last + 1)
            state.segments.append(Segment(first: state.last + 1, file: try device.open(name, create: true)))
        }
        try device.syncFolder()
        state.synced = state.last
    }
}
