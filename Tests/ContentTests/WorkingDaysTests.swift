import Foundation
import Testing

@testable import Content

@Suite("Working days")
struct WorkingDaysTests {
    private let days = WorkingDays(
        holidays: Set(
            ["2026-12-07", "2026-12-08", "2026-12-25", "2027-01-01", "2027-01-06"].compactMap(CalendarDay.init)),
        timeZone: TimeZoneReader.rule(named: "Europe/Madrid") ?? .utc)

    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    @Test(
        "weekends and holidays don't count, nor does the day itself",
        arguments: [
            ("2026-11-27", 15, "2026-12-22"), ("2026-11-27", 5, "2026-12-04"), ("2026-11-28", 1, "2026-11-30"),
            ("2026-12-04", 1, "2026-12-09"), ("2026-12-24", 5, "2027-01-04"), ("2026-11-27", 0, "2026-11-27"),
        ])
    func after(start: String, count: Int, last: String) throws {
        #expect(days.day(count, after: try day(start)) == (try day(last)))
    }

    @Test("backwards they are the same days")
    func before() throws {
        #expect(days.day(2, before: try day("2026-12-10")) == (try day("2026-12-04")))
        for number in 0..<40 {
            let start = CalendarDay(number: try day("2026-11-20").number + number)
            let last = days.day(7, after: start)
            #expect(days.contains(last) && days.day(7, after: days.day(7, before: last)) == last)
        }
    }

    @Test("a day ends with its last millisecond there, on the longest and the shortest day too")
    func ends() throws {
        func moment(_ text: String) throws -> Int64 {
            Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) * 1000
        }
        #expect(days.end(of: try day("2026-12-04")) == (try moment("2026-12-04T23:00:00Z")) - 1)
        #expect(days.end(of: try day("2026-07-03")) == (try moment("2026-07-03T22:00:00Z")) - 1)
        for (text, hours) in [("2026-10-25", 25), ("2026-03-29", 23), ("2026-03-30", 24)] {
            #expect(
                days.end(of: try day(text)) - days.start(of: try day(text)) + 1 == Int64(hours) * 3_600_000, "\(text)")
        }
        #expect(days.local(days.end(of: try day("2026-12-04"))) == (try day("2026-12-04"), 24 * 60 - 1))
    }
}
