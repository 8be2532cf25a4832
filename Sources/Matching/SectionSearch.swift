import Language

/// Finds the section of the knowledge base that answers a question.
///
/// BM25F over stems, the heading four times as strong as the text, and beside it the cosine of letter groups, which
/// finds compounds, inflections and words that stemming misses. Query words are spelt right against the knowledge
/// base's own. Up to ``SectionRecipe/exhaustiveLimit`` sections all are scored by both; above, BM25F finds the best
/// ``SectionRecipe/candidates`` and both rank these. Immutable; the same for the same sections, bit for bit.
public struct SectionSearch: Sendable {
    /// The sections' ids, by index.
    public let ids: [String]

    let lexicon: Lexicon
    private let bags: WordBags
    private let stems: Postings
    /// BM25's idf of each stem.
    private let information: [Float]
    private let unknownInformation: Float
    private let groups: SectionGroups
    private let synonyms: SynonymReader
    private var confidence = ConfidenceModel.uncalibratedSections

    /// Indexes sections of one language.
    /// - Parameters:
    ///   - documents: in any number, none included.
    ///   - language: language code that chooses the stemmer; nil for none.
    ///   - unrepaired: words never taken for misspelt, such as product names.
    ///   - synonyms: groups of words and phrases that mean the same, which are read as the first.
    public init(
        documents: [SearchDocument], language: String?, unrepaired: [String] = [], synonyms: [[String]] = []
    ) {
        let synonyms = Synonyms(synonyms, language: language)
        var index = SectionIndexBuilder(language: language, synonyms: synonyms)
        for document in documents { index.add(document) }
        index.addSynonyms()
        ids = documents.map(\.id)
        lexicon = Lexicon(index.lexicon, unrepaired: unrepaired)
        bags = index.bags
        (stems, information) = index.stemPostings()
        unknownInformation = SectionRecipe.information(sections: documents.count, frequency: 0)
        groups = SectionGroups(words: lexicon.words, bags: bags)
        self.synonyms = SynonymReader(synonyms, lexicon)
        confidence = SectionCalibration.fit(self, documents)
    }

    /// The sections that fit `text` best, best first; none where no word of it is known, nor, of a few sections, any of
    /// its letter groups.
    ///
    /// A hit's confidence is the probability that the section is the right one, on the scale of the intents'; how it is
    /// learned says ``SectionCalibration``.
    /// - Complexity: O(postings of the text's stems and letter groups) of a few sections; of many most are passed over.
    public func search(_ text: String, limit: Int, scratch: inout MatchScratch) -> [SectionHit] {
        scratch.read(text)
        return search(limit: limit, scratch: &scratch)
    }

    /// The same for the message in `scratch`.
    public func search(limit: Int, scratch: inout MatchScratch) -> [SectionHit] {
        guard limit > 0 else { return [] }
        return rank(scores(&scratch), limit, scratch).map { ranked in
            SectionHit(
                index: ranked.score.section, score: ranked.sum,
                confidence: Float(confidence.confidence(ranked.evidence)))
        }
    }

    /// What a section scores for a question.
    struct Score {
        let section: Int
        /// BM25F.
        let stems: Float
        /// Of letter groups.
        let cosine: Float
    }

    /// A score among the others.
    struct Ranked {
        let score: Score
        let sum: Float
        let evidence: Evidence
    }

    /// The scores of the sections that may fit the message in `scratch`, in no special order.
    func scores(_ scratch: inout MatchScratch) -> [Score] {
        guard !ids.isEmpty, !scratch.text.tokens.isEmpty else { return [] }
        lexicon.read(&scratch)
        synonyms.read(&scratch)
        lexicon.spellOut(&scratch)
        groups.read(&scratch)
        let terms = terms(scratch)
        if ids.count > SectionRecipe.exhaustiveLimit {
            let best = stems.best(SectionRecipe.candidates, of: terms)
            let cosines = groups.cosines(of: best, bags: bags, words: lexicon.words, &scratch)
            return zip(best, cosines).map { Score(section: $0.section, stems: Float($0.score), cosine: $1) }
        }
        var stemScores = [Double](repeating: 0, count: ids.count)
        var cosines = stemScores
        for (term, factor) in terms { stems.add(term, times: factor, to: &stemScores) }
        groups.addCosines(scratch, to: &cosines)
        return ids.indices.compactMap { section in
            stemScores[section] > 0 || cosines[section] > 0
                ? Score(section: section, stems: Float(stemScores[section]), cosine: Float(cosines[section])) : nil
        }
    }

