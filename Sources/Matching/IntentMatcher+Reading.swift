import Language

extension IntentMatcher {
    /// Turns the scratch's message, whose words are read, into weighted features.
    /// - Returns: whether it has a word.
    func readFeatures(_ scratch: inout MatchScratch) -> Bool {
        scratch.features.removeAll(keepingCapacity: true)
        scratch.values.removeAll(keepingCapacity: true)
        (scratch.firstPair, scratch.firstGroup, scratch.unknownGroupCount) = (0, 0, 0)
        guard !scratch.text.tokens.isEmpty else { return false }
        vocabulary.lexicon.spellOut(&scratch)
        if scratch.counts.count < vocabulary.featureCount {
            scratch.counts = [UInt16](repeating: 0, count: vocabulary.featureCount)
        }
        noteRuleStems(&scratch)
        // A text has no more stems than words, one pair more, and three letter groups a letter.
        let groups = 3 * scratch.units.count
        let missing = groups - scratch.unknownGroups.count
        if missing > 0 { scratch.unknownGroups.append(contentsOf: repeatElement(0, count: missing)) }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * scratch.stems.count + 1 + groups) { features in
            scratch.unknownGroups.withUnsafeMutableBufferPointer { unknown in
                scratch.counts.withUnsafeMutableBufferPointer { counts in
                    guard let features = features.baseAddress, let unknown = unknown.baseAddress,
                        let counts = counts.baseAddress
                    else { return }
                    var tally = FeatureTally(counts: counts, features: features, unknown: unknown)
                    for stem in scratch.stems where vocabulary.isOfPhrases(stem: stem) { tally.add(stem) }
                    scratch.firstPair = tally.featureCount
                    countPairs(scratch.stems, &tally)
                    scratch.firstGroup = tally.featureCount
                    countGroups(scratch.units, scratch.words, &tally)
                    scratch.features.append(contentsOf: tally.distinct)
                    scratch.unknownGroupCount = DistinctKeys.count(tally.unknownKeys)
                    weigh(tally.distinct, split: scratch.firstGroup, counts, &scratch.values)
                }
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

    private func countPairs(_ stems: [Int], _ tally: inout FeatureTally) {
        vocabulary.pairs.withView { pairs in
            var previous = StemPair.start
            for position in 0...stems.count {
                let stem = position < stems.count ? stems[position] : StemPair.end
                if previous >= 0, stem >= 0 {
                    let pair = pairs.index(of: StemPair.key(previous, stem))
                    if pair >= 0 { tally.add(vocabulary.stemCount + pair) }
                }
                previous = stem
            }
        }
    }

    /// - Parameter words: the known word that each of the text's words is read as, or -1.
    private func countGroups(_ units: [UInt32], _ words: [Int], _ tally: inout FeatureTally) {
        units.withUnsafeBufferPointer { units in
            vocabulary.groups.withView { groups in
                vocabulary.wordGroups.withView { known in
                    // Kept in registers, which what is lent by another's address cannot be.
                    var local = tally
                    defer { tally = local }
                    let reader = GroupReader(units: units, groups: groups, first: vocabulary.firstGroup)
                    guard units.count < Recipe.letterLimit else {
                        return reader.count(starts: 0..<units.count, &local)
                    }
                    var space = 0
                    for word in words {
                        let start = space
                        repeat { space += 1 } while units[space] != 0x20
                        // An unknown word with a known one's key has other letters, maybe more or fewer.
                        if word >= 0, known[word].count == 3 * (space - start - 1) {
                            reader.count(known[word], before: space, &local)
                        } else {
                            reader.count(starts: start..<space, &local)
                        }
                    }
                }
            }
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
            values: SIMD4(Double(score), information > 0 ? covered / information : 0, knownGroups, length))
    }
}
