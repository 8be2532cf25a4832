import Checksums
import Events

@testable import Journal

/// A hostile folder never crashes the opener: it is read, or refused with file and line and left as it was. What was
/// opened, repaired or salvaged once opens again with the same events, is whole to `verify`, and takes appends.
///
/// The input: a byte of options, then lines. `=N` begins the segment whose name says N, `!seal` seals the one before,
/// `!mark N` says that N events were on stable storage. A line that ends in `"crc":"????????"}` gets the checksum
/// that fits it, so that what stands behind the checksum is reached.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJournal(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        guard let option = bytes.first else { return }
        let disk = folder(bytes.dropFirst())
        // Files whose names overlap are told by verify for good: no repair renames a file.
        let damages = (try? JournalReader(disk).verify())?.damages ?? []
        let isOverlapping = damages.contains { $0.reason.hasSuffix(LineFault.overlap) }
        try? JournalReader(disk).export(nil) { _ in }
        let isSalvage = option & 1 == 1
        let before = segments(disk)
        let opened: Opened
        do throws(JournalError) { opened = try Opened(disk, salvage: isSalvage) } catch {
            if !isSalvage { require(segments(disk) == before, "a refused folder was changed") }
            check(error, disk, isSalvage)
            return
        }
        let positions = opened.folded.map(\.position)
        require(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "positions \(positions)")
        if !isOverlapping { compare(opened, disk.killed(), "after a kill") }
        do {
            var all: [StoredEvent] = []
            try opened.log.events(from: 1) {
                all.append($0)
                return true
            }
            require(all == opened.folded, "read again: \(all.map(\.position)) instead of \(positions)")
            for stream in Set(all.map(\.event.stream)) {
                let own = try opened.log.read(stream)
                require(own == all.filter { $0.event.stream == stream }, "stream \(stream.text)")
            }
            try append(opened.log)
            try opened.log.close()
        } catch { require(false, "an open log fails: \(error)") }
        let again = try? Opened(disk, salvage: false)
        require(again?.folded.count == opened.folded.count + 1, "reopened without what was appended")
    }
}

private struct Opened {
    let log: FileEventLog
    let report: OpenReport
    let folded: [StoredEvent]

    init(_ disk: SimulatedDisk, salvage: Bool) throws(JournalError) {
        var options = JournalOptions()
        options.salvage = salvage
        let never = WorkQueue { _, _ in }
        options.syncWork = never
        options.maintenanceWork = never
        var folded: [StoredEvent] = []
        (log, report) = try FileEventLog.open(disk, options: options) { _ in
            true
        } fold: {
            folded.append($0)
        }
        self.folded = folded
    }
}

private func compare(_ opened: Opened, _ disk: SimulatedDisk, _ when: String) {
    do throws(JournalError) {
        let report = try JournalReader(disk).verify()
        require(report.damages.isEmpty && report.incomplete == 0, "\(when) verify finds \(report)")
        let again = try Opened(disk, salvage: false)
        require(again.folded == opened.folded, "\(when) other events")
        require(again.report.torn == nil && again.report.lost == 0, "\(when) repaired again: \(again.report)")
        require(again.log.position == opened.log.position, "\(when) position \(again.log.position)")
    } catch { require(false, "\(when) refused: \(error)") }
}

private func append(_ log: FileEventLog) throws(JournalError) {
    let stream = StreamID.agent("fuzz")
    let event = Event(
        stream: stream, version: log.version(of: stream) + 1, id: EventID(command: 77, index: 0),
        at: Timestamp(milliseconds: 0), body: .agentAway)
    let results = try log.append([[event]])
    require(results == [.stored(log.position)], "appended: \(results)")
    require(try log.read(stream).last?.event == event, "not read back")
}

private func check(_ error: JournalError, _ disk: SimulatedDisk, _ isSalvage: Bool) {
    guard case .damaged(let damage) = error else { return require(false, "refused with \(error)") }
    require(!isSalvage || damage.reason.hasSuffix(LineFault.tooMany), "a salvage gives up: \(damage)")
    require(damage.file.hasPrefix("journal-") && !damage.reason.isEmpty, "\(damage)")
    let lines = (disk.contents(damage.file) ?? []).count { $0 == 0x0A }
    require((0...lines + 1).contains(damage.line), "\(damage), of \(lines) lines")
}

private func segments(_ disk: SimulatedDisk) -> [[UInt8]?] {
    ((try? disk.list()) ?? []).filter { $0.hasSuffix(".jsonl") }.map { disk.contents($0) }
}

private func folder(_ text: ArraySlice<UInt8>) -> SimulatedDisk {
    let disk = SimulatedDisk()
    var first = 1
    var segment: [UInt8] = []
    var isBegun = false
    func finish() {
        if isBegun { disk.overwrite(FileNames.segment(first), with: segment) }
    }
    func number(_ line: ArraySlice<UInt8>, after prefix: Int) -> Int? {
        Int(String(decoding: line.dropFirst(prefix), as: UTF8.self))
    }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
        let isLast = index == lines.count - 1
        if line.first == UInt8(ascii: "="), let number = number(line, after: 1), number > 0 {
            finish()
            (first, segment, isBegun) = (number, [], true)
        } else if line.elementsEqual("!seal".utf8) {
            let seal = Seal(
                bytes: segment.count, lines: segment.count { $0 == 0x0A }, checksum: CRC32C.checksum(segment))
            disk.overwrite(FileNames.seal(first), with: seal.line)
        } else if line.starts(with: "!mark ".utf8), let number = number(line, after: 6) {
            disk.overwrite(FileNames.mark, with: SyncMark(position: number).line)
        } else if !isLast || !line.isEmpty {
            isBegun = true
            segment += checksummed(Array(line))
            if !isLast { segment.append(0x0A) }
        }
    }
    finish()
    return disk
}

/// The line with the checksum that fits it, where it asks for one.
private func checksummed(_ line: [UInt8]) -> [UInt8] {
    let asked = Array(#","crc":"????????"}"#.utf8)
    guard line.count > asked.count, line.suffix(asked.count).elementsEqual(asked) else { return line }
    let body = line.dropLast(asked.count)
    let checksum = CRC32C.checksum(Array(body))
    let digits = Hexadecimal.encode((0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * $0)) })
    return body + Array(#","crc":"\#(digits)"}"#.utf8)
}