    /// The message's known stems, with how often it has them.
    private func terms(_ scratch: MatchScratch) -> [(term: Int, factor: Double)] {
        var terms: [(term: Int, factor: Double)] = []
        for stem in scratch.stems where stem >= 0 {
            if let known = terms.firstIndex(where: { $0.term == stem }) {
                terms[known].factor += 1
            } else {
                terms.append((stem, 1))
            }
        }
        return terms
    }

    /// The best of some scores, each kind divided by its highest; of equal ones the first section.
    func rank(_ scores: [Score], _ limit: Int, _ scratch: MatchScratch) -> [Ranked] {
        let highest = (scores.reduce(0) { max($0, $1.stems) }, scores.reduce(0) { max($0, $1.cosine) })
        let shares = (
            highest.0 > 0 ? 1 / highest.0 : 0, highest.1 > 0 ? SectionRecipe.cosineShare / highest.1 : 0
        )
        let best = Self.best(scores.map { $0.stems * shares.0 + $0.cosine * shares.1 }, scores, max(limit, 2))
        guard let first = best.first?.sum else { return [] }
        let second = best.count > 1 ? best[1].sum : 0
        return best.prefix(limit).enumerated().map { place, ranked in
            let lead = place == 0 ? 1 - second / first : ranked.sum / first - 1
            return Ranked(
                score: scores[ranked.index], sum: ranked.sum,
                evidence: evidence(scores[ranked.index], lead: Double(lead), scratch))
        }
    }

    private static func best(
        _ sums: [Float], _ scores: [Score], _ limit: Int
    ) -> [(sum: Float, index: Int)] {
        var best: [(sum: Float, index: Int)] = []
        for (index, sum) in sums.enumerated() {
            func isAbove(_ other: (sum: Float, index: Int)) -> Bool {
                sum > other.sum || sum == other.sum && scores[index].section < scores[other.index].section
            }
            if best.count == limit, !isAbove(best[limit - 1]) { continue }
            var position = best.count
            while position > 0, isAbove(best[position - 1]) { position -= 1 }
            best.insert((sum, index), at: position)
            if best.count > limit { best.removeLast() }
        }
        return best
    }

    /// What speaks for a section: how much of the question it covers, measured by BM25F as a share of what it could
    /// reach if each word stood in it ever so often, plus the cosine; this times how clearly it leads, below zero for
    /// those that don't; the share of the question's information in words that it has; how many words it has, up to four:
    /// one word may well stand in one section only and mean nothing of it.
    ///
    /// The lead alone is worth nothing where little is covered: a foreign question's one known word leads by far.
    private func evidence(_ score: Score, lead: Double, _ scratch: MatchScratch) -> Evidence {
        var (all, held) = (Float(0), Float(0))
        for stem in scratch.stems {
            let weight = stem >= 0 ? information[stem] : unknownInformation
            all += weight
            if stem >= 0, stems.contains(stem, in: score.section) { held += weight }
        }
        let coverage = Double(score.stems / (all * (SectionRecipe.k1 + 1)) + score.cosine)
        return Evidence(coverage, coverage * lead, Double(held / all), Double(min(scratch.stems.count, 4)))
    }

    /// Which of a section's paragraphs the message in `scratch` asks for: the one whose words tell most of it, of equal
    /// ones the first. Words of the heading are about all of them.
    /// - Parameter paragraphs: at least one.
    public func bestParagraph(_ paragraphs: [String], heading: String, scratch: inout MatchScratch) -> Int {
        lexicon.read(&scratch)
        synonyms.read(&scratch)
        var buffer = TokenBuffer()
        func stems(_ text: String) -> Set<Int> {
            buffer.tokenize(text)
            buffer.tokenize(text)
            synonyms.synonyms.writeOut(&buffer)
            return Set(buffer.tokens.map { lexicon.stem(ofKnown: $0.key) })
        }
        let asked = Set(scratch.stems.filter { $0 >= 0 }).subtracting(stems(heading))
        let held = paragraphs.map { stems($0).intersection(asked) }
        // Shared by the paragraphs that have it, a word that all have is worth little.
        let told = held.map { own in
            own.sorted().reduce(Float(0)) { sum, stem in
                sum + information[stem] / Float(held.count { $0.contains(stem) })
            }
        }
        return told.indices.reduce(0) { told[$1] > told[$0] ? $1 : $0 }
    }
}
