import SeededRandom
import Testing

@testable import Matching

@Suite("Postings")
struct PostingsTests {
    /// Each term in a share of the sections that falls with its number, its weights among a few, so that many tie.
    private static func corpus(terms: Int, sections: Int, seed: UInt64) -> [(term: Int, section: Int, weight: Float)] {
        var random = SplitMix64(seed: seed)
        return (0..<sections).flatMap { section in
            (0..<terms).compactMap { term in
                guard Double.random(in: 0..<1, using: &random) < 0.7 / Double(1 + term) else { return nil }
                return (term, section, Float(1 + term) * Float(Int.random(in: 1...8, using: &random)) / 10)
            }
        }
    }

    private static func postings(
        _ entries: [(term: Int, section: Int, weight: Float)], terms: Int, sections: Int
    ) -> Postings {
        Postings(terms: terms, sections: sections) { visit in
            for entry in entries { visit(entry.term, entry.section) { entry.weight } }
        }
    }

    @Test(
        "the best are those that scoring every section finds, of equal ones the first",
        arguments: [(1, 200), (900, 200), (5_000, 200), (5_000, 7), (70_000, 200), (140_000, 10)])
    func best(sections: Int, limit: Int) {
        let terms = 40
        let entries = Self.corpus(terms: terms, sections: sections, seed: UInt64(sections))
        let postings = Self.postings(entries, terms: terms, sections: sections)
        var random = SplitMix64(seed: 3)
        for _ in 0..<20 {
            let asked = (0..<terms).filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
                .map { (term: $0, factor: Double(Int.random(in: 1...3, using: &random))) }
            var scores = [Double](repeating: 0, count: sections)
            for (term, factor) in asked { postings.add(term, times: factor, to: &scores) }
            let expected = scores.indices.filter { scores[$0] > 0 }
                .sorted { scores[$0] > scores[$1] || scores[$0] == scores[$1] && $0 < $1 }
                .prefix(limit).map { ScoredSection(section: $0, score: scores[$0]) }
            #expect(postings.best(limit, of: asked) == Array(expected), "sections \(sections), terms \(asked)")
        }
    }

    @Test("a section has the terms of its postings, in every run of sections")
    func contains() {
        let entries: [(term: Int, section: Int, weight: Float)] = [
            (0, 3, 1), (1, 3, 2), (1, 65_535, 1), (1, 65_536, 3),
        ]
        let postings = Self.postings(entries, terms: 2, sections: 65_600)
        #expect(postings.contains(0, in: 3) && postings.contains(1, in: 65_535) && postings.contains(1, in: 65_536))
        #expect(!postings.contains(0, in: 65_539) && !postings.contains(0, in: 4) && !postings.contains(1, in: 65_539))
    }
}
