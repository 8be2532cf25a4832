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
        var scratch = InterpreterScratch()
        return understand(text, language: language, scratch: &scratch)
    }

    /// What a message may mean, without allocating buffers. Its words are read once, for all that asks about them.
    public func understand(
        _ text: String, language: String?, scratch: inout InterpreterScratch
    ) -> Understanding {
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
        return understanding
    }

    /// What a message means in one language, whatever language it looks like.
    func understand(_ text: String, _ model: LanguageModel) -> Understanding {
        var scratch = InterpreterScratch()
        scratch.match.read(text)
        return understand(model, &scratch)
    }

    /// What the scratch's message means in one language. A section is looked for only where no intent is sure.
    private func understand(_ model: LanguageModel, _ scratch: inout InterpreterScratch) -> Understanding {
        let written = scratch.match.text.bytes
        matcher.readWords(&scratch.match, language: model.index)
        let rule = rule(of: model, for: &scratch.match)
        let candidates =
            rule.map { [Understanding.Candidate(intent: model.rules[$0].intent, confidence: 1)] }
            ?? self.candidates(model, &scratch)
        let best = candidates.first?.intent
        let slots = best.map { bundle.intents[$0].slots } ?? []
        var understanding = Understanding(
            words: written, language: model.code, languageLogOdds: 0, candidates: candidates,
            rule: rule, threshold: best.flatMap { bundle.intents[$0].threshold } ?? Double(matcher.threshold),
            section: nil,
            slots: slots.compactMap { model.entities.find($0, in: scratch.match.written.bytes) },
            isAngry: model.isAngry(scratch.match.written))
        if !understanding.isSure { understanding.section = section(model, &scratch) }
        return understanding
    }

    /// The rule of a language that decides about the scratch's message, whose words the matcher read.
    func rule(of model: LanguageModel, for scratch: inout MatchScratch) -> Int? {
        let rules = matcher.rules[model.index]
        guard rules.count > 0 else { return nil }
        let words = scratch.written.bytes
        return rules.match(&scratch) { slot, found in model.entities.mentions(of: slot, in: words, &found) }
    }

    /// The likeliest intents of the scratch's message, whose words the matcher read.
    func candidates(_ model: LanguageModel, _ scratch: inout InterpreterScratch) -> [Understanding.Candidate] {
        matcher.candidatesOfRead(&scratch.match).prefix(Self.candidateCount).map {
            Understanding.Candidate(intent: matcherIntents[$0.intent], confidence: Double($0.confidence))
        }
    }

    /// The section that answers the scratch's message best.
    private func section(_ model: LanguageModel, _ scratch: inout InterpreterScratch) -> Understanding.SectionHit? {
        model.search.search(limit: 1, scratch: &scratch.match).first.map { hit in
            Understanding.SectionHit(section: model.sections[hit.index], confidence: Double(hit.confidence))
        }
    }
}
