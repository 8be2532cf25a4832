/// The names of the files in the journal's folder.
enum FileNames {
    /// Holds the folder for one daemon.
    static let lock = "journal.lock"
    /// The last event known to be on stable storage.
    static let mark = "journal.synced"
    /// A file that is not yet in its place; removed at the start.
    static let draftSuffix = ".draft"
    /// The segment that the next rotation will use.
    static let spare = "next.draft"

    /// `journal-<first seq, 20 digits>.jsonl`
    static func segment(_ first: Int) -> String { "journal-\(padded(first)).jsonl" }

    /// The checksum of a whole sealed segment.
    static func seal(_ first: Int) -> String { "journal-\(padded(first)).crc" }

    /// Damaged lines of a segment that a salvage took out.
    static func salvaged(_ first: Int) -> String { "journal-\(padded(first)).salvaged" }

    /// `snapshot-<seq, 20 digits>.bin`
    static func snapshot(_ position: Int) -> String { "snapshot-\(padded(position)).bin" }

    /// The numbers that events can have: as many digits as a line's `seq` is read with, so that no sum overflows.
    static let range = 0..<1_000_000_000_000_000_000

    /// The number in a name of that form, nil for another form.
    static func number(in name: String, prefix: String, suffix: String) -> Int? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
        let digits = name.dropFirst(prefix.count).dropLast(suffix.count)
        guard digits.utf8.count == 20, let number = Int(digits), range.contains(number) else { return nil }
        return number
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits
    }
}
