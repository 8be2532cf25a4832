import Content
import Language
import Matching

extension Interpreter {
    /// How many sections are told.
    private static let explainedSections = 3

    /// Why a message is answered as it is. The same understanding and decision as answering's, with their reasons.
    /// - Parameter language: the conversation's language, as far as it is known.
    public func explain(_ text: String, language: String? = nil) -> Explanation {
        withScratch { explain(text, language: language, scratch: &$0) }
    }

    private func explain(_ text: String, language: String?, scratch: inout InterpreterScratch) -> Explanation {
        let understanding = understand(text, language: language, scratch: &scratch)
        let decision = decision(understanding)
        let model = model(understanding.language)
        let tried = model.map { self.tried(text, $0, &scratch) } ?? []
        let matched = matcher.explain(text, language: model?.index ?? 0, scratch: &scratch.match)
        let words = explainedWords(understanding.language, matched, scratch)
        // All of them, as the matcher ranks them, also where a rule decides or holds some back.
        let likely = model.map { self.candidates($0, &scratch) } ?? []
        let candidates = likely.enumerated().map { rank, candidate in
            Explanation.Candidate(
                intent: bundle.intents[candidate.intent].id, confidence: candidate.confidence,
                terms: rank < matched.candidates.count ? matched.candidates[rank].terms : [],
                isHeldBack: understanding.isHeldBack(candidate.intent))
        }
        // Of the words as matching read them, as answering searches.
        let hits = model?.search.search(limit: Self.explainedSections, scratch: &scratch.match) ?? []
        let found = hits.compactMap { hit in
            model.map { (section: sections[$0.sections[hit.index]], confidence: Double(hit.confidence)) }
        }
        let best = understanding.rule == nil ? understanding.candidates.first : likely.first
        let threshold = best.map { needed(for: $0, understanding) }
        return Explanation(
            text: text, language: understanding.language, languageLogOdds: understanding.languageLogOdds,
            words: words, rules: tried,
            candidates: candidates,
            heldBack: understanding.heldBack.compactMap { held in
                model.map { explained($0.rules[held.rule], .excluded) }
            },
            threshold: threshold ?? understanding.threshold, isClear: understanding.isClear,
            confidenceTerms: matched.confidenceTerms,
            sections: found.map {
                Explanation.Section(
                    path: $0.section.source, title: $0.section.title, intent: $0.section.intent,
                    confidence: $0.confidence)
            }, sectionThreshold: sectionThreshold, slots: understanding.slots, isAngry: understanding.isAngry,
            decision: decision, intent: intent(of: decision, understanding))
    }

    /// The rules that were tried, the most precise first.
    private func tried(
        _ text: String, _ model: LanguageModel, _ scratch: inout InterpreterScratch
    ) -> [Explanation.TriedRule] {
        scratch.match.read(text)
        matcher.readWords(&scratch.match, language: model.index)
        let words = scratch.match.writtenBytes
        return matcher.rules[model.index].tried(&scratch.match) { slot, found in
            model.entities.mentions(of: slot, in: words, &found)
        }.map { rule, outcome in
            explained(model.rules[rule], outcome)
        }
    }

    private func explained(_ entry: (intent: Int, rule: Rule), _ outcome: RuleSet.Outcome) -> Explanation.TriedRule {
        Explanation.TriedRule(
            text: entry.rule.text, intent: bundle.intents[entry.intent].id, place: entry.rule.place, outcome: outcome)
    }

    /// The intent that the reply to a decision belongs to.
    func intent(of decision: Decision, _ understanding: Understanding) -> String? {
        switch decision {
        case .intent(let best): bundle.intents[best.intent].id
        case .section(let hit): sections[hit.section].intent
        case .anger, .question: likely(understanding)?.id
        }
    }

    /// The words as matching read them: some are written out, split or joined; a synonym stands as it was written.
    private func explainedWords(
        _ language: String, _ matched: IntentExplanation, _ scratch: InterpreterScratch
    ) -> [Explanation.Word] {
        let stemmer = Stemmer(language: language)
        let read = matched.candidates.first?.terms.filter { $0.kind == .word }.map(\.text)
        let unknown = Set(matched.unknownWords)
        var words = scratch.match.text.tokens.indices.map { position in
            let word = scratch.match.text.word(position)
            let isRead = read.map { position < $0.count } ?? false
            let reading = isRead ? read?[position] ?? word : word
            return Explanation.Word(
                text: word, read: reading, stem: stemmer?.stem(reading) ?? reading,
                isKnown: isRead && !unknown.contains(word))
        }
        for synonym in scratch.match.readSynonyms.reversed() {
            let parts = words[synonym.words]
            words.replaceSubrange(
                synonym.words,
                with: CollectionOfOne(
                    Explanation.Word(
                        text: synonym.written, read: parts.map(\.read).joined(separator: " "),
                        stem: parts.map(\.stem).joined(separator: " "), isKnown: parts.allSatisfy(\.isKnown))))
        }
        return words
    }
}
