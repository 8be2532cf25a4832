import Events
import Glibc

/// Opens the folder: takes the newest snapshot that is whole, goes through what came after, and leaves files in which
/// every line is a complete group's.
struct LogOpener {
    /// A segment as it is found.
    struct Found {
        let first: Int
        let seal: Seal?
        /// Whether a seal's file is there, readable or not.
        let isSealed: Bool
    }

    let device: any StorageDevice
    let options: JournalOptions
    var report = OpenReport()
    var state = LogState()
    var versions = VersionFold(index: StreamIndex(), lastLost: 0)
    var snapshot: Snapshot?
    /// The number up to which everything is known to have been on stable storage.
    var durable = 0
    var found: [Found] = []

    init(device: any StorageDevice, options: JournalOptions) {
        self.device = device
        self.options = options
    }

    /// Does all of it.
    mutating func run(
        restore: ([UInt8]) -> Bool, fold: (StoredEvent) -> Void
    ) throws(JournalError) -> LogState {
        do throws(StorageError) { try look() } catch { throw .unreadable(reason: error.description) }
        try loadSnapshot(restore)
        state.last = snapshot?.position ?? 0
        var index = 0
        while index < found.count {
            let next = index + 1 < found.count ? found[index + 1].first : nil
            if let next, next - 1 <= report.snapshot {
                try adopt(found[index], next: next)
            } else {
                try replay(index, fold)
            }
            index += 1
        }
        if found.isEmpty, durable > 0 { try missing(from: 1, to: durable) }
        do throws(StorageError) { try settle() } catch { throw JournalError(error) }
        state.index = versions.index
        state.lastLost = versions.lastLost
        return state
    }

    private mutating func look() throws(StorageError) {
        let names = try device.list()
        for name in names where name.hasSuffix(FileNames.draftSuffix) { try device.remove(name) }
        let seals = Set(names.compactMap { FileNames.number(in: $0, prefix: "journal-", suffix: ".crc") })
        let firsts = names.compactMap { FileNames.number(in: $0, prefix: "journal-", suffix: ".jsonl") }.sorted()
        for first in firsts {
            var seal: Seal?
            if seals.contains(first) {
                seal = Seal(try device.open(FileNames.seal(first), create: false).bytes(at: 0, count: 4096))
                if seal == nil { report.warnings.append("\(FileNames.seal(first)) is damaged and is made anew") }
            }
            found.append(Found(first: first, seal: seal, isSealed: seals.contains(first)))
        }
        if names.contains(FileNames.mark) {
            let mark = try device.open(FileNames.mark, create: false).bytes(at: 0, count: 4096)
            durable = SyncMark(mark)?.position ?? 0
        }
    }

    private mutating func loadSnapshot(_ restore: ([UInt8]) -> Bool) throws(JournalError) {
        let names = (try? device.list()) ?? []
        let positions = names.compactMap { FileNames.number(in: $0, prefix: "snapshot-", suffix: ".bin") }
        for position in positions.sorted(by: >) {
            let name = FileNames.snapshot(position)
            guard let snapshot = Snapshot(reading: name, from: device), snapshot.position == position else {
                report.warnings.append("\(name) is damaged and passed over")
                continue
            }
            guard restore(snapshot.payload) else {
                report.warnings.append("\(name) is of another version and passed over")
                continue
            }
            versions = VersionFold(index: snapshot.index, lastLost: snapshot.lastLost)
            state.unknown = snapshot.unknown
            report.snapshot = position
            durable = max(durable, position)
            self.snapshot = snapshot
            return
        }
    }

    /// Takes over a segment that the snapshot covers whole: from the snapshot's offsets where the file is the same,
    /// else by looking for the lines.
    private mutating func adopt(_ found: Found, next: Int) throws(JournalError) {
        do throws(StorageError) {
            let file = try device.open(FileNames.segment(found.first), create: false)
            var segment = Segment(first: found.first, file: file)
            segment.sealed = found.seal?.checksum
            let size = try file.size()
            if let known = snapshot?.segments.first(where: { $0.first == found.first }),
                let seal = found.seal, seal.bytes == size, known.size == size, known.count == next - found.first,
                known.sealed == nil || known.sealed == seal.checksum
            {
                segment.size = size
                segment.count = known.count
                segment.offsets = known.offsets
            } else {
                var reader = LineReader(file: file, from: 0, to: size)
                while segment.last < next - 1, let line = try reader.next() {
                    segment.note(at: line.offset)
                    segment.size = line.end
                }
                segment.needsCut = segment.size < size
                // A cut overtook the seal; where lines are missing, the seal stays, to tell it.
                if segment.last == next - 1, found.seal?.bytes != segment.size { segment.sealed = nil }
            }
            if segment.last != next - 1 {
                report.warnings.append(
                    "\(segment.name) ends with event \(segment.last), \(next - 1 - segment.last) are missing")
            }
            state.segments.append(segment)
        } catch { throw .unreadable(reason: error.description) }
    }

