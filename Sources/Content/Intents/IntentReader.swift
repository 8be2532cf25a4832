/// Reads one file of `Intents/<phase>/`.
struct IntentReader {
    /// What the file may refer to.
    struct Surroundings {
        let settings: Settings
        let slots: SlotList
    }

    private let source: SourceText
    private let known: Surroundings
    private var intent: Intent
    /// Where the first answer of a language stands, and whether one without condition came.
    private var answersAt: [String: Int] = [:]
    private var defaults: Set<String> = []
    private var languageAt: [String: Int] = [:]

    static func read(
        _ source: SourceText, id: String, phase: Intent.Phase, _ known: Surroundings, _ phrases: inout PhraseIndex,
        _ links: inout LinkCollector, _ problems: inout Problems
    ) -> Intent {
        var reader = IntentReader(source: source, id: id, phase: phase, known)
        let front = FrontMatter(source, &problems)
        IntentFrontMatter(source: source, known: known).apply(front, to: &reader.intent, &problems)
        reader.readBody(from: front.bodyLine, &phrases, &links, &problems)
        reader.checkCompleteness(&problems)
        return reader.intent
    }

    private init(source: SourceText, id: String, phase: Intent.Phase, _ known: Surroundings) {
        self.source = source
        self.known = known
        intent = Intent(id: id, path: source.path, phase: phase, team: known.settings.defaultTeam)
    }

    private mutating func readBody(
        from line: Int, _ phrases: inout PhraseIndex, _ links: inout LinkCollector, _ problems: inout Problems
    ) {
        let (preamble, sections) = HeadingSection.split(source, from: line)
        reportText(preamble, &problems)
        let flow = flow(in: sections)
        if intent.verifiesOrder {
            for kind in SlotKind.proof where !intent.slots.contains(kind.rawValue) {
                intent.slots.append(kind.rawValue)
            }
        }
        var language: String?
        for (index, section) in sections.enumerated() {
            let heading = source.string(section.heading)
            let offset = section.heading.lowerBound
            if flow.contains(index) {
                language = nil
            } else if section.level == 1 {
                language = Keyword.language(heading)
                if let language {
                    if languageAt[language] == nil { languageAt[language] = offset }
                } else {
                    problems.reportUnknown(
                        .languageUnknown, heading, among: Keyword.languageHints, in: source, at: offset)
                }
                reportText(section.lines, &problems)
            } else if let language {
                readSection(section, language, &phrases, &links, &problems)
            } else if languageAt.isEmpty {
                problems.report(.textOutsideLanguage, in: source, at: offset, hint: .hintTextOutsideLanguage)
            }
        }
        if !flow.isEmpty {
            intent.flow = FlowReader.read(Array(sections[flow]), in: source, known, of: intent, &problems)
        }
    }

    /// The sections of the flow: `# Flow` with the blocks below it.
    private func flow(in sections: [HeadingSection]) -> Range<Int> {
        let isFlow: (HeadingSection) -> Bool = {
            $0.level == 1 && Keyword.matches(source.string($0.heading), .keywordFlow)
        }
        guard let first = sections.firstIndex(where: isFlow) else { return 0..<0 }
        let end = sections[(first + 1)...].firstIndex { $0.level == 1 } ?? sections.count
        intent.verifiesOrder = sections[first..<end].contains { section in
            ListItems(source, section.lines).items.contains { FlowReader.verifies($0, in: source) }
        }
        return first..<end
    }

    /// Text that stands in no section is never said.
    private func reportText(_ lines: Range<Int>, _ problems: inout Problems) {
        for index in lines {
            let text = source.trimmed(source.lines[index])
            guard !text.isEmpty else { continue }
            problems.report(.textOutsideLanguage, in: source, at: text.lowerBound, hint: .hintTextOutsideLanguage)
            return
        }
    }

    // MARK: - Sections

