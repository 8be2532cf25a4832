import Content
import Language

/// The words of one language that readers of slots go by, folded; they stand in the catalogue.
final class SlotWords: Sendable {
    typealias Run = [String]

    /// Words that stand for an order, so that a number behind them is one's.
    let orderCues: [Run]
    /// The same for postcodes.
    let postcodeCues: [Run]
    /// The currency.
    let euros: [Run]
    /// What is counted: pieces, units.
    let units: [Run]
    /// What takes back what was said before.
    let corrections: [Run]
    /// Articles, also those that have grown together with a preposition.
    private let articles: Set<String>
    /// What tells more surely than these that a value was wrong.
    let putRight: [Run]
    /// What a name comes behind.
    let nameCues: [Run]
    /// Words that are no part of a name, particles like `de` left out.
    let common: Set<String>
    /// Agreement.
    let yes: [Run]
    /// Refusal.
    let no: [Run]
    /// What may come before either.
    let hesitations: [Run]
    /// What may follow a no that is one: "no, gracias" is, "no tengo duda" is not.
    let noFollowers: [Run]
    /// What makes a yes none: "sí, pero …".
    let doubts: [Run]
    /// What tells that something is not known or not at hand, and what it may be said of.
    private let unable: [Run]
    /// The first words of these.
    private let unableStarts: Set<String>
    private let unableAbout: Set<String>
    /// What ends what was begun.
    private let abandons: [Run]
    /// Numbers in words, several words with a blank between: `un par de`.
    private let numbers: [String: Int]
    /// The first words of these.
    private let numberStarts: Set<String>
    /// What a date is told by.
    let dates: DateWords
    /// What a moment is told by.
    let moments: MomentWords

    init(_ language: String) {
        func runs(_ key: SentenceKey) -> [Run] {
            Catalogue.words(key, language).map(Self.run).filter { !$0.isEmpty }
        }
        orderCues = runs(.slotOrderCues)
        postcodeCues = runs(.slotPostcodeCues)
        euros = runs(.slotEuros)
        units = runs(.slotUnits)
        corrections = runs(.slotCorrections)
        putRight = runs(.slotPutRight)
        articles = Set(runs(.slotArticles).joined())
        nameCues = runs(.slotNameCues)
        common = Set(StopWords.list(language: language)).subtracting(Catalogue.words(.slotNameParticles, language))
        yes = runs(.slotYes)
        hesitations = runs(.slotHesitations)
        noFollowers = runs(.slotNoFollowers)
        doubts = runs(.slotDoubts)
        no = runs(.slotNo)
        let unable = runs(.slotUnable)
        self.unable = unable
        unableStarts = Set(unable.map { $0[0] })
        unableAbout = Set(runs(.slotUnableAbout).joined())
        abandons = runs(.slotAbandons)
        let numbers = Self.numbered(Catalogue.words(.slotNumbers, language))
        self.numbers = numbers
        numberStarts = Set(numbers.keys.map { String($0.prefix { $0 != " " }) })
        dates = DateWords(language)
        moments = MomentWords(language)
    }

    /// The number that stands at a place, in digits or words, and how many words it has.
    func number(in text: SlotText, at place: Int) -> (value: Int, length: Int)? {
        guard place < text.words.count else { return nil }
        if let value = Int(text.words[place]) { return (value, 1) }
        guard numberStarts.contains(text.words[place]) else { return nil }
        for length in (1...Self.longestNumber).reversed() where place + length <= text.words.count {
            if let value = numbers[text.words[place..<(place + length)].joined(separator: " ")] {
                return (value, length)
            }
        }
        return nil
    }

    private static let longestNumber = 3

    /// Whether an article stands right before a place.
    func isArticle(_ text: SlotText, before place: Int) -> Bool {
        place > 0 && articles.contains(text.words[place - 1])
    }

    /// Whether a number, in digits (`3rd` too) or words, may begin with a word.
    func mayBeginNumber(_ word: String) -> Bool {
        word.utf8.first?.isASCIIDigit == true || numberStarts.contains(word)
    }

