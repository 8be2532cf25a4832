import Events
import JSON

extension FileEventLog {
    /// Takes what personal data the streams' events hold off the disk. For the decider's queue, once the erasures have
    /// been folded: snapshots prepared before the call are not written any more.
    ///
    /// Each segment that holds any of the streams is written anew and put into the old one's place; a crash leaves the old or
    /// the new. The segment that is written to is closed first, so appends go on. Snapshots go, as their payload may
    /// hold the data: take a new one afterwards. After a crash, or a failure, call it again.
    /// - Parameters:
    ///   - replacing: an event without the data, nil where it holds none. Stream, version and id stay as they were.
    ///   - then: is called on the maintenance queue once no file of the folder has the data, and that is on stable
    ///     storage; or why not.
    public func forget(
        _ streams: [StreamID], replacing: @escaping @Sendable (Event) -> Event?,
        then: @escaping @Sendable (Result<Void, JournalError>) -> Void
    ) {
        let keys = streams.map { StreamKey($0) }
        let positions = state.withLock { state in
            state.erasures += 1
            return keys.flatMap { state.index.positions($0) }.sorted()
        }
        options.syncWork.perform(0) { [self] in
            do throws(JournalError) {
                try closeSegment(holding: positions.last ?? 0)
            } catch { return then(.failure(error)) }
            options.maintenanceWork.perform(0) { [self] in
                do throws(StorageError) {
                    try removeSnapshots()
                    try purgeSalvaged(Set(keys.map(\.text)))
                    try cutSegments()
                } catch { return then(.failure(JournalError(error))) }
                do throws(JournalError) {
                    let seqs = Set(positions)
                    for segment in state.withLock({ $0.segments }) where positions.contains(where: segment.holds) {
                        try rewrite(segment, seqs, replacing)
                    }
                } catch { return then(.failure(error)) }
                then(.success(()))
            }
        }
    }

    /// Brings everything to stable storage and, where the last segment holds the event, begins another.
    private func closeSegment(holding seq: Int) throws(JournalError) {
        synchronize()
        do throws(StorageError) {
            try writer.withLock { (writer) throws(StorageError) in
                let isHeld = state.withLock { state in
                    state.syncFailure == nil && state.segments.last.map { $0.holds(seq) || $0.needsCut } ?? false
                }
                if isHeld { try rotate(&writer) }
            }
        } catch { throw JournalError(error) }
        synchronize()
        if let reason = state.withLock({ $0.syncFailure }) { throw .storageUnavailable(reason: reason) }
    }

    private func removeSnapshots() throws(StorageError) {
        let positions = try snapshotPositions()
        for position in positions { try device.remove(FileNames.snapshot(position)) }
        if !positions.isEmpty { try device.syncFolder() }
    }

    /// Takes out of the files of salvaged lines those of the streams, and those whose stream can't be told.
    private func purgeSalvaged(_ streams: Set<String>) throws(StorageError) {
        for name in try device.list() where name.hasSuffix(".salvaged") {
            let file = try device.open(name, create: false)
            let lines = try file.bytes(at: 0, count: file.size()).split(separator: 0x0A)
            let kept = lines.filter { line in
                guard let json = try? JSONValue.parse(Array(line)), let stream = json["stream"]?.string else {
                    return false
                }
                return !streams.contains(stream)
            }
            guard kept.count < lines.count else { continue }
            try device.replace(name, with: kept.flatMap { $0 + [0x0A] })
            try device.syncFolder()
        }
    }

    /// Cuts off what failed writes have left behind a segment's end, which may be of any stream.
    private func cutSegments() throws(StorageError) {
        for segment in state.withLock({ $0.segments }).dropLast() where segment.needsCut {
            try segment.file.truncate(to: segment.size)
            try segment.file.sync()
            state.withLock { state in
                for index in state.segments.indices where state.segments[index].first == segment.first {
                    state.segments[index].needsCut = false
                }
            }
        }
    }

    private func rewrite(
        _ old: Segment, _ seqs: Set<Int>, _ replacing: (Event) -> Event?
    ) throws(JournalError) {
        let draft = old.name + FileNames.draftSuffix
        do throws(JournalError) {
            let new = try catching { () throws(StorageError) in
                Segment(first: old.first, file: try device.open(draft, create: true))
            }
            var next = try copy(old, to: new, seqs, replacing)
            try catching { () throws(StorageError) in
                let checksum = try Seal.checksum(of: next.file, size: next.size)
                try next.file.sync()
                // The old seal goes first and the new one comes last: a crash must not leave one that doesn't fit.
                try device.remove(FileNames.seal(old.first))
                try device.syncFolder()
                try device.rename(draft, to: old.name)
                try device.syncFolder()
                try device.replace(FileNames.seal(old.first), with: Seal(of: next, checksum).line)
                next.sealed = checksum
                try device.syncFolder()
            }
            state.withLock { state in
                for index in state.segments.indices where state.segments[index].first == old.first {
                    state.segments[index] = next
                }
            }
        } catch {
            try? device.remove(draft)
            throw error
        }
    }

    private func copy(
        _ old: Segment, to draft: Segment, _ seqs: Set<Int>, _ replacing: (Event) -> Event?
    ) throws(JournalError) -> Segment {
        var new = draft
        var reader = LineReader(file: old.file, from: 0, to: old.size)
        var bytes: [UInt8] = []
        var seq = old.first
        while let line = try catching({ () throws(StorageError) in try reader.next() }) {
            if seqs.contains(seq) {
                let damage = Damage(file: old.name, line: seq - old.first + 1, reason: "")
                guard let event = try Self.decode(line.bytes, seq: seq, damage),
                    let more = LogLine.checked(line.bytes).flatMap(LineHeader.init)?.more
                else { throw .damaged(damage) }
                var replacement = replacing(event) ?? event
                replacement.stream = event.stream
                replacement.version = event.version
                replacement.id = event.id
                JSONWriter.append(to: &bytes) { LogLine.write(replacement, seq: seq, more: more, to: &$0) }
            } else {
                bytes.append(contentsOf: line.bytes)
                bytes.append(0x0A)
            }
            seq += 1
            guard bytes.count >= 1 << 20 else { continue }
            try catching { () throws(StorageError) in try new.file.writeAll(bytes, at: new.size) }
            new.note(lines: bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        try catching { () throws(StorageError) in try new.file.writeAll(bytes, at: new.size) }
        new.note(lines: bytes)
        return new
    }
}

extension Segment {
    /// Whether the event stands in it.
    func holds(_ seq: Int) -> Bool { seq >= first && seq <= last }
}
