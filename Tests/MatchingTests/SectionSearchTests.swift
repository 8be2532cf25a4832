import SeededRandom
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

    /// Many sections of few words each: twelve of twenty about one of 40 subjects, and one that is its own.
    private static func library(_ count: Int) -> [SearchDocument] {
        var random = SplitMix64(seed: 9)
        func word(_ number: Int) -> String {
            let syllables = ["ca", "fe", "te", "ra", "pe", "di", "do", "en", "ga", "lla", "mos", "pre"]
            return [number % 12, number / 12 % 12, number / 144 % 12, number / 1728].map { syllables[$0] }.joined()
        }
        return (0..<count).map { section in
            let subject = section % 40
            let words = (0..<12).map { _ in word(subject * 20 + Int.random(in: 0..<20, using: &random)) }
            return SearchDocument(
                id: "\(section)", title: words.prefix(3).joined(separator: " "),
                body: words.joined(separator: " ") + " " + word(1_000 + section))
        }
    }

    @Test("of many sections letter groups rank those that the words find, and nearly as if all had been scored")
    func stages() {
        let few = Self.library(SectionRecipe.exhaustiveLimit)
        let many = Self.library(SectionRecipe.exhaustiveLimit + 1)
        let (exhaustive, staged) = (
            SectionSearch(documents: few, language: "es"), SectionSearch(documents: many, language: "es")
        )
        var scratch = MatchScratch()
        var same = 0
        let asked = stride(from: 0, to: few.count, by: 40).map { few[$0] }
        for document in asked {
            let text = document.body.split(separator: " ").prefix(6).joined(separator: " ")
            let found = staged.search(text, limit: 5, scratch: &scratch)
            #expect(!found.isEmpty && found.allSatisfy { (0...1).contains($0.confidence) })
            if found.first?.index == exhaustive.search(text, limit: 5, scratch: &scratch).first?.index { same += 1 }
        }
        #expect(same * 100 >= asked.count * 98, "\(same) of \(asked.count)")
        #expect(scratch.counts.allSatisfy { $0 == 0 })
        #expect(staged.search("zzzzqqqq", limit: 3, scratch: &scratch).isEmpty)
    }

    @Test("both ways give a section the same cosine")
    func cosines() throws {
        let documents = Self.library(300)
        var index = SectionIndexBuilder(language: "es", synonyms: Synonyms([], language: nil))
        for document in documents { index.add(document) }
        let lexicon = Lexicon(index.lexicon, unrepaired: [])
        let groups = SectionGroups(words: lexicon.words, bags: index.bags)
        var scratch = MatchScratch()
        for document in documents.prefix(20) {
            scratch.read(document.title + " cafés cafés")
            lexicon.read(&scratch)
            lexicon.spellOut(&scratch)
            groups.read(&scratch)
            var all = [Double](repeating: 0, count: documents.count)
            groups.addCosines(scratch, to: &all)
            let sections = all.indices.map { ScoredSection(section: $0, score: 0) }
            let cosines = groups.cosines(of: sections, bags: index.bags, words: lexicon.words, &scratch)
            #expect(zip(all, cosines).allSatisfy { abs($0 - Double($1)) < 1e-4 } && all.contains { $0 > 0.5 })
        }
    }

    @Test(
        "what no section tells is less sure than what one tells, in knowledge bases of any size", arguments: [1, 5, 60])
    func sureness(count: Int) throws {
        let documents = Self.library(count)
        let search = SectionSearch(documents: documents, language: nil)
        var scratch = MatchScratch()
        for document in documents {
            let text = document.title + " " + document.body.split(separator: " ").suffix(1).joined()
            let right = try #require(search.search(text, limit: 1, scratch: &scratch).first)
            #expect(right.confidence > 0.5 && search.ids[right.index] == document.id)
            let other = search.search("cuánto mide la torre Eiffel de París en otoño", limit: 1, scratch: &scratch)
            #expect((other.first?.confidence ?? 0) < 0.35)
        }
    }

    @Test("of a section's paragraphs the one that tells most of the question is the best, else the first")
    func paragraph() {
        let paragraphs = ["Tienes 30 días para devolver un producto.", "La recogida a domicilio cuesta 3,90 €."]
        var scratch = MatchScratch()
        func best(_ question: String) -> Int {
            scratch.read(question)
            return Shop.search.bestParagraph(paragraphs, heading: "Devoluciones", scratch: &scratch)
        }
        #expect(best("cuánto cuesta la recojida") == 1)
        #expect(best("días sin coste domicilio devolución") == 1)
        #expect(best("días para devolver") == 0)
        #expect(best("hola") == 0)
    }
}
