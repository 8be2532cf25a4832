import Foundation
import Testing

@testable import Content

@Suite("Service hours")
struct ServiceHoursTests {
    private static let hours = try? OpeningHours("mon-fri 09:00-20:00; sat 10:00-14:00")
    private let service = ServiceHours(
        hours: hours ?? OpeningHours(),
        holidays: Set(["2026-12-07", "2026-12-08", "2026-12-25"].compactMap { CalendarDay($0) }),
        timeZone: TimeZoneReader.rule(named: "Europe/Madrid") ?? .utc)

    /// Milliseconds of a moment in UTC.
    private func moment(_ text: String) -> Int64 {
        let date = try? Date(text, strategy: .iso8601)
        return Int64((date?.timeIntervalSince1970 ?? 0) * 1000)
    }

    @Test("somebody is there from the first minute to before the last")
    func open() {
        #expect(!service.isOpen(at: moment("2026-11-24T07:59:59Z")))
        #expect(service.isOpen(at: moment("2026-11-24T08:00:00Z")))
        #expect(service.isOpen(at: moment("2026-11-24T18:59:59Z")))
        #expect(!service.isOpen(at: moment("2026-11-24T19:00:00Z")))
        #expect(!service.isOpen(at: moment("2026-12-08T10:00:00Z")))
        #expect(service.isOpen(at: moment("2026-07-01T07:00:00Z")))
    }

    @Test("the next opening skips nights, Sundays and holidays")
    func next() {
        let cases = [
            ("2026-11-24T05:00:00Z", "2026-11-24T08:00:00Z"), ("2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z"),
            ("2026-11-28T15:00:00Z", "2026-11-30T08:00:00Z"), ("2026-12-05T15:00:00Z", "2026-12-09T08:00:00Z"),
            ("2026-10-24T20:00:00Z", "2026-10-26T08:00:00Z"), ("2026-03-28T20:00:00Z", "2026-03-30T07:00:00Z"),
        ]
        for (now, opening) in cases { #expect(service.nextOpening(after: moment(now)) == moment(opening), "\(now)") }
        let always = ServiceHours(hours: OpeningHours(), holidays: [], timeZone: .utc)
        #expect(always.isOpen(at: 0))
        #expect(always.nextOpening(after: 0) == nil)
    }

    @Test("an opening is told as people say it")
    func described() {
        func told(_ now: String, _ opening: String, _ language: String) -> String {
            service.describe(moment(opening), now: moment(now), language)
        }
        #expect(told("2026-11-24T05:00:00Z", "2026-11-24T08:00:00Z", "es") == "hoy a las 9:00")
        #expect(told("2026-11-24T20:00:00Z", "2026-11-25T08:00:00Z", "es") == "mañana a las 9:00")
        #expect(told("2026-11-28T15:00:00Z", "2026-11-30T08:00:00Z", "es") == "el lunes a las 9:00")
        #expect(told("2026-11-28T15:00:00Z", "2026-11-30T08:00:00Z", "en") == "on Monday at 9:00")
        #expect(told("2026-11-28T15:00:00Z", "2026-12-09T08:00:00Z", "es") == "el miércoles 9 de diciembre a las 9:00")
        #expect(told("2026-11-24T05:00:00Z", "2026-11-25T00:30:00Z", "es") == "mañana a la 1:30")
    }

    @Test(
        "offsets are those of the tz database, through every change of the clock",
        arguments: ["Europe/Madrid", "Atlantic/Canary", "Europe/London", "America/New_York", "America/Bogota", "UTC"])
    func offsets(name: String) throws {
        let rule = try #require(TimeZoneReader.rule(named: name))
        let zone = try #require(TimeZone(identifier: name))
        // Each hour of two years, then each day of thirty.
        let hours = Array(495_000..<512_600) + Array(stride(from: 512_600, to: 780_000, by: 24))
        for hour in hours {
            let second = hour * 3600
            let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
            if rule.offset(at: second) != expected {
                Issue.record("\(name) at \(second): \(rule.offset(at: second)), not \(expected)")
                return
            }
        }
    }

    @Test("rules of the southern half, of Julian days and of quoted names are read")
    func posix() throws {
        let sydney = try #require(PosixTimeZone.parse("AEST-10AEDT,M10.1.0,M4.1.0/3", name: "x"))
        #expect(sydney.offset(at: Int(moment("2026-01-15T00:00:00Z") / 1000)) == 39_600)
        #expect(sydney.offset(at: Int(moment("2026-07-15T00:00:00Z") / 1000)) == 36_000)
        #expect(PosixTimeZone.parse("<+0330>-3:30", name: "x")?.offset(at: 0) == 12_600)
        #expect(PosixTimeZone.parse("AAA3BBB,J60/0,300", name: "x") != nil)
        for text in ["", "A", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0x"] {
            #expect(PosixTimeZone.parse(text, name: "x") == nil, "\(text)")
        }
    }

    @Test("a name that leads out of the tz database is no zone")
    func names() {
        for name in ["", "/etc/passwd", "../../../etc/passwd", "Europe/Nowhere", "Europe/../../../../etc/passwd"] {
            #expect(TimeZoneReader.rule(named: name) == nil)
        }
    }
}