    private mutating func readSection(
        _ section: HeadingSection, _ language: String, _ phrases: inout PhraseIndex, _ links: inout LinkCollector,
        _ problems: inout Problems
    ) {
        let end = section.heading.first { source.bytes[$0].isBlank || source.bytes[$0] == UInt8(ascii: ":") }
        let word = source.string(section.heading.lowerBound..<(end ?? section.heading.upperBound))
        let rest = source.trimmed((end ?? section.heading.upperBound)..<section.heading.upperBound)
        if Keyword.matches(word, .keywordPhrases), rest.isEmpty {
            readPhrases(section.lines, language, &phrases, &problems)
        } else if Keyword.matches(word, .keywordRules), rest.isEmpty {
            let reader = RuleReader(source: source, slots: known.slots)
            intent.rules[language, default: []] += reader.rules(in: section.lines, &problems)
        } else if Keyword.matches(word, .keywordChoices), rest.isEmpty {
            readChoices(section.lines, language, &problems)
        } else if Keyword.matches(word, .keywordTests), rest.isEmpty {
            intent.tests += GoldenQuestions(source: source, settings: known.settings, intent: intent.id)
                .read(section.lines, &problems)
        } else if Keyword.matches(word, .keywordQuestion) {
            readQuestion(section, rest, language, \.questions, &links, &problems)
        } else if Keyword.matches(word, .keywordHelp) {
            readQuestion(section, rest, language, \.helps, &links, &problems)
        } else if Keyword.matches(word, .keywordText) {
            readText(section, rest, language, &links, &problems)
        } else if Keyword.matches(word, .keywordAnswer) {
            readAnswer(section, rest, language, &links, &problems)
        } else {
            let keys: [SentenceKey] = [
                .keywordPhrases, .keywordRules, .keywordQuestion, .keywordAnswer, .keywordChoices, .keywordText,
                .keywordHelp, .keywordTests,
            ]
            problems.reportUnknown(
                .sectionUnknown, source.string(section.heading),
                among: keys.compactMap { Catalogue.words($0, language).first }, in: source,
                at: section.heading.lowerBound)
        }
    }

