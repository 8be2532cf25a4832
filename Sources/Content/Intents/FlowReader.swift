/// Reads the steps of a flow: the list below `# Flow`, and those of the blocks `## name` in it.
struct FlowReader {
    private let source: SourceText
    private let known: IntentReader.Surroundings
    private let intent: Intent
    private var steps: [Flow.Step] = []
    /// Where each step is written; nil for one that nobody wrote, such as the end of a list.
    private var offsets: [Int?] = []
    /// Where each block begins, by its folded name.
    private var blocks: [String: Int] = [:]
    /// Jumps to blocks whose place is not known yet.
    private var open: [(step: Int, name: String, offset: Int)] = []

    /// An item of a list that may be nested.
    private struct Item {
        let indent: Int
        let text: Range<Int>
    }

    /// - Parameter sections: the flow's own, then its blocks.
    static func read(
        _ sections: [HeadingSection], in source: SourceText, _ known: IntentReader.Surroundings, of intent: Intent,
        _ problems: inout Problems
    ) -> Flow? {
        var reader = FlowReader(source: source, known: known, intent: intent)
        let before = problems.list.count
        for section in sections { reader.readBlock(section, &problems) }
        reader.closeJumps(&problems)
        guard problems.list.count == before else { return nil }
        FlowCheck(steps: reader.steps, offsets: reader.offsets, source: source).report(&problems)
        return Flow(steps: reader.steps)
    }

    /// Whether an item, or what stands in it after a condition, has an order proved.
    static func verifies(_ item: Range<Int>, in source: SourceText) -> Bool {
        let starts = [item.lowerBound] + item.filter { source.bytes[$0] == UInt8(ascii: ":") }.map { $0 + 1 }
        return starts.contains { start in
            let rest = source.trimmed(start..<item.upperBound)
            return Keyword.matches(source.string(Self.word(of: rest, in: source)), .keywordVerify)
        }
    }

    private init(source: SourceText, known: IntentReader.Surroundings, intent: Intent) {
        self.source = source
        self.known = known
        self.intent = intent
    }

    private mutating func readBlock(_ section: HeadingSection, _ problems: inout Problems) {
        let name = Anchor.fold(source.string(section.heading))
        if section.level == 2 {
            if blocks[name] != nil || Keyword.matches(name, .keywordStart) {
                problems.report(.flowBlockRepeated, in: source, at: section.heading.lowerBound, ["name": name])
            }
            blocks[name] = steps.count
        }
        let items = items(section.lines, &problems)
        if items.isEmpty {
            problems.report(.flowEmpty, in: source, at: section.heading.lowerBound, hint: .hintFlowStep)
        }
        compile(items[...], &problems)
        add(.end, at: nil)
    }

