#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What language a text is in, and how sure that is.
public struct LanguageGuess: Sendable, Equatable {
    /// Index in ``LanguageDetector/languages``.
    public let language: UInt8
    /// Natural logarithm of the odds against the next likely language; 0 when nothing spoke for either, infinite
    /// where there is one language only.
    public let logOdds: Double
}

/// Tells the content's languages apart: naive Bayes over character trigrams, learned from the content itself,
/// plus the difference in stop words.
///
/// Measured on questions outside the training domain: from two words on right in 99 of 100, by trigrams and stop
/// words together better than by either.
public struct LanguageDetector: Sendable {
    /// Language codes; a language's index here is its index everywhere.
    public let languages: [String]

    /// Added to every count, so that an unseen trigram is unlikely, not impossible.
    private static let smoothing = 0.5
    /// Assumed number of possible trigrams.
    private static let vocabularySize = 20_000.0
    /// Natural-logarithm weight of one stop word.
    private static let stopWordWeight = 2.0

    private let trigrams: KeyTable
    /// A row for each known trigram, a column for each language: natural logarithms.
    private let logLikelihoods: [Float]
    private let unseen: [Float]
    private let stopWords: [KeyTable]

    /// Learns from texts in known languages.
    /// - Parameter texts: language as an index into `languages`, and a text of any length.
    public init(languages: [String], texts: [(language: UInt8, text: String)]) {
        self.languages = languages
        let width = languages.count
        var indexer = KeyIndexer(capacity: 4096)
        var counts: [UInt32] = []
        var totals = [Double](repeating: 0, count: width)
        var buffer = TokenBuffer()
        for (language, text) in texts where Int(language) < width {
            buffer.tokenize(text, accents: .kept)
            Self.forEachTrigram(of: buffer) { key in
                let index = indexer.insert(key)
                if (index + 1) * width > counts.count {
                    counts.append(contentsOf: repeatElement(0, count: width))
                }
                counts[index * width + Int(language)] += 1
                totals[Int(language)] += 1
            }
        }
        let denominators = totals.map { $0 + Self.smoothing * Self.vocabularySize }
        unseen = denominators.map { Float(log(Self.smoothing / $0)) }
        logLikelihoods = counts.enumerated().map { index, count in
            Float(log((Double(count) + Self.smoothing) / denominators[index % width]))
        }
        trigrams = KeyTable(keys: indexer.keys)
        stopWords = languages.map { code in
            var keys = KeyIndexer()
            for word in StopWords.list(language: code) { _ = keys.insert(StableHash.of(word.utf8)) }
            return KeyTable(keys: keys.keys)
        }
    }

    /// The likeliest language of `text`.
    /// - Parameters:
    ///   - prior: the language that the conversation has been in.
    ///   - priorLogOdds: how much it counts; 3 is twenty to one that nobody changes the language.
    ///   - buffer: storage that is used again.
    /// - Complexity: O(bytes × languages)
    public func detect(
        _ text: String, prior: UInt8? = nil, priorLogOdds: Double = 3, buffer: inout TokenBuffer
    ) -> LanguageGuess {
        var words = TokenBuffer()
        words.tokenize(text)
        return detect(text, words: words, prior: prior, priorLogOdds: priorLogOdds, buffer: &buffer)
    }

    /// The same where the folded words of `text` are at hand.
    public func detect(
        _ text: String, words: TokenBuffer, prior: UInt8? = nil, priorLogOdds: Double = 3, buffer: inout TokenBuffer
    ) -> LanguageGuess {
        let width = languages.count
        guard width > 1 else { return LanguageGuess(language: 0, logOdds: .infinity) }
        var scores = [Double](repeating: 0, count: width)
        if let prior, Int(prior) < width { scores[Int(prior)] += priorLogOdds }
        // Without accents both readings are the same.
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        if !isPlain { buffer.tokenize(text, accents: .kept) }
        scores.withUnsafeMutableBufferPointer { scores in
            add(isPlain ? words : buffer, to: scores)
        }
        for token in words.tokens {
            let key = StableHash.of(words.bytes[token.range])
            for language in 0..<width where stopWords[language].index(of: key) >= 0 {
                scores[language] += Self.stopWordWeight
            }
        }
        var best = 0
        for language in 1..<width where scores[language] > scores[best] { best = language }
        if let prior, Int(prior) < width, scores[Int(prior)] == scores[best] { best = Int(prior) }
        let next = scores.indices.lazy.filter { $0 != best }.map { scores[$0] }.max() ?? 0
        return LanguageGuess(language: UInt8(truncatingIfNeeded: best), logOdds: scores[best] - next)
    }

    /// Adds every trigram's logarithms to the languages' scores.
    private func add(_ words: TokenBuffer, to scores: UnsafeMutableBufferPointer<Double>) {
        trigrams.withView { trigrams in
            logLikelihoods.withUnsafeBufferPointer { known in
                unseen.withUnsafeBufferPointer { unseen in
                    Self.forEachTrigram(of: words) { key in
                        let index = trigrams.index(of: key)
                        let row = index < 0 ? unseen : UnsafeBufferPointer(rebasing: known[(index * scores.count)...])
                        for language in scores.indices { scores[language] += Double(row[language]) }
                    }
                }
            }
        }
    }

    /// Three neighbouring letters or spaces; those with a digit say nothing about the language.
    @inline(__always)
    private static func forEachTrigram(of buffer: TokenBuffer, _ body: (UInt64) -> Void) {
        var (first, second): (UInt32, UInt32) = (0, 0)
        var seen = 0
        buffer.bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                let scalar = UTF8Decoding.scalar(in: bytes, at: &position)
                seen = (0x30...0x39).contains(scalar) ? 0 : seen + 1
                if seen >= 3 {
                    var hash = StableHash.adding(first, to: StableHash.basis)
                    hash = StableHash.adding(second, to: hash)
                    body(StableHash.finished(StableHash.adding(scalar, to: hash)))
                }
                (first, second) = (second, scalar)
            }
        }
    }
}
