import Language
import Testing

@testable import Matching

@Suite("Words as people type them")
struct RespellingTests {
    private let matcher = IntentMatcher(
        examples: [
            ("cancel", "quiero cancelar el pedido"), ("cancel", "por favor, hay que anular la compra por favor"),
            ("price", "cuánto cuesta la cafetera"), ("price", "qué precio tiene el hervidor"),
            ("invoice", "necesito un recibo"), ("invoice", "hola, no me ha llegado la factura también"),
            ("status", "¿hacer el seguimiento?"), ("status", "dónde está el paquete que quería"),
        ] + (0..<5).map { _ in ("cancel", "quiero cancelar el pedido") }, language: "es", unrepaired: ["pedidoxl"])

    /// The message as it was read.
    private func read(_ text: String) -> String {
        var scratch = MatchScratch()
        scratch.read(text)
        matcher.readWords(&scratch)
        let lexicon = matcher.vocabulary.lexicon
        return scratch.words.indices.map { position in
            scratch.words[position] < 0
                ? scratch.text.word(position)
                : String(decoding: lexicon.words.word(scratch.words[position]), as: UTF8.self)
        }.joined(separator: " ")
    }

    @Test(
        "unknown words are read as what they stand for",
        arguments: [
            ("q precio", "que precio"), ("plis", "por favor"), ("tb hola", "tambien hola"),
            ("holaaaa", "hola"), ("faaacturaaa", "factura"), ("facturraaaa", "factura"),
            ("nesesito un resivo", "necesito un recibo"), ("aser", "hacer"), ("keria", "queria"),
            ("quierocancelar elpedido", "quiero cancelar el pedido"), ("la cafe tera", "la cafetera"),
            ("donde esta el pa quete", "donde esta el paquete"), ("no ma yegao", "no ma llegado"),
            ("pdd", "pedido"), ("qro cnclr", "quiero cancelar"), ("la pgina", "la pgina"),
        ])
    func readings(written: String, read expected: String) { #expect(read(written) == expected) }

    @Test("a form of a known stem is read by its sound where that word is commoner")
    func homophones() {
        func read(_ text: String, shots: Int, prices: Int, language: String = "es") -> String? {
            let matcher = IntentMatcher(
                examples: (0..<shots).map { _ in ("shot", "una bala") }
                    + (0..<prices).map { _ in ("price", "cuánto valen") }, language: language)
            var scratch = MatchScratch()
            return matcher.match(text, scratch: &scratch).repairs.first?.to
        }
        #expect(read("balen", shots: 1, prices: 3) == "valen")
        #expect(read("balen", shots: 3, prices: 1) == nil)
        #expect(read("quanto", shots: 1, prices: 1) == "cuanto")
        #expect(read("kuanto balenn", shots: 1, prices: 3) == "cuanto")
        #expect(read("ballenn", shots: 1, prices: 3, language: "en") == nil)
    }

    @Test("a misspelling that stands in a phrase is read as the word that is much commoner and sounds the same")
    func misspelledPhrases() {
        func read(_ text: String, right: Int, language: String = "es", kept: [String] = []) -> String? {
            let matcher = IntentMatcher(
                examples: [("return", "kiero debolver"), ("price", "cuánto vale"), ("price", "hola")]
                    + (0..<right).map { _ in ("return", "devolver") }, language: language, unrepaired: kept)
            var scratch = MatchScratch()
            return matcher.match(text, scratch: &scratch).repairs.first?.to
        }
        #expect(read("debolver", right: 20) == "devolver")
        #expect(read("debolver", right: 19) == nil)
        #expect(read("devolver", right: 20) == nil)
        #expect(read("debolver", right: 20, language: "en") == nil)
        #expect(read("debolver", right: 20, kept: ["debolver"]) == nil)
    }

    @Test("a rare form of a common word is no misspelling of another that sounds the same")
    func rareForms() {
        func read(_ text: String, forms: Int) -> String? {
            let matcher = IntentMatcher(
                examples: [("human", "que alguien hable"), ("price", "hola")]
                    + (0..<forms).map { _ in ("human", "hablar") } + (0..<40).map { _ in ("return", "able") },
                language: "es")
            var scratch = MatchScratch()
            return matcher.match(text, scratch: &scratch).repairs.first?.to
        }
        #expect(read("hable", forms: 0) == "able")
        #expect(read("hable", forms: 5) == nil)
    }

    @Test("of known words one edit away that is meant whose letter lies beside the one that was hit")
    func slips() {
        let matcher = IntentMatcher(
            examples: [("a", "the cart"), ("a", "a cart"), ("a", "cart"), ("b", "it is vast"), ("b", "the raft")],
            language: "en")
        var scratch = MatchScratch()
        for (written, read) in [("cast", "vast"), ("caft", "cart"), ("eaft", "raft"), ("cayt", "cart")] {
            #expect(matcher.match(written, scratch: &scratch).repairs.map(\.to) == [read])
        }
    }

    @Test("a word with a vowel inside is none whose vowels were left out, nor are two letters or a rare word")
    func abridged() {
        for text in ["pan", "pdid", "pd", "hrvdr"] { #expect(read(text) == text) }
    }

    @Test("what is known, kept, foreign or a number stays as it is")
    func untouched() {
        for text in ["quiero cancelar", "pedidoxl", "xyzzy plugh", "12345 3x2", "aaa", "ñññ", "z", "日本語の文"] {
            var scratch = MatchScratch()
            scratch.read(text)
            let before = scratch.text.bytes
            matcher.readWords(&scratch)
            #expect(scratch.text.bytes == before, "\(text)")
        }
    }

    @Test("words that sound alike have one key, others have not")
    func sounds() {
        func key(_ word: String) -> [UInt32] {
            var letters = word.unicodeScalars.map(\.value)
            SpanishSound.reduce(&letters)
            return letters
        }
        for (one, other) in [
            ("vaca", "baka"), ("zapato", "sapato"), ("cielo", "sielo"), ("queso", "keso"), ("gente", "jente"),
            ("llave", "yabe"), ("hola", "ola"), ("cambio", "canbio"), ("texto", "testo"),
            ("chaqueta", "chaketa"), ("rey", "rei"), ("llegado", "yegao"), ("usados", "usaos"), ("bueno", "weno"),
            ("huevo", "webo"), ("cuando", "quando"), ("devuelto", "debuelto"),
        ] {
            #expect(key(one) == key(other), "\(one) \(other)")
        }
        for (one, other) in [
            ("pero", "pera"), ("casa", "caza1"), ("chal", "cal"), ("gato", "jato"), ("ñu", "nu"),
            ("prado", "pra"), ("llegada", "llegaa"), ("ado", "ao"), ("vino", "uino"),
        ] {
            #expect(key(one) != key(other), "\(one) \(other)")
        }
    }
}
