/// Reads `Intents/settings.md`: single values in the front matter, teams, agents and holidays as lists below headings.
struct SettingsReader {
    private let source: SourceText
    private var settings = Settings()

    static func read(_ source: SourceText, _ problems: inout Problems) -> Settings {
        var reader = SettingsReader(source: source)
        let front = FrontMatter(source, &problems)
        for entry in front.entries { reader.readEntry(entry, &problems) }
        reader.readLists(from: front.bodyLine, &problems)
        reader.checkDefaultTeam(front, &problems)
        return reader.settings
    }

    private init(source: SourceText) { self.source = source }

    // MARK: - Single values

    private mutating func readEntry(_ entry: FrontMatter.Entry, _ problems: inout Problems) {
        guard let key = SettingKey.all.first(where: { $0.writtenNames.contains(entry.key) }) else {
            problems.reportUnknown(
                .frontMatterUnknownKey, entry.key, among: SettingKey.all.flatMap(\.writtenNames), in: source,
                at: entry.keyOffset)
            return
        }
        switch key.kind {
        case .text(let path): settings[keyPath: path] = entry.value
        case .integer(let range, let path):
            if let number = Int(entry.value), range.contains(number) {
                settings[keyPath: path] = number
            } else {
                outOfRange(entry, String(range.lowerBound), String(range.upperBound), &problems)
            }
        case .fraction(let path):
            if entry.value.isEmpty { return }
            if let number = Self.fraction(entry.value), (0...1).contains(number) {
                settings[keyPath: path] = number
            } else {
                outOfRange(entry, "0", "1", &problems)
            }
        case .flag(let path): readFlag(entry, path, &problems)
        case .size(let range, let path):
            if let size = ByteSize.parse(entry.value), range.contains(size) {
                settings[keyPath: path] = size
            } else {
                outOfRange(entry, ByteSize.write(range.lowerBound), ByteSize.write(range.upperBound), &problems)
            }
        case .words(let path): settings[keyPath: path] = words(entry)
        case .wordsByLanguage(let path):
            settings[keyPath: path][String(entry.key.dropFirst(key.name.count + 1))] = words(entry)
        case .textByLanguage(let path):
            settings[keyPath: path][String(entry.key.dropFirst(key.name.count + 1))] = entry.value
        case .languages(let path): readLanguages(entry, path, &problems)
        case .hours(let path): readHours(entry, path, &problems)
        case .orderNumber(let path):
            if let form = OrderNumber(entry.value) {
                settings[keyPath: path] = form
            } else {
                problems.report(
                    .orderPatternMalformed, in: source, at: entry.valueRange.lowerBound, ["value": entry.value],
                    hint: .hintOrderPattern)
            }
        case .orders(let path): readOrders(entry, path, &problems)
        case .survey(let path):
            if let kinds = SurveyKind.kinds(in: words(entry)) {
                settings[keyPath: path] = kinds
            } else {
                problems.reportUnknown(
                    .valueUnknown, entry.value,
                    among: SurveyKind.allCases.map(\.rawValue) + Catalogue.names(.keywordNone), in: source,
                    at: entry.valueRange.lowerBound)
            }
        case .timeZone(let path):
            if let rule = TimeZoneReader.rule(named: entry.value) {
                settings[keyPath: path] = rule
            } else {
                problems.reportUnknown(
                    .timeZoneUnknown, entry.value, among: TimeZoneReader.knownNames, in: source,
                    at: entry.valueRange.lowerBound)
            }
        }
    }

    /// `0.03`, `3 %` or `2,5 %`.
    private static func fraction(_ text: String) -> Double? {
        guard text.hasSuffix("%") else { return Double(text) }
        let number = text.dropLast().reversed().drop { $0 == " " }.reversed()
        return Double(String(number).replacing(",", with: ".")).map { $0 / 100 }
    }

    private func words(_ entry: FrontMatter.Entry) -> [String] {
        source.split(entry.valueRange, at: UInt8(ascii: ",")).map { source.string($0) }.filter { !$0.isEmpty }
    }

    private func outOfRange(_ entry: FrontMatter.Entry, _ low: String, _ high: String, _ problems: inout Problems) {
        problems.report(
            .valueOutOfRange, in: source, at: entry.valueRange.lowerBound,
            ["name": entry.key, "value": entry.value, "low": low, "high": high])
    }

    private mutating func readFlag(
        _ entry: FrontMatter.Entry, _ path: WritableKeyPath<Settings, Bool>, _ problems: inout Problems
    ) {
        if Keyword.matches(entry.value, .keywordYes) {
            settings[keyPath: path] = true
        } else if Keyword.matches(entry.value, .keywordNo) {
            settings[keyPath: path] = false
        } else {
            problems.reportUnknown(
                .valueUnknown, entry.value, among: Catalogue.names(.keywordYes) + Catalogue.names(.keywordNo),
                in: source, at: entry.valueRange.lowerBound)
        }
    }

