import Testing

@testable import Content

@Suite("Moments by the shop's clock")
struct LocalMomentTests {
    @Test("a moment is read as it is written, and nothing else is one")
    func roundTrip() throws {
        let moment = try #require(LocalMoment("2026-11-25T17:05"))
        #expect(moment.iso == "2026-11-25T17:05" && moment.minute == 17 * 60 + 5)
        for text in ["2026-11-25", "2026-11-25T24:00", "2026-11-25T7:05", "2026-02-30T10:00", "T10:00", "", "a"] {
            #expect(LocalMoment(text) == nil, "\(text)")
        }
        #expect(moment.formatted("es") == "el miércoles 25 de noviembre a las 17:05")
        #expect(moment.later(by: 7 * 60).iso == "2026-11-26T00:05")
        #expect(moment < moment.later(by: 1) && !(moment.later(by: 1440) < moment))
    }

    @Test("the first open moment is the moment itself, the next opening, or the moment where nobody ever comes")
    func firstOpen() throws {
        let zone = try #require(TimeZoneReader.rule(named: "Europe/Madrid"))
        let hours = ServiceHours(
            hours: try OpeningHours("mon-fri 09:00-14:00, 16:00-20:00"),
            holidays: [try #require(CalendarDay("2026-12-08"))], timeZone: zone)
        func first(_ text: String) throws -> String {
            let moment = hours.unixMilliseconds(try #require(LocalMoment(text)))
            return hours.localMoment(hours.firstOpen(from: moment)).iso
        }
        #expect(try first("2026-11-25T10:30") == "2026-11-25T10:30")
        #expect(try first("2026-11-25T15:00") == "2026-11-25T16:00")
        #expect(try first("2026-11-27T20:00") == "2026-11-30T09:00")
        #expect(try first("2026-12-07T20:30") == "2026-12-09T09:00")
        let never = ServiceHours(hours: OpeningHours(), holidays: [], timeZone: zone)
        #expect(never.firstOpen(from: 5) == 5)
    }
}