    /// Whether a message says that what was asked for is not known or not at hand, and nothing else.
    func isUnable(_ text: SlotText, _ choices: ChoiceWords) -> Bool {
        guard text.words.count <= Self.mostOfUnable else { return false }
        var (place, isUnable) = (0, false)
        while place < text.words.count {
            if unableStarts.contains(text.words[place]), let run = text.longest(of: unable, at: place) {
                isUnable = true
                place += unable[run].count
            } else if unableAbout.contains(text.words[place]) || choices.isFiller(text.words[place]) {
                place += 1
            } else {
                return false
            }
        }
        return isUnable
    }

    /// Whether a message says, among other things, that something is not known or not at hand.
    func saysUnable(_ text: SlotText) -> Bool {
        text.words.indices.contains {
            unableStarts.contains(text.words[$0]) && text.longest(of: unable, at: $0) != nil
        }
    }

    private static let mostOfUnable = 16

    /// How a message begins that ends what was begun, and where it goes on behind a pause; nil for other messages.
    /// - Returns: whether it says so in plain words, and whether that stands apart from what follows.
    func refusal(_ text: SlotText) -> (isPlain: Bool, isApart: Bool, rest: Int)? {
        var start = 0
        while start < Self.mostBeforeRefusal, let run = text.longest(of: hesitations, at: start) {
            start += hesitations[run].count
        }
        let ending = text.longest(of: abandons, at: start).map { abandons[$0].count }
        let denial = text.longest(of: no, at: start).map { no[$0].count }
        guard let length = [ending, denial].compactMap({ $0 }).max() else { return nil }
        let end = start + length
        let isPlain = ending == length
        guard end < text.words.count else { return (isPlain, true, text.bytes.count) }
        let gap = text.bytes[text.origins[end - 1].upperBound..<text.origins[end].lowerBound]
        let isApart = gap.contains { ",.;:!?".utf8.contains($0) }
        return isPlain || isApart ? (isPlain, isApart, text.origins[end].lowerBound) : nil
    }

    private static let mostBeforeRefusal = 4

    /// The folded words of a text.
    static func run(_ text: String) -> Run {
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        return buffer.tokens.indices.map { buffer.word($0) }
    }

    /// Words by their number, the first zero and each the next; several ways to say one stand between `/`.
    private static func numbered(_ entries: [String]) -> [String: Int] {
        var table: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            for name in entry.split(separator: "/") { table[run(String(name)).joined(separator: " ")] = index }
        }
        return table
    }
}

/// The words and patterns that dates are told by.
struct DateWords: Sendable {
    /// What a pattern says.
    enum Meaning: Sendable, Equatable {
        /// So many days from today.
        case fixed(Int)
        case ago, ahead
        case last, this, next
        /// A day of a month.
        case day
        /// From one day to another of the same month.
        case days
        /// A weekday, a month or a feast by its name alone.
        case named
    }

    /// A part of a pattern.
    enum Part: Sendable, Equatable {
        case word(String)
        /// A count.
        case count
        /// A day, week, month, year, weekend, weekday or month's name.
        case unit
        /// A number from 1 to 31.
        case dayOfMonth
        case month
        case year
        case name
    }

    /// A stretch of the calendar.
    enum Unit: Sendable, Equatable {
        case day, week, month, year, weekend
        /// 0 is Monday.
        case weekday(Int)
        /// 1…12.
        case monthOfYear(Int)
        /// A day of every year.
        case feast(month: Int, day: Int)
    }

    /// What must stand in a row, and what it says.
    struct Pattern: Sendable {
        let parts: [Part]
        let meaning: Meaning
    }

    /// Longest first.
    let patterns: [Pattern]
    /// The places of those that begin with a word, with a number, and with a unit's name.
    private let wordPatterns: [String: [Int]]
    private let numberPatterns, unitPatterns: [Int]
    /// All units by the first word of their names, the longest name first.
    let units: [String: [(words: [String], unit: Unit)]]
    /// What makes a day the end of a span that is open before it, exclusive and inclusive, and the same behind it.
    let before, until, after, since: [[String]]
    /// What tells that a weekday is still to come.
    let ahead: [[String]]
    /// What makes the bare name of a month a date: "may" alone is none.
    let inMonth: [[String]]

