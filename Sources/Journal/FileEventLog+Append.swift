import Checksums
import Events
import Glibc
import JSON

extension FileEventLog {
    /// Stores groups with one write for all of them. For the decider's queue.
    /// - Returns: one result a group; a group that conflicts stores nothing, the others are stored.
    /// - Throws: `storageUnavailable`; then nothing of any group is stored, and the next call tries again. Whether a
    ///   crash can bring something of them back, `whenDiscarded` tells.
    public func append(_ groups: [[Event]]) throws(JournalError) -> [AppendResult] {
        // Before the writer's mutex: while a failed sync is made good, that is held for as long as the disk takes.
        if let reason = refusal() { throw .storageUnavailable(reason: reason) }
        return try writer.withLock { (writer) throws(JournalError) in
            guard !writer.isClosed else { throw .storageUnavailable(reason: "the journal is closed") }
            if let reason = refusal() { throw .storageUnavailable(reason: reason) }
            var batch = AppendBatch(log: self, next: position + 1, groups: groups.count)
            var lines = JSONWriter(
                room: groups.count * (writer.groupBytes + writer.groupBytes / 4), keepsChecksums: true)
            for group in groups { try batch.add(group, to: &lines) }
            let text = lines.take()
            guard text.count > 0 else { return batch.results }
            do throws(StorageError) {
                try write(text, &writer)
            } catch {
                noteWrite(failure: error.description)
                throw JournalError(error)
            }
            writer.groupBytes = text.count / groups.count
            publish(batch, text)
            return batch.results
        }
    }

    /// Why no append can be taken now; one begins here.
    private func refusal() -> String? {
        state.withLock { state in
            state.leftover = .nothing
            if let reason = state.syncFailure { return reason }
            guard state.unsyncedBytes > options.unsyncedLimit else { return nil }
            return "the disk doesn't keep up, \(state.unsyncedBytes >> 20) MiB wait for it"
        }
    }

    private func write(_ text: WrittenJSON, _ writer: inout Writer) throws(StorageError) {
        if writer.needsNewSegment {
            try rotate(&writer)
        } else if state.withLock({ ($0.segments.last?.size ?? 0) >= options.segmentBytes && $0.sealing.isEmpty }) {
            // Where no new segment can be begun, the old one goes on beyond its size.
            try? rotate(&writer)
        }
        guard let (file, size) = state.withLock({ state in state.segments.last.map { ($0.file, $0.size) } }) else {
            throw StorageError(code: EBADF, operation: "write")
        }
        do throws(StorageError) {
            try text.withBytes { (bytes) throws(StorageError) in try file.writeAll(bytes, at: size) }
        } catch {
            // What was taken is cut off, and nothing is written in its place: until a sync the cut is not on stable
            // storage, and a crash would leave a mixture of both in which whole lines follow torn ones, as in damage.
            if let now = try? file.size(), now <= size { throw error }
            let isCut = (try? file.truncate(to: size)) != nil
            writer.needsNewSegment = true
            state.withLock { state in
                if isCut { state.isCutUnsynced = true }
                if isCut { state.cuts.made += 1 }
                state.leftover = isCut ? .cut : .uncut
                state.segments[state.segments.count - 1].needsCut = true
            }
            throw error
        }
    }

    private func publish(_ batch: AppendBatch, _ text: WrittenJSON) {
        let (needsTimer, isRecovered) = state.withLock { state in
            let last = state.segments.count - 1
            let size = state.segments[last].size
            for entry in batch.entries {
                state.last += 1
                state.segments[last].note(at: size + entry.offset)
                state.index.append(entry.stream, version: entry.version, position: state.last)
            }
            state.segments[last].size += text.count
            state.unsynced.append(
                .init(
                    segment: state.segments[last].first, first: state.last - batch.entries.count + 1,
                    last: state.last, text: text, checksum: batch.checksum))
            state.unsyncedBytes += text.count
            let isRecovered = state.writeFailure != nil
            state.writeFailure = nil
            defer { state.isTimerSet = true }
            return (!state.isTimerSet, isRecovered)
        }
        if isRecovered { options.notice(.recovered) }
        guard needsTimer else { return }
        options.syncWork.perform(options.syncInterval) { [weak self] in
            self?.state.withLock { $0.isTimerSet = false }
            self?.synchronize()
        }
    }

