import Content
import Language
import Matching

/// Buffers that understanding needs, used again from message to message. One thread at a time.
public struct InterpreterScratch: Sendable {
    var match = MatchScratch()
    /// The message's words with their accents.
    var accented = TokenBuffer()

    /// Empty buffers.
    public init() {}
}

extension Interpreter {
    /// Log-odds above which a message's language is beyond doubt.
    static let sureLanguage = 6.0
    /// How many likely intents are kept.
    static let candidateCount = 5

    /// What a message may mean.
    /// - Parameter language: the conversation's language, as far as it is known.
    public func understand(_ text: String, language: String?) -> Understanding {
        withScratch { understand(text, language: language, scratch: &$0) }
    }

    /// What a message may mean, without allocating buffers. Its words are read once, for all that asks about them.
    public func understand(
        _ text: String, language: String?, scratch: inout InterpreterScratch
    ) -> Understanding {
        let text = PastedFiles.rest(of: text) ?? text
        scratch.match.read(text)
        let prior = language.flatMap { code in languages.firstIndex(of: code) }.map { UInt8(truncatingIfNeeded: $0) }
        let guess = detector.detect(
            text, words: scratch.match.text, prior: prior ?? 0, priorLogOdds: prior == nil ? 1 : 3,
            buffer: &scratch.accented)
        var understanding = understand(models[Int(guess.language)], &scratch)
        understanding.languageLogOdds = guess.logOdds
        // Where the language is in doubt, another's rules may decide.
        if !understanding.isSure, guess.logOdds < Self.sureLanguage {
            for model in models where model.index != Int(guess.language) {
                scratch.match.read(text)
                matcher.readWords(&scratch.match, language: model.index)
                guard rule(of: model, for: &scratch.match) != nil else { continue }
                scratch.match.read(text)
                understanding = understand(model, &scratch)
                understanding.languageLogOdds = -guess.logOdds
            }
        }
        understanding.prior = language
        return understanding
    }

    /// What a message means in one language, whatever language it looks like.
    /// - Parameter searches: whether a section is looked for where no intent is sure.
    func understand(_ text: String, _ model: LanguageModel, searches: Bool = true) -> Understanding {
        withScratch { scratch in
            scratch.match.read(text)
            return understand(model, &scratch, searches: searches)
        }
    }

    /// A text's words, with those that are misspelt put right.
    func respelled(_ text: String, _ model: LanguageModel) -> String {
        withScratch { scratch in
            scratch.match.read(text)
            matcher.readWords(&scratch.match, language: model.index)
            return matcher.respelled(scratch.match)
        }
    }

    /// Lends buffers to whoever has none of his own: new ones are as large as the vocabulary.
    func withScratch<Result>(_ body: (inout InterpreterScratch) -> Result) -> Result {
        var lent: InterpreterScratch?
        spareScratch.withLock { swap(&$0, &lent) }
        var scratch = lent.take() ?? InterpreterScratch()
        let result = body(&scratch)
        lent = consume scratch
        spareScratch.withLock { swap(&$0, &lent) }
        return result
    }

    /// What the scratch's message means in one language. A section is looked for only where no intent is sure.
    private func understand(
        _ model: LanguageModel, _ scratch: inout InterpreterScratch, searches: Bool = true
    ) -> Understanding {
        // A copy of their size: were the scratch's own given away, the next message would need another as large.
        let written = scratch.match.text.bytes.withUnsafeBufferPointer { Array($0) }
        matcher.readWords(&scratch.match, language: model.index)
        let rule = rule(of: model, for: &scratch.match)
        var heldBack: [Understanding.HeldBack] = []
        var candidates: [Understanding.Candidate]
        if let rule {
            candidates = [Understanding.Candidate(intent: model.rules[rule].intent, confidence: 1)]
        } else {
            let rules = rulesHeldBack(of: model, for: &scratch.match)
            candidates = self.candidates(model, &scratch)
            if !rules.isEmpty { heldBack = holdBack(rules, model, &candidates) }
        }
        let best = candidates.first?.intent
        let slots = best.map { bundle.intents[$0].slots } ?? []
        var understanding = Understanding(
            words: written, language: model.code, languageLogOdds: 0, candidates: candidates,
            heldBack: heldBack, rule: rule,
            threshold: best.flatMap { bundle.intents[$0].threshold } ?? Double(matcher.threshold),
            section: nil,
            slots: slots.compactMap { model.entities.find($0, in: scratch.match.writtenBytes) },
            tone: model.tones.tone(of: scratch.match.written),
            pick: model.choiceWords.pick(scratch.match.written, model.slotWords))
        if searches, !understanding.isSure, !scratch.match.text.isNumbers {
            understanding.section = section(model, heldBack, &scratch)
        }
        return consume understanding
    }

