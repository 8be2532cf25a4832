import Glibc

/// Finds the rule of a zone by name.
enum TimeZoneReader {
    /// Zones that are known where no tz database is installed, as in a container with nothing but the daemon.
    private static let builtIn = [
        "UTC": "UTC0", "Europe/Madrid": "CET-1CEST,M3.5.0,M10.5.0/3", "Atlantic/Canary": "WET0WEST,M3.5.0/1,M10.5.0",
        "Europe/Lisbon": "WET0WEST,M3.5.0/1,M10.5.0", "Europe/London": "GMT0BST,M3.5.0/1,M10.5.0",
        "Europe/Dublin": "GMT0IST,M3.5.0/1,M10.5.0", "Europe/Paris": "CET-1CEST,M3.5.0,M10.5.0/3",
        "Europe/Berlin": "CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Rome": "CET-1CEST,M3.5.0,M10.5.0/3",
        "Europe/Andorra": "CET-1CEST,M3.5.0,M10.5.0/3", "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
        "America/Mexico_City": "CST6", "America/Bogota": "<-05>5", "America/Argentina/Buenos_Aires": "<-03>3",
    ]

    static var knownNames: [String] { builtIn.keys.sorted() }

    /// - Parameter name: of the tz database, such as `Europe/Madrid`.
    static func rule(named name: String) -> TimeZoneRule? {
        let isName =
            !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
            && name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "_+-/".utf8.contains($0) }
        guard isName else { return nil }
        if let text = builtIn[name] { return PosixTimeZone.parse(text, name: name) }
        return footer(of: "/usr/share/zoneinfo/" + name).flatMap { PosixTimeZone.parse($0, name: name) }
    }

    /// The last line of a file of the tz database (RFC 8536): between the last two line ends.
    private static func footer(of path: String) -> String? {
        guard case .success(let bytes) = FileReader.read(path, limit: 65_536), bytes.starts(with: Array("TZif".utf8)),
            bytes.last == 0x0A, let start = bytes.dropLast().lastIndex(of: 0x0A)
        else { return nil }
        return String(decoding: bytes[(start + 1)...].dropLast(), as: UTF8.self)
    }
}

/// Reads a POSIX `TZ` string: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixTimeZone {
    private var rest: ArraySlice<UInt8>

    static func parse(_ text: String, name: String) -> TimeZoneRule? {
        var parser = PosixTimeZone(rest: Array(text.utf8)[...])
        return parser.parse(name)
    }

    private mutating func parse(_ name: String) -> TimeZoneRule? {
        guard skipName(), let west = time() else { return nil }
        let offset = -west
        guard !rest.isEmpty else { return TimeZoneRule(name: name, offset: offset, summer: nil) }
        guard skipName() else { return nil }
        var summerOffset = offset + 3600
        if rest.first != UInt8(ascii: ",") {
            guard let west = time() else { return nil }
            summerOffset = -west
        }
        guard let start = change(), let end = change(), rest.isEmpty else { return nil }
        return TimeZoneRule(
            name: name, offset: offset, summer: TimeZoneRule.Summer(offset: summerOffset, start: start, end: end))
    }

    private mutating func skipName() -> Bool {
        if take("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let letters = rest.prefix { $0.isASCIILetter }.count
        rest = rest.dropFirst(letters)
        return letters >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func time() -> Int? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number() else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(":") {
            guard let value = number() else { return nil }
            seconds += value * unit
        }
        return isNegative ? -seconds : seconds
    }

    private mutating func change() -> TimeZoneRule.Change? {
        guard take(",") else { return nil }
        let day: TimeZoneRule.Change.Day
        if take("M") {
            guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
                (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
            else { return nil }
            day = .weekday(month: month, week: week, day: weekday)
        } else if take("J") {
            guard let number = number(), (1...365).contains(number) else { return nil }
            day = .julian(number)
        } else {
            guard let number = number(), (0...365).contains(number) else { return nil }
            day = .dayOfYear(number)
        }
        guard take("/") else { return TimeZoneRule.Change(day: day, second: 7200) }
        return time().map { TimeZoneRule.Change(day: day, second: $0) }
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { $0.isASCIIDigit }
        guard (1...4).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(sign.value) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
