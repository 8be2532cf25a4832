import Language

extension Vocabulary {
    /// Counts the features of a message whose words and letters the lexicon has written to the scratch: which ones it
    /// has, in `features`, and how often, in `counts`, which whoever takes them sets back to zero.
    func count(_ scratch: inout MatchScratch) {
        scratch.features.removeAll(keepingCapacity: true)
        (scratch.firstPair, scratch.firstGroup, scratch.unknownGroupCount) = (0, 0, 0)
        if scratch.counts.count < featureCount { scratch.counts = [UInt16](repeating: 0, count: featureCount) }
        // A text has no more stems than words, and one pair more.
        let groups = LetterGroups.mostOfLetter * scratch.units.count
        let missing = groups - scratch.unknownGroups.count
        if missing > 0 { scratch.unknownGroups.append(contentsOf: repeatElement(0, count: missing)) }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * scratch.stems.count + 1 + groups) { features in
            scratch.unknownGroups.withUnsafeMutableBufferPointer { unknown in
                scratch.counts.withUnsafeMutableBufferPointer { counts in
                    guard let features = features.baseAddress, let unknown = unknown.baseAddress,
                        let counts = counts.baseAddress
                    else { return }
                    var tally = FeatureTally(counts: counts, features: features, unknown: unknown)
                    for stem in scratch.stems where isOfPhrases(stem: stem) { tally.add(stem) }
                    scratch.firstPair = tally.featureCount
                    countPairs(scratch.stems, &tally)
                    scratch.firstGroup = tally.featureCount
                    countGroups(scratch.units, scratch.words, &tally)
                    scratch.features.append(contentsOf: tally.distinct)
                    scratch.unknownGroupCount = DistinctKeys.count(tally.unknownKeys)
                }
            }
        }
    }

    private func countPairs(_ stems: [Int], _ tally: inout FeatureTally) {
        pairs.withView { pairs in
            var previous = StemPair.start
            for position in 0...stems.count {
                let stem = position < stems.count ? stems[position] : StemPair.end
                if previous >= 0, stem >= 0 {
                    let pair = pairs.index(of: StemPair.key(previous, stem))
                    if pair >= 0 { tally.add(stemCount + pair) }
                }
                previous = stem
            }
        }
    }

    /// - Parameter words: the known word that each of the text's words is read as, or -1.
    private func countGroups(_ units: [UInt32], _ words: [Int], _ tally: inout FeatureTally) {
        units.withUnsafeBufferPointer { units in
            groups.withView { groups in
                wordGroups.withView { known in
                    // Kept in registers, which what is lent by another's address cannot be.
                    var local = tally
                    defer { tally = local }
                    let reader = GroupReader(units: units, groups: groups, first: firstGroup)
                    guard units.count < Recipe.letterLimit else {
                        return reader.count(starts: 0..<units.count, &local)
                    }
                    var space = 0
                    for word in words {
                        let start = space
                        repeat { space += 1 } while units[space] != 0x20
                        // An unknown word with a known one's key has other letters, maybe more or fewer.
                        if word >= 0, known[word].count == LetterGroups.count(inWordOf: space - start - 1) {
                            reader.count(known[word], before: space, &local)
                        } else {
                            reader.count(starts: start..<space, &local)
                        }
                    }
                }
            }
        }
    }
}
