import Events
import JSON

/// What the log knows in memory; one mutex guards it, held for no longer than it takes to look or to note.
struct LogState: Sendable {
    /// A run of whole groups that was written but may not be on stable storage.
    struct Unsynced: Sendable {
        let segment: Int
        let first: Int
        let last: Int
        let text: WrittenJSON
        /// CRC-32C of `text`.
        let checksum: UInt32
    }

    /// Somebody who waits for stable storage.
    struct Waiter: Sendable {
        let position: Int
        let then: @Sendable (Result<Void, JournalError>) -> Void
    }

    /// Bytes after the log's end.
    enum Leftover { case nothing, cut, uncut }

    var index = StreamIndex()
    /// Rising; the last is the one that is written to.
    var segments: [Segment] = []
    /// The number of the newest event.
    var last = 0
    /// The number of the newest event that is on stable storage.
    var synced = 0
    /// All that was written after `synced`, so that a failed sync can be made good.
    var unsynced: [Unsynced] = []
    var unsyncedBytes = 0
    /// First numbers of segments that are full but not yet sealed. While there are any, no other rotation begins:
    /// so at most one segment can follow one whose end a crash may tear.
    var sealing: [Int] = []
    /// Whether a segment has a name that may not be on stable storage.
    var isFolderChanged = false
    /// Whether what a failed write left was cut off, but may yet be on the disk.
    var isCutUnsynced = false
    /// What the last append left where it failed.
    var leftover = Leftover.nothing
    /// Cuts that were made, up to which of them all are on stable storage, and up to which a sync failed.
    var cuts = (made: 0, synced: 0, failed: 0)
    /// Who wants to know whether a cut has reached stable storage.
    var cutWaiters: [@Sendable (Bool) -> Void] = []
    var waiters: [Waiter] = []
    /// Whether a sync is queued that has not begun.
    var isSyncQueued = false
    /// Whether the sync that comes by itself is set.
    var isTimerSet = false
    /// Why a sync failed; appends are refused until what was not synced is stored anew.
    var syncFailure: String?
    /// Whether nothing has been synced since a sync failed, though what it may have lost was stored anew.
    var isAiling = false
    /// Why the last write failed; the next tries again.
    var writeFailure: String?
    /// An empty segment, ready for the next rotation.
    var spare: (any StorageFile)?
    /// Counts erasures; a snapshot begun before one must not be written after it.
    var erasures = 0
    /// How many events of a type or stream unknown to this version there are.
    var unknown = 0
    /// The number of the newest event that a salvage gave up; 0 where none was.
    var lastLost = 0

    /// The segment that holds an event.
    func segment(of seq: Int) -> Int? {
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].first <= seq { low = middle + 1 } else { high = middle }
        }
        guard low > 0, seq <= segments[low - 1].last else { return nil }
        return low - 1
    }

    /// Where an event stands.
    func place(of seq: Int) -> EventPlace? { segment(of: seq).flatMap { segments[$0].place(of: seq) } }
}
