import Language

extension IntentMatcher {
    /// Reads a message into weighted features.
    /// - Returns: whether it has a word.
    func read(_ text: UnsafeBufferPointer<UInt8>, into scratch: inout MatchScratch) -> Bool {
        scratch.text.tokenize(text, limit: Recipe.wordLimit)
        scratch.features.removeAll(keepingCapacity: true)
        scratch.values.removeAll(keepingCapacity: true)
        scratch.unknownStems.removeAll(keepingCapacity: true)
        scratch.unknownGroups.removeAll(keepingCapacity: true)
        scratch.repaired.removeAll(keepingCapacity: true)
        guard !scratch.text.tokens.isEmpty else { return false }
        if scratch.counts.count < vocabulary.featureCount {
            scratch.counts = [UInt16](repeating: 0, count: vocabulary.featureCount)
        }
        readWords(&scratch)
        countStems(&scratch)
        let split = scratch.features.count
        countGroups(&scratch)
        weigh(&scratch, split: split)
        return true
    }

    /// Looks each token up, repairs it where it is unknown, and finds its stem.
    private func readWords(_ scratch: inout MatchScratch) {
        scratch.words.removeAll(keepingCapacity: true)
        scratch.stems.removeAll(keepingCapacity: true)
        for (position, token) in scratch.text.tokens.enumerated() {
            let bytes = scratch.text.bytes[token.range]
            let key = StableHash.of(bytes)
            var word = vocabulary.words.table.index(of: key)
            if word < 0 {
                scratch.word.removeAll(keepingCapacity: true)
                scratch.word.append(contentsOf: bytes)
                vocabulary.stemmer?.stem(&scratch.word)
                let stemKey = StableHash.of(scratch.word)
                let stem = vocabulary.stems.index(of: stemKey)
                if stem >= 0 {
                    scratch.words.append(-1)
                    scratch.stems.append(stem)
                    continue
                }
                word = vocabulary.repair.candidate(
                    for: bytes, key: key, words: vocabulary.words, scratch: &scratch.repair)
                if word < 0 {
                    scratch.words.append(-1)
                    scratch.stems.append(-1)
                    if !scratch.unknownStems.contains(stemKey) { scratch.unknownStems.append(stemKey) }
                    continue
                }
                scratch.repaired.append(position)
            }
            scratch.words.append(word)
            scratch.stems.append(Int(vocabulary.stemOfWord[word]))
        }
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
        if scratch.repaired.isEmpty {
            Letters.decode(scratch.text.bytes[...], into: &scratch.units)
        } else {
            scratch.spellOut(vocabulary.words)
            Letters.decode(scratch.repairedBytes[...], into: &scratch.units)
        }
        Self.count(
            scratch.units, vocabulary.groups, from: vocabulary.firstGroup, &scratch.counts, &scratch.features,
            &scratch.unknownGroups)
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

    private static func count(
        _ units: [UInt32], _ groups: KeyTable, from first: Int, _ counts: inout [UInt16],
        _ features: inout [UInt32], _ unknown: inout [UInt64]
    ) {
        units.withUnsafeBufferPointer { units in
            counts.withUnsafeMutableBufferPointer { counts in
                LetterGroups.forEach(in: units) { key in
                    let group = groups.index(of: key)
                    if group < 0 {
                        unknown.append(key)
                    } else {
                        let feature = first + group
                        if counts[feature] == 0 { features.append(UInt32(truncatingIfNeeded: feature)) }
                        counts[feature] &+= 1
                    }
                }
            }
        }
    }

    /// Turns counts into values and leaves the counts zero.
    private func weigh(_ scratch: inout MatchScratch, split: Int) {
        for feature in scratch.features {
            let count = scratch.counts[Int(feature)]
            scratch.values.append(Logarithm.damped(count) * weights.weights[Int(feature)])
            scratch.counts[Int(feature)] = 0
        }
        scratch.values.withUnsafeMutableBufferPointer { FeatureScaling.normalise($0, split: split) }
    }
}

extension MatchScratch {
    @inline(__always)
    fileprivate mutating func count(_ feature: Int) {
        if counts[feature] == 0 { features.append(UInt32(truncatingIfNeeded: feature)) }
        counts[feature] &+= 1
    }

    /// Writes the text with its repaired words.
    fileprivate mutating func spellOut(_ known: WordList) {
        repairedBytes.removeAll(keepingCapacity: true)
        repairedBytes.append(0x20)
        var next = 0
        for (position, token) in text.tokens.enumerated() {
            if next < repaired.count, repaired[next] == position {
                repairedBytes.append(contentsOf: known.word(words[position]))
                next += 1
            } else {
                repairedBytes.append(contentsOf: text.bytes[token.range])
            }
            repairedBytes.append(0x20)
        }
    }
}

/// What a message's evidence is the same for every intent.
struct MessageEvidence {
    private let information: Double
    private let knownGroups: Double
    private let length: Double

    /// - Parameter scratch: as ``IntentMatcher/read(_:into:)`` left it.
    init(_ matcher: IntentMatcher, _ scratch: MatchScratch) {
        var information = Double(matcher.weights.unknownInformation) * Double(scratch.unknownStems.count)
        var stems = scratch.unknownStems.count
        var known = 0
        for feature in scratch.features {
            if feature < matcher.vocabulary.stemCount {
                information += Double(matcher.weights.stemInformation[Int(feature)])
                stems += 1
            } else if feature >= matcher.vocabulary.firstGroup {
                known += 1
            }
        }
        self.information = information
        let groups = known + scratch.unknownGroups.count
        knownGroups = groups > 0 ? Double(known) / Double(groups) : 0
        length = Logarithm.natural(Double(1 + stems))
    }

    func evidence(for intent: Int, score: Float, _ matcher: IntentMatcher, _ scratch: MatchScratch) -> Evidence {
        var covered = 0.0
        for feature in scratch.features {
            guard feature < matcher.vocabulary.stemCount else { break }
            if matcher.stemSets.contains(stem: Int(feature), in: intent) {
                covered += Double(matcher.weights.stemInformation[Int(feature)])
            }
        }
        return Evidence(
            values: SIMD4(Double(score), information > 0 ? covered / information : 0, knownGroups, length))
    }
}