    /// Folds a segment, or its part after the snapshot.
    private mutating func replay(_ number: Int, _ fold: (StoredEvent) -> Void) throws(JournalError) {
        let found = found[number]
        let next = number + 1 < self.found.count ? self.found[number + 1].first : nil
        if found.first > state.last + 1 { try missing(from: state.last + 1, to: found.first - 1) }
        var segment = try openSegment(found)
        var from = segment.size
        while true {
            var group: [StoredEvent] = []
            var unreadable = 0
            let first = segment.last + 1
            let scan = SegmentScan(
                file: segment.file, from: from, to: try size(segment.file), first: first, limit: next)
            let result: SegmentScan.Result
            do throws(StorageError) {
                result = try scan.run { line, header in
                    if header.seq > state.last {
                        if header.stream?.stream != nil {
                            guard let event = try? FileEventLog.parse(line.bytes) else { return LineFault.content }
                            if case .unknown = event.body { unreadable += 1 }
                            group.append(StoredEvent(position: header.seq, event: event))
                        } else if header.stream != nil {
                            unreadable += 1
                        }
                        // Comes last: a group goes into the index with its last line, which must then be readable.
                        if let reason = versions.add(header) { return reason }
                    }
                    segment.note(at: line.offset)
                    guard header.more == 0 else { return nil }
                    segment.size = line.end
                    if header.seq > state.last {
                        report.replayed += header.seq - state.last
                        state.last = header.seq
                    }
                    state.unknown += unreadable
                    unreadable = 0
                    for stored in group { fold(stored) }
                    group.removeAll(keepingCapacity: true)
                    return nil
                }
            } catch { throw .unreadable(reason: error.description) }
            segment.drop(from: result.next)
            segment.needsCut = result.isSuperseded
            // Where a sync failed just after the sealing, what the seal counted in stands in the next segment.
            if result.fault == nil, found.seal?.bytes != segment.size { segment.sealed = nil }
            versions.dropGroup()
            let fault = result.fault ?? missingEnd(segment, number, next)
            guard let fault else { break }
            if try repair(fault, &segment, number) { break }
            from = segment.size
        }
        state.segments.append(segment)
    }

    /// Opens the segment, noted as far as the snapshot knows it.
    private func openSegment(_ found: Found) throws(JournalError) -> Segment {
        do throws(StorageError) {
            var segment = Segment(
                first: found.first, file: try device.open(FileNames.segment(found.first), create: false))
            segment.sealed = found.seal?.checksum
            if let snapshot, let known = snapshot.segments.first(where: { $0.first == found.first }),
                known.first + known.count == snapshot.position + 1, known.fits(segment.file)
            {
                segment.size = known.size
                segment.count = known.count
                segment.offsets = known.offsets
            }
            return segment
        } catch { throw .unreadable(reason: error.description) }
    }

    private func size(_ file: any StorageFile) throws(JournalError) -> Int {
        do throws(StorageError) { return try file.size() } catch { throw .unreadable(reason: error.description) }
    }

    /// Events that the segment should still have, though it ends in good order.
    private func missingEnd(_ segment: Segment, _ number: Int, _ next: Int?) -> SegmentScan.Fault? {
        let expected = next ?? (durable + 1)
        guard segment.last + 1 < expected else { return nil }
        return .init(
            reason: "events \(segment.last + 1) to \(expected - 1) are missing", seq: segment.last + 1,
            offset: segment.size)
    }
}

extension Segment {
    /// Forgets the lines from a number on, which are no complete group's.
    mutating func drop(from seq: Int) {
        guard last >= seq else { return }
        count = seq - first
        offsets.removeLast(offsets.count - (count + Self.stride - 1) / Self.stride)
    }
}
