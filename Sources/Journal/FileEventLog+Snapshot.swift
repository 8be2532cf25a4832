extension FileEventLog {
    /// A moment of the log, held until a snapshot of it is written.
    public struct SnapshotToken: Sendable {
        /// The position up to which it reaches.
        public let position: Int
        let snapshot: Snapshot
        let erasures: Int
    }

    /// Holds the log as it is now. For the decider's queue, at the moment at which it captures the state that the
    /// payload will be made of. Costs a copy-on-write reference; the shards of the index are copied as they change.
    public func prepareSnapshot() -> SnapshotToken {
        state.withLock { state in
            SnapshotToken(
                position: state.last,
                snapshot: Snapshot(
                    position: state.last, lastLost: state.lastLost, unknown: state.unknown, index: state.index,
                    segments: state.segments.map(Snapshot.KnownSegment.init)),
                erasures: state.erasures)
        }
    }

    /// Writes the snapshot of a token, once all that it covers is on stable storage, and keeps the newest two.
    /// - Parameters:
    ///   - payload: the folded state at the token's position; made on the maintenance queue.
    ///   - then: is called there when the snapshot is in its place, or why it is not.
    public func writeSnapshot(
        _ token: SnapshotToken, payload: @escaping @Sendable () -> [UInt8],
        then: @escaping @Sendable (Result<Void, JournalError>) -> Void = { _ in }
    ) {
        // A snapshot must not know of events that a crash may yet take back.
        sync(upTo: token.position) { [self] result in
            options.maintenanceWork.perform(0) { [self] in
                do throws(JournalError) {
                    try result.get()
                    try put(token, payload())
                } catch { return then(.failure(error)) }
                then(.success(()))
            }
        }
    }

    private func put(_ token: SnapshotToken, _ payload: [UInt8]) throws(JournalError) {
        // Erasures run on this very queue: none can begin between here and the rename, but for the one whose count is
        // up already and whose own turn comes after, which takes this snapshot away again.
        guard state.withLock({ $0.erasures }) == token.erasures else { throw .snapshotOutdated }
        var snapshot = token.snapshot
        snapshot.payload = payload
        let name = FileNames.snapshot(token.position)
        let draft = name + FileNames.draftSuffix
        do throws(StorageError) {
            let file = try device.open(draft, create: true)
            try snapshot.write(to: file)
            try file.sync()
            try device.rename(draft, to: name)
            try device.syncFolder()
            let positions = try snapshotPositions()
            for position in positions.dropLast(2) { try device.remove(FileNames.snapshot(position)) }
        } catch {
            try? device.remove(draft)
            throw JournalError(error)
        }
    }

    /// The positions of all snapshots that are there, rising.
    func snapshotPositions() throws(StorageError) -> [Int] {
        try device.list().compactMap { FileNames.number(in: $0, prefix: "snapshot-", suffix: ".bin") }.sorted()
    }
}
