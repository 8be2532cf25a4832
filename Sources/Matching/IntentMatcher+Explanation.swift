import Language

extension IntentMatcher {
    /// Matches `text` and accounts for the result. Ranks and repairs are those of ``match(_:scratch:)``; scores differ
    /// from its by rounding, less than 0.0001.
    public func explain(_ text: String, language: Int = 0, scratch: inout MatchScratch) -> IntentExplanation {
        let match = match(text, language: language, scratch: &scratch)
        guard let best = match.best else {
            return IntentExplanation(
                candidates: [], confidence: 0, confidenceTerms: [], threshold: threshold, repairs: [],
                unknownWords: [])
        }
        let reading = ExplainedReading(self, scratch)
        let message = MessageEvidence(self, scratch)
        let evidence = message.evidence(
            for: best.intent, score: best.score, self, scratch)
        let shares = confidenceModel.shares(evidence)
        let terms =
            [ExplainedShare(.base, "base", confidenceModel.intercept)]
            + Evidence.names.indices.map { ExplainedShare(.evidence, Evidence.names[$0], shares[$0]) }
        return IntentExplanation(
            candidates: match.candidates.map { ExplainedIntent(intent: $0.intent, terms: reading.terms($0.intent)) },
            confidence: Float(ConfidenceModel.sigmoid(terms.reduce(0) { $0 + $1.share })), confidenceTerms: terms,
            threshold: threshold, repairs: match.repairs,
            unknownWords: scratch.stems.indices.filter { !vocabulary.isOfPhrases(stem: scratch.stems[$0]) }
                .map { scratch.text.word($0) })
    }
}

/// Where each feature of a message came from: which word, which pair, and how much of it.
private struct ExplainedReading {
    private let matcher: IntentMatcher
    private var words: [String] = []
    private var pairs: [String] = []
    /// What each feature is worth in the whole message, and how often it occurs there.
    private var values: [Int: Double] = [:]
    private var occurrences: [Int: Double] = [:]
    private var wordParts: [Part] = []
    private var pairParts: [Part] = []

    /// A piece of a feature's value that belongs to one place in `words` or in `pairs`.
    private struct Part {
        let feature: Int
        let place: Int
        var value: Double
    }

    /// - Parameter scratch: as matching left it.
    init(_ matcher: IntentMatcher, _ scratch: MatchScratch) {
        self.matcher = matcher
        let vocabulary = matcher.vocabulary
        let texts = scratch.words.indices.map { position in
            let word = scratch.words[position]
            return word < 0
                ? scratch.text.word(position) : String(decoding: vocabulary.lexicon.words.word(word), as: UTF8.self)
        }
        words = texts
        for (feature, value) in zip(scratch.features, scratch.values) { values[Int(feature)] = Double(value) }
        for (position, stem) in scratch.stems.enumerated() where vocabulary.isOfPhrases(stem: stem) {
            add(stem, to: [position], of: \.wordParts)
        }
        let bounded = [StemPair.start] + scratch.stems + [StemPair.end]
        let names = ["^"] + texts + ["$"]
        for index in 0..<(bounded.count - 1) where bounded[index] >= 0 && bounded[index + 1] >= 0 {
            let pair = vocabulary.pairs.index(of: StemPair.key(bounded[index], bounded[index + 1]))
            guard pair >= 0 else { continue }
            let feature = vocabulary.stemCount + pair
            add(feature, to: [pairs.count], of: \.pairParts)
            pairs.append(names[index] + " " + names[index + 1])
        }
        addGroups(scratch)
        for index in wordParts.indices { wordParts[index].value /= occurrences[wordParts[index].feature] ?? 1 }
        for index in pairParts.indices { pairParts[index].value /= occurrences[pairParts[index].feature] ?? 1 }
    }

    /// Spreads one occurrence of a feature evenly over `places`.
    private mutating func add(
        _ feature: Int, to places: [Int], of parts: WritableKeyPath<ExplainedReading, [Part]>
    ) {
        occurrences[feature, default: 0] += 1
        let value = (values[feature] ?? 0) / Double(places.count)
        for place in places { self[keyPath: parts].append(Part(feature: feature, place: place, value: value)) }
    }

    /// Spreads each letter group evenly over its letters' words.
    private mutating func addGroups(_ scratch: MatchScratch) {
        let vocabulary = matcher.vocabulary
        var word = -1
        let wordOfUnit = scratch.units.map { unit in
            if unit == 0x20 { word += 1 }
            return unit == 0x20 ? -1 : word
        }
        for start in scratch.units.indices {
            for length in 2...4 where start + length <= scratch.units.count {
                scratch.units[start..<(start + length)].withUnsafeBufferPointer { units in
                    var hash = StableHash.basis
                    for unit in units { hash = StableHash.adding(unit, to: hash) }
                    let group = vocabulary.groups.index(of: StableHash.finished(hash))
                    guard group >= 0 else { return }
                    let letters = wordOfUnit[start..<(start + length)].filter { $0 >= 0 }
                    add(vocabulary.firstGroup + group, to: letters, of: \.wordParts)
                }
            }
        }
    }

    /// The shares of one intent's score.
    func terms(_ intent: Int) -> [ExplainedShare] {
        let model = matcher.model
        func weight(_ feature: Int) -> Double { Double(model.weights[feature * model.stride + intent]) }
        var wordShares = [Double](repeating: 0, count: words.count)
        for part in wordParts { wordShares[part.place] += part.value * weight(part.feature) }
        var pairShares = [Double](repeating: 0, count: pairs.count)
        for part in pairParts { pairShares[part.place] += part.value * weight(part.feature) }
        return [ExplainedShare(.base, "base", Double(model.bias[intent]))]
            + zip(words, wordShares).map { ExplainedShare(.word, $0, $1) }
            + zip(pairs, pairShares).map { ExplainedShare(.pair, $0, $1) }
    }
}
