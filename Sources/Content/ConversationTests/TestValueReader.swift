/// Reads what stands behind the colon in a line of a conversation.
struct TestValueReader {
    let source: SourceText
    let names: ConversationTestReader.Names
    let range: Range<Int>

    /// Days ahead within which hours that are asked for must come.
    private static let daysAhead = 14

    /// On one line.
    var text: String { ListItems.text(source, range) }

    // MARK: - Before the conversation

    /// `2026-12-24` or `2026-12-24 18:30`, in the shop's time zone.
    func moment(_ problems: inout Problems) -> Int64? {
        let parts = text.split(separator: " ").map(String.init)
        let minute = parts.count == 2 ? Self.minute(parts[1]) : ConversationTest.usualMinute
        guard (1...2).contains(parts.count), let day = CalendarDay(parts[0]), let minute else {
            report(.dateMalformed, ["value": text], hint: .hintTestDate, &problems)
            return nil
        }
        return names.settings.moment(day, minute: minute)
    }

    /// `18:30` as minutes of the day.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// The first moment from that one on at which somebody is there, or nobody is.
    func hours(from moment: Int64, _ problems: inout Problems) -> Int64? {
        let isOpen = Keyword.matches(text, .keywordOpen)
        guard isOpen || Keyword.matches(text, .keywordClosed) else {
            problems.reportUnknown(
                .valueUnknown, text, among: Catalogue.names(.keywordOpen) + Catalogue.names(.keywordClosed), in: source,
                at: range.lowerBound)
            return nil
        }
        let hours = names.settings.serviceHours
        let quarter: Int64 = 15 * 60 * 1000
        let moments = stride(from: moment, to: moment + Int64(Self.daysAhead) * 96 * quarter, by: Int(quarter))
        guard let found = moments.first(where: { hours.isOpen(at: $0) == isOpen }) else {
            report(.testNeverSo, ["value": text], &problems)
            return nil
        }
        return found
    }

    /// A language's code.
    func language(_ problems: inout Problems) -> String? {
        let code = Keyword.language(text)
        if code == nil {
            problems.reportUnknown(
                .languageUnknown, text, among: Keyword.languageHints, in: source, at: range.lowerBound)
        }
        return code
    }

    // MARK: - What is done

    /// `answer 0`, `csat 5`; of an answer also yes and no.
    func rating(_ problems: inout Problems) -> ConversationTest.Act? {
        let words = text.split(separator: " ").map(String.init)
        let kind = words.first.map { Keyword.isOne(of: .ratingAnswer, $0) ? "answer" : $0.lowercased() } ?? ""
        let score = words.dropFirst().first.flatMap { word -> Int? in
            if kind == "answer", Keyword.matches(word, .keywordYes) { return 1 }
            if kind == "answer", Keyword.matches(word, .keywordNo) { return 0 }
            return Int(word)
        }
        guard words.count == 2, ["answer", "csat", "nps", "ces"].contains(kind), let score else {
            report(.testRatingMalformed, ["value": text], hint: .hintTestRating, &problems)
            return nil
        }
        return .rates(kind: kind, score: score)
    }

    /// What agents do, in the order in which the catalogue names it.
    private enum Verb: Int {
        case comesIn, leaves, takes, says, notes, transfers, returns, resolves, answersCase
    }

    /// `takes`, `says Hello`, `transfers to ventas`; who does it stands in the key.
    func agent(named key: Range<Int>, _ problems: inout Problems) -> ConversationTest.Act? {
        let written = source.string(key).split(separator: " ").dropFirst().joined(separator: " ")
        let known = names.settings.agents.map(\.name)
        let agent = known.isEmpty ? written : known.first { Anchor.fold($0) == Anchor.fold(written) }
        guard let agent, !agent.isEmpty else {
            problems.reportUnknown(.testAgentUnknown, written, among: known, in: source, at: key.lowerBound)
            return nil
        }
        guard let (place, rest) = Keyword.phrase(in: text, .testActs), let verb = Verb(rawValue: place) else {
            problems.reportUnknown(
                .testActUnknown, text, among: Keyword.phrases(.testActs), in: source, at: range.lowerBound)
            return nil
        }
        let needsMore: Set<Verb> = [.says, .notes, .transfers, .answersCase]
        if needsMore.contains(verb), rest.isEmpty {
            report(.valueEmpty, ["name": text], &problems)
            return nil
        }
        return act(verb, rest, &problems).map { .agent(agent, $0) }
    }

    private func act(_ verb: Verb, _ rest: String, _ problems: inout Problems) -> ConversationTest.AgentAct? {
        switch verb {
        case .comesIn: .comesIn
        case .leaves: .leaves
        case .takes: .takes
        case .says: .tells(rest)
        case .notes: .notes(rest)
        case .transfers: target(rest, &problems).map { .transfers(to: $0) }
        case .returns: .returns
        case .resolves: .resolves
        case .answersCase: answer(rest)
        }
    }

