import Language

/// Finds the intent that a message was meant for, from nothing but example phrases.
///
/// Stems, pairs of stems and letter groups weighted by tf-idf; a linear support vector machine for each intent;
/// a confidence fitted on intents that were hidden from training; query words spelt right first. Immutable, and the
/// same for the same phrases, bit for bit.
public struct IntentMatcher: Sendable {
    /// Intents in the order in which their first phrase came.
    public let intents: [String]
    /// Least confidence to answer with.
    public let threshold: Float
    /// How many phrases were learned from.
    public let phraseCount: Int

    /// Editors' patterns of each language, which decide before phrases are compared.
    public let rules: [RuleSet]

    /// Of each language.
    let synonyms: [SynonymReader]
    let vocabulary: Vocabulary
    let weights: FeatureWeights
    let model: LinearModel
    let stemSets: StemSets
    let confidenceModel: ConfidenceModel
    private let confusions: IntentConfusions

    /// A phrase that means an intent.
    public struct Example: Sendable {
        /// The intent.
        public let intent: String
        /// The phrase's language, as an index into the matcher's.
        public let language: Int
        /// What a customer writes.
        public let phrase: String

        /// An example.
        public init(intent: String, language: Int = 0, phrase: String) {
            (self.intent, self.language, self.phrase) = (intent, language, phrase)
        }
    }

    /// Learns from example phrases of one language or several. What one language's phrases teach helps the others:
    /// brands and kindred words stand in both, and customers mix languages in one sentence.
    /// - Parameters:
    ///   - examples: in any order, any number, none included.
    ///   - languages: codes that choose the stemmers; nil for none.
    ///   - unrepaired: words never taken for misspelt, such as product names.
    ///   - synonyms: of each language, groups of words and phrases that mean the same, which are read as the first.
    ///   - rules: editors' patterns of each language, in the order in which they are written.
    ///   - slots: names of the slots that these may name; mentions have their numbers.
    ///   - threshold: what decides from which confidence to answer.
    /// - Complexity: about 85 ms of two cores for 2,500 phrases of 25 intents.
    public init(
        examples: [Example], languages: [String?], unrepaired: [String] = [], synonyms: [[[String]]] = [],
        rules: [[RulePattern]] = [], slots: [String] = [], threshold: AnswerThreshold = .automatic
    ) {
        let synonyms = (languages.isEmpty ? [nil] : languages).enumerated().map { index, language in
            Synonyms(index < synonyms.count ? synonyms[index] : [], language: language)
        }
        let rules = synonyms.indices.map { $0 < rules.count ? rules[$0] : [] }
        var indices: [String: Int] = [:]
        var intents: [String] = []
        var phrases = examples.map(\.phrase)
        for (language, synonyms) in synonyms.enumerated() where !synonyms.isEmpty {
            let own = examples.indices.filter { examples[$0].language == language }
            for (index, phrase) in zip(own, synonyms.writingOut(own.map { phrases[$0] })) { phrases[index] = phrase }
        }
        let labelled = zip(examples, phrases).map { example, phrase in
            let label = indices[example.intent] ?? intents.count
            if label == intents.count {
                indices[example.intent] = label
                intents.append(example.intent)
            }
            return TrainingSet.Example(label: label, language: example.language, phrase: phrase)
        }
        let training = TrainingSet(
            labelled, languages: languages.isEmpty ? [nil] : languages,
            ruleWords: zip(rules, synonyms).map { $0.flatMap(\.words) + $1.words }, unrepaired: unrepaired)
        let trained = Calibration.train(training, classes: intents.count, threshold: threshold)
        self.intents = intents
        self.threshold = trained.threshold
        phraseCount = examples.count
        vocabulary = training.vocabulary
        weights = trained.fit.weights
        model = trained.fit.model
        stemSets = trained.fit.stemSets
        confidenceModel = trained.confidence
        confusions = trained.confusions
        let lexicon = vocabulary.lexicon
        self.synonyms = synonyms.map { SynonymReader($0, lexicon) }
        self.rules = zip(rules, synonyms).map { rules, synonyms in
            RuleSet(rules.map { synonyms.writingOut($0) }, slots: slots, lexicon)
        }
    }

    /// Learns from example phrases of one language.
    public init(
        examples: [(intent: String, phrase: String)], language: String?, unrepaired: [String] = [],
        synonyms: [[String]] = [], rules: [RulePattern] = [], slots: [String] = [],
        threshold: AnswerThreshold = .automatic
    ) {
        self.init(
            examples: examples.map { Example(intent: $0.intent, phrase: $0.phrase) }, languages: [language],
            unrepaired: unrepaired, synonyms: [synonyms], rules: [rules], slots: slots, threshold: threshold)
    }