    /// The rule of a language that decides about the scratch's message, whose words the matcher read.
    func rule(of model: LanguageModel, for scratch: inout MatchScratch) -> Int? {
        let rules = matcher.rules[model.index]
        guard rules.count > 0 else { return nil }
        let words = scratch.writtenBytes
        return rules.match(&scratch) { slot, found in model.entities.mentions(of: slot, in: words, &found) }
    }

    /// The rules of a language that would decide about the scratch's message but for a word that they exclude, the most
    /// precise first, where ``rule(of:for:)`` has just found that none does.
    func rulesHeldBack(of model: LanguageModel, for scratch: inout MatchScratch) -> [Int] {
        let rules = matcher.rules[model.index]
        guard rules.count > 0 else { return [] }
        let words = scratch.writtenBytes
        return rules.heldBack(&scratch) { slot, found in model.entities.mentions(of: slot, in: words, &found) }
    }

    /// Takes the intents of rules whose exclusions hold out of the likeliest ones.
    private func holdBack(
        _ rules: [Int], _ model: LanguageModel, _ candidates: inout [Understanding.Candidate]
    ) -> [Understanding.HeldBack] {
        var heldBack: [Understanding.HeldBack] = []
        for rule in rules where !heldBack.contains(where: { $0.intent == model.rules[rule].intent }) {
            let intent = model.rules[rule].intent
            let confidence = candidates.first { $0.intent == intent }?.confidence ?? 0
            heldBack.append(Understanding.HeldBack(intent: intent, rule: rule, confidence: confidence))
        }
        candidates.removeAll { candidate in heldBack.contains { $0.intent == candidate.intent } }
        // Few, and of equally likely ones the more precise rule's goes first.
        for index in heldBack.indices.dropFirst() {
            var place = index
            while place > 0, heldBack[place - 1].confidence < heldBack[place].confidence {
                heldBack.swapAt(place - 1, place)
                place -= 1
            }
        }
        return heldBack
    }

    /// The likeliest intents of the scratch's message, whose words the matcher read.
    func candidates(_ model: LanguageModel, _ scratch: inout InterpreterScratch) -> [Understanding.Candidate] {
        matcher.findCandidates(&scratch.match)
        return scratch.match.candidates.prefix(Self.candidateCount).map {
            Understanding.Candidate(intent: matcherIntents[$0.intent], confidence: Double($0.confidence))
        }
    }

    /// The section that answers the scratch's message best. What an intent is held back from, its articles do not answer
    /// either, nor one of which nobody says what it is about.
    private func section(
        _ model: LanguageModel, _ heldBack: [Understanding.HeldBack], _ scratch: inout InterpreterScratch
    ) -> Understanding.SectionHit? {
        guard let hit = model.search.search(limit: 1, scratch: &scratch.match).first else { return nil }
        let section = model.sections[hit.index]
        if !heldBack.isEmpty {
            guard let intent = sections[section].intent.flatMap({ bundle.index(ofIntent: $0) }),
                !heldBack.contains(where: { $0.intent == intent })
            else { return nil }
        }
        return Understanding.SectionHit(section: section, confidence: Double(hit.confidence))
    }
}
