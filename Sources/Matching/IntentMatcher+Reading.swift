import Language

extension IntentMatcher {
    /// Turns the scratch's message, whose words are read, into weighted features.
    /// - Returns: whether it has a word.
    func readFeatures(_ scratch: inout MatchScratch) -> Bool {
        scratch.values.removeAll(keepingCapacity: true)
        guard !scratch.text.tokens.isEmpty else {
            scratch.features.removeAll(keepingCapacity: true)
            return false
        }
        vocabulary.lexicon.spellOut(&scratch)
        noteRuleStems(&scratch)
        vocabulary.count(&scratch)
        scratch.counts.withUnsafeMutableBufferPointer { counts in
            scratch.features.withUnsafeBufferPointer { features in
                guard let counts = counts.baseAddress else { return }
                weigh(features, split: scratch.firstGroup, counts, &scratch.values)
            }
        }
        return true
    }

    /// Stems that rules have and phrases have not say as little of an intent as those that nobody has.
    private func noteRuleStems(_ scratch: inout MatchScratch) {
        guard vocabulary.lexicon.stemCount > vocabulary.stemCount else { return }
        for stem in scratch.stems where stem >= vocabulary.stemCount {
            let key = UInt64(stem)
            if !scratch.unknownStems.contains(key) { scratch.unknownStems.append(key) }
        }
    }

    /// Turns counts into values and leaves the counts zero.
    private func weigh(
        _ features: UnsafeBufferPointer<UInt32>, split: Int, _ counts: UnsafeMutablePointer<UInt16>,
        _ values: inout [Float]
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: features.count) { room in
            weights.weights.withUnsafeBufferPointer { weights in
                Logarithm.withDamped { damped in
                    for index in features.indices {
                        let feature = Int(features[index])
                        room[index] = damped[Int(counts[feature])] * weights[feature]
                        counts[feature] = 0
                    }
                }
            }
            FeatureScaling.normalise(room, split: split)
            values.append(contentsOf: room)
        }
    }
}

/// What a message's evidence is the same for every intent.
struct MessageEvidence {
    private let information: Double
    private let knownGroups: Double
    private let length: Double
    private let foreign: Double

    /// - Parameter scratch: as ``IntentMatcher/read(_:)`` left it.
    init(_ matcher: borrowing IntentMatcher, _ scratch: borrowing MatchScratch) {
        var stems = scratch.unknownStems.count
        var information = Double(matcher.weights.unknownInformation) * Double(stems)
        for feature in scratch.features[..<scratch.firstPair] {
            information += Double(matcher.weights.stemInformation[Int(feature)])
        }
        stems += scratch.firstPair
        self.information = information
        let known = scratch.features.count - scratch.firstGroup
        let groups = known + scratch.unknownGroupCount
        knownGroups = groups > 0 ? Double(known) / Double(groups) : 0
        length = Logarithm.natural(Double(1 + stems))
        var foreign = 0
        for position in scratch.stems.indices
        where !matcher.vocabulary.isOfPhrases(stem: scratch.stems[position]) {
            let token = scratch.text.tokens[position]
            if TellingWord.looksLike(scratch.text.bytes[token.range]), !matcher.vocabulary.lexicon.isKept(token.key) {
                foreign += 1
            }
        }
        self.foreign = Logarithm.natural(Double(1 + foreign))
    }

    func evidence(
        for intent: Int, score: Float, _ matcher: borrowing IntentMatcher, _ scratch: borrowing MatchScratch
    ) -> Evidence {
        var covered = 0.0
        for feature in scratch.features[..<scratch.firstPair]
        where matcher.stemSets.contains(stem: Int(feature), in: intent) {
            covered += Double(matcher.weights.stemInformation[Int(feature)])
        }
        return Evidence(
            Evidence.score(score), information > 0 ? covered / information : 0, knownGroups, length, foreign)
    }
}
