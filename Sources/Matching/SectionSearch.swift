import Language

/// Finds the section of the knowledge base that answers a question.
///
/// BM25F over stems, the heading four times as strong as the text, and beside it the cosine of letter groups, which
/// finds compounds, inflections and words that stemming misses. Query words are spelt right against the knowledge
/// base's own. Immutable; the same for the same sections, bit for bit.
public struct SectionSearch: Sendable {
    /// The sections' ids, by index.
    public let ids: [String]

    private let lexicon: Lexicon
    private let stems: Postings
    /// BM25's idf of each stem.
    private let information: [Float]
    private let unknownInformation: Float
    private let groups: KeyTable
    private let groupPostings: Postings
    private let groupInformation: [Float]

    /// Indexes sections of one language.
    /// - Parameters:
    ///   - documents: in any number, none included.
    ///   - language: language code that chooses the stemmer; nil for none.
    ///   - unrepaired: words never taken for misspelt, such as product names.
    public init(documents: [SearchDocument], language: String?, unrepaired: [String] = []) {
        var index = SectionIndexBuilder(language: language)
        for document in documents { index.add(document) }
        ids = documents.map(\.id)
        lexicon = Lexicon(index.lexicon, unrepaired: unrepaired)
        (stems, information) = index.stemPostings()
        unknownInformation = SectionRecipe.information(sections: documents.count, frequency: 0)
        groups = KeyTable(keys: index.groups.keys)
        (groupPostings, groupInformation) = index.groupPostings()
    }

    /// The sections that fit `text` best, best first; none where no word or letter group of it is known.
    ///
    /// A hit's confidence is how much of the question the section covers, times how clearly it leads. Coverage: the
    /// section's BM25F as a share of what it could reach if each of the question's words stood in it often (each word
    /// weighing its idf, one that no section has as the rarest), plus the cosine of letter groups, at most 1. Lead:
    /// between one half, where the next section is as good, and one, where it scores half or less; for hits below the
    /// first, half their score as a share of the first's.
    ///
    /// Of such measures the one that best told right first hits from wrong ones (AUROC 0.85 on questions asked in other
    /// words, 0.87 on passages) and from questions about something else (0.95 and 1.00); plain share of words covered
    /// reached 0.78, 0.90, 0.85 and 1.00. From about 0.35 on a section may be shown as the answer.
    /// - Complexity: O(postings of the text's stems and letter groups)
    public func search(_ text: String, limit: Int, scratch: inout MatchScratch) -> [SectionHit] {
        scratch.read(text)
        return search(limit: limit, scratch: &scratch)
    }

    /// The same for the message in `scratch`.
    public func search(limit: Int, scratch: inout MatchScratch) -> [SectionHit] {
        guard !ids.isEmpty, limit > 0, !scratch.text.tokens.isEmpty else { return [] }
        lexicon.read(&scratch)
        let zeros = [Float](repeating: 0, count: ids.count)
        var (stemScores, cosine, ranked) = (zeros, zeros, zeros)
        let attainable = scoreStems(scratch, &stemScores)
        scoreGroups(&scratch, &cosine)
        let highest = (stemScores.max() ?? 0, cosine.max() ?? 0)
        guard highest.0 > 0 || highest.1 > 0 else { return [] }
        for index in ranked.indices {
            ranked[index] =
                (highest.0 > 0 ? stemScores[index] / highest.0 : 0)
                + (highest.1 > 0 ? SectionRecipe.cosineShare * cosine[index] / highest.1 : 0)
        }
        let best = Self.best(ranked, max(limit, 2))
        return best.prefix(limit).map { index in
            let first = ranked[best[0]]
            let lead: Float
            if index == best[0] {
                let next = best.count > 1 ? ranked[best[1]] / first : 0
                lead = min(1, 0.5 + (1 - next))
            } else {
                lead = 0.5 * ranked[index] / first
            }
            let coverage = min(1, stemScores[index] / attainable + cosine[index])
            return SectionHit(index: index, score: ranked[index], confidence: coverage * lead)
        }
    }

    /// - Returns: the score of a section in which each of the text's words stood ever so often; above zero.
    private func scoreStems(_ scratch: MatchScratch, _ scores: inout [Float]) -> Float {
        var information = Float(0)
        for stem in scratch.stems {
            if stem >= 0 { stems.add(stem, to: &scores) }
            information += stem >= 0 ? self.information[stem] : unknownInformation
        }
        return information * (SectionRecipe.k1 + 1)
    }

    private func scoreGroups(_ scratch: inout MatchScratch, _ scores: inout [Float]) {
        lexicon.spellOut(&scratch)
        if scratch.counts.count < groupInformation.count {
            scratch.counts = [UInt16](repeating: 0, count: groupInformation.count)
        }
        scratch.features.removeAll(keepingCapacity: true)
        scratch.units.withUnsafeBufferPointer { units in
            groups.withView { groups in
                LetterGroups.forEachInWords(units) { key in
                    let group = groups.index(of: key)
                    guard group >= 0 else { return }
                    if scratch.counts[group] == 0 { scratch.features.append(UInt32(truncatingIfNeeded: group)) }
                    scratch.counts[group] &+= 1
                }
            }
        }
        var square: Float = 0
        scratch.values.removeAll(keepingCapacity: true)
        for group in scratch.features {
            let value = Logarithm.damped(scratch.counts[Int(group)]) * groupInformation[Int(group)]
            scratch.counts[Int(group)] = 0
            scratch.values.append(value)
            square += value * value
        }
        guard square > 0 else { return }
        let scale = 1 / square.squareRoot()
        for (group, value) in zip(scratch.features, scratch.values) {
            groupPostings.add(Int(group), times: value * scale, to: &scores)
        }
    }

    /// Indices of the highest scores above zero, highest first; of equal ones the first.
    private static func best(_ scores: [Float], _ limit: Int) -> [Int] {
        var best: [Int] = []
        for (index, score) in scores.enumerated() where score > 0 {
            if best.count == limit, score <= scores[best[limit - 1]] { continue }
            var position = best.count
            while position > 0, scores[best[position - 1]] < score { position -= 1 }
            best.insert(index, at: position)
            if best.count > limit { best.removeLast() }
        }
        return best
    }
}