    /// The intents that `text` most likely means.
    /// - Parameter language: the text's, as an index into the matcher's.
    public func match(_ text: String, language: Int = 0, scratch: inout MatchScratch) -> IntentMatch {
        scratch.read(text)
        return match(&scratch, language: language)
    }

    /// The intents that the message in `scratch` most likely means.
    public func match(_ scratch: inout MatchScratch, language: Int = 0) -> IntentMatch {
        let candidates = candidates(&scratch, language: language)
        return IntentMatch(
            candidates: candidates, repairs: candidates.isEmpty ? [] : vocabulary.lexicon.changes(scratch),
            threshold: threshold)
    }

    /// The best intents for the message in `scratch`, best first; none where it has no word or the bot no phrase.
    /// - Complexity: O(letters × intents); a few microseconds for a short message.
    public func candidates(_ scratch: inout MatchScratch, language: Int = 0) -> [IntentCandidate] {
        readWords(&scratch, language: language)
        return candidatesOfRead(&scratch)
    }

    /// The words of the message in `scratch`, whose words were read, with the misspelt ones put right.
    public func respelled(_ scratch: MatchScratch) -> String { vocabulary.lexicon.respelled(scratch) }

    /// Finds the known word and the stem of each word of the message in `scratch`, for rules and for candidates. Its text
    /// is what was read, where words had to be split, joined or written out, or have synonyms.
    /// - Parameter language: the message's, which tells how a word that is not known is stemmed.
    public func readWords(_ scratch: inout MatchScratch, language: Int = 0) {
        vocabulary.lexicon.read(&scratch, language: language)
        if !scratch.unknownStems.isEmpty,
            vocabulary.respelling.respell(&scratch, vocabulary.lexicon)
        {
            vocabulary.lexicon.read(&scratch, language: language)
        }
        synonyms[language].read(&scratch)
        // Customers mix languages: what no phrase has may be another's synonym.
        let least = vocabulary.stemCount
        guard synonyms.count > 1, scratch.synonyms.isEmpty, scratch.stems.contains(where: { $0 >= least }) else {
            return
        }
        for other in synonyms.indices where other != language && scratch.synonyms.isEmpty {
            synonyms[other].read(&scratch, from: least)
        }
    }

    /// The best intents for the message in `scratch`, whose words this matcher was the last to read.
    public func candidatesOfRead(_ scratch: inout MatchScratch) -> [IntentCandidate] {
        findCandidates(&scratch)
        return scratch.candidates
    }

    /// Puts these into ``MatchScratch/candidates``.
    public func findCandidates(_ scratch: inout MatchScratch) {
        scratch.candidates.removeAll(keepingCapacity: true)
        guard !intents.isEmpty, readFeatures(&scratch) else { return }
        scratch.features.withUnsafeBufferPointer { features in
            scratch.values.withUnsafeBufferPointer { model.score(features, $0, into: &scratch.scores) }
        }
        let message = MessageEvidence(self, scratch)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Recipe.candidates) { ranking in
            let count = scratch.scores.withUnsafeBufferPointer { rank($0, into: ranking) }
            for intent in ranking[..<count] {
                let score = scratch.scores[intent]
                let evidence = message.evidence(for: intent, score: score, self, scratch)
                scratch.candidates.append(
                    IntentCandidate(
                        intent: intent, score: score, confidence: Float(confidenceModel.confidence(evidence))))
            }
        }
    }

    /// Whether held-back phrases of one of two intents were taken for the other more than by accident; true of all
    /// where there are too few phrases to tell.
    public func areConfused(_ first: Int, _ second: Int) -> Bool {
        confidenceModel == .uncalibrated || confusions.contains(first, second)
    }

    /// Indices of the highest scores, highest first; of equal ones the first.
    /// - Returns: how many there are.
    private func rank(_ scores: UnsafeBufferPointer<Float>, into best: UnsafeMutableBufferPointer<Int>) -> Int {
        var count = 0
        for intent in intents.indices {
            if count == best.count {
                if scores[intent] <= scores[best[count - 1]] { continue }
                count -= 1
            }
            var position = count
            while position > 0, scores[best[position - 1]] < scores[intent] {
                best[position] = best[position - 1]
                position -= 1
            }
            best[position] = intent
            count += 1
        }
        return count
    }
}

/// Which intents' phrases contain a stem, one bit for each.
struct StemSets: Sendable {
    private let stride: Int
    private var bits: [UInt64]

    init(stems: Int, classes: Int) {
        stride = (classes + 63) / 64
        bits = [UInt64](repeating: 0, count: stems * stride)
    }

    mutating func insert(stem: Int, into label: Int) { bits[stem * stride + label >> 6] |= 1 << UInt64(label & 63) }

    @inline(__always)
    func contains(stem: Int, in label: Int) -> Bool {
        bits[stem &* stride &+ label &>> 6] &>> UInt64(label & 63) & 1 != 0
    }
}