    private mutating func readPhrases(
        _ lines: Range<Int>, _ language: String, _ phrases: inout PhraseIndex, _ problems: inout Problems
    ) {
        let list = ListItems(source, lines)
        for stray in list.strayLines {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintListExpected)
        }
        for item in list.items {
            let text = ListItems.text(source, item)
            guard !text.isEmpty else {
                problems.report(.phraseEmpty, in: source, at: item.lowerBound)
                continue
            }
            if let brace = item.first(where: { source.bytes[$0] == UInt8(ascii: "{") }) {
                problems.report(.phraseBrace, in: source, at: brace, hint: .hintPhraseBrace)
            }
            phrases.add(text, language, intent: intent.id, in: source, at: item.lowerBound, &problems)
            intent.phrases[language, default: []].append(text)
            let position = source.position(of: item.lowerBound)
            intent.phrasePlaces[language, default: []].append(
                Intent.Place(line: position.line, column: position.column))
        }
    }

    private mutating func readChoices(_ lines: Range<Int>, _ language: String, _ problems: inout Problems) {
        let list = ListItems(source, lines)
        for stray in list.strayLines {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintListExpected)
        }
        for item in list.items {
            let text = ListItems.text(source, item)
            let isSeparated = text.hasSuffix(":") || text.contains(": ") || text.hasPrefix(":")
            guard isSeparated, let colon = text.range(of: text.hasPrefix(":") ? ":" : text.contains(": ") ? ": " : ":")
            else {
                add(Intent.Choice(label: text, say: text), language, item, &problems)
                continue
            }
            let label = String(text[..<colon.lowerBound])
            let say = text[colon.upperBound...].drop { $0 == " " }
            add(Intent.Choice(label: label, say: String(say)), language, item, &problems)
        }
    }

    private mutating func add(
        _ choice: Intent.Choice, _ language: String, _ item: Range<Int>, _ problems: inout Problems
    ) {
        guard !choice.label.isEmpty, !choice.say.isEmpty else {
            problems.report(.choiceEmpty, in: source, at: item.lowerBound, hint: .hintChoiceEmpty)
            return
        }
        intent.choices[language, default: []].append(choice)
    }

    /// What is asked for a slot, or helps who cannot answer.
    private mutating func readQuestion(
        _ section: HeadingSection, _ rest: Range<Int>, _ language: String,
        _ kind: ReferenceWritableKeyPath<Intent, [String: [String: AnswerTemplate]]>, _ links: inout LinkCollector,
        _ problems: inout Problems
    ) {
        var name = rest
        if !name.isEmpty, source.bytes[name.lowerBound] == UInt8(ascii: ":") {
            name = source.trimmed(name.lowerBound + 1..<name.upperBound)
        }
        let written = source.string(name)
        let slot = SlotList.canonicalName(written)
        guard !slot.isEmpty else {
            problems.report(
                .questionWithoutSlot, in: source, at: section.heading.lowerBound, hint: .hintQuestionWithoutSlot)
            return
        }
        let check = SlotCheck(source: source, slots: known.slots, intent: intent)
        guard check.isUsable(slot, written, at: name.lowerBound, &problems) else { return }
        guard intent[keyPath: kind][language]?[slot] == nil else {
            problems.report(.questionRepeated, in: source, at: name.lowerBound, ["name": slot])
            return
        }
        guard let template = template(section, &links, &problems) else { return }
        intent[keyPath: kind][language, default: [:]][slot] = template
    }

    private mutating func readText(
        _ section: HeadingSection, _ rest: Range<Int>, _ language: String, _ links: inout LinkCollector,
        _ problems: inout Problems
    ) {
        let isAfterColon = !rest.isEmpty && source.bytes[rest.lowerBound] == UInt8(ascii: ":")
        let range = isAfterColon ? source.trimmed(rest.lowerBound + 1..<rest.upperBound) : rest
        let name = Anchor.fold(ListItems.text(source, range))
        guard !name.isEmpty else {
            problems.report(.textWithoutName, in: source, at: section.heading.lowerBound, hint: .hintTextWithoutName)
            return
        }
        guard intent.texts[language]?[name] == nil else {
            problems.report(.textRepeated, in: source, at: range.lowerBound, ["name": name])
            return
        }
        guard let template = template(section, &links, &problems) else { return }
        intent.texts[language, default: [:]][name] = template
    }

    private mutating func readAnswer(
        _ section: HeadingSection, _ rest: Range<Int>, _ language: String, _ links: inout LinkCollector,
        _ problems: inout Problems
    ) {
        let offset = section.heading.lowerBound
        if answersAt[language] == nil { answersAt[language] = offset }
        var condition: Condition?
        var isUnderstood = true
        if rest.isEmpty || source.string(rest) == ":" {
            if defaults.contains(language) {
                problems.report(.answerAfterDefault, in: source, at: offset, hint: .hintAnswerAfterDefault)
            }
            defaults.insert(language)
        } else {
            if defaults.contains(language) {
                problems.report(.answerAfterDefault, in: source, at: offset, hint: .hintAnswerAfterDefault)
            }
            let end = rest.first { source.bytes[$0].isBlank } ?? rest.upperBound
            if Keyword.matches(source.string(rest.lowerBound..<end), .keywordIf) {
                let reader = ConditionReader(source: source, slots: known.slots, intent: intent)
                condition = reader.read(source.trimmed(end..<rest.upperBound), &problems)
            } else {
                problems.report(.conditionMalformed, in: source, at: rest.lowerBound, hint: .hintCondition)
            }
            isUnderstood = condition != nil
        }
        guard let template = template(section, &links, &problems), isUnderstood else { return }
        intent.answers[language, default: []].append(Intent.Answer(condition: condition, template: template))
    }

    private func template(
        _ section: HeadingSection, _ links: inout LinkCollector, _ problems: inout Problems
    ) -> AnswerTemplate? {
        guard section.lines.contains(where: { !source.trimmed(source.lines[$0]).isEmpty }) else {
            problems.report(.answerEmpty, in: source, at: section.heading.lowerBound, hint: .hintAnswerEmpty)
            return nil
        }
        return TemplateReader(source: source, slots: known.slots, intent: intent)
            .read(section.lines, &problems, &links)
    }

    // MARK: - Completeness

    private func checkCompleteness(_ problems: inout Problems) {
        for language in known.settings.languages {
            let arguments = ["language": Catalogue.name(of: language), "code": language]
            let offset = languageAt[language] ?? 0
            guard languageAt[language] != nil else {
                problems.report(.languageMissing, in: source, at: 0, arguments, hint: .hintLanguageMissing)
                continue
            }
            if intent.titles[language] == nil {
                problems.report(.titleMissing, in: source, at: 0, arguments, hint: .hintTitleMissing)
            }
            if intent.phrases[language] == nil {
                problems.report(.phrasesMissing, in: source, at: offset, arguments, hint: .hintPhrasesMissing)
            }
            if let first = answersAt[language] {
                if !defaults.contains(language) {
                    problems.report(
                        .answerDefaultMissing, in: source, at: first, arguments, hint: .hintAnswerDefaultMissing)
                }
            } else {
                problems.report(.answerMissing, in: source, at: offset, arguments, hint: .hintAnswerMissing)
            }
            checkCaseVariables(language, &problems)
            for slot in intent.slots where intent.questions[language]?[slot] == nil {
                guard intent.questions.values.contains(where: { $0[slot] != nil }) else { continue }
                problems.report(
                    .questionUntranslated, in: source, at: offset, arguments.merging(["name": slot]) { $1 },
                    severity: .warning)
            }
        }
    }
}

extension IntentReader {
    /// What an answer says of a case stays empty where the intent opens none.
    private func checkCaseVariables(_ language: String, _ problems: inout Problems) {
        guard intent.caseKind == nil, intent.flow?.opensCase != true else { return }
        let templates =
            (intent.answers[language] ?? []).map(\.template) + (intent.questions[language] ?? [:]).values
            + (intent.helps[language] ?? [:]).values
            + (intent.texts[language] ?? [:]).values
        for name in [CaseVariable.key, CaseVariable.due] where templates.contains(where: { $0.names(name) }) {
            problems.report(
                .caseNotOpened, in: source, at: languageAt[language] ?? 0, ["name": name], hint: .hintCaseNotOpened)
        }
    }
}

extension String {
    /// Where a text first stands in this one.
    fileprivate func range(of other: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }
}
