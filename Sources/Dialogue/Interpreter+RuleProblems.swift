import Content
import Matching

extension Interpreter {
    /// Rules that are no use or do harm, as warnings: one that no message can match, one that another always decides
    /// before, one that takes another intent's example phrases. Sorted by place within each language.
    public func ruleProblems() -> [Diagnostic] {
        models.flatMap { model in
            model.rules.isEmpty ? [] : useless(model) + greedy(model)
        }
    }

    private func useless(_ model: LanguageModel) -> [Diagnostic] {
        let check = RuleCheck(
            model.rules.map(\.rule.pattern), slots: model.entities.slots, of: matcher, language: model.index,
            isMentionable: model.entities.isMentionable)
        return model.rules.indices.compactMap { index in
            let rule = model.rules[index].rule
            if check.isImpossible(index) {
                return Diagnostic(rule, .ruleNeverMatches, hint: .hintRuleNeverMatches)
            }
            guard let cover = check.cover(of: index) else { return nil }
            let other = model.rules[cover]
            return Diagnostic(
                rule, .ruleCovered,
                ["rule": other.rule.text, "place": other.rule.place, "intent": bundle.intents[other.intent].id],
                hint: .hintRuleCovered)
        }
    }

    /// Rules that decide about example phrases of other intents than their own; each is told with the first of these.
    private func greedy(_ model: LanguageModel) -> [Diagnostic] {
        var scratch = MatchScratch()
        var taken: [(count: Int, first: [String: String])] = model.rules.map { _ in (0, [:]) }
        for (index, intent) in bundle.intents.enumerated() {
            guard let phrases = intent.phrases[model.code], let places = intent.phrasePlaces[model.code] else {
                continue
            }
            for (phrase, place) in zip(phrases, places) {
                scratch.read(phrase)
                matcher.readWords(&scratch, language: model.index)
                guard let rule = rule(of: model, for: &scratch), model.rules[rule].intent != index else { continue }
                taken[rule].count += 1
                guard taken[rule].count == 1 else { continue }
                taken[rule].first = ["phrase": phrase, "intent": intent.id, "place": "\(intent.path):\(place.line)"]
            }
        }
        return zip(model.rules, taken).compactMap { entry, taken in
            guard taken.count > 0 else { return nil }
            return Diagnostic(
                entry.rule, .ruleTakesPhrase, taken.first.merging(["count": String(taken.count)]) { $1 },
                hint: .hintRuleTakesPhrase)
        }
    }
}

extension Diagnostic {
    /// A warning about a rule.
    fileprivate init(_ rule: Rule, _ key: SentenceKey, _ arguments: [String: String] = [:], hint: SentenceKey) {
        self.init(
            path: rule.path, line: rule.line, column: rule.column, severity: .warning, key: key, arguments: arguments,
            source: rule.text, hint: hint)
    }
}