    private func items(_ lines: Range<Int>, _ problems: inout Problems) -> [Item] {
        lines.flatMap { index -> [Item] in
            let line = source.lines[index]
            if source.trimmed(line).isEmpty { return [] }
            let list = ListItems(source, index..<index + 1)
            for stray in list.strayLines {
                problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintFlowStep)
            }
            let indent = source.trimmed(line).lowerBound - line.lowerBound
            return list.items.map { Item(indent: indent, text: $0) }
        }
    }

    // MARK: - Steps

    private mutating func add(_ step: Flow.Step, at offset: Int?) {
        steps.append(step)
        offsets.append(offset)
    }

    private mutating func compile(_ items: ArraySlice<Item>, _ problems: inout Problems) {
        var rest = items
        while let item = rest.popFirst() {
            let nested = rest.prefix { $0.indent > item.indent }
            rest = rest.dropFirst(nested.count)
            guard let (condition, then) = branch(item.text) else {
                if let first = nested.first {
                    problems.report(.flowNested, in: source, at: first.text.lowerBound, hint: .hintFlowIf)
                }
                readStep(item.text, &problems)
                continue
            }
            if isElse(condition) {
                problems.report(.flowElseAlone, in: source, at: item.text.lowerBound, hint: .hintFlowIf)
                continue
            }
            compileBranch(condition, then, nested, &rest, &problems)
        }
    }

    /// `if CONDITION: …`, with an `else: …` right after it.
    private mutating func compileBranch(
        _ condition: Range<Int>, _ then: Range<Int>, _ nested: ArraySlice<Item>, _ rest: inout ArraySlice<Item>,
        _ problems: inout Problems
    ) {
        let reader = ConditionReader(source: source, slots: known.slots, intent: intent)
        let read = reader.read(condition, &problems)
        let start = steps.count
        add(.end, at: condition.lowerBound)
        compileBody(then, nested, at: condition.lowerBound, &problems)
        if let other = rest.first, let (word, body) = branch(other.text), isElse(word) {
            rest = rest.dropFirst()
            let below = rest.prefix { $0.indent > other.indent }
            rest = rest.dropFirst(below.count)
            let leave = steps.count
            add(.end, at: nil)
            if let read { steps[start] = .unless(read, goTo: steps.count) }
            compileBody(body, below, at: other.text.lowerBound, &problems)
            steps[leave] = .go(steps.count)
        } else if let read {
            steps[start] = .unless(read, goTo: steps.count)
        }
    }

    private mutating func compileBody(
        _ inline: Range<Int>, _ nested: ArraySlice<Item>, at offset: Int, _ problems: inout Problems
    ) {
        if inline.isEmpty == nested.isEmpty {
            problems.report(.flowBranchEmpty, in: source, at: offset, hint: .hintFlowIf)
        } else if inline.isEmpty {
            compile(nested, &problems)
        } else {
            compile([Item(indent: 0, text: inline)], &problems)
        }
    }

    /// What stands between `if` and the colon, and after it; of an `else:` the word itself. Nil for another step.
    private func branch(_ text: Range<Int>) -> (condition: Range<Int>, then: Range<Int>)? {
        guard let colon = colon(in: text) else { return nil }
        let head = source.trimmed(text.lowerBound..<colon)
        let then = source.trimmed(colon + 1..<text.upperBound)
        if isElse(head) { return (head, then) }
        let word = word(of: head)
        guard Keyword.matches(source.string(word), .keywordIf) else { return nil }
        return (source.trimmed(word.upperBound..<head.upperBound), then)
    }

    private func isElse(_ range: Range<Int>) -> Bool {
        Keyword.matches(ListItems.text(source, range), .keywordElse)
    }

    /// The first colon outside of quotes.
    private func colon(in text: Range<Int>) -> Int? {
        var isQuoted = false
        return text.first { index in
            if source.bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            return !isQuoted && source.bytes[index] == UInt8(ascii: ":")
        }
    }

    private func word(of range: Range<Int>) -> Range<Int> { Self.word(of: range, in: source) }

    private static func word(of range: Range<Int>, in source: SourceText) -> Range<Int> {
        range.lowerBound..<(range.first { source.bytes[$0].isBlank } ?? range.upperBound)
    }

    /// A step that is one line: its verb, then what it is about.
    private mutating func readStep(_ text: Range<Int>, _ problems: inout Problems) {
        let verb = word(of: text)
        var about = source.trimmed(verb.upperBound..<text.upperBound)
        while !about.isEmpty, Keyword.matches(source.string(word(of: about)), .keywordFillers) {
            about = source.trimmed(word(of: about).upperBound..<about.upperBound)
        }
        let verbs: [(SentenceKey, (inout FlowReader, Range<Int>, inout Problems) -> Flow.Step?)] = [
            (.keywordAsk, { $0.ask($1, &$2) }), (.keywordVerify, { _, _, _ in .verify }),
            (.keywordSay, { $0.say($1, &$2) }), (.keywordDo, { $0.perform($1, &$2) }),
            (.keywordReply, { _, _, _ in .answer }),
            (.keywordForget, { $0.forget($1, &$2) }), (.keywordPass, { $0.handOver($1, &$2) }),
            (.keywordGo, { $0.go(to: $1, &$2) }), (.keywordEnd, { _, _, _ in .end }),
        ]
        let written = source.string(verb)
        guard let (_, make) = verbs.first(where: { Keyword.matches(written, $0.0) }) else {
            let names = (verbs.map(\.0) + [.keywordIf]).flatMap { Catalogue.names($0) }
            problems.reportUnknown(.flowStepUnknown, written, among: names, in: source, at: text.lowerBound)
            return
        }
        if let step = make(&self, about, &problems) { add(step, at: text.lowerBound) }
    }

    private func forget(_ range: Range<Int>, _ problems: inout Problems) -> Flow.Step? {
        if Keyword.matches(source.string(range), .keywordCallBack) { return .perform(.cancelCallBack) }
        return slot(range, &problems).map { .forget($0) }
    }

    private func slot(_ range: Range<Int>, _ problems: inout Problems) -> String? {
        let written = source.string(range)
        let slot = SlotList.canonicalName(written)
        let check = SlotCheck(source: source, slots: known.slots, intent: intent)
        return check.isUsable(slot, written, at: range.lowerBound, &problems) ? slot : nil
    }

    private func ask(_ range: Range<Int>, _ problems: inout Problems) -> Flow.Step? {
        guard let slot = slot(range, &problems) else { return nil }
        for language in known.settings.languages where intent.questions[language]?[slot] == nil {
            guard SlotKind(rawValue: slot)?.question == nil else { continue }
            problems.report(
                .flowQuestionMissing, in: source, at: range.lowerBound,
                ["name": slot, "language": Catalogue.name(of: language)], hint: .hintFlowQuestion)
        }
        return .ask(slot)
    }

    private func say(_ range: Range<Int>, _ problems: inout Problems) -> Flow.Step? {
        let name = Anchor.fold(ListItems.text(source, range))
        for language in known.settings.languages where intent.texts[language]?[name] == nil {
            problems.reportUnknown(
                .flowTextMissing, name, among: intent.texts[language]?.keys.sorted() ?? [], in: source,
                at: range.lowerBound, ["language": Catalogue.name(of: language)])
        }
        return .say(name)
    }

    private func perform(_ range: Range<Int>, _ problems: inout Problems) -> Flow.Step? {
        let action = word(of: range)
        let written = source.string(action)
        if let wish = Self.wishes[Anchor.fold(written)] {
            if !intent.verifiesOrder {
                problems.report(.orderUnverified, in: source, at: range.lowerBound, hint: .hintOrderUnverified)
            }
            return .perform(.request(wish))
        }
        if Keyword.matches(written, .keywordCallBack) { return callBack(action, range, &problems) }
        if Keyword.matches(written, .keywordLead) { return lead(at: range.lowerBound, &problems) }
        guard Keyword.matches(written, .keywordCase) else {
            let names =
                Catalogue.names(.keywordCase) + Catalogue.names(.keywordCallBack) + Catalogue.names(.keywordLead)
                + Catalogue.words(.orderWishes)
            problems.reportUnknown(.flowActionUnknown, written, among: names, in: source, at: range.lowerBound)
            return nil
        }
        let kind = source.trimmed(action.upperBound..<range.upperBound)
        guard let known = Self.caseKinds[Anchor.fold(source.string(kind))] else {
            problems.reportUnknown(
                .valueUnknown, source.string(kind), among: Catalogue.words(.caseKinds), in: source,
                at: kind.lowerBound)
            return nil
        }
        return .perform(.openCase(known))
    }

    /// `callback`, or `callback from supervisor`: somebody has to know which number to call.
    private func callBack(_ action: Range<Int>, _ range: Range<Int>, _ problems: inout Problems) -> Flow.Step? {
        guard declares(.phone, at: range.lowerBound, &problems) else { return nil }
        guard steps.contains(.ask(SlotKind.phone.rawValue)) else {
            problems.report(.callBackWithoutPhone, in: source, at: range.lowerBound, hint: .hintCallBackWithoutPhone)
            return nil
        }
        var who = source.trimmed(action.upperBound..<range.upperBound)
        while !who.isEmpty, Keyword.matches(source.string(word(of: who)), .keywordFillers) {
            who = source.trimmed(word(of: who).upperBound..<who.upperBound)
        }
        let name = source.string(who)
        guard name.isEmpty || Keyword.matches(name, .keywordSupervisor) else {
            problems.reportUnknown(
                .valueUnknown, name, among: Catalogue.names(.keywordSupervisor), in: source, at: who.lowerBound)
            return nil
        }
        return .perform(.callBack(bySupervisor: !name.isEmpty))
    }

    /// A lead holds personal data that the customer gave for later: nothing is kept without a yes.
    private func lead(at offset: Int, _ problems: inout Problems) -> Flow.Step? {
        let isReachable = [SlotKind.email, .phone].contains { intent.slots.contains($0.rawValue) }
        guard isReachable || declares(.email, at: offset, &problems) else { return nil }
        guard steps.contains(.ask(SlotKind.agreement.rawValue)) else {
            problems.report(.leadWithoutConsent, in: source, at: offset, hint: .hintLeadWithoutConsent)
            return nil
        }
        return .perform(.keepLead)
    }

    private func declares(_ kind: SlotKind, at offset: Int, _ problems: inout Problems) -> Bool {
        SlotCheck(source: source, slots: known.slots, intent: intent)
            .isUsable(kind.rawValue, kind.rawValue, at: offset, &problems)
    }

    private static let wishes: [String: Flow.Wish] = Keyword.fields(.orderWishes)
    private static let caseKinds: [String: Intent.CaseKind] = Keyword.fields(.caseKinds)

    private func handOver(_ range: Range<Int>, _ problems: inout Problems) -> Flow.Step? {
        let team = source.string(range)
        if team.isEmpty || Keyword.matches(team, .keywordPerson) { return .handOver(team: nil) }
        if Keyword.matches(team, .keywordSupervisor) { return .handOverToSupervisor }
        let teams = known.settings.teams.map(\.id)
        guard teams.contains(team) else {
            problems.reportUnknown(.teamUnknown, team, among: teams, in: source, at: range.lowerBound)
            return nil
        }
        return .handOver(team: team)
    }

    private mutating func go(to range: Range<Int>, _ problems: inout Problems) -> Flow.Step? {
        let name = ListItems.text(source, range)
        if Keyword.matches(name, .keywordStart) { return .go(0) }
        open.append((steps.count, name, range.lowerBound))
        return .go(0)
    }

    private mutating func closeJumps(_ problems: inout Problems) {
        for jump in open {
            if let place = blocks[Anchor.fold(jump.name)] {
                steps[jump.step] = .go(place)
            } else {
                problems.reportUnknown(
                    .flowBlockUnknown, jump.name, among: blocks.keys.sorted() + Catalogue.names(.keywordStart),
                    in: source, at: jump.offset)
            }
        }
    }
}
