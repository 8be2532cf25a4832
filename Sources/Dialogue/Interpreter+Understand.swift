import Content
import Language
import Matching

/// Buffers that understanding needs, used again from message to message. One thread at a time.
public struct InterpreterScratch: Sendable {
    var match = MatchScratch()
    var tokens = TokenBuffer()

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

    /// What a message may mean, without allocating buffers.
    public func understand(
        _ text: String, language: String?, scratch: inout InterpreterScratch
    ) -> Understanding {
        let prior = language.flatMap { code in languages.firstIndex(of: code) }.map { UInt8(truncatingIfNeeded: $0) }
        let guess = detector.detect(
            text, prior: prior ?? 0, priorLogOdds: prior == nil ? 1 : 3, buffer: &scratch.tokens)
        var best = understand(text, models[Int(guess.language)], &scratch)
        best.languageLogOdds = guess.logOdds
        if !best.isSure, guess.logOdds < Self.sureLanguage {
            for (index, model) in models.enumerated() where index != Int(guess.language) {
                let other = understand(text, model, &scratch)
                if other.isSure {
                    best = other
                    best.languageLogOdds = -guess.logOdds
                }
            }
        }
        if !best.isSure { best.section = section(for: text, language: best.language, &scratch) }
        return best
    }

    /// What a message means in one language, whatever language it looks like.
    func understand(_ text: String, _ model: LanguageModel) -> Understanding {
        var scratch = InterpreterScratch()
        var understanding = understand(text, model, &scratch)
        if !understanding.isSure { understanding.section = section(for: text, language: model.code, &scratch) }
        return understanding
    }

    private func understand(
        _ text: String, _ model: LanguageModel, _ scratch: inout InterpreterScratch
    ) -> Understanding {
        let match = model.matcher.match(text, scratch: &scratch.match)
        let candidates = match.candidates.prefix(Self.candidateCount).map {
            Understanding.Candidate(intent: model.intents[$0.intent], confidence: Double($0.confidence))
        }
        let intent = candidates.first.map { bundle.intents[$0.intent] }
        if !model.anger.isEmpty { scratch.tokens.tokenize(text, limit: 200) }
        let slots = (intent?.slots ?? []).compactMap { model.entities.find($0, in: text) }
        return Understanding(
            language: model.code, languageLogOdds: 0, candidates: candidates,
            threshold: intent?.threshold ?? Double(match.threshold), section: nil, slots: slots,
            isAngry: !model.anger.isEmpty && model.isAngry(scratch.tokens))
    }

    /// The section that answers best.
    func section(
        for text: String, language: String, _ scratch: inout InterpreterScratch
    ) -> Understanding.SectionHit? {
        guard let model = model(language), let hit = model.search.search(text, limit: 1, scratch: &scratch.match).first
        else { return nil }
        return Understanding.SectionHit(section: model.sections[hit.index], confidence: Double(hit.confidence))
    }

    /// The folded words of a text.
    func words(_ text: String, _ scratch: inout InterpreterScratch) -> [String] {
        scratch.tokens.tokenize(text, limit: 200)
        return scratch.tokens.tokens.indices.map { scratch.tokens.word($0) }
    }

    /// The folded words of a text.
    func words(_ text: String) -> [String] {
        var scratch = InterpreterScratch()
        return words(text, &scratch)
    }
}
