/// The days that count for a deadline: all but Saturdays, Sundays and holidays, in the shop's time zone (as Ley 39/2015,
/// art. 30.2, counts *días hábiles*).
public struct WorkingDays: Sendable, Equatable {
    /// Days that don't count, on whatever weekday.
    public let holidays: Set<CalendarDay>
    /// Where a day begins and ends.
    public let timeZone: TimeZoneRule

    /// All weekdays of a place but its holidays.
    public init(holidays: Set<CalendarDay>, timeZone: TimeZoneRule) {
        self.holidays = holidays
        self.timeZone = timeZone
    }

    /// Whether a day counts.
    public func contains(_ day: CalendarDay) -> Bool { day.weekday < 5 && !holidays.contains(day) }

    /// The last of so many working days; the first is the first after that day.
    public func day(_ count: Int, after day: CalendarDay) -> CalendarDay { walk(count, from: day, by: 1) }

    /// The first of so many working days that end before that day.
    public func day(_ count: Int, before day: CalendarDay) -> CalendarDay { walk(count, from: day, by: -1) }

    private func walk(_ count: Int, from start: CalendarDay, by step: Int) -> CalendarDay {
        var day = start
        var left = count
        while left > 0 {
            day = CalendarDay(number: day.number + step)
            if contains(day) { left -= 1 }
        }
        return day
    }

    /// The day, and the minute of it, that it is there at a moment.
    public func local(_ unixMilliseconds: Int64) -> (day: CalendarDay, minute: Int) {
        let seconds = TimeZoneRule.floorDivide(Int(unixMilliseconds), 1000)
        let local = seconds + timeZone.offset(at: seconds)
        let day = TimeZoneRule.floorDivide(local, 86_400)
        return (CalendarDay(number: day), (local - day * 86_400) / 60)
    }

    /// The moment at which a day begins there, in milliseconds since 1970.
    public func start(of day: CalendarDay) -> Int64 { Int64(timeZone.unixSeconds(local: day.number * 86_400)) * 1000 }

    /// The last millisecond of a day there.
    public func end(of day: CalendarDay) -> Int64 { start(of: CalendarDay(number: day.number + 1)) - 1 }
}

extension Settings {
    /// The days that count for deadlines.
    public var workingDays: WorkingDays { WorkingDays(holidays: Set(holidays.keys), timeZone: timeZone) }
}
