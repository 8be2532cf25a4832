import Language

extension IntentMatcher {
    /// Turns the scratch's message into weighted features.
    /// - Returns: whether it has a word.
    func read(_ scratch: inout MatchScratch) -> Bool {
        scratch.features.removeAll(keepingCapacity: true)
        scratch.values.removeAll(keepingCapacity: true)
        scratch.unknownGroups.removeAll(keepingCapacity: true)
        guard !scratch.text.tokens.isEmpty else { return false }
        if scratch.counts.count < vocabulary.featureCount {
            scratch.counts = [UInt16](repeating: 0, count: vocabulary.featureCount)
        }
        vocabulary.lexicon.read(&scratch)
        countStems(&scratch)
        let split = scratch.features.count
        countGroups(&scratch)
        weigh(&scratch, split: split)
        return true
    }

    private func countStems(_ scratch: inout MatchScratch) {
        for stem in scratch.stems where stem >= 0 { scratch.count(stem) }
        var previous = StemPair.start
        for position in 0...scratch.stems.count {
            let stem = position < scratch.stems.count ? scratch.stems[position] : StemPair.end
            if previous >= 0, stem >= 0 {
                let pair = vocabulary.pairs.index(of: StemPair.key(previous, stem))
                if pair >= 0 { scratch.count(vocabulary.stemCount + pair) }
            }
            previous = stem
        }
    }

    private func countGroups(_ scratch: inout MatchScratch) {
        vocabulary.lexicon.spellOut(&scratch)
        let count = gatherGroups(&scratch)
        scratch.features.reserveCapacity(scratch.features.count + count)
        Self.count(
            scratch.groups[..<count], vocabulary.groups, from: vocabulary.firstGroup, &scratch.slots, &scratch.counts,
            &scratch.features, &scratch.unknownGroups)
        if scratch.unknownGroups.count > 1 {
            scratch.unknownGroups.sort()
            var kept = 1
            for index in 1..<scratch.unknownGroups.count
            where scratch.unknownGroups[index] != scratch.unknownGroups[kept - 1] {
                scratch.unknownGroups[kept] = scratch.unknownGroups[index]
                kept += 1
            }
            scratch.unknownGroups.removeLast(scratch.unknownGroups.count - kept)
        }
    }

    /// Writes the letters' groups to the scratch's.
    /// - Returns: how many there are.
    private func gatherGroups(_ scratch: inout MatchScratch) -> Int {
        let missing = scratch.units.count * 3 - scratch.groups.count
        if missing > 0 {
            scratch.groups.append(contentsOf: repeatElement(0, count: missing))
            scratch.slots.append(contentsOf: repeatElement(0, count: missing))
        }
        var count = 0
        scratch.units.withUnsafeBufferPointer { units in
            scratch.groups.withUnsafeMutableBufferPointer { groups in
                LetterGroups.forEach(in: units) { key in
                    groups[count] = key
                    count += 1
                }
            }
        }
        return count
    }

    private static func count(
        _ groups: ArraySlice<UInt64>, _ table: KeyTable, from first: Int, _ slots: inout [UInt64],
        _ counts: inout [UInt16], _ features: inout [UInt32], _ unknown: inout [UInt64]
    ) {
        table.withView { table in
            groups.withUnsafeBufferPointer { groups in
                slots.withUnsafeMutableBufferPointer { slots in
                    for index in groups.indices { slots[index] = table.slot(of: groups[index]) }
                    counts.withUnsafeMutableBufferPointer { counts in
                        for index in groups.indices {
                            let number = table.index(of: groups[index], slot: slots[index])
                            if number < 0 {
                                unknown.append(groups[index])
                            } else {
                                let feature = first + number
                                if counts[feature] == 0 { features.append(UInt32(truncatingIfNeeded: feature)) }
                                counts[feature] &+= 1
                            }
                        }
                    }
                }
            }
        }
    }

    /// Turns counts into values and leaves the counts zero.
    private func weigh(_ scratch: inout MatchScratch, split: Int) {
        Self.weigh(scratch.features, weights.weights, &scratch.counts, &scratch.values)
        scratch.values.withUnsafeMutableBufferPointer { FeatureScaling.normalise($0, split: split) }
    }

    private static func weigh(
        _ features: [UInt32], _ weights: [Float], _ counts: inout [UInt16], _ values: inout [Float]
    ) {
        values.append(contentsOf: repeatElement(0, count: features.count))
        values.withUnsafeMutableBufferPointer { values in
            counts.withUnsafeMutableBufferPointer { counts in
                weights.withUnsafeBufferPointer { weights in
                    for index in features.indices {
                        let feature = Int(features[index])
                        values[index] = Logarithm.damped(counts[feature]) * weights[feature]
                        counts[feature] = 0
                    }
                }
            }
        }
    }
}

extension MatchScratch {
    @inline(__always)
    fileprivate mutating func count(_ feature: Int) {
        if counts[feature] == 0 { features.append(UInt32(truncatingIfNeeded: feature)) }
        counts[feature] &+= 1
    }
}

/// What a message's evidence is the same for every intent.
struct MessageEvidence {
    private let information: Double
    private let knownGroups: Double
    private let length: Double

    /// - Parameter features: as ``IntentMatcher/read(_:)`` left them, like the counts of unknown ones.
    init(_ matcher: IntentMatcher, features: [UInt32], unknownStems: Int, unknownGroups: Int) {
        var information = Double(matcher.weights.unknownInformation) * Double(unknownStems)
        var stems = unknownStems
        var known = 0
        for feature in features {
            if feature < matcher.vocabulary.stemCount {
                information += Double(matcher.weights.stemInformation[Int(feature)])
                stems += 1
            } else if feature >= matcher.vocabulary.firstGroup {
                known += 1
            }
        }
        self.information = information
        let groups = known + unknownGroups
        knownGroups = groups > 0 ? Double(known) / Double(groups) : 0
        length = Logarithm.natural(Double(1 + stems))
    }

    func evidence(for intent: Int, score: Float, _ matcher: IntentMatcher, features: [UInt32]) -> Evidence {
        var covered = 0.0
        for feature in features {
            guard feature < matcher.vocabulary.stemCount else { break }
            if matcher.stemSets.contains(stem: Int(feature), in: intent) {
                covered += Double(matcher.weights.stemInformation[Int(feature)])
            }
        }
        return Evidence(
            values: SIMD4(Double(score), information > 0 ? covered / information : 0, knownGroups, length))
    }
}