    /// A team's id or an agent's name.
    private func target(_ text: String, _ problems: inout Problems) -> String? {
        let word = text.split(separator: " ").map(String.init).first { !Keyword.matches($0, .keywordFillers) } ?? ""
        let known = names.settings.teams.map(\.id) + names.settings.agents.map(\.name)
        if known.contains(word) { return word }
        problems.reportUnknown(.teamUnknown, word, among: known, in: source, at: range.lowerBound)
        return nil
    }

    /// The answer to a case, with its outcome before it or without.
    private func answer(_ text: String) -> ConversationTest.AgentAct {
        let word = text.prefix { !" :,".contains($0) }
        guard let outcome = code(String(word), "outcome", ConversationTest.caseOutcomes) else {
            return .answersCase(outcome: nil, text)
        }
        return .answersCase(outcome: outcome, String(text[word.endIndex...].drop { " :,".contains($0) }))
    }

    /// The protocol's word that a text is, or is the catalogue's word for.
    private func code(_ text: String, _ group: String, _ codes: [String]) -> String? {
        codes.first { code in
            code == text || SentenceKey(group, code: code).map { Keyword.isOne(of: $0, text) } ?? false
        }
    }

    // MARK: - What is expected

    /// Kinds of replies and intents, in any order: `asks (order_cancel)`, `answers or asks`.
    func reply(_ problems: inout Problems) -> ConversationTest.Check? {
        var (kinds, intents): ([ConversationTest.Kind], [String]) = ([], [])
        var rest = range
        while !rest.isEmpty {
            let words = source.string(rest)
            if let (kind, behind) = Keyword.phrase(in: words, .testReplies) {
                kinds.append(ConversationTest.Kind.allCases[kind])
                rest = rest.upperBound - behind.utf8.count..<rest.upperBound
                continue
            }
            let end = rest.first { source.bytes[$0] <= 0x20 || ",()".utf8.contains(source.bytes[$0]) }
            let word = source.string(rest.lowerBound..<(end ?? rest.upperBound))
            if names.intents.contains(word) {
                intents.append(word)
            } else if !word.isEmpty, !Keyword.matches(word, .keywordTestFillers) {
                problems.reportUnknown(
                    .testReplyUnknown, word, among: Keyword.phrases(.testReplies) + names.intents, in: source,
                    at: rest.lowerBound)
                return nil
            }
            rest = source.trimmed((end.map { $0 + 1 } ?? rest.upperBound)..<rest.upperBound)
        }
        return .reply(kinds: kinds, intents: intents)
    }

    /// What a line below the bot's expects.
    func check(_ key: ConversationTestReader.Key, _ problems: inout Problems) -> ConversationTest.Check? {
        switch key {
        case .says: .says(text)
        case .lacks: .lacks(text)
        case .choice: .choice(text)
        case .noChoice: .noChoice(text)
        case .source: .source(text)
        case .language: language(&problems).map { .language($0) }
        case .reason: reason(&problems).map { .reason($0) }
        case .state: state(&problems).map { .state($0) }
        case .caseTold: caseTold(&problems)
        default: team(&problems).map { .team($0) }
        }
    }

    /// The protocol's word, or the catalogue's words for it.
    private func reason(_ problems: inout Problems) -> String? {
        let found = code(text, "reason", ConversationTest.reasons)
        if found == nil {
            problems.reportUnknown(
                .valueUnknown, text, among: ConversationTest.reasons, in: source, at: range.lowerBound)
        }
        return found
    }

    private func state(_ problems: inout Problems) -> String? {
        if ConversationTest.states.contains(text) { return text }
        if let (state, rest) = Keyword.phrase(in: text, .testStates), rest.isEmpty {
            return ConversationTest.states[state]
        }
        problems.reportUnknown(
            .valueUnknown, text, among: Keyword.phrases(.testStates), in: source, at: range.lowerBound)
        return nil
    }

    /// A case's kind and state, or one of them.
    private func caseTold(_ problems: inout Problems) -> ConversationTest.Check? {
        let kinds = Intent.CaseKind.allCases.map(\.rawValue)
        var (kind, state): (String?, String?)
        for word in text.split(whereSeparator: { " ,".contains($0) }).map(String.init) {
            if let found = code(word, "case", kinds) {
                kind = found
            } else if let found = code(word, "case", ConversationTest.caseStates) {
                state = found
            } else {
                problems.reportUnknown(
                    .valueUnknown, word, among: kinds + ConversationTest.caseStates, in: source, at: range.lowerBound)
                return nil
            }
        }
        return .caseTold(kind: kind, state: state)
    }

    /// By its id or one of its names.
    private func team(_ problems: inout Problems) -> String? {
        let folded = Anchor.fold(text)
        let teams = names.settings.teams
        let found = teams.first { $0.id == text || $0.names.values.contains { Anchor.fold($0) == folded } }
        if found == nil {
            problems.reportUnknown(.teamUnknown, text, among: teams.map(\.id), in: source, at: range.lowerBound)
        }
        return found?.id
    }

    private func report(
        _ key: SentenceKey, _ arguments: [String: String], hint: SentenceKey? = nil, _ problems: inout Problems
    ) {
        problems.report(key, in: source, at: range.lowerBound, arguments, hint: hint)
    }
}
