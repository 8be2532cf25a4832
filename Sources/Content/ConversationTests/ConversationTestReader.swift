/// Reads a file of `Intents/tests/`: below each heading a list that is a conversation, a line a turn or what is expected
/// of the answer. What stands above the list is for editors.
struct ConversationTestReader {
    /// What a conversation may name.
    struct Names {
        let settings: Settings
        let intents: [String]
    }

    let source: SourceText
    let names: Names
    /// The conversation that is being read.
    var test: ConversationTest
    /// Whether the last line was the bot's or something that is expected of it.
    var isBots = false

    static func read(_ source: SourceText, _ names: Names, _ problems: inout Problems) -> [ConversationTest] {
        let front = FrontMatter(source, &problems)
        var usual = ConversationTestReader(source, names, at: 0, title: "")
        for entry in front.entries {
            guard let key = usual.key(entry.key), key.isSetup else {
                problems.reportUnknown(
                    .frontMatterUnknownKey, entry.key, among: Key.setup.flatMap(\.written), in: source,
                    at: entry.keyOffset)
                continue
            }
            let written = entry.keyOffset..<entry.keyOffset + entry.key.utf8.count
            usual.take(key, written, entry.valueRange, &problems)
        }
        let (preamble, sections) = HeadingSection.split(source, from: front.bodyLine)
        if let item = ListItems(source, preamble).items.first {
            problems.report(.testOutside, in: source, at: item.lowerBound, hint: .hintTestOutside)
        }
        return sections.compactMap { section in
            var reader = ConversationTestReader(
                source, names, at: section.heading.lowerBound, title: source.string(section.heading))
            (reader.test.language, reader.test.moment, reader.test.known) =
                (usual.test.language, usual.test.moment, usual.test.known)
            return reader.read(section, &problems)
        }
    }

    private init(_ source: SourceText, _ names: Names, at offset: Int, title: String) {
        (self.source, self.names) = (source, names)
        test = ConversationTest(
            path: source.path, place: source.position(of: offset), title: title, isQuestion: false,
            settings: names.settings)
    }

