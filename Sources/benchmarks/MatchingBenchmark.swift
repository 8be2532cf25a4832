import Language
import Matching
import SeededRandom

/// Time to learn 25 intents of 100 phrases, to match a short message, to tell its language and to search 200 sections.
enum MatchingBenchmark {
    private static let intents = 25
    private static let phrasesEach = 100
    private static let messages = 2_000
    private static let rounds = 10

    static func run() {
        var text = SyntheticText(seed: 42)
        let examples = (0..<intents).flatMap { intent in
            (0..<phrasesEach).map { _ in (intent: "intent\(intent)", phrase: text.phrase(about: intent)) }
        }
        let queries = (0..<messages).map { _ in text.phrase(about: Int.random(in: 0..<intents, using: &text.random)) }
        let bytes = queries.reduce(0) { $0 + $1.utf8.count }
        print("\(examples.count) phrases, \(intents) intents, messages of \(bytes / messages) bytes, seed 42")

        let clock = ContinuousClock()
        var matcher = IntentMatcher(examples: [], language: "es")
        for round in 1...3 {
            let elapsed = clock.measure { matcher = IntentMatcher(examples: examples, language: "es") }
            print("learn \(round): \(elapsed / .milliseconds(1)) ms")
        }

        var scratch = MatchScratch()
        report("match", queries) { matcher.match($0, scratch: &scratch).best?.intent ?? 0 }

        let detector = LanguageDetector(
            languages: ["es", "en"],
            texts: examples.map { (0, $0.phrase) } + [(1, "where is my order and how much is the delivery")])
        var buffer = TokenBuffer()
        report("detect language", queries) { Int(detector.detect($0, buffer: &buffer).language) }

        let sections = (0..<200).map { number in
            SearchDocument(
                id: "\(number)", title: text.phrase(about: number % intents),
                body: (0..<15).map { _ in text.phrase(about: number % intents) }.joined(separator: ". "))
        }
        var search = SectionSearch(documents: [], language: "es")
        let elapsed = clock.measure { search = SectionSearch(documents: sections, language: "es") }
        print("index \(sections.count) sections: \(elapsed / .milliseconds(1)) ms")
        report("search", queries) { search.search($0, limit: 3, scratch: &scratch).first?.index ?? 0 }
    }

    /// The sum keeps the work from being optimised away, and shows that two runs did the same.
    private static func report(_ name: String, _ queries: [String], _ work: (String) -> Int) {
        var sum = 0
        let elapsed = ContinuousClock().measure {
            for _ in 0..<rounds { for query in queries { sum += work(query) } }
        }
        print("\(name): \(elapsed / .microseconds(1) / Double(rounds * queries.count)) µs (sum \(sum))")
    }
}

/// Phrases of common words and of words of their own intent, made of syllables.
private struct SyntheticText {
    var random: SplitMix64
    private var common: [String] = []
    private var own: [[String]] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        common = (0..<80).map { _ in word() }
        own = (0..<25).map { _ in (0..<20).map { _ in word() } }
    }

    private mutating func word() -> String {
        let syllables = [
            "ca", "fe", "te", "ra", "pe", "di", "do", "en", "tre", "ga", "ción", "lla", "mos", "ño", "pre",
        ]
        return (0..<Int.random(in: 1...4, using: &random)).map { _ in
            syllables[Int.random(in: 0..<syllables.count, using: &random)]
        }.joined()
    }

    mutating func phrase(about intent: Int) -> String {
        (0..<Int.random(in: 4...8, using: &random)).map { _ in
            let words = Bool.random(using: &random) ? common : own[intent]
            return words[Int.random(in: 0..<words.count, using: &random)]
        }.joined(separator: " ")
    }
}
