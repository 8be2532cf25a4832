import Foundation
import Testing

@testable import Language

@Suite("Language detection")
struct LanguageDetectorTests {
    private let detector = LanguageDetector(
        languages: ["es", "en"],
        texts: [
            (0, "Los pedidos salen el mismo día. La devolución es gratis y puedes pedir la factura cuando quieras."),
            (1, "Orders leave on the same day. Returning an article is free and you can ask for the invoice any time."),
        ])

    private func guess(_ text: String, prior: UInt8? = nil) -> LanguageGuess {
        var buffer = TokenBuffer()
        return detector.detect(text, prior: prior, buffer: &buffer)
    }

    @Test("short questions are told apart, without accents too")
    func shortQuestions() {
        #expect(guess("donde esta mi pedido").language == 0)
        #expect(guess("¿Dónde está mi pedido?").language == 0)
        #expect(guess("where is my order").language == 1)
        #expect(guess("where is my order").logOdds > guess("order").logOdds)
    }

    @Test("a text that says nothing keeps the conversation's language")
    func prior() {
        #expect(guess("12345", prior: 1) == LanguageGuess(language: 1, logOdds: 3))
        #expect(guess("?!", prior: 1).language == 1)
        #expect(guess("").logOdds == 0)
        #expect(guess("where is my order please", prior: 0).language == 1)
    }

    @Test(
        "known words, unknown ones and the trigrams across them add up to what all trigrams and stop words say",
        arguments: [
            "los pedidos salen gratis", "¿Devolución GRATIS? el mísmo día", "xq 12 zz7 order ñu año",
            "order leave el gratis y is", "a y 5 é", "",
        ])
    func sums(text: String) {
        let learned = [
            "Los pedidos salen el mismo día. La devolución es gratis y puedes pedir la factura cuando quieras.",
            "Orders leave on the same day. Returning an article is free and you can ask for the invoice any time.",
        ].map { counts(trigrams($0)) }
        var scores = [0.0, 0.0]
        for language in 0...1 {
            let total = 0.5 * 20_000 + Double(learned[language].values.reduce(0, +))
            for trigram in trigrams(text) {
                scores[language] += Double(Float(log((Double(learned[language][trigram] ?? 0) + 0.5) / total)))
            }
            let stopWords = language == 0 ? StopWords.spanish : StopWords.english
            for word in Folding.fold(text).split(separator: " ") where stopWords.contains(String(word)) {
                scores[language] += 2
            }
        }
        #expect(guess(text).logOdds == abs(scores[0] - scores[1]))
    }

    private func trigrams(_ text: String) -> [String] {
        let folded = Folding.fold(text, accents: .kept)
        let letters = Array(folded.isEmpty ? "" : " \(folded) ")
        return letters.indices.dropLast(2).map { String(letters[$0...$0 + 2]) }.filter { trigram in
            !trigram.contains { $0.isNumber }
        }
    }

    private func counts(_ trigrams: [String]) -> [String: Int] {
        Dictionary(trigrams.map { ($0, 1) }, uniquingKeysWith: +)
    }

    @Test("one language is certain, and none to learn from is no crash")
    func oneLanguage() {
        var buffer = TokenBuffer()
        let one = LanguageDetector(languages: ["es"], texts: [])
        #expect(one.detect("anything", buffer: &buffer) == LanguageGuess(language: 0, logOdds: .infinity))
        let three = LanguageDetector(languages: ["es", "en", "fr"], texts: [])
        #expect(three.detect("where is the book", buffer: &buffer).language == 1)
    }

    @Test("stop words are folded and belong to one language")
    func stopWords() {
        #expect(StopWords.list(language: "es-ES").count > 40 && StopWords.list(language: "xx").isEmpty)
        for word in StopWords.spanish + StopWords.english { #expect(Folding.fold(word) == word) }
        #expect(Set(StopWords.spanish).isDisjoint(with: StopWords.english))
    }
}
