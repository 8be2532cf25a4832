import Events
import Threading

/// The log in a folder of files: `journal-<first seq>.jsonl`, one JSON object a line, appended to by one decider.
///
/// Two locks guard it, taken in this order. `writer` is held while a batch is written, a segment is begun or a
/// failed sync is made good; only the decider and those repairs take it. `state` is held for moments, by everybody,
/// so any queue may read. Syncs run on one serial queue, snapshots and erasures on another.
public final class FileEventLog: EventLog {
    /// What only the side that writes needs.
    struct Writer: Sendable {
        /// Whether the last segment has bytes after its end that couldn't be cut off.
        var needsNewSegment = false
        /// Bytes that a group of the last batch took, which those of the next are likely to take.
        var groupBytes = 0
        var isClosed = false
    }

    let device: any StorageDevice
    let options: JournalOptions
    let lock: any StorageLock
    let mark: any StorageFile
    let writer = Guarded(Writer())
    let state: Guarded<LogState>
    /// The checksum of the last segment as far as it was synced; the sync queue's own.
    let running = Guarded(RunningChecksum())

    init(
        device: any StorageDevice, options: JournalOptions, lock: any StorageLock, mark: any StorageFile,
        state: consuming LogState
    ) {
        self.device = device
        self.options = options
        self.lock = lock
        self.mark = mark
        self.state = Guarded(state)
    }

    /// The log's standing, for `STATUS`.
    public var status: JournalStatus {
        state.withLock { state in
            JournalStatus(
                position: state.last, synced: state.synced, segments: state.segments.count,
                bytes: state.segments.reduce(0) { $0 + $1.size }, unknown: state.unknown,
                problem: state.syncFailure ?? state.writeFailure)
        }
    }

    /// The position of the newest event.
    public var position: Int { state.withLock { $0.last } }

    /// The stream's version; 0 where it has no events.
    public func version(of stream: StreamID) -> Int { state.withLock { $0.index.version(StreamKey(stream)) } }

    /// Brings everything to stable storage, refuses further appends and gives the folder free. Not for the decider's
    /// queue: it waits for the disk.
    public func close() throws(JournalError) {
        let isFirst = writer.withLock { writer in
            defer { writer.isClosed = true }
            return !writer.isClosed
        }
        guard isFirst else { return }
        defer { lock.release() }
        synchronize()
        if let reason = state.withLock({ $0.syncFailure }) { throw .storageUnavailable(reason: reason) }
        try catching { () throws(StorageError) in try mark.sync() }
    }
}

/// The log's standing.
public struct JournalStatus: Sendable, Equatable {
    /// The number of the newest event.
    public var position: Int
    /// The number of the newest event on stable storage.
    public var synced: Int
    /// How many segments there are.
    public var segments: Int
    /// Their bytes.
    public var bytes: Int
    /// Events of a type or stream that this version doesn't know.
    public var unknown: Int
    /// Why nothing can be stored now; nil where all is well.
    public var problem: String?
}
