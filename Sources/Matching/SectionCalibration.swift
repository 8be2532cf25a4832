import Language
import SeededRandom

/// Learns how far a search's best section may be trusted, from nothing but the sections.
///
/// Questions are made of a section's own words: a heading, an example question, some words of its text. Customers use
/// other words as well, nobody knows how many: of each question a share is put in place by words of other sections and
/// by words that no section has. Each question is asked twice, once of all sections and once with its own hidden: then
/// whatever is found is wrong, as it is when somebody asks for what no section tells. And so it is where a question is
/// nothing but such other words, asked a third time.
enum SectionCalibration {
    /// About 50 µs each in a shop.
    private static let questions = 120
    /// With fewer sections, what is left when one is hidden is like no knowledge base.
    private static let fewestSections = 8
    /// At most so much of a question is other words.
    private static let mostForeign = 0.6
    private static let seed: UInt64 = 5

    static func fit(_ search: SectionSearch, _ documents: [SearchDocument]) -> ConfidenceModel {
        guard documents.count >= fewestSections else { return .uncalibratedSections }
        return ConfidenceModel.fit(rows(search, documents), otherwise: .uncalibratedSections)
    }

    private static func rows(_ search: SectionSearch, _ documents: [SearchDocument]) -> [ConfidenceModel.Row] {
        var random = SplitMix64(seed: seed)
        var writer = QuestionWriter(search.lexicon.words, documents)
        var scratch = MatchScratch()
        var rows: [ConfidenceModel.Row] = []
        func ask(_ bytes: [UInt8]) -> [SectionSearch.Score] {
            bytes.withUnsafeBufferPointer { scratch.read($0) }
            return search.scores(&scratch)
        }
        for number in 0..<questions {
            // Spread over all sections, each as often as others.
            let section = (number * documents.count / questions + number) % documents.count
            let share = Double.random(in: 0..<mostForeign, using: &random)
            let scores = ask(writer.question(about: section, foreignShare: share, &random))
            if let best = search.rank(scores, 1, scratch).first {
                rows.append(
                    ConfidenceModel.Row(
                        evidence: best.evidence, kind: .inScope, isRight: best.score.section == section))
            }
            if let best = search.rank(scores.filter { $0.section != section }, 1, scratch).first {
                rows.append(ConfidenceModel.Row(evidence: best.evidence, kind: .hidden, isRight: false))
            }
            let foreign = ask(writer.question(about: section, foreignShare: 1, &random))
            if let best = search.rank(foreign, 1, scratch).first {
                rows.append(ConfidenceModel.Row(evidence: best.evidence, kind: .offTopic, isRight: false))
            }
        }
        return rows
    }
}

/// Writes questions as customers might ask them.
private struct QuestionWriter {
    private static let words = 1...12
    private static let shortestHeading = 3
    private let vocabulary: WordList
    /// How often the words up to each one occur.
    private let occurrences: [Int]
    private let documents: [SearchDocument]
    private var own = TokenBuffer()

    init(_ vocabulary: WordList, _ documents: [SearchDocument]) {
        self.vocabulary = vocabulary
        self.documents = documents
        var sum = 0
        occurrences = vocabulary.counts.map { count in
            sum += Int(count)
            return sum
        }
    }

    /// A word of any section, the likelier the more often it occurs.
    private func anyWord(_ random: inout SplitMix64) -> ArraySlice<UInt8> {
        guard let all = occurrences.last else { return [] }
        let chosen = Int.random(in: 0..<all, using: &random)
        var (low, high) = (0, occurrences.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if occurrences[middle] <= chosen { low = middle + 1 } else { high = middle }
        }
        return vocabulary.word(low)
    }

    /// - Parameter foreignShare: how likely a word is put in place by one of another section, or by none's.
    mutating func question(about section: Int, foreignShare: Double, _ random: inout SplitMix64) -> [UInt8] {
        let headings = [documents[section].title] + documents[section].questions
        own.tokenize(headings[Int.random(in: headings.indices, using: &random)])
        // A name alone asks nothing.
        if own.tokens.count < Self.shortestHeading || Bool.random(using: &random) {
            own.tokenize(documents[section].body)
        }
        let length = min(Int.random(in: Self.words, using: &random), own.tokens.count)
        let start = Int.random(in: 0...own.tokens.count - length, using: &random)
        var bytes: [UInt8] = []
        for place in start..<start + length {
            if Double.random(in: 0..<1, using: &random) < foreignShare {
                let word = anyWord(&random)
                // Backwards it is a word that nobody has, of letters as common as any.
                if Bool.random(using: &random) { bytes += word } else { bytes += word.reversed() }
            } else {
                bytes += own.bytes[own.tokens[place].range]
            }
            bytes.append(0x20)
        }
        return bytes
    }
}
