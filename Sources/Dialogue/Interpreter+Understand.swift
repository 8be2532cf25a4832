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
        var best = understand(models[Int(guess.language)], &scratch)
        best.languageLogOdds = guess.logOdds
        if !best.isSure, guess.logOdds < Self.sureLanguage {
            for (index, model) in models.enumerated() where index != Int(guess.language) {
                let other = understand(model, &scratch)
                if other.isSure {
                    best = other
                    best.languageLogOdds = -guess.logOdds
                }
            }
        }
        if !best.isSure { best.section = section(language: best.language, &scratch) }
        return best
    }

    /// What a message means in one language, whatever language it looks like.
    func understand(_ text: String, _ model: LanguageModel) -> Understanding {
        var scratch = InterpreterScratch()
        scratch.match.read(text)
        var understanding = understand(model, &scratch)
        if !understanding.isSure { understanding.section = section(language: model.code, &scratch) }
        return understanding
    }

    /// What the scratch's message means in one language.
    private func understand(_ model: LanguageModel, _ scratch: inout InterpreterScratch) -> Understanding {
        model.matcher.readWords(&scratch.match)
        let rule = model.rule(for: &scratch.match)
        let candidates =
            rule.map { [Understanding.Candidate(intent: model.rules[$0].intent, confidence: 1)] }
            ?? self.candidates(model, &scratch)
        let best = candidates.first?.intent
        let slots = best.map { bundle.intents[$0].slots } ?? []
        return Understanding(
            words: scratch.match.text.bytes, language: model.code, languageLogOdds: 0, candidates: candidates,
            rule: rule,
            threshold: best.flatMap { bundle.intents[$0].threshold } ?? Double(model.matcher.threshold), section: nil,
            slots: slots.compactMap { model.entities.find($0, in: scratch.match.text.bytes) },
            isAngry: model.isAngry(scratch.match.text))
    }

    /// The likeliest intents of the scratch's message, whose words the model's matcher read.
    func candidates(_ model: LanguageModel, _ scratch: inout InterpreterScratch) -> [Understanding.Candidate] {
        model.matcher.candidatesOfRead(&scratch.match).prefix(Self.candidateCount).map {
            Understanding.Candidate(intent: model.intents[$0.intent], confidence: Double($0.confidence))
        }
    }

    /// The section that answers the scratch's message best.
    private func section(language: String, _ scratch: inout InterpreterScratch) -> Understanding.SectionHit? {
        guard let model = model(language), let hit = model.search.search(limit: 1, scratch: &scratch.match).first
        else { return nil }
        return Understanding.SectionHit(section: model.sections[hit.index], confidence: Double(hit.confidence))
    }
}
