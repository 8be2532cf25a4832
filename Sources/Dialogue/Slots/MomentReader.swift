import Content

/// Reads when a customer wants something done: "mañana a las 5", "esta tarde", "cuando abráis", "in half an hour".
///
/// What is ambiguous is what is likeliest in a shop: a bare 5 is the one of the two at which somebody is there; a day
/// without a time is when it opens; a time without a day is the next one.
struct MomentReader {
    typealias Mention = SlotReader.Mention

    /// The present, in the shop.
    struct Clock {
        /// When somebody is there.
        let hours: ServiceHours
        /// Milliseconds since 1970.
        let now: Int64
        /// What was agreed on before, which a day alone or a time alone puts right.
        var earlier: LocalMoment?
    }

    let words: SlotWords
    let clock: Clock
    /// Whether the bot has just asked for it: then a bare number is an hour.
    let isAsked: Bool

    /// An hour as it is told.
    private struct Hour: Equatable {
        let minute: Int
        /// Whether it may be meant in either half of the day.
        let isOpen: Bool
    }

    private var now: LocalMoment { clock.hours.localMoment(clock.now) }
    private var moments: MomentWords { words.moments }

    /// What a text says of a moment: one mention at most, over all that it is told by.
    /// - Parameter pick: of several mentions, the one that is meant.
    func moment(_ text: SlotText, _ pick: ([Mention], SlotText) -> Mention?) -> Mention? {
        var text = text
        let ahead = aheadOfNow(text)
        let parts = partsOfDay(text)
        for mention in ahead + parts.map(\.mention) { text.take(mention.range) }
        let clockTimes = times(text)
        for (mention, _) in clockTimes { text.take(mention.range) }
        let dates = DateReader(words: words, today: now.day, looksAhead: true).dates(text)
        let date = pick(dates, text)
        let day = date.flatMap { DaySpan($0.value) }.flatMap { $0.first ?? $0.last }
        let time = pick(clockTimes.map(\.mention), text)
        let hour = time.flatMap { picked in clockTimes.first { $0.mention == picked }?.hour }
        let part = parts.last?.part
        let found: LocalMoment
        var ranges = (ahead + dates + parts.map(\.mention) + clockTimes.map(\.mention)).map(\.range)
        if let first = ahead.first, let minutes = Int(first.value) {
            found = now.later(by: minutes)
        } else if let hour {
            found = told(hour, part, day)
        } else if let part {
            found = within(part, day)
        } else if let word = placeOf(moments.opening, text) {
            found = day.map(opening) ?? clock.hours.nextOpening(after: clock.now).map(clock.hours.localMoment) ?? now
            ranges.append(word)
        } else if let day {
            found = day == now.day ? now : clock.earlier.map { LocalMoment(day, minute: $0.minute) } ?? opening(day)
        } else if let word = placeOf(moments.now, text) {
            found = now
            ranges.append(word)
        } else {
            return nil
        }
        guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max() else { return nil }
        return Mention(value: found.iso, range: start..<end)
    }

    // MARK: - What is said

    /// "en media hora", "dentro de 20 minutos": how many minutes ahead.
    private func aheadOfNow(_ text: SlotText) -> [Mention] {
        text.words.indices.compactMap { place in
            for pattern in moments.ahead {
                guard let (number, end) = match(pattern, text, at: place) else { continue }
                let minutes = (number ?? 1) * pattern.minutes
                guard (1...Self.mostMinutesAhead).contains(minutes) else { continue }
                return Mention(value: String(minutes), range: text.range(ofWords: place..<end))
            }
            return nil
        }
    }

    /// Nobody counts more than two days in minutes or hours.
    private static let mostMinutesAhead = 2 * 1440

    private func partsOfDay(_ text: SlotText) -> [(mention: Mention, part: MomentWords.Part)] {
        var found: [(Mention, MomentWords.Part)] = []
        var place = 0
        while place < text.words.count {
            let match = moments.parts.compactMap { part -> (MomentWords.Part, Int)? in
                part.names.filter { text.matches($0, at: place) }.map(\.count).max().map { (part, $0) }
            }.max { $0.1 < $1.1 }
            guard let (part, length) = match else {
                place += 1
                continue
            }
            found.append((Mention(value: "", range: text.range(ofWords: place..<(place + length))), part))
            place += length
        }
        return found
    }

