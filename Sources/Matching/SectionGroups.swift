import Language

/// The letter groups of sections: how alike a section and a question are beneath their words.
///
/// Character 3- to 5-grams inside words, (1 + ln tf) · idf, cosine. A section's groups follow from its words, so only
/// these are kept where there are many sections: a tenth of what lists of groups would need.
struct SectionGroups: Sendable {
    private let table: KeyTable
    let information: [Float]
    /// What makes each section's vector one long.
    let scales: [Float]
    /// What each group adds to a section's cosine; none above ``SectionRecipe/exhaustiveLimit``.
    private let postings: Postings?

    init(words: WordList, bags: WordBags) {
        var indexer = KeyIndexer(capacity: words.count)
        var groups: [UInt32] = []
        var ends: [UInt32] = []
        var units: [UInt32] = []
        for word in 0..<words.count {
            words.letters(word, into: &units)
            units.insert(0x20, at: 0)
            units.append(0x20)
            units.withUnsafeBufferPointer { units in
                LetterGroups.forEachInWords(units) { key in
                    groups.append(UInt32(indexer.insert(key)))
                    return true
                }
            }
            ends.append(UInt32(groups.count))
        }
        let occurrences = GroupOccurrences(
            groups: groups, ends: ends, count: indexer.keys.count, bags)
        var frequencies = [Int](repeating: 0, count: indexer.keys.count)
        occurrences.forEach { group, _, _ in frequencies[group] += 1 }
        let byFrequency = (0...bags.count).map { Logarithm.information(phrases: bags.count, frequency: $0) }
        let information = frequencies.map { byFrequency[$0] }
        var squares = [Float](repeating: 0, count: bags.count)
        occurrences.forEach { group, section, count in
            let weight = Logarithm.damped(count) * information[group]
            squares[section] += weight * weight
        }
        let scales = squares.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
        if bags.count <= SectionRecipe.exhaustiveLimit {
            postings = Postings(terms: indexer.keys.count, sections: bags.count) { visit in
                occurrences.forEach { group, section, count in
                    visit(group, section) { Logarithm.damped(count) * information[group] * scales[section] }
                }
            }
        } else {
            postings = nil
        }
        table = KeyTable(keys: indexer.keys)
        self.information = information
        self.scales = scales
    }

    /// Takes the letter groups of the question out of `scratch.units`, those that any section has.
    func read(_ scratch: inout MatchScratch) {
        if scratch.counts.count < information.count {
            scratch.counts = [UInt16](repeating: 0, count: information.count)
        }
        scratch.features.removeAll(keepingCapacity: true)
        scratch.sections.keys.removeAll(keepingCapacity: true)
        scratch.units.withUnsafeBufferPointer { units in
            table.withView { table in
                LetterGroups.forEachInWords(units) { key in
                    let group = table.index(of: key)
                    guard group >= 0 else { return false }
                    if scratch.counts[group] == 0 {
                        scratch.features.append(UInt32(truncatingIfNeeded: group))
                        scratch.sections.keys.append(key)
                    }
                    scratch.counts[group] &+= 1
                    return true
                }
            }
        }
        var square: Float = 0
        scratch.values.removeAll(keepingCapacity: true)
        for group in scratch.features {
            let value = Logarithm.damped(scratch.counts[Int(group)]) * information[Int(group)]
            scratch.counts[Int(group)] = 0
            scratch.values.append(value)
            square += value * value
        }
        let scale = square > 0 ? 1 / square.squareRoot() : 0
        for index in scratch.values.indices { scratch.values[index] *= scale }
    }

    /// Adds the cosine of every section to `cosines`.
    /// - Precondition: there are no more than ``SectionRecipe/exhaustiveLimit`` sections.
    func addCosines(_ scratch: MatchScratch, to cosines: inout [Double]) {
        for (group, value) in zip(scratch.features, scratch.values) {
            postings?.add(Int(group), times: Double(value), to: &cosines)
        }
    }
}
