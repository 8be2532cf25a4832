import Content

/// Reads days and spans of days, as people tell them.
struct DateReader {
    typealias Mention = SlotReader.Mention

    let words: SlotWords
    let today: CalendarDay
    /// Whether what is told lies ahead, as where something is agreed on: "el lunes" is then the next one.
    var looksAhead = false

    /// In written order.
    func dates(_ text: SlotText) -> [Mention] {
        var mentions = numeric(text)
        var place = 0
        while place < text.words.count {
            guard let (span, end) = told(text, at: place) else {
                place += 1
                continue
            }
            let range = text.range(ofWords: place..<end)
            if let span = span.flatMap({ bounded($0, text, before: place) }), text.isFree(range),
                !mentions.contains(where: { $0.range.overlaps(range) })
            {
                mentions.append(Mention(value: span.iso, range: range))
            }
            place = end
        }
        return mentions.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    // MARK: - In digits

    /// `2026-12-03`, `3/12`, `03-12-2026`, `3.12.26`: the day first, as in Spain.
    private func numeric(_ text: SlotText) -> [Mention] {
        text.bytes.indices.compactMap { start in
            guard text.bytes[start].isASCIIDigit, !text.isInWord(start - 1), !isJoined(text, start - 1) else {
                return nil
            }
            var end = start
            while end < text.bytes.count,
                text.bytes[end].isASCIIDigit || "/-.".utf8.contains(text.bytes[end])
            { end += 1 }
            while !text.bytes[end - 1].isASCIIDigit { end -= 1 }
            guard !text.isInWord(end), text.isFree(start..<end), let day = numericDay(text.string(start..<end)),
                let span = bounded(DaySpan(day), text, before: text.word(at: start))
            else { return nil }
            return Mention(value: span.iso, range: start..<end)
        }
    }

    private func isJoined(_ text: SlotText, _ offset: Int) -> Bool {
        text.bytes.indices.contains(offset) && "/-.".utf8.contains(text.bytes[offset])
    }

    private func numericDay(_ written: String) -> CalendarDay? {
        if let day = CalendarDay(written) { return day }
        guard let mark = written.first(where: { "/-.".contains($0) }) else { return nil }
        let parts = written.split(separator: mark, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, parts.allSatisfy({ (1...4).contains($0.count) }) else { return nil }
        switch numbers.count {
        case 2 where mark == "/": return nearest(month: numbers[1], day: numbers[0])
        case 3 where parts[2].count == 4: return CalendarDay(year: numbers[2], month: numbers[1], day: numbers[0])
        case 3 where parts[2].count == 2:
            return CalendarDay(year: 2000 + numbers[2], month: numbers[1], day: numbers[0])
        default: return nil
        }
    }

    // MARK: - In words

    /// What the matched parts of a pattern say.
    private struct Bindings {
        var count = 1
        var unit: DateWords.Unit?
        var days: [Int] = []
        var month: Int?
        var year: Int?
    }

    /// The longest pattern that stands at a place; without a span where there is no such day.
    private func told(_ text: SlotText, at place: Int) -> (DaySpan?, end: Int)? {
        let word = text.words[place]
        for index in words.dates.patterns(from: word, mayBeNumber: words.mayBeginNumber(word)) {
            let pattern = words.dates.patterns[index]
            guard let (bindings, end) = bind(pattern.parts, text, at: place) else { continue }
            if pattern.meaning == .named, case .monthOfYear = bindings.unit,
                !text.hasCue(words.dates.inMonth, before: place, reach: 1)
            {
                continue
            }
            let isAhead = text.hasCue(words.dates.ahead, before: place, reach: 2)
            return (span(pattern.meaning, bindings, isAhead: isAhead), end)
        }
        return nil
    }

    private func bind(_ parts: [DateWords.Part], _ text: SlotText, at start: Int) -> (Bindings, end: Int)? {
        var bindings = Bindings()
        var place = start
        for part in parts {
            guard place < text.words.count else { return nil }
            let word = text.words[place]
            switch part {
            case .word(let wanted):
                guard word == wanted else { return nil }
                place += 1
            case .count:
                guard let number = words.number(in: text, at: place), (0...999).contains(number.value) else {
                    return nil
                }
                bindings.count = number.value
                place += number.length
            case .dayOfMonth:
                // `3rd` and `1º`, which is folded to `1o`.
                let ordinal = Int(word.prefix { $0.isASCII && $0.isNumber }).map { (value: $0, length: 1) }
                guard let day = ordinal ?? words.number(in: text, at: place), (1...31).contains(day.value)
                else { return nil }
                bindings.days.append(day.value)
                place += day.length
            case .year:
                guard word.count == 4, let year = Int(word), (1900...2200).contains(year) else { return nil }
                bindings.year = year
                place += 1
            case .unit, .month, .name:
                guard let entry = words.dates.units[word]?.first(where: { text.matches($0.words, at: place) }),
                    Self.fits(entry.unit, part)
                else { return nil }
                if case .monthOfYear(let month) = entry.unit, part == .month {
                    bindings.month = month
                } else {
                    bindings.unit = entry.unit
                }
                place += entry.words.count
            }
        }
        return (bindings, place)
    }

    private static func fits(_ unit: DateWords.Unit, _ part: DateWords.Part) -> Bool {
        switch (part, unit) {
        case (.month, .monthOfYear), (.unit, _): true
        case (.name, .weekday), (.name, .monthOfYear), (.name, .feast): true
        default: false
        }
    }

    private func span(_ meaning: DateWords.Meaning, _ bindings: Bindings, isAhead: Bool) -> DaySpan? {
        switch meaning {
        case .fixed(let days): return DaySpan(CalendarDay(number: today.number + days))
        case .ago: return bindings.unit.flatMap { away(-bindings.count, $0) }
        case .ahead: return bindings.unit.flatMap { away(bindings.count, $0) }
        case .last: return bindings.unit.flatMap { relative(-1, $0) }
        case .this: return bindings.unit.flatMap { relative(0, $0) }
        case .next: return bindings.unit.flatMap { relative(1, $0) }
        case .day:
            guard let month = bindings.month, let day = bindings.days.first else { return nil }
            return
                (bindings.year.map { CalendarDay(year: $0, month: month, day: day) } ?? nearest(month: month, day: day))
                .map { DaySpan($0) }
        case .days:
            guard let month = bindings.month, bindings.days.count == 2,
                let first = nearest(month: month, day: bindings.days[0]),
                let last = CalendarDay(year: first.year, month: month, day: bindings.days[1])
            else { return nil }
            return DaySpan(first: first, last: last)
        case .named:
            switch bindings.unit {
            case .weekday: return bindings.unit.flatMap { relative(isAhead || looksAhead ? 1 : -1, $0) }
            case .monthOfYear(let month): return nearest(month: month, day: 15).flatMap { Self.month(of: $0) }
            case .feast(let month, let day): return nearest(month: month, day: day).map { DaySpan($0) }
            default: return nil
            }
        }
    }

    /// The day that lies so many units away.
    private func away(_ count: Int, _ unit: DateWords.Unit) -> DaySpan? {
        switch unit {
        case .day: DaySpan(CalendarDay(number: today.number + count))
        case .week, .weekend: DaySpan(CalendarDay(number: today.number + 7 * count))
        case .month: shifted(months: count).map { DaySpan($0) }
        case .year: shifted(months: 12 * count).map { DaySpan($0) }
        case .weekday, .monthOfYear, .feast: nil
        }
    }

    /// The last, this or the next one of a kind, as −1, 0 and 1.
    private func relative(_ direction: Int, _ unit: DateWords.Unit) -> DaySpan? {
        let monday = today.number - today.weekday
        func days(_ first: Int, _ last: Int) -> DaySpan? {
            DaySpan(first: CalendarDay(number: first), last: CalendarDay(number: last))
        }
        switch unit {
        case .day: return DaySpan(CalendarDay(number: today.number + direction))
        case .week: return days(monday + 7 * direction, monday + 7 * direction + 6)
        case .weekend: return days(monday + 7 * direction + 5, monday + 7 * direction + 6)
        case .month: return shifted(months: direction).flatMap { Self.month(of: $0) }
        case .year:
            let year = today.year + direction
            return DaySpan(
                first: CalendarDay(year: year, month: 1, day: 1), last: CalendarDay(year: year, month: 12, day: 31))
        case .weekday(let weekday):
            let ahead = (weekday - today.weekday + 7) % 7
            let number = today.number + ahead
            switch direction {
            case ..<0: return DaySpan(CalendarDay(number: number - 7))
            case 0: return DaySpan(CalendarDay(number: number))
            default: return DaySpan(CalendarDay(number: ahead == 0 ? number + 7 : number))
            }
        case .monthOfYear(let month):
            let passed = month < today.month || month == today.month && direction > 0
            let year =
                direction < 0 ? (month < today.month ? today.year : today.year - 1) : today.year + (passed ? 1 : 0)
            return CalendarDay(year: year, month: month, day: 1).flatMap { Self.month(of: $0) }
        case .feast(let month, let day): return nearest(month: month, day: day).map { DaySpan($0) }
        }
    }

    /// A span that is open at one end where the words before it say so: "antes de Navidad".
    private func bounded(_ span: DaySpan, _ text: SlotText, before place: Int) -> DaySpan? {
        func stands(_ runs: [[String]]) -> Bool { runs.contains { text.matches($0, at: place - $0.count) } }
        if stands(words.dates.before) {
            return DaySpan(first: nil, last: span.first.map { CalendarDay(number: $0.number - 1) })
        }
        if stands(words.dates.until) { return DaySpan(first: nil, last: span.last) }
        if stands(words.dates.after) {
            return DaySpan(first: span.last.map { CalendarDay(number: $0.number + 1) }, last: nil)
        }
        return stands(words.dates.since) ? DaySpan(first: span.first, last: nil) : span
    }

    /// The day of that name that is nearest to today: nobody says the year of what is months away.
    private func nearest(month: Int, day: Int) -> CalendarDay? {
        let days = (-1...1).compactMap { CalendarDay(year: today.year + $0, month: month, day: day) }
        return days.min { abs($0.number - today.number) < abs($1.number - today.number) }
    }

    /// Today's day of another month, or that month's last.
    private func shifted(months: Int) -> CalendarDay? {
        let month = today.year * 12 + today.month - 1 + months
        return (0...3).lazy.compactMap { back in
            CalendarDay(year: month / 12, month: month % 12 + 1, day: today.day - back)
        }.first
    }

    /// All days of a day's month.
    private static func month(of day: CalendarDay) -> DaySpan? {
        let first = CalendarDay(year: day.year, month: day.month, day: 1)
        let last = (28...31).reversed().lazy.compactMap { CalendarDay(year: day.year, month: day.month, day: $0) }.first
        return DaySpan(first: first, last: last)
    }
}
