import Checksums
import Events

extension FileEventLog {
    /// Calls `then` once everything up to the position is on stable storage (fdatasync has returned), at once where
    /// it is already, else on the sync queue. Requests that come while a sync runs share the next one.
    public func sync(upTo position: Int, then: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
        enum Next { case done, failed(String), wait, start }
        let next: Next = state.withLock { state in
            if position <= state.synced { return .done }
            if let reason = state.syncFailure { return .failed(reason) }
            state.waiters.append(.init(position: position, then: then))
            defer { state.isSyncQueued = true }
            return state.isSyncQueued ? .wait : .start
        }
        switch next {
        case .done: then(.success(()))
        case .failed(let reason): then(.failure(.storageUnavailable(reason: reason)))
        case .wait: break
        case .start: options.syncWork.perform(0) { [weak self] in self?.synchronize() }
        }
    }

    /// Calls `then` with whether nothing of an append that has just failed can ever be found: true once what it had
    /// written is cut off on stable storage, at once where it had written nothing; false where that can't be had. For
    /// the decider's queue, before the next append.
    public func whenDiscarded(_ then: @escaping @Sendable (Bool) -> Void) {
        enum Next { case known(Bool), wait, start }
        let next: Next = state.withLock { state in
            guard state.leftover == .cut else { return .known(state.leftover == .nothing) }
            // Of all cuts the last is this append's.
            if state.syncFailure != nil || state.cuts.failed == state.cuts.made { return .known(false) }
            if state.cuts.synced == state.cuts.made { return .known(true) }
            state.cutWaiters.append(then)
            defer { state.isSyncQueued = true }
            return state.isSyncQueued ? .wait : .start
        }
        switch next {
        case .known(let isDiscarded): then(isDiscarded)
        case .wait: break
        case .start: options.syncWork.perform(0) { [weak self] in self?.synchronize() }
        }
    }

    /// Brings everything that is written now to stable storage. For the sync queue.
    func synchronize() {
        // The serial queue keeps syncs apart; `close` comes from elsewhere, and this mutex keeps it apart too.
        running.withLock { running in
            guard let work = begin() else { return }
            do throws(StorageError) {
                let sealed = try perform(work, &running)
                finish(work, sealed)
                for waiter in work.cutWaiters { waiter(true) }
            } catch {
                fail(error.description)
                for waiter in work.cutWaiters { waiter(false) }
            }
        }
    }

    /// What one sync has to do.
    private struct Work {
        let target: Int
        let sealing: [Segment]
        let last: Segment
        let unsynced: [LogState.Unsynced]
        let isFolderChanged: Bool
        let cuts: Int
        let cutWaiters: [@Sendable (Bool) -> Void]
    }

    private func begin() -> Work? {
        state.withLock { state in
            state.isSyncQueued = false
            guard state.syncFailure == nil, let last = state.segments.last,
                state.last > state.synced || !state.sealing.isEmpty || state.isCutUnsynced || state.isFolderChanged
                    || !state.cutWaiters.isEmpty
            else { return nil }
            let sealing = state.segments.filter { state.sealing.contains($0.first) }
            defer {
                state.isFolderChanged = false
                state.isCutUnsynced = false
                state.cutWaiters = []
            }
            return Work(
                target: state.last, sealing: sealing, last: last, unsynced: state.unsynced,
                isFolderChanged: state.isFolderChanged, cuts: state.cuts.made, cutWaiters: state.cutWaiters)
        }
    }

