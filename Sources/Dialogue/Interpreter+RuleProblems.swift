import Content
import Matching

extension Interpreter {
    /// Rules that are no use or do harm, as warnings: one that no message can match, one that another always decides
    /// before, one that takes another intent's example phrases, one that keeps its own intent from answering one.
    /// Sorted by place within each language.
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
        var taken = model.rules.map { _ in TakenPhrases() }
        var held = taken
        for (index, intent) in bundle.intents.enumerated() {
            guard let phrases = intent.phrases[model.code], let places = intent.phrasePlaces[model.code] else {
                continue
            }
            for (phrase, place) in zip(phrases, places) {
                scratch.read(phrase)
                matcher.readWords(&scratch, language: model.index)
                let words = ["phrase": phrase, "intent": intent.id, "place": "\(intent.path):\(place.line)"]
                if let rule = rule(of: model, for: &scratch) {
                    if model.rules[rule].intent != index { taken[rule].add(words) }
                } else if let rule = rulesHeldBack(of: model, for: &scratch).first(where: {
                    model.rules[$0].intent == index
                }) {
                    held[rule].add(words)
                }
            }
        }
        return model.rules.indices.flatMap { index in
            [
                taken[index].told(model.rules[index].rule, .ruleTakesPhrase, hint: .hintRuleTakesPhrase),
                held[index].told(model.rules[index].rule, .ruleHoldsPhrase, hint: .hintRuleHoldsPhrase),
            ].compactMap { $0 }
        }
    }
}

/// Phrases that a rule does something to that it should not.
private struct TakenPhrases {
    private var count = 0
    private var first: [String: String] = [:]

    mutating func add(_ words: [String: String]) {
        if count == 0 { first = words }
        count += 1
    }

    func told(_ rule: Rule, _ key: SentenceKey, hint: SentenceKey) -> Diagnostic? {
        guard count > 0 else { return nil }
        return Diagnostic(rule, key, first.merging(["count": String(count)]) { $1 }, hint: hint)
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
