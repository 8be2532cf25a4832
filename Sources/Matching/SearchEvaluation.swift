/// A question and the sections that answer it.
public struct SearchQuery: Sendable, Equatable {
    /// What is asked.
    public let text: String
    /// Ids of the sections that answer it.
    public let relevant: Set<String>

    /// A question.
    public init(text: String, relevant: Set<String>) {
        self.text = text
        self.relevant = relevant
    }
}

/// One line of a search's run: a section found for a question.
public struct SearchRunLine: Sendable, Equatable {
    /// Number of the question, from 0.
    public let query: Int
    /// The section's id.
    public let document: String
    /// From 1.
    public let rank: Int
    /// As in ``SectionHit/score``.
    public let score: Float

    /// `query TAB document TAB rank TAB score`
    public var line: String { "\(query)\t\(document)\t\(rank)\t\(score)" }
}

/// How well a search finds what answers questions.
public struct SearchFigures: Sendable, Equatable {
    /// Mean of 1 / rank of the first relevant section among the first ten, 0 where there is none.
    public let mrr10: Double
    /// Mean share of the relevant sections at rank one.
    public let recall1: Double
    /// Mean share of the relevant sections among the first ten.
    public let recall10: Double
    /// Probability that a right section at rank one has more confidence than a wrong one; nil unless there are both.
    public let auroc: Double?
    /// Expected calibration error of the confidence at rank one, over ten equal steps.
    public let ece: Double
    /// Wall-clock time of indexing.
    public let indexSeconds: Double
    /// Wall-clock time of a search.
    public let queryMicrosecondsMean: Double
}

/// Measures section search against questions whose answers are known.
public enum SearchEvaluation {
    /// How many ranks count.
    public static let depth = 10
    /// How many sections tell the language of all.
    private static let guessed = 1_000

    /// Indexes `documents` and asks every question.
    /// - Parameter language: language code; guessed from the documents' stop words where nil.
    public static func search(
        documents: [SearchDocument], queries: [SearchQuery], language: String? = nil
    ) -> (figures: SearchFigures, run: [SearchRunLine]) {
        let code = language ?? Evaluation.language(of: documents.prefix(guessed).map { $0.title + " " + $0.body })
        let clock = ContinuousClock()
        let begun = clock.now
        let search = SectionSearch(documents: documents, language: code)
        var scratch = MatchScratch()
        let start = clock.now
        let hits = queries.map { search.search($0.text, limit: depth, scratch: &scratch) }
        let elapsed = (clock.now - start) / .microseconds(1)
        var (reciprocal, first, ten) = (0.0, 0.0, 0.0)
        var run: [SearchRunLine] = []
        var firstHits: [(confidence: Float, isRight: Bool)] = []
        for (number, (query, hits)) in zip(queries, hits).enumerated() {
            let found = hits.map { search.ids[$0.index] }
            for (rank, hit) in hits.enumerated() {
                run.append(SearchRunLine(query: number, document: found[rank], rank: rank + 1, score: hit.score))
            }
            guard !query.relevant.isEmpty else { continue }
            firstHits.append((hits.first?.confidence ?? 0, found.first.map(query.relevant.contains) ?? false))
            if let rank = found.firstIndex(where: query.relevant.contains) { reciprocal += 1 / Double(rank + 1) }
            let relevant = Double(query.relevant.count)
            first += Double(found.prefix(1).count(where: query.relevant.contains)) / relevant
            ten += Double(found.count(where: query.relevant.contains)) / relevant
        }
        let count = Double(max(queries.count, 1))
        return (
            SearchFigures(
                mrr10: reciprocal / count, recall1: first / count, recall10: ten / count,
                auroc: EvaluationFigures.auroc(
                    firstHits.filter(\.isRight).map(\.confidence), firstHits.filter { !$0.isRight }.map(\.confidence)),
                ece: calibrationError(firstHits),
                indexSeconds: (start - begun) / .seconds(1), queryMicrosecondsMean: elapsed / count), run
        )
    }

    /// The mean distance between confidence and share of right ones, steps weighted by how many fall into them.
    private static func calibrationError(_ hits: [(confidence: Float, isRight: Bool)]) -> Double {
        var gaps = [Double](repeating: 0, count: 10)
        for hit in hits {
            gaps[min(9, Int(hit.confidence * 10))] += Double(hit.confidence) - (hit.isRight ? 1 : 0)
        }
        return gaps.reduce(0) { $0 + abs($1) } / Double(max(hits.count, 1))
    }
}