    init(_ language: String) {
        func runs(_ key: SentenceKey) -> [[String]] { Catalogue.words(key, language).map(SlotWords.run) }
        var patterns: [Pattern] = []
        func add(_ key: SentenceKey, _ meaning: Meaning) {
            for text in Catalogue.words(key, language) {
                patterns.append(Pattern(parts: Self.parts(text), meaning: meaning))
            }
        }
        for (index, entry) in Catalogue.words(.dateDays, language).enumerated() {
            for text in entry.split(separator: "/") {
                // The entry counts from the day before yesterday on.
                patterns.append(Pattern(parts: Self.parts(String(text)), meaning: .fixed(index - 2)))
            }
        }
        add(.dateAgo, .ago)
        add(.dateAhead, .ahead)
        add(.dateLast, .last)
        add(.dateThis, .this)
        add(.dateNext, .next)
        add(.dateDayOfMonth, .day)
        add(.dateDaysOfMonth, .days)
        patterns.append(Pattern(parts: [.name], meaning: .named))
        self.patterns = patterns.enumerated().sorted {
            ($1.element.parts.count, $0.offset) < ($0.element.parts.count, $1.offset)
        }.map(\.element)
        var (wordPatterns, numberPatterns, unitPatterns) = ([String: [Int]](), [Int](), [Int]())
        for (index, pattern) in self.patterns.enumerated() {
            switch pattern.parts.first {
            case .word(let word): wordPatterns[word, default: []].append(index)
            case .count, .dayOfMonth, .year: numberPatterns.append(index)
            case .unit, .month, .name: unitPatterns.append(index)
            case nil: break
            }
        }
        (self.wordPatterns, self.numberPatterns, self.unitPatterns) = (wordPatterns, numberPatterns, unitPatterns)

        var units: [(words: [String], unit: Unit)] = []
        for (entry, unit) in zip(Catalogue.words(.dateUnits, language), [Unit.day, .week, .month, .year, .weekend]) {
            for name in entry.split(separator: "/") { units.append((SlotWords.run(String(name)), unit)) }
        }
        for (index, name) in Catalogue.words(.dayNames, language).enumerated() {
            units.append((SlotWords.run(name), .weekday(index)))
        }
        for (index, name) in Catalogue.words(.monthNames, language).enumerated() {
            units.append((SlotWords.run(name), .monthOfYear(index + 1)))
        }
        for entry in Catalogue.words(.dateFeasts, language) {
            // `12-25 Navidad`
            let parts = entry.split(separator: " ", maxSplits: 1)
            let day = parts.first?.split(separator: "-").compactMap { Int($0) } ?? []
            guard parts.count == 2, day.count == 2 else { continue }
            units.append((SlotWords.run(String(parts[1])), .feast(month: day[0], day: day[1])))
        }
        self.units = Dictionary(grouping: units.sorted { $0.words.count > $1.words.count }) { $0.words.first ?? "" }
        before = runs(.dateBefore)
        until = runs(.dateUntil)
        after = runs(.dateAfter)
        since = runs(.dateSince)
        ahead = runs(.dateStillToCome)
        inMonth = runs(.dateInMonth)
    }

    /// The places of the patterns that may begin with a word, longest first: most words begin none.
    func patterns(from word: String, mayBeNumber: Bool) -> [Int] {
        let places = wordPatterns[word] ?? []
        let (isNumber, isUnit) = (mayBeNumber && !numberPatterns.isEmpty, units[word] != nil)
        guard isNumber || isUnit else { return places }
        return (places + (isNumber ? numberPatterns : []) + (isUnit ? unitPatterns : [])).sorted()
    }

    private static func parts(_ text: String) -> [Part] {
        text.split(separator: " ").flatMap { word -> [Part] in
            switch word {
            case "{n}": [.count]
            case "{unit}": [.unit]
            case "{day}": [.dayOfMonth]
            case "{month}": [.month]
            case "{year}": [.year]
            default: SlotWords.run(String(word)).map(Part.word)
            }
        }
    }
}
