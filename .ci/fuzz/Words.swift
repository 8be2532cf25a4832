import Language
import Matching

/// Any bytes are words with places in the text; matching, search and language take any text, tell shares of 0 to 1,
/// and an explanation adds up to the score that was given.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWords(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        for accents in [Folding.Accents.folded, .kept] { tokenize(bytes, accents) }
        let text = String(decoding: bytes, as: UTF8.self)
        var scratch = MatchScratch()
        let match = matcher.match(text, scratch: &scratch)
        require(matcher.match(text, scratch: &scratch) == match, "another match the second time")
        for candidate in match.candidates {
            require((0...1).contains(candidate.confidence) && candidate.score.isFinite, "\(candidate)")
        }
        let explanation = matcher.explain(text, scratch: &scratch)
        require(explanation.candidates.map(\.intent) == match.candidates.map(\.intent), "explains another match")
        for (explained, candidate) in zip(explanation.candidates, match.candidates) {
            let error = (explained.score - Double(candidate.score)).magnitude
            require(error < 0.001 * Double(1 + bytes.count), "explained \(explained.score) for \(candidate.score)")
        }
        for hit in search.search(text, limit: 3, scratch: &scratch) {
            require((0...1).contains(hit.confidence) && hit.score > 0, "\(hit)")
        }
        var buffer = TokenBuffer()
        let guess = detector.detect(text, buffer: &buffer)
        require(guess.logOdds >= 0, "\(guess)")
    }
}

private func tokenize(_ bytes: [UInt8], _ accents: Folding.Accents) {
    var buffer = TokenBuffer()
    bytes.withUnsafeBufferPointer { buffer.tokenize($0, accents: accents) }
    let folded = buffer.bytes
    require(String(validating: folded, as: UTF8.self) != nil, "folded words are no UTF-8")
    var last = 0
    for token in buffer.tokens {
        require(!token.range.isEmpty && token.range.upperBound <= folded.count, "word at \(token.range)")
        require(token.origin.lowerBound >= last && token.origin.upperBound <= bytes.count, "from \(token.origin)")
        last = token.origin.upperBound
        require(!folded[token.range].contains(0x20), "a space in a word")
    }
    // Folding what is folded changes nothing.
    var again = TokenBuffer()
    folded.withUnsafeBufferPointer { again.tokenize($0, accents: accents) }
    require(again.bytes == folded, "folded again: \(again.bytes) instead of \(folded)")
}

private let matcher = Shop.matcher
private let search = Shop.search
private let detector = LanguageDetector(
    languages: ["es", "en"],
    texts: Shop.phrases.map { (0, $0.phrase) } + [(1, "how much is the kettle"), (1, "where is my order?")])