    private mutating func read(_ section: HeadingSection, _ problems: inout Problems) -> ConversationTest? {
        let list = ListItems(source, section.lines)
        // A heading with no list is one over others.
        guard let first = list.items.first else { return nil }
        for stray in list.strayLines where stray.lowerBound > first.lowerBound || looksLikeTurn(stray) {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintListExpected)
        }
        for item in list.items {
            let (written, rest) = ListItems.keyAndRest(source, item)
            let name = ListItems.text(source, written)
            if let key = key(name) {
                take(key, written, rest ?? item.upperBound..<item.upperBound, &problems)
            } else {
                problems.reportUnknown(
                    .testKeyUnknown, name, among: Key.allCases.flatMap(\.written), in: source, at: item.lowerBound)
            }
        }
        check(at: section.heading.lowerBound, &problems)
        return test
    }

    /// Whether a line is a turn whose dash was forgotten.
    private func looksLikeTurn(_ line: Range<Int>) -> Bool {
        let (written, rest) = ListItems.keyAndRest(source, line)
        return rest != nil && key(source.string(written)) != nil
    }

    private static let keys: [String: Key] = Dictionary(
        Key.allCases.flatMap { key in Catalogue.words(key.sentence).map { (Anchor.fold($0), key) } },
        uniquingKeysWith: { first, _ in first })

    private func key(_ name: String) -> Key? {
        let folded = Anchor.fold(name)
        if let key = Self.keys[folded] { return key }
        // An agent's name stands behind the word.
        return Self.keys[String(folded.prefix { $0 != " " })] == .agent ? .agent : nil
    }

    private func check(at offset: Int, _ problems: inout Problems) {
        let acts = test.steps.map(\.act)
        if acts.isEmpty {
            problems.report(.testEmpty, in: source, at: offset, hint: .hintTestEmpty)
        } else if !acts.contains(where: { if case .expects = $0 { true } else { false } }) {
            problems.report(.testExpectsNothing, in: source, at: offset, hint: .hintTestEmpty, severity: .warning)
        }
    }

    // MARK: - Lines

    private mutating func take(
        _ key: Key, _ written: Range<Int>, _ rest: Range<Int>, _ problems: inout Problems
    ) {
        let hasBegun = !test.steps.isEmpty
        // A language is chosen before the first line, and expected below the bot's.
        let isCheck = key.isCheck && (hasBegun || !key.isSetup)
        guard isCheck ? isBots : !key.isSetup || !hasBegun else {
            problems.report(
                .testMisplaced, in: source, at: written.lowerBound, ["name": ListItems.text(source, written)],
                hint: .hintTestMisplaced)
            return
        }
        if key == .bot, !hasBegun {
            problems.report(.testBotFirst, in: source, at: written.lowerBound, hint: .hintTestEmpty)
            return
        }
        if key.needsValue, rest.isEmpty {
            problems.report(
                .valueEmpty, in: source, at: written.lowerBound, ["name": ListItems.text(source, written)])
            return
        }
        let value = TestValueReader(source: source, names: names, range: rest)
        if !isCheck, key.isSetup {
            setUp(key, value, &problems)
            return
        }
        guard
            let act = isCheck ? value.check(key, &problems).map({ .expects($0) }) : act(key, written, value, &problems)
        else { return }
        isBots = key == .bot || isCheck
        let place = source.position(of: written.lowerBound)
        test.steps.append(
            ConversationTest.Step(
                line: place.line, column: place.column,
                text: ListItems.text(source, written.lowerBound..<max(written.upperBound, rest.upperBound)), act: act))
    }

    private mutating func setUp(_ key: Key, _ value: TestValueReader, _ problems: inout Problems) {
        switch key {
        case .today: if let moment = value.moment(&problems) { test.moment = moment }
        case .hours: if let moment = value.hours(from: test.moment, &problems) { test.moment = moment }
        case .language: if let code = value.language(&problems) { test.language = code }
        default: test.known = value.text
        }
    }

    private func act(
        _ key: Key, _ written: Range<Int>, _ value: TestValueReader, _ problems: inout Problems
    ) -> ConversationTest.Act? {
        switch key {
        case .customer: .says(value.text)
        case .asksForPerson: .asksForPerson(value.text.isEmpty ? nil : value.text)
        case .cancels: .cancels
        case .rates: value.rating(&problems)
        case .looksAtCase: .looksAtCase
        case .chooses: value.language(&problems).map { .chooses(language: $0) }
        case .beginsAnew: .beginsAnew
        case .agent: value.agent(named: written, &problems)
        default: value.reply(&problems).map { .expects($0) }
        }
    }

    /// What a line begins with.
    enum Key: CaseIterable {
        case today, hours, language, known
        case customer, asksForPerson, cancels, rates, looksAtCase, chooses, beginsAnew, agent, bot
        case says, lacks, choice, noChoice, source, reason, state, team, caseTold

        static let setup: [Key] = [.today, .hours, .language, .known]

        var isSetup: Bool { Self.setup.contains(self) }

        var isCheck: Bool {
            switch self {
            case .says, .lacks, .choice, .noChoice, .source, .reason, .state, .team, .language,
                .caseTold:
                true
            default: false
            }
        }

        var needsValue: Bool {
            switch self {
            case .asksForPerson, .cancels, .looksAtCase, .beginsAnew, .bot: false
            default: true
            }
        }

        /// How editors write it, for hints.
        var written: [String] { Catalogue.names(sentence) }

        var sentence: SentenceKey {
            switch self {
            case .today: .keywordToday
            case .hours: .keywordHours
            case .language: .keywordLanguage
            case .known: .keywordKnown
            case .customer: .keywordTestCustomer
            case .asksForPerson: .keywordAsksForPerson
            case .cancels: .keywordCancels
            case .rates: .keywordRates
            case .looksAtCase: .keywordLooksAtCase
            case .chooses: .keywordChooses
            case .beginsAnew: .keywordBeginsAnew
            case .agent: .keywordAgent
            case .bot: .keywordBot
            case .says: .keywordSays
            case .lacks: .keywordLacks
            case .choice: .keywordChoice
            case .noChoice: .keywordNoChoice
            case .source: .keywordSource
            case .reason: .keywordReason
            case .state: .keywordState
            case .team: .keywordTeam
            case .caseTold: .keywordCase
            }
        }
    }
}