    /// - Returns: the checksums of the segments that were sealed.
    private func perform(_ work: Work, _ running: inout RunningChecksum) throws(StorageError) -> [Int: UInt32] {
        var unsynced = work.unsynced[...]
        var sealed: [Int: UInt32] = [:]
        // A seal must not outlive a crash that takes the name of what it seals.
        if work.isFolderChanged { try device.syncFolder() }
        for segment in work.sealing {
            try segment.file.sync()
            // Not cut: the segment stays without a seal. Its end is where the next one begins, so nothing is lost.
            if segment.needsCut, (try? segment.file.truncate(to: segment.size)) == nil { continue }
            if segment.needsCut { try segment.file.sync() }
            // No further: with the next segment's first batch, this one's checksum is forgotten.
            while let batch = unsynced.first, batch.segment <= segment.first { running.add(unsynced.removeFirst()) }
            let checksum = try running.checksum(of: segment)
            try device.replace(FileNames.seal(segment.first), with: Seal(of: segment, checksum).line)
            sealed[segment.first] = checksum
        }
        // Nothing in the new segment may count as stored before the seal of the one before is safe.
        if !work.sealing.isEmpty { try device.syncFolder() }
        for batch in unsynced { running.add(batch) }
        try work.last.file.sync()
        return sealed
    }

    private func finish(_ work: Work, _ sealed: [Int: UInt32]) {
        let done = state.withLock { state in
            state.synced = max(state.synced, work.target)
            state.cuts.synced = work.cuts
            state.unsynced.removeAll { $0.last <= work.target }
            state.unsyncedBytes = state.unsynced.reduce(0) { $0 + $1.text.count }
            for segment in work.sealing {
                state.sealing.removeAll { $0 == segment.first }
                for index in state.segments.indices where state.segments[index].first == segment.first {
                    state.segments[index].sealed = sealed[segment.first]
                    state.segments[index].needsCut = sealed[segment.first] == nil
                }
            }
            let done = state.waiters.filter { $0.position <= state.synced }
            state.waiters.removeAll { $0.position <= state.synced }
            return done
        }
        writeMark(work.target)
        for waiter in done { waiter.then(.success(())) }
        if !work.sealing.isEmpty { prepareSpare() }
    }

    /// Notes how far the log is known to be on stable storage. Not synced itself: whatever of it comes through a
    /// crash was true, and tells a torn tail from damage.
    func writeMark(_ position: Int) {
        try? mark.writeAll(SyncMark(position: position).line, at: 0)
    }

    /// Has an empty segment ready, so that the decider needs only a rename.
    func prepareSpare() {
        // The writer's mutex, so that no rotation takes the name while the file is being made.
        writer.withLock { _ in
            guard state.withLock({ $0.spare == nil }), let file = try? makeSpare() else { return }
            state.withLock { $0.spare = file }
        }
    }

    private func fail(_ reason: String) {
        let (isFirst, waiters, cutWaiters) = state.withLock { state in
            let isFirst = !state.isAiling
            state.isAiling = true
            state.syncFailure = reason
            state.cuts.failed = state.cuts.made
            defer {
                state.waiters = []
                state.cutWaiters = []
            }
            return (isFirst, state.waiters, state.cutWaiters)
        }
        if isFirst { options.notice(.failed(reason: reason)) }
        for waiter in waiters { waiter.then(.failure(.storageUnavailable(reason: reason))) }
        for waiter in cutWaiters { waiter(false) }
        // A disk that is full may take what is stored anew and then not the seal: not over and over without a pause.
        options.syncWork.perform(isFirst ? 0 : Self.recoveryDelay) { [weak self] in self?.recover() }
    }
}

/// The checksum of a segment, taken along as it is synced, so that sealing need not read it again.
struct RunningChecksum: Sendable {
    private var segment = 0
    private var last = 0
    private var size = 0
    private var checksum: UInt32 = 0

    /// Takes in bytes that follow.
    mutating func add(_ batch: LogState.Unsynced) {
        if batch.segment != segment, batch.first == batch.segment {
            segment = batch.segment
            size = 0
            last = batch.first - 1
            checksum = 0
        }
        guard batch.segment == segment, batch.first == last + 1 else { return }
        checksum = CRC32C.combined(checksum, batch.checksum, secondCount: batch.text.count)
        size += batch.text.count
        last = batch.last
    }

    /// The whole file's checksum; read from the file where not all of it was seen.
    func checksum(of segment: Segment) throws(StorageError) -> UInt32 {
        if segment.first == self.segment, segment.size == size { return checksum }
        return try Seal.checksum(of: segment.file, size: segment.size)
    }
}
