/// The present rule of a time zone: its offset from UTC and when summer time begins and ends.
///
/// This is the last line of a file of the tz database, a POSIX `TZ` string (RFC 8536, 3.3). What a zone did in the past
/// is left out: hours are asked about now and the weeks to come.
public struct TimeZoneRule: Sendable, Equatable {
    /// A day of each year, and a second of that day in local time before the change.
    struct Change: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// Month, week (5 is the last), weekday from Sunday.
            case weekday(month: Int, week: Int, day: Int)
            /// 1…365, February 29 never counted.
            case julian(Int)
            /// 0…365.
            case dayOfYear(Int)
        }

        let day: Day
        let second: Int
    }

    struct Summer: Sendable, Equatable {
        let offset: Int
        let start: Change
        let end: Change
    }

    /// As editors wrote it.
    public let name: String
    let offset: Int
    let summer: Summer?

    /// No offset.
    public static let utc = TimeZoneRule(name: "UTC", offset: 0, summer: nil)

    /// Seconds that local time is ahead of UTC.
    public func offset(at unixSeconds: Int) -> Int {
        guard let summer else { return offset }
        let year = CalendarDay(number: Self.floorDivide(unixSeconds + offset, 86_400)).year
        let start = summer.start.second(inYear: year) - offset
        let end = summer.end.second(inYear: year) - summer.offset
        let isSummer = start < end ? (start..<end).contains(unixSeconds) : !(end..<start).contains(unixSeconds)
        return isSummer ? summer.offset : offset
    }

    /// The moment of a local time; the first of two where the clock goes back, the moment after where it jumps ahead.
    func unixSeconds(local: Int) -> Int {
        for candidate in [summer?.offset ?? offset, offset].sorted(by: >)
        where offset(at: local - candidate) == candidate {
            return local - candidate
        }
        return local - offset
    }

    static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}

extension TimeZoneRule.Change {
    /// Seconds since 1970 in local time.
    func second(inYear year: Int) -> Int { dayNumber(inYear: year) * 86_400 + second }

    private func dayNumber(inYear year: Int) -> Int {
        func first(_ month: Int) -> CalendarDay {
            CalendarDay(year: year, month: month, day: 1) ?? CalendarDay(number: 0)
        }
        switch day {
        case .dayOfYear(let number): return first(1).number + number
        case .julian(let number):
            let isLeap = first(3).number - first(2).number == 29
            return first(1).number + number - 1 + (isLeap && number >= 60 ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            let start = first(month)
            // POSIX counts from Sunday, `CalendarDay` from Monday.
            let ahead = (weekday + 6 - start.weekday + 7) % 7
            let nextMonth =
                month == 12
                ? CalendarDay(year: year + 1, month: 1, day: 1)?.number ?? start.number + 31 : first(month + 1).number
            var number = start.number + ahead + (week - 1) * 7
            while number >= nextMonth { number -= 7 }
            return number
        }
    }
}