    private func placeOf(_ runs: [[String]], _ text: SlotText) -> Range<Int>? {
        text.words.indices.lazy.compactMap { place in
            text.longest(of: runs, at: place).map { text.range(ofWords: place..<(place + runs[$0].count)) }
        }.first { text.isFree($0) }
    }

    // MARK: - Times of the clock

    private func times(_ text: SlotText) -> [(mention: Mention, hour: Hour)] {
        var found: [(mention: Mention, hour: Hour)] = []
        for place in text.words.indices {
            guard found.last.map({ text.origins[place].lowerBound >= $0.mention.range.upperBound }) ?? true,
                let (hour, range) = inWords(text, at: place) ?? inDigits(text, at: place), text.isFree(range)
            else { continue }
            found.append((Mention(value: String(hour.minute), range: range), hour))
        }
        return found
    }

    /// "las cinco y media", "half past three", "a las 5", and a bare number where it was asked for.
    private func inWords(_ text: SlotText, at place: Int) -> (Hour, Range<Int>)? {
        for pattern in moments.clock.sorted(by: { $0.before.count + $0.after.count > $1.before.count + $1.after.count })
        {
            guard let (number, end) = match(pattern, text, at: place), let number, (0...24).contains(number) else {
                continue
            }
            let minute = number * 60 + pattern.minutes
            return (Hour(minute: minute, isOpen: (1...12).contains(number)), text.range(ofWords: place..<end))
        }
        guard !text.words[place].utf8.contains(where: \.isASCIIDigit), let number = words.number(in: text, at: place),
            (1...12).contains(number.value),
            hasCue(text, before: place) || isAsked && text.words.count <= number.length + 1
        else { return nil }
        return (
            Hour(minute: number.value * 60, isOpen: true), text.range(ofWords: place..<(place + number.length))
        )
    }

    private func hasCue(_ text: SlotText, before place: Int) -> Bool {
        moments.at.contains { text.matches($0, at: place - $0.count) }
    }

