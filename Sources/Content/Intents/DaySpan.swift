/// A day or a run of days, open at one end where only the other is known.
public struct DaySpan: Sendable, Equatable {
    /// The first day; nil: any time before.
    public let first: CalendarDay?
    /// The last day; nil: any time after.
    public let last: CalendarDay?

    /// A span; nil where both ends are open or the last day comes before the first.
    public init?(first: CalendarDay?, last: CalendarDay?) {
        if let first, let last, last < first { return nil }
        if first == nil, last == nil { return nil }
        self.first = first
        self.last = last
    }

    /// One day.
    public init(_ day: CalendarDay) { (first, last) = (day, day) }

    /// Reads what ``iso`` writes.
    public init?(_ iso: String) {
        let ends = iso.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2 else {
            guard let day = CalendarDay(iso) else { return nil }
            self.init(day)
            return
        }
        let (first, last) = (CalendarDay(ends[0]), CalendarDay(ends[1]))
        guard first != nil || ends[0] == "..", last != nil || ends[1] == ".." else { return nil }
        self.init(first: first, last: last)
    }

    /// `2026-11-24`, `2026-11-16/2026-11-22`, `../2026-12-24` (ISO 8601-2).
    public var iso: String {
        if let first, first == last { return first.iso }
        return "\(first?.iso ?? "..")/\(last?.iso ?? "..")"
    }

    /// `24 de noviembre`, `del 16 de noviembre al 22 de noviembre`, `hasta el 24 de diciembre`.
    public func formatted(_ language: String) -> String {
        let ends = (first.map { Phrasing.date($0, language) }, last.map { Phrasing.date($0, language) })
        switch ends {
        case (let first?, let last?):
            return self.first == self.last
                ? first : Catalogue.sentence(.spanBetween, language, ["first": .text(first), "last": .text(last)])
        case (let first?, nil): return Catalogue.sentence(.spanFrom, language, ["first": .text(first)])
        case (nil, let last?): return Catalogue.sentence(.spanUntil, language, ["last": .text(last)])
        case (nil, nil): return iso
        }
    }
}
