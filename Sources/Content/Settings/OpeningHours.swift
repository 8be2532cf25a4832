/// When somebody is there, by day of the week.
public struct OpeningHours: Sendable, Equatable {
    /// For each day from Monday, the minutes of the day from which to which; in order, without overlap.
    public internal(set) var days: [[Range<Int>]] = Array(repeating: [], count: 7)

    /// Never.
    public init() {}

    /// No hours at all.
    public var isEmpty: Bool { days.allSatisfy(\.isEmpty) }

    /// What is wrong with a text of hours, and where in it.
    enum Fault: Error, Equatable {
        case day(String, offset: Int)
        case time(String, offset: Int)
    }

    /// `mon-fri 09:00-14:00, 16:00-20:00; sat 10:00-14:00`. Offsets of faults count bytes from the text's beginning.
    init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        var start = 0
        for part in bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            try readPart(part, offset: start)
            start += part.count + 1
        }
    }

    private mutating func readPart(_ part: ArraySlice<UInt8>, offset: Int) throws(Fault) {
        let words = part.split(whereSeparator: { $0.isBlank || $0 == UInt8(ascii: ",") })
        guard !words.isEmpty else { return }
        var days: [Int] = []
        var spans: [Range<Int>] = []
        for word in words {
            let place = offset + word.startIndex - part.startIndex
            let written = String(decoding: word, as: UTF8.self)
            if word.first?.isASCIIDigit ?? false {
                guard !days.isEmpty, let span = Self.span(word) else { throw .time(written, offset: place) }
                spans.append(span)
            } else {
                guard spans.isEmpty, let range = Self.days(written) else { throw .day(written, offset: place) }
                days += range
            }
        }
        guard !spans.isEmpty else {
            throw .time(String(decoding: part, as: UTF8.self), offset: offset + words[0].startIndex - part.startIndex)
        }
        for day in days {
            let all = (self.days[day] + spans).sorted { $0.lowerBound < $1.lowerBound }
            for (first, second) in zip(all, all.dropFirst()) where first.upperBound > second.lowerBound {
                throw .time(
                    String(decoding: part, as: UTF8.self), offset: offset + words[0].startIndex - part.startIndex)
            }
            self.days[day] = all
        }
    }

    /// `09:00-20:00`; `24:00` ends a day.
    private static func span(_ word: ArraySlice<UInt8>) -> Range<Int>? {
        let ends = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard ends.count == 2, let start = minutes(ends[0]), let end = minutes(ends[1]), start < end else { return nil }
        return start..<end
    }

    private static func minutes(_ text: ArraySlice<UInt8>) -> Int? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        let total = numbers[0] * 60 + numbers[1]
        return numbers[1] < 60 && total <= 1440 ? total : nil
    }

    /// `mon`, `mon-fri`, `fri-mon`, in any language of the catalogue.
    private static func days(_ word: String) -> [Int]? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false).map {
            dayNames[Anchor.fold(String($0))]
        }
        guard (1...2).contains(ends.count), let first = ends[0] else { return nil }
        guard ends.count == 2 else { return [first] }
        guard let last = ends[1] else { return nil }
        return (0...((last - first + 7) % 7)).map { (first + $0) % 7 }
    }

    private static let dayNames: [String: Int] = {
        var names: [String: Int] = [:]
        for language in Catalogue.languages {
            for key in [SentenceKey.dayNames, .dayShortNames] {
                for (index, name) in Catalogue.words(key, language).enumerated() { names[Anchor.fold(name)] = index }
            }
        }
        return names
    }()

    /// `de lunes a viernes de 9:00 a 20:00; los sábados de 10:00 a 14:00`.
    public func formatted(_ language: String) -> String {
        let names = Catalogue.words(.dayNames, language)
        guard names.count == 7 else { return "" }
        var parts: [String] = []
        var first = 0
        while first < 7 {
            var last = first
            while last < 6, days[last + 1] == days[first] { last += 1 }
            if !days[first].isEmpty {
                let spans = days[first].map { span in
                    Catalogue.sentence(
                        .hoursSpan, language,
                        [
                            "from": .text(Self.time(span.lowerBound)), "to": .text(Self.time(span.upperBound)),
                        ])
                }
                let key: SentenceKey = first == last ? .hoursOneDay : .hoursDays
                parts.append(
                    Catalogue.sentence(
                        key, language,
                        [
                            "first": .text(names[first]), "last": .text(names[last]),
                            "spans": .text(Phrasing.list(spans, language)),
                        ]))
            }
            first = last + 1
        }
        return parts.joined(separator: "; ")
    }

    /// `9:00`.
    public static func time(_ minutes: Int) -> String {
        let rest = minutes % 60
        return "\(minutes / 60):" + (rest < 10 ? "0" : "") + String(rest)
    }
}
