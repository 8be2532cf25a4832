/// How the journal behaves.
public struct JournalOptions: Sendable {
    /// A segment is closed once it is this large; one batch may go beyond it.
    public var segmentBytes = 64 << 20
    /// Milliseconds after which what was written is synced though nobody asked.
    public var syncInterval = 100
    /// Written but not synced bytes above which appends are refused: the disk doesn't keep up, and they are held in
    /// memory until it does.
    public var unsyncedLimit = 256 << 20
    /// Whether damaged lines are set aside instead of stopping the start.
    public var salvage = false
    /// Where syncs run.
    public var syncWork = WorkQueue.dispatch("journal.sync")
    /// Where snapshots, erasures and the check of sealed segments run.
    public var maintenanceWork = WorkQueue.dispatch("journal.maintenance")
    /// Told what happens in the background, a sentence each, on any queue.
    public var notice: @Sendable (JournalNotice) -> Void = { _ in }

    /// The defaults.
    public init() {}
}

/// What happened in the background.
public enum JournalNotice: Sendable, Equatable, CustomStringConvertible {
    /// Storing failed; appends are refused until `recovered`.
    case failed(reason: String)
    /// Storing works again.
    case recovered
    /// The sealed segments were checked.
    case verified(segments: Int, damages: [Damage])

    /// One sentence.
    public var description: String {
        switch self {
        case .failed(let reason): "the journal can't store: \(reason)"
        case .recovered: "the journal stores again"
        case .verified(let segments, let damages):
            "checked \(segments) sealed segments, "
                + (damages.isEmpty ? "all whole" : "damaged: " + damages.map(\.description).joined(separator: "; "))
        }
    }
}
