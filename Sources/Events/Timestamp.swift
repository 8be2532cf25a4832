/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    public let milliseconds: Int64

    /// The moment that many milliseconds after the epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Whether the first is earlier.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment that many seconds later.
    public static func + (moment: Timestamp, seconds: Int) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds + Int64(seconds) * 1000)
    }

    /// Whole seconds between two moments, rounded down.
    public func seconds(since earlier: Timestamp) -> Int {
        let difference = milliseconds - earlier.milliseconds
        return Int(difference >= 0 ? difference / 1000 : -((999 - difference) / 1000))
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-24T15:49:13.042Z`.
    public var text: String {
        String(unsafeUninitializedCapacity: 24) { buffer in
            write(to: buffer)
            return 24
        }
    }

    /// Writes the 24 characters of `text`.
    func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        var days = milliseconds / 86_400_000
        var rest = milliseconds % 86_400_000
        if rest < 0 {
            rest += 86_400_000
            days -= 1
        }
        let (year, month, day) = Self.civil(days)
        func put(_ value: Int64, at offset: Int) {
            let value = UInt32(truncatingIfNeeded: value)
            buffer[offset] = 0x30 + UInt8(truncatingIfNeeded: value / 10)
            buffer[offset + 1] = 0x30 + UInt8(truncatingIfNeeded: value % 10)
        }
        let seconds = rest / 1000
        let thousandths = rest % 1000
        put(year / 100, at: 0)
        put(year % 100, at: 2)
        put(month, at: 5)
        put(day, at: 8)
        put(seconds / 3600, at: 11)
        put(seconds / 60 % 60, at: 14)
        put(seconds % 60, at: 17)
        buffer[20] = 0x30 + UInt8(truncatingIfNeeded: thousandths / 100)
        put(thousandths % 100, at: 21)
        buffer[4] = UInt8(ascii: "-")
        buffer[7] = UInt8(ascii: "-")
        buffer[10] = UInt8(ascii: "T")
        buffer[13] = UInt8(ascii: ":")
        buffer[16] = UInt8(ascii: ":")
        buffer[19] = UInt8(ascii: ".")
        buffer[23] = UInt8(ascii: "Z")
    }

    /// Reads the form that `text` writes, nil for any other.
    public init?(_ text: String) {
        var text = text
        guard let milliseconds = text.withUTF8(Self.milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    private static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count == 24, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            text[19] == UInt8(ascii: "."), text[23] == UInt8(ascii: "Z")
        else { return nil }
        var isNumber = true
        func field(_ offset: Int, _ width: Int) -> Int64 {
            var value: Int64 = 0
            for index in offset..<(offset + width) {
                if !(0x30...0x39).contains(text[index]) { isNumber = false }
                value = value * 10 + Int64(text[index]) - 0x30
            }
            return value
        }
        let (year, month, day) = (field(0, 4), field(5, 2), field(8, 2))
        let (hour, minute, second, rest) = (field(11, 2), field(14, 2), field(17, 2), field(20, 3))
        guard isNumber, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60 else {
            return nil
        }
        let days = days(year: year, month: month, day: day)
        // The 31st of February would be read as a day of March.
        guard civil(days).day == day else { return nil }
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        return seconds * 1000 + rest
    }

    /// Day number to the Gregorian calendar; Howard Hinnant, "chrono-compatible low-level date algorithms".
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The inverse of `civil`.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
