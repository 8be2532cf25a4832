import Content

/// The words that moments are told by, folded; they stand in the catalogue.
struct MomentWords: Sendable {
    /// Words before and behind a number, and what the number then means in minutes.
    struct Pattern: Sendable {
        let before: [String]
        /// Whether a number stands between.
        let hasNumber: Bool
        let after: [String]
        let minutes: Int

        /// `30 # y media`: the minutes, and the words with the number as `#`.
        fileprivate init?(_ entry: String) {
            let parts = entry.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let minutes = Int(parts[0]) else { return nil }
            let sides = parts[1].split(separator: "#", omittingEmptySubsequences: false).map {
                SlotWords.run(String($0))
            }
            before = sides[0]
            hasNumber = sides.count > 1
            after = sides.count > 1 ? sides[1] : []
            self.minutes = minutes
        }
    }

    /// A part of the day: from which minute on to which.
    struct Part: Sendable {
        let names: [[String]]
        let minutes: Range<Int>
        /// Whether hours of it are told from 1 to 12 in the first half of the day.
        let isMorning: Bool

        /// `15-20 por la tarde/esta tarde`, in hours.
        fileprivate init?(_ entry: String, isMorning: Bool) {
            let parts = entry.split(separator: " ", maxSplits: 1)
            let hours = parts.first?.split(separator: "-").compactMap { Int($0) } ?? []
            guard parts.count == 2, hours.count == 2, hours[0] < hours[1] else { return nil }
            names = parts[1].split(separator: "/").map { SlotWords.run(String($0)) }
            minutes = hours[0] * 60..<hours[1] * 60
            self.isMorning = isMorning
        }
    }

    /// What a number is the hour behind.
    let at: [[String]]
    /// Minutes past or to an hour.
    let clock: [Pattern]
    /// The first is the morning.
    let parts: [Part]
    /// As soon as the shop opens.
    let opening: [[String]]
    /// As soon as can be.
    let now: [[String]]
    /// So many minutes from now.
    let ahead: [Pattern]

    init(_ language: String) {
        func runs(_ key: SentenceKey) -> [[String]] {
            Catalogue.words(key, language).map(SlotWords.run).filter { !$0.isEmpty }
        }
        at = runs(.momentAt)
        clock = Catalogue.words(.momentClock, language).compactMap { Pattern($0) }
        parts = Catalogue.words(.momentParts, language).enumerated().compactMap { Part($1, isMorning: $0 == 0) }
        opening = runs(.momentOpening)
        now = runs(.momentNow)
        ahead = Catalogue.words(.momentAhead, language).compactMap { Pattern($0) }
    }
}
