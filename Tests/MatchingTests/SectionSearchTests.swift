import Testing

@testable import Matching

@Suite("Section search")
struct SectionSearchTests {
    private func found(_ text: String, limit: Int = 3) -> [String] {
        var scratch = MatchScratch()
        return Shop.search.search(text, limit: limit, scratch: &scratch).map { Shop.search.ids[$0.index] }
    }

    @Test(
        "a question finds its section, misspelt and inflected too",
        arguments: [
            ("¿puedo pagar con tarjeta?", "payment"), ("cuánto tarda en llegar", "delivery"),
            ("cuantos años de grantía", "warranty"), ("devolver productos", "returns"), ("transferencias", "payment"),
            ("envio a canarias", "delivery"),
        ])
    func finds(text: String, id: String) {
        #expect(found(text).first == id)
    }

    @Test("hits are ranked and as many as were asked for")
    func ranking() {
        var scratch = MatchScratch()
        let hits = Shop.search.search("días laborables de la recogida", limit: 2, scratch: &scratch)
        #expect(hits.count == 2 && hits[0].score >= hits[1].score && hits[0].confidence >= hits[1].confidence)
        #expect(hits.allSatisfy { (0...1).contains($0.confidence) && (0...1.6001).contains($0.score) })
        #expect(Shop.search.search("recogida", limit: 0, scratch: &scratch).isEmpty)
    }

    @Test("a section that covers the question is surer than one that shares a word")
    func confidence() {
        var scratch = MatchScratch()
        let covered = Shop.search.search("pagar con Bizum o PayPal", limit: 1, scratch: &scratch)
        let partly = Shop.search.search("mi gato Bizum duerme encima del sofá azul", limit: 1, scratch: &scratch)
        #expect((covered.first?.confidence ?? 0) > 0.8)
        #expect((partly.first?.confidence ?? 1) < 0.4)
    }

    @Test("no sections, no words and unknown words find nothing")
    func empty() {
        var scratch = MatchScratch()
        #expect(SectionSearch(documents: [], language: "es").search("hola", limit: 3, scratch: &scratch).isEmpty)
        let blank = SectionSearch(documents: [SearchDocument(id: "a", title: "", body: "")], language: nil)
        #expect(blank.search("hola", limit: 3, scratch: &scratch).isEmpty)
        #expect(found("").isEmpty && found("?!").isEmpty && found("zzzzqqqq").isEmpty)
    }

    @Test("the same sections give the same hits, bit for bit, whoever used the scratch before")
    func deterministic() {
        let again = SectionSearch(documents: Shop.sections, language: "es")
        var (shared, fresh) = (MatchScratch(), MatchScratch())
        _ = Shop.matcher.match("cuánto cuesta", scratch: &shared)
        for text in ["pago", "cuánto tarda la reparación", "devoluciones"] {
            let one = again.search(text, limit: 4, scratch: &shared)
            #expect(one == Shop.search.search(text, limit: 4, scratch: &fresh))
        }
        #expect(shared.counts.allSatisfy { $0 == 0 })
    }
}
