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

    /// The likeliest intent of `text` with the shares that ``explain(_:language:scratch:)`` gives it; nil where there is
    /// none.
    public func explainBest(_ text: String, language: Int = 0, scratch: inout MatchScratch) -> ExplainedIntent? {
        scratch.read(text)
        guard let best = candidates(&scratch, language: language).first else { return nil }
        return ExplainedIntent(intent: best.intent, terms: ExplainedReading(self, scratch).terms(best.intent))
    }
}

/// Where each feature of a message came from: which word, which pair, and how much of it.
private struct ExplainedReading {
    private let matcher: IntentMatcher
    private var words: [String] = []
    private var pairs: [String] = []
    /// The message's features, rising.
    private let features: [Int]
    /// What each of them is worth in the whole message, and how often it occurs there.
    private let values: [Double]
    private var occurrences: [Double]
    private var wordParts: [Part] = []
    private var pairParts: [Part] = []

    /// A piece of a feature's value that belongs to one place in `words` or in `pairs`.
    private struct Part {
        let feature: Int
        /// Where the feature stands in `features`.
        let rank: Int
        let place: Int
        var value: Double
    }

    /// - Parameter scratch: as matching left it.
    init(_ matcher: IntentMatcher, _ scratch: MatchScratch) {
        self.matcher = matcher
        let vocabulary = matcher.vocabulary
        let valued = zip(scratch.features, scratch.values).sorted { $0.0 < $1.0 }
        features = valued.map { Int($0.0) }
        values = valued.map { Double($0.1) }
        occurrences = [Double](repeating: 0, count: valued.count)
        words = scratch.words.indices.map { position in
            let word = scratch.words[position]
            return word < 0
                ? scratch.text.word(position) : String(decoding: vocabulary.lexicon.words.word(word), as: UTF8.self)
        }
        for (position, stem) in scratch.stems.enumerated() where vocabulary.isOfPhrases(stem: stem) {
            if let part = part(of: stem, at: position) { wordParts.append(part) }
        }
        let bounded = [StemPair.start] + scratch.stems + [StemPair.end]
        let names = ["^"] + words + ["$"]
        for index in 0..<(bounded.count - 1) where bounded[index] >= 0 && bounded[index + 1] >= 0 {
            let pair = vocabulary.pairs.index(of: StemPair.key(bounded[index], bounded[index + 1]))
            guard pair >= 0 else { continue }
            if let part = part(of: vocabulary.stemCount + pair, at: pairs.count) { pairParts.append(part) }
            pairs.append(names[index] + " " + names[index + 1])
        }
        addGroups(scratch)
        for index in wordParts.indices { wordParts[index].value /= occurrences[wordParts[index].rank] }
        for index in pairParts.indices { pairParts[index].value /= occurrences[pairParts[index].rank] }
    }

    /// One more occurrence of a feature; nil where it is none of the message's.
    private mutating func part(of feature: Int, at place: Int) -> Part? {
        var (low, high) = (0, features.count)
        while low < high {
            let middle = (low + high) / 2
            if features[middle] < feature { low = middle + 1 } else { high = middle }
        }
        guard low < features.count, features[low] == feature else { return nil }
        occurrences[low] += 1
        return Part(feature: feature, rank: low, place: place, value: values[low])
    }

    /// Spreads each letter group evenly over its letters' words.
    private mutating func addGroups(_ scratch: MatchScratch) {
        let vocabulary = matcher.vocabulary
        let units = scratch.units
        var word = -1
        let wordOfUnit = units.map { unit in
            if unit == 0x20 { word += 1 }
            return unit == 0x20 ? -1 : word
        }
        for start in units.indices {
            var hash = StableHash.adding(units[start], to: StableHash.basis)
            for last in (start + 1)..<max(start + 1, min(start + 4, units.count)) {
                hash = StableHash.adding(units[last], to: hash)
                let group = vocabulary.groups.index(of: StableHash.finished(hash))
                guard group >= 0, var part = part(of: vocabulary.firstGroup + group, at: 0) else { continue }
                let letters = wordOfUnit[start...last].count { $0 >= 0 }
                part.value /= Double(letters)
                for word in wordOfUnit[start...last] where word >= 0 {
                    wordParts.append(Part(feature: part.feature, rank: part.rank, place: word, value: part.value))
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
