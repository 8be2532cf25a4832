/// What a search's run tells.
public struct SearchReport: Sendable {
    /// The figures of all questions.
    public let figures: SearchFigures
    /// The ranks, question by question.
    public let run: [SearchRunLine]
    /// How many questions have their first relevant section at each rank, from 1.
    public let ranks: [Int]
    /// How many questions have none among the first ten.
    public let notFound: Int
    /// The figures of the same questions with typing errors, if asked for.
    public let typos: SearchFigures?
}

extension SearchEvaluation {
    /// Indexes `documents`, asks every question and measures.
    /// - Parameter typingErrors: the seed of typing errors that the questions are asked with once more; nil for not.
    public static func report(
        documents: [SearchDocument], queries: [SearchQuery], typingErrors: UInt64? = nil
    ) -> SearchReport {
        let (figures, run) = search(documents: documents, queries: queries)
        let typos = typingErrors.map { seed in
            var errors = TypingErrors(seed: seed)
            var misspelt: [SearchQuery] = []
            for query in queries {
                misspelt.append(SearchQuery(text: errors.misspell(query.text), relevant: query.relevant))
            }
            return search(documents: documents, queries: misspelt).figures
        }
        var ranks = [Int](repeating: 0, count: depth)
        var isFound = [Bool](repeating: false, count: queries.count)
        for line in run where !isFound[line.query] && queries[line.query].relevant.contains(line.document) {
            isFound[line.query] = true
            ranks[line.rank - 1] += 1
        }
        return SearchReport(
            figures: figures, run: run, ranks: ranks,
            notFound: queries.count - ranks.reduce(0, +), typos: typos)
    }
}
