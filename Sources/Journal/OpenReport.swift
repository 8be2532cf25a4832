/// What was found when the journal was opened.
public struct OpenReport: Sendable, Equatable {
    /// The position of the snapshot it began from; 0 where there was none.
    public var snapshot = 0
    /// How many events were folded after it.
    public var replayed = 0
    /// The incomplete end that was cut off, after a crash.
    public var torn: TornTail?
    /// Damages that a salvage set aside.
    public var salvaged: [Damage] = []
    /// How many events these took with them.
    public var lost = 0
    /// Sentences about what was passed over.
    public var warnings: [String] = []
}

/// What a crash left at the log's end of groups that nobody was told are on stable storage.
public struct TornTail: Sendable, Equatable {
    /// The file that was cut.
    public var file: String
    /// How many bytes were cut off.
    public var bytes: Int
    /// How many groups had left something in them.
    public var groups: Int
}
