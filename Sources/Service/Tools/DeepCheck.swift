import Content
import Dialogue
import Matching

/// Looks for what makes the matcher doubt: near duplicates across intents, phrases that stand alone in theirs, and
/// intents that have too few.
public struct DeepCheck: Sendable {
    /// How much was found of each kind.
    public struct Findings: Sendable, Equatable {
        /// Pairs of phrases of two intents that say nearly the same.
        public let nearDuplicates: Int
        /// Phrases that content which learned from the others takes for another intent.
        public let strangers: Int
        /// Intents and languages with fewer phrases than it takes.
        public let fewPhrases: Int
        /// Intents and languages that are found better the more phrases are learned from.
        public let climbing: Int
    }

    /// With fewer phrases a language, customers' words are missed: what the README asks editors for.
    static let fewestPhrases = 40
    /// What nine tenths of the phrases must find beyond what half of them does for more to be worth writing: five
    /// phrases in fifty, which the draw of the halves alone seldom makes.
    static let climb = 0.1

    /// Warnings, each with a hint, in no order.
    public let problems: [Diagnostic]
    /// How many there are of each kind.
    public let findings: Findings

    /// Learns from the content twenty times: seconds for a shop.
    init(_ bundle: ContentBundle) {
        let parts = ContentEvaluation.parts(bundle, nil)
        let run = ContentEvaluation.Run(parts).clean
        let phrases = parts.flatMap(\.phrases)
        let asked = Array(zip(phrases, run.predictions))
        // The same lines in the same order: parts differ in what they learn from alone.
        let halves = ContentEvaluation.Run(ContentEvaluation.parts(bundle, nil) { $0 / 2 }).clean.predictions
        let duplicates = bundle.settings.languages.flatMap { Self.nearDuplicates(bundle, language: $0) }
        let strangers = asked.filter { !$0.1.isRight }.map { phrase, prediction in
            Self.stranger(bundle, phrase, prediction, threshold: run.figures.threshold)
        }
        var (few, climbing): ([Diagnostic], [Diagnostic]) = ([], [])
        for (index, intent) in bundle.intents.enumerated() {
            for language in bundle.settings.languages {
                if let problem = Self.tooFew(intent, language) {
                    few.append(problem)
                    continue
                }
                let own = phrases.indices.filter { phrases[$0].intent == index && phrases[$0].language == language }
                let found = own.count { run.predictions[$0].isRight }
                let foundByHalf = own.count { halves[$0].isRight }
                if let problem = Self.climbing(intent, language, found, foundByHalf, of: own.count) {
                    climbing.append(problem)
                }
            }
        }
        problems = duplicates + strangers + few + climbing
        findings = Findings(
            nearDuplicates: duplicates.count, strangers: strangers.count, fewPhrases: few.count,
            climbing: climbing.count)
    }

    private static func nearDuplicates(_ bundle: ContentBundle, language: String) -> [Diagnostic] {
        let examples = bundle.intents.flatMap { intent in
            (intent.phrases[language] ?? []).enumerated().map { (intent: intent, place: $0, phrase: $1) }
        }
        let pairs = NearDuplicates.find(
            in: examples.map { (intent: $0.intent.id, phrase: $0.phrase) }, language: language,
            synonyms: bundle.synonyms[language] ?? [])
        return pairs.map { pair in
            let (first, second) = (examples[pair.first], examples[pair.second])
            let line = first.intent.phrasePlaces[language]?[first.place].line ?? 1
            return warning(
                .phraseNear, second.intent, language, second.place,
                [
                    "phrase": second.phrase, "other": first.phrase, "intent": first.intent.id,
                    "place": "\(first.intent.path):\(line)", "cosine": PageParts.decimals(Double(pair.cosine), 2),
                ], hint: .hintPhraseNear)
        }
    }

    private static func stranger(
        _ bundle: ContentBundle, _ phrase: ContentEvaluation.Phrase, _ prediction: Prediction, threshold: Float
    ) -> Diagnostic {
        let intent = bundle.intents[phrase.intent]
        let isAnswered = prediction.confidence >= threshold
        let key: SentenceKey =
            prediction.best.isEmpty ? .phraseLost : isAnswered ? .phraseStranger : .phraseUnfound
        return warning(
            key, intent, phrase.language, phrase.place,
            [
                "phrase": intent.phrases[phrase.language]?[phrase.place] ?? "", "intent": prediction.best,
                "confidence": PageParts.decimals(Double(prediction.confidence), 2),
            ], hint: key == .phraseStranger ? .hintPhraseStranger : .hintPhraseUnfound)
    }

    private static func tooFew(_ intent: Intent, _ language: String) -> Diagnostic? {
        let count = intent.phrases[language]?.count ?? 0
        guard count < fewestPhrases else { return nil }
        return warning(
            .phrasesFew, intent, language, 0,
            [
                "count": "\(count)", "needed": "\(fewestPhrases)", "missing": "\(fewestPhrases - count)",
                "language": Catalogue.name(of: language),
            ], hint: .hintPhrasesFew)
    }

    /// Tells where phrases are still worth writing: `found` of `count` phrases from nine tenths of the others,
    /// `foundByHalf` from half of all.
    static func climbing(
        _ intent: Intent, _ language: String, _ found: Int, _ foundByHalf: Int, of count: Int
    ) -> Diagnostic? {
        guard Double(found - foundByHalf) >= climb * Double(count) else { return nil }
        func percent(_ part: Int) -> String { "\(Int((Double(part * 100) / Double(count)).rounded()))" }
        return warning(
            .phrasesClimbing, intent, language, 0,
            ["half": percent(foundByHalf), "whole": percent(found), "language": Catalogue.name(of: language)],
            hint: .hintPhrasesClimbing)
    }

    private static func warning(
        _ key: SentenceKey, _ intent: Intent, _ language: String, _ place: Int, _ arguments: [String: String],
        hint: SentenceKey
    ) -> Diagnostic {
        let position = intent.phrasePlaces[language].flatMap { place < $0.count ? $0[place] : nil }
        return Diagnostic(
            path: intent.path, line: position?.line ?? 1, column: position?.column ?? 1, severity: .warning, key: key,
            arguments: arguments, hint: hint)
    }
}