    private mutating func readLanguages(
        _ entry: FrontMatter.Entry, _ path: WritableKeyPath<Settings, [String]>, _ problems: inout Problems
    ) {
        var codes: [String] = []
        for range in source.split(entry.valueRange, at: UInt8(ascii: ",")) {
            if let code = Keyword.language(source.string(range)) {
                if !codes.contains(code) { codes.append(code) }
            } else {
                problems.reportUnknown(
                    .languageUnknown, source.string(range), among: Keyword.languageHints, in: source,
                    at: range.lowerBound)
            }
        }
        if !codes.isEmpty { settings[keyPath: path] = codes }
    }

    private mutating func readHours(
        _ entry: FrontMatter.Entry, _ path: WritableKeyPath<Settings, OpeningHours>, _ problems: inout Problems
    ) {
        do throws(OpeningHours.Fault) {
            settings[keyPath: path] = try OpeningHours(entry.value)
        } catch {
            let (key, word, offset): (SentenceKey, String, Int) =
                switch error {
                case .day(let word, let offset): (.hoursBadDay, word, offset)
                case .time(let word, let offset): (.hoursBadTime, word, offset)
                }
            problems.report(
                key, in: source, at: entry.valueRange.lowerBound + offset, ["value": word], hint: .hintHours)
        }
    }

    private mutating func readOrders(
        _ entry: FrontMatter.Entry, _ path: WritableKeyPath<Settings, OrderOrigin>, _ problems: inout Problems
    ) {
        do throws(OrderOrigin.Fault) {
            settings[keyPath: path] = try OrderOrigin(entry.value)
        } catch {
            let (key, hint): (SentenceKey, SentenceKey) =
                switch error {
                case .malformed: (.ordersMalformed, .hintOrders)
                case .inTheClear: (.ordersInTheClear, .hintOrdersInTheClear)
                case .secret: (.ordersSecret, .hintOrdersSecret)
                }
            problems.report(
                key, in: source, at: entry.valueRange.lowerBound, ["value": entry.value], hint: hint)
        }
    }

    // MARK: - Lists

    private mutating func readLists(from line: Int, _ problems: inout Problems) {
        let sections = HeadingSection.split(source, from: line).sections
        // Agents name teams, so teams are read first wherever they stand.
        for section in sections where matches(section, .keywordTeams) {
            let reader = TeamListReader(source: source, settings: settings)
            settings.teams += reader.read(section.lines, &problems)
        }
        for section in sections {
            if matches(section, .keywordAgents) {
                settings.agents += AgentListReader(source: source, settings: settings).read(section.lines, &problems)
            } else if matches(section, .keywordHolidays) {
                readHolidays(section.lines, &problems)
            } else if !matches(section, .keywordTeams), !ListItems(source, section.lines).items.isEmpty {
                let keys: [SentenceKey] = [.keywordTeams, .keywordAgents, .keywordHolidays]
                problems.reportUnknown(
                    .sectionUnknown, source.string(section.heading),
                    among: keys.flatMap { Catalogue.names($0) }, in: source, at: section.heading.lowerBound)
            }
        }
    }

    private func matches(_ section: HeadingSection, _ key: SentenceKey) -> Bool {
        Keyword.matches(source.string(section.heading), key)
    }

    /// `- 2026-12-25: Navidad`.
    private mutating func readHolidays(_ lines: Range<Int>, _ problems: inout Problems) {
        for item in ListItems(source, lines).items {
            let (key, rest) = ListItems.keyAndRest(source, item)
            if let day = CalendarDay(source.string(key)) {
                settings.holidays[day] = rest.map { source.string($0) } ?? ""
            } else {
                problems.report(
                    .dateMalformed, in: source, at: key.lowerBound, ["value": source.string(key)], hint: .hintDate)
            }
        }
    }

    private mutating func checkDefaultTeam(_ front: FrontMatter, _ problems: inout Problems) {
        if settings.teams.isEmpty {
            settings.teams = [Settings.Team(id: settings.defaultTeam, names: [:], languages: nil)]
        }
        guard settings.team(settings.defaultTeam) == nil else { return }
        let offset = front.entry("default_team")?.valueRange.lowerBound ?? 0
        problems.reportUnknown(
            .teamUnknown, settings.defaultTeam, among: settings.teams.map(\.id), in: source, at: offset)
    }
}

/// Sizes in bytes as editors write them.
enum ByteSize {
    private static let units: [(name: String, factor: Int)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]

    /// `1 MiB`, `512 KiB`, `4096`.
    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...12).contains(digits.count), let number = Int(digits) else { return nil }
        let unit = text[digits.endIndex...].drop { $0 == " " }
        if unit.isEmpty || unit == "B" { return number }
        guard let factor = units.first(where: { $0.name == unit })?.factor else { return nil }
        let (size, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : size
    }

    static func write(_ size: Int) -> String {
        for unit in units where size >= unit.factor && size % unit.factor == 0 {
            return "\(size / unit.factor) \(unit.name)"
        }
        return String(size)
    }
}
