/// When people answer: opening hours in a place, with its holidays.
public struct ServiceHours: Sendable, Equatable {
    /// By day of the week; empty: always.
    public let hours: OpeningHours
    /// Days without service.
    public let holidays: Set<CalendarDay>
    /// Where that is.
    public let timeZone: TimeZoneRule

    /// How far ahead an opening is looked for.
    private static let daysAhead = 400

    /// Hours in a place, with its holidays.
    public init(hours: OpeningHours, holidays: Set<CalendarDay>, timeZone: TimeZoneRule) {
        self.hours = hours
        self.holidays = holidays
        self.timeZone = timeZone
    }

    /// Whether somebody is there at a moment.
    public func isOpen(at unixMilliseconds: Int64) -> Bool {
        guard !hours.isEmpty else { return true }
        let (day, second) = local(unixMilliseconds)
        return spans(of: day).contains { $0.contains(second / 60) }
    }

    /// The day that it is there at a moment.
    public func day(at unixMilliseconds: Int64) -> CalendarDay { local(unixMilliseconds).day }

    /// The first moment from that one on at which somebody is there; the moment itself where nobody is within a year.
    public func firstOpen(from unixMilliseconds: Int64) -> Int64 {
        isOpen(at: unixMilliseconds) ? unixMilliseconds : nextOpening(after: unixMilliseconds) ?? unixMilliseconds
    }

    /// What the clock says there at a moment.
    public func localMoment(_ unixMilliseconds: Int64) -> LocalMoment {
        let (day, second) = local(unixMilliseconds)
        return LocalMoment(day, minute: second / 60)
    }

    /// When the clock says so there, in milliseconds since 1970.
    public func unixMilliseconds(_ moment: LocalMoment) -> Int64 {
        Int64(timeZone.unixSeconds(local: moment.day.number * 86_400 + moment.minute * 60)) * 1000
    }

    /// When somebody comes next, after that moment; nil where nobody does within a year, or somebody is always there.
    public func nextOpening(after unixMilliseconds: Int64) -> Int64? {
        guard !hours.isEmpty else { return nil }
        let today = local(unixMilliseconds).day
        for ahead in 0...Self.daysAhead {
            let day = CalendarDay(number: today.number + ahead)
            for span in spans(of: day) {
                let moment = Int64(timeZone.unixSeconds(local: day.number * 86_400 + span.lowerBound * 60)) * 1000
                if moment > unixMilliseconds { return moment }
            }
        }
        return nil
    }

    /// `hoy a las 16:00`, `mañana a las 9:00`, `el lunes a las 9:00`, `el lunes 7 de diciembre a las 9:00`.
    public func describe(_ opening: Int64, now: Int64, _ language: String) -> String {
        let (day, second) = local(opening)
        let ahead = day.number - local(now).day.number
        let names = Catalogue.words(.dayNames, language)
        let key: SentenceKey =
            switch ahead {
            case ...0: .openingToday
            case 1: .openingTomorrow
            case 2...6: .openingWeekday
            default: .openingDate
            }
        return Catalogue.sentence(
            key, language,
            [
                "time": .text(OpeningHours.time(second / 60)), "hour": .number(second / 3600),
                "day": .text(names.indices.contains(day.weekday) ? names[day.weekday] : ""),
                "date": .text(Phrasing.date(day, language)),
            ])
    }

    private func spans(of day: CalendarDay) -> [Range<Int>] { holidays.contains(day) ? [] : hours.days[day.weekday] }

    private func local(_ unixMilliseconds: Int64) -> (day: CalendarDay, second: Int) {
        let seconds = TimeZoneRule.floorDivide(Int(unixMilliseconds), 1000)
        let local = seconds + timeZone.offset(at: seconds)
        let day = TimeZoneRule.floorDivide(local, 86_400)
        return (CalendarDay(number: day), local - day * 86_400)
    }
}
