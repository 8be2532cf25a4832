/// A minute of a day, in the shop's time zone.
public struct LocalMoment: Sendable, Equatable, Comparable {
    /// The day.
    public let day: CalendarDay
    /// The minute of the day, 0…1439.
    public let minute: Int

    /// A minute of a day; one beyond midnight belongs to the day after.
    public init(_ day: CalendarDay, minute: Int) {
        let days = TimeZoneRule.floorDivide(minute, Self.minutesADay)
        self.day = days == 0 ? day : CalendarDay(number: day.number + days)
        self.minute = minute - days * Self.minutesADay
    }

    /// `2026-11-25T17:00`.
    public init?(_ text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = CalendarDay(String(parts[0])), parts[1].utf8.count == 5 else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 2, clock.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isASCIIDigit) }),
            let hour = Int(clock[0]), let minute = Int(clock[1]), hour < 24, minute < 60
        else { return nil }
        self.init(day, minute: hour * 60 + minute)
    }

    private static let minutesADay = 1440

    /// `2026-11-25T17:00`.
    public var iso: String {
        func padded(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
        return "\(day.iso)T\(padded(minute / 60)):\(padded(minute % 60))"
    }

    /// The moment so many minutes later.
    public func later(by minutes: Int) -> LocalMoment { LocalMoment(day, minute: minute + minutes) }

    /// `el miércoles 25 de noviembre a las 17:00`.
    public func formatted(_ language: String) -> String {
        let names = Catalogue.words(.dayNames, language)
        return Catalogue.sentence(
            .openingDate, language,
            [
                "time": .text(OpeningHours.time(minute)), "hour": .number(minute / 60),
                "day": .text(names.indices.contains(day.weekday) ? names[day.weekday] : ""),
                "date": .text(Phrasing.date(day, language)),
            ])
    }

    /// Earlier moments come first.
    public static func < (first: LocalMoment, second: LocalMoment) -> Bool {
        (first.day.number, first.minute) < (second.day.number, second.minute)
    }
}