    /// `17:30`, `17.30` and `5` behind a word for it, `17h`, `17h30`, `5pm`, `5:30 p.m.`
    private func inDigits(_ text: SlotText, at place: Int) -> (Hour, Range<Int>)? {
        let bytes = text.bytes
        let start = text.origins[place].lowerBound
        guard bytes[start].isASCIIDigit, start == 0 || !"/-.,:+".utf8.contains(bytes[start - 1]) else { return nil }
        func number(_ from: Int) -> (value: Int, end: Int) {
            var end = from
            while end < bytes.count, bytes[end].isASCIIDigit, end < from + 3 { end += 1 }
            return (bytes[from..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }, end)
        }
        var (hour, end) = number(start)
        guard end - start <= 2, hour <= 24 else { return nil }
        var minutes = 0
        var isSure = false
        if end < bytes.count, ":.hH".utf8.contains(bytes[end]) {
            let (value, last) = number(end + 1)
            if last - end == 3, value < 60 {
                isSure = bytes[end] != UInt8(ascii: ".")
                (minutes, end) = (value, last)
            } else if bytes[end] | 0x20 == UInt8(ascii: "h"), last == end + 1 {
                (isSure, end) = (true, last)
            } else if bytes[end] == UInt8(ascii: ":") {
                return nil
            }
        }
        if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "h") { end += 1 }
        let half = halfOfDay(bytes, from: end)
        if let half { end = half.end }
        guard !text.isInWord(end), !continues(bytes, from: end) else { return nil }
        let isLone = isAsked && text.words.count(where: { $0.utf8.contains(where: \.isASCIIDigit) }) == 1
        guard isSure || half != nil || hasCue(text, before: place) || isLone else { return nil }
        let isWritten24 = hour == 0 || hour > 12 || bytes[start] == UInt8(ascii: "0")
        if let half, hour <= 12 { hour = hour % 12 + (half.isAfternoon ? 12 : 0) }
        return (Hour(minute: hour * 60 + minutes, isOpen: half == nil && !isWritten24), start..<end)
    }

    /// Whether a number goes on as something else: a date, a price, a share.
    private func continues(_ bytes: [UInt8], from end: Int) -> Bool {
        guard end < bytes.count else { return false }
        if "%/€-".utf8.contains(bytes[end]) || bytes[end] >= 0x80 { return true }
        return ".,".utf8.contains(bytes[end]) && end + 1 < bytes.count && bytes[end + 1].isASCIIDigit
    }

    /// `am`, `p.m.`, with or without a blank before it.
    private func halfOfDay(_ bytes: [UInt8], from start: Int) -> (isAfternoon: Bool, end: Int)? {
        var place = start
        while place < bytes.count, bytes[place] == 0x20 { place += 1 }
        guard place < bytes.count else { return nil }
        let letter = bytes[place] | 0x20
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
        place += 1
        while place < bytes.count, bytes[place] == UInt8(ascii: ".") || bytes[place] == 0x20 { place += 1 }
        guard place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "m"),
            place + 1 == bytes.count || !bytes[place + 1].isWordByte && bytes[place + 1] < 0x80
        else { return nil }
        return (letter == UInt8(ascii: "p"), place + 1)
    }

    private func match(_ pattern: MomentWords.Pattern, _ text: SlotText, at start: Int) -> (number: Int?, end: Int)? {
        guard text.matches(pattern.before, at: start) else { return nil }
        var place = start + pattern.before.count
        guard pattern.hasNumber else { return (nil, place) }
        guard let number = words.number(in: text, at: place) else { return nil }
        place += number.length
        guard text.matches(pattern.after, at: place) else { return nil }
        return (number.value, place + pattern.after.count)
    }

    // MARK: - What is meant

    private func isOpen(_ moment: LocalMoment) -> Bool {
        clock.hours.isOpen(at: clock.hours.unixMilliseconds(moment))
    }

    /// When the shop opens on a day; where it does not, when a day begins for most people.
    private func opening(_ day: CalendarDay) -> LocalMoment {
        LocalMoment(day, minute: clock.hours.hours.days[day.weekday].first?.lowerBound ?? 9 * 60)
    }

    private func told(_ hour: Hour, _ part: MomentWords.Part?, _ day: CalendarDay?) -> LocalMoment {
        var minutes = [hour.minute]
        if hour.isOpen, let part {
            let half = hour.minute % 720
            minutes = [part.isMorning ? half : half + 720]
            // "las 12 de la mañana" is noon, and "las 12 de la noche" the end of the day.
            if part.isMorning, half < 60 { minutes = [half + 720] }
            if part.minutes.lowerBound >= 20 * 60, half < 60 { minutes = [half + 1440] }
        } else if hour.isOpen {
            minutes = [hour.minute % 720, hour.minute % 720 + 720]
        }
        var days = day.map { [$0] } ?? []
        if days.isEmpty, let earlier = clock.earlier, now < earlier { days = [earlier.day] }
        if days.isEmpty { days = [now.day, CalendarDay(number: now.day.number + 1)] }
        let all = days.flatMap { day in minutes.map { LocalMoment(day, minute: $0) } }
        let ahead = all.filter { now < $0 }
        let daytime = Self.daytime
        return ahead.first(where: isOpen) ?? ahead.first { daytime.contains($0.minute) } ?? ahead.first ?? all[0]
    }

    /// When calls are made at all.
    private static let daytime = 8 * 60..<22 * 60

    private func within(_ part: MomentWords.Part, _ day: CalendarDay?) -> LocalMoment {
        let isOver = now.minute >= part.minutes.upperBound - 1
        let day =
            day ?? clock.earlier.flatMap { now < $0 ? $0.day : nil }
            ?? CalendarDay(number: now.day.number + (isOver ? 1 : 0))
        let start = max(part.minutes.lowerBound, day == now.day ? now.minute : 0)
        let minutes = stride(from: start, to: max(start + 1, part.minutes.upperBound), by: 15)
        return minutes.lazy.map { LocalMoment(day, minute: $0) }.first(where: isOpen) ?? LocalMoment(day, minute: start)
    }
}