    private func noteWrite(failure: String) {
        let (isFirst, isSyncDue) = state.withLock { state in
            defer { state.writeFailure = failure }
            // Nothing was published that would be synced in time, and no segment can be begun before the seal.
            let isSyncDue = !state.sealing.isEmpty && !state.isSyncQueued
            if isSyncDue { state.isSyncQueued = true }
            return (state.writeFailure == nil, isSyncDue)
        }
        if isFirst { options.notice(.failed(reason: failure)) }
        if isSyncDue { options.syncWork.perform(0) { [weak self] in self?.synchronize() } }
    }

    /// Begins a new segment; the one before is sealed with the next sync.
    func rotate(_ writer: inout Writer) throws(StorageError) {
        let (spare, next, isBusy) = state.withLock { state in
            defer { state.spare = nil }
            return (state.spare, state.last + 1, !state.sealing.isEmpty)
        }
        guard !isBusy else { throw StorageError(code: EBUSY, operation: "begin a segment while one is being sealed") }
        let file: any StorageFile
        if let spare { file = spare } else { file = try makeSpare() }
        try device.rename(FileNames.spare, to: FileNames.segment(next))
        state.withLock { state in
            if let old = state.segments.last {
                // An empty one has the same name and is gone with the rename.
                if old.count == 0 { state.segments.removeLast() } else { state.sealing.append(old.first) }
            }
            state.segments.append(Segment(first: next, file: file))
            state.isFolderChanged = true
        }
        writer.needsNewSegment = false
    }

    /// An empty segment with its blocks taken, so that a sync has less to write of the file system's own.
    func makeSpare() throws(StorageError) -> any StorageFile {
        let file = try device.open(FileNames.spare, create: true)
        try? file.preallocate(options.segmentBytes)
        return file
    }
}

/// A batch as it is gathered: what is accepted of it.
private struct AppendBatch {
    /// One event of the batch.
    struct Entry {
        let stream: StreamKey
        let version: Int
        let id: EventID
        let offset: Int
    }

    let log: FileEventLog
    /// The number of the batch's first event.
    let next: Int
    /// CRC-32C of all its lines.
    var checksum: UInt32 = 0
    var entries: [Entry] = []
    var results: [AppendResult] = []
    private var versions: BatchVersions

    init(log: FileEventLog, next: Int, groups: Int) {
        self.log = log
        self.next = next
        versions = BatchVersions(expected: groups)
        entries.reserveCapacity(2 * groups)
        results.reserveCapacity(groups)
    }

    /// Takes a group in, and writes its lines, or finds that it conflicts or is there already.
    mutating func add(_ group: [Event], to lines: inout JSONWriter) throws(JournalError) {
        for index in group.indices {
            let key = StreamKey(group[index].stream)
            let actual = version(key)
            guard group[index].version != actual + 1 else {
                versions.set(key, group[index].version)
                continue
            }
            for event in group[..<index].reversed() { versions.set(StreamKey(event.stream), event.version - 1) }
            let stored = index == 0 ? try position(of: group[0], key, actual) : nil
            results.append(
                stored.map { .duplicate($0 + group.count - 1) }
                    ?? .conflict(group[index].stream, actual: version(key)))
            return
        }
        for (index, event) in group.enumerated() {
            let start = lines.count
            entries.append(
                Entry(stream: StreamKey(event.stream), version: event.version, id: event.id, offset: start))
            let checksum = LogLine.write(
                event, seq: next + entries.count - 1, more: group.count - 1 - index, to: &lines)
            self.checksum = CRC32C.combined(self.checksum, checksum, secondCount: lines.count - start)
        }
        results.append(.stored(next + entries.count - 1))
    }

    private func version(_ key: StreamKey) -> Int {
        versions[key] ?? log.state.withLock { $0.index.version(key) }
    }

    /// The position of this very event, where it is stored already.
    private func position(of event: Event, _ key: StreamKey, _ actual: Int) throws(JournalError) -> Int? {
        guard event.version <= actual else { return nil }
        if let index = entries.firstIndex(where: { $0.version == event.version && $0.stream == key }) {
            return entries[index].id == event.id ? next + index : nil
        }
        guard let stored = try log.event(of: event.stream, version: event.version) else { return nil }
        return stored.event.id == event.id ? stored.position : nil
    }
}
