import Language
import Testing

@testable import Matching

@Suite("Editors' synonyms")
struct SynonymTests {
    private static let groups = [
        ["recibo", "tique", "comprobante de compra"], ["gastos de envío", "portes"], ["entrega", "envío"],
        ["móvil", "celular"],
    ]
    private static let phrases: [(intent: String, phrase: String)] =
        Shop.phrases + [
            ("receipt", "quiero mi recibo"), ("receipt", "he perdido el tique"),
            ("receipt", "copia del comprobante de compra"), ("receipt", "necesito un recibo de la tienda"),
            ("shipping", "cuánto son los portes"), ("shipping", "qué portes tenéis"),
            ("shipping", "hay que pagar gastos de envío"), ("shipping", "portes de la batidora"),
        ]

    private static func matcher(_ groups: [[String]], _ rules: [RulePattern] = []) -> IntentMatcher {
        IntentMatcher(examples: phrases, language: "es", synonyms: groups, rules: rules)
    }

    private let matcher = Self.matcher(Self.groups)

    /// The message as it was read.
    private func read(_ text: String, _ matcher: IntentMatcher) -> String {
        var scratch = MatchScratch()
        scratch.read(text)
        matcher.readWords(&scratch)
        #expect(scratch.stems.count == scratch.text.tokens.count && scratch.words.count == scratch.stems.count)
        return scratch.text.tokens.indices.map { scratch.text.word($0) }.joined(separator: " ")
    }

    @Test(
        "words and phrases are read as the first of their group, in every form, the longest first",
        arguments: [
            ("quiero el tique", "quiero el recibo"), ("¡TIQUES!", "recibo"), ("mis recibos", "mis recibos"),
            ("el comprobante de compra, por favor", "el recibo por favor"), ("comprobantes de compras", "recibo"),
            ("portes y tique y portes", "gastos de envio y recibo y gastos de envio"),
            ("los gastos de envío", "los gastos de envio"), ("un envío", "un entrega"),
            ("comprobante de la compra", "comprobante de la compra"), ("comprobante de", "comprobante de"),
            ("comprobante comprobante de compra", "comprobante recibo"), ("", ""),
        ])
    func readings(written: String, read expected: String) { #expect(read(written, matcher) == expected) }

    @Test("words that merely contain one stay as they are")
    func insides() {
        for text in ["etiqueta", "tiquete", "portesano", "recibomio", "subtique", "inmovilidad"] {
            #expect(read(text, matcher) == text)
        }
    }

    @Test("a misspelt synonym is repaired first")
    func misspelt() {
        #expect(read("mi celulra", matcher) == "mi movil")
        var scratch = MatchScratch()
        let match = matcher.match("el celulra y los tiques de la cafetrea", scratch: &scratch)
        #expect(
            match.repairs == [
                SpellingChange(from: "celulra", to: "movil"), SpellingChange(from: "tiques", to: "recibo"),
                SpellingChange(from: "cafetrea", to: "cafetera"),
            ])
        #expect(
            matcher.match("comprobante de compra", scratch: &scratch).repairs.map(\.from) == ["comprobante de compra"])
    }

    @Test("a message means the same with any word of a group, whichever one the phrases have")
    func bothWays() {
        var scratch = MatchScratch()
        func candidates(_ text: String, _ matcher: IntentMatcher) -> [IntentCandidate] {
            matcher.match(text, scratch: &scratch).candidates
        }
        for frame in ["quiero mi %", "he perdido los %s", "dónde está el % de la batidora"] {
            let texts = ["recibo", "tique", "comprobante de compra"].map { way in
                frame.split(separator: "%", omittingEmptySubsequences: false).joined(separator: way)
            }
            let read = texts.map { candidates($0, matcher) }
            #expect(read.allSatisfy { $0.first?.intent == read[0].first?.intent })
            #expect(candidates(texts[1], matcher).first.map { matcher.intents[$0.intent] } == "receipt")
        }
        #expect(candidates("quiero mi tique", matcher) == candidates("quiero mi comprobante de compra", matcher))
        #expect(candidates("los portes", matcher) == candidates("los gastos de envío", matcher))
    }

    @Test("without groups nothing changes, and with the same ones everything is the same, bit for bit")
    func deterministic() {
        let (plain, none) = (IntentMatcher(examples: Self.phrases, language: "es"), Self.matcher([]))
        let again = Self.matcher(Self.groups)
        let strangers = Self.matcher([["xilófono", "marimba de mesa"]])
        var (one, other) = (MatchScratch(), MatchScratch())
        for text in ["quiero el tique", "los portes del horno", "comprobante de compra", "qué vale el hervidor", "zzz"]
        {
            let expected = plain.match(text, scratch: &one).candidates
            #expect(none.match(text, scratch: &other).candidates == expected)
            #expect(strangers.match(text, scratch: &other).candidates == expected)
            #expect(again.match(text, scratch: &one).candidates == matcher.match(text, scratch: &other).candidates)
            #expect(one.counts.allSatisfy { $0 == 0 })
        }
    }

    @Test("groups hold in their own language only")
    func languages() {
        let examples = [
            ("a", 0, "quiero el recibo"), ("b", 0, "hola"), ("a", 1, "I want the receipt"),
            ("b", 1, "hello sales slip"),
        ].map { IntentMatcher.Example(intent: $0.0, language: $0.1, phrase: $0.2) }
        let matcher = IntentMatcher(
            examples: examples, languages: ["es", "en"], synonyms: [[["recibo", "slip"]], [["receipt", "slip"]]])
        var scratch = MatchScratch()
        for (language, expected) in [(0, "recibo"), (1, "receipt")] {
            scratch.read("slips")
            matcher.readWords(&scratch, language: language)
            #expect(scratch.text.word(0) == expected)
        }
        let mixed = IntentMatcher(
            examples: examples, languages: ["es", "en"], synonyms: [[["recibo", "ticket", "hello"]], []])
        for (text, expected) in [("tickets", "recibo"), ("hello", "hello")] {
            scratch.read(text)
            mixed.readWords(&scratch, language: 1)
            #expect(scratch.text.word(0) == expected, "another language's, where no phrase has the word")
        }
    }

    @Test("a rule matches every word of a group, whichever one it names")
    func rules() {
        func matches(_ rule: RulePattern, _ text: String) -> Bool {
            let matcher = Self.matcher(Self.groups, [rule])
            var scratch = MatchScratch()
            scratch.read(text)
            matcher.readWords(&scratch)
            return matcher.rules[0].match(&scratch) { _, _ in } != nil
        }
        let ways = ["recibo", "tiques", "comprobante de compra"]
        for rule in ["recibo", "tique", "comprobante de compra", "mi recibo ya", "mi * tique"] {
            for way in ways { #expect(matches(RulePattern(.words(rule)), "quiero mi \(way) ya"), "\(rule) \(way)") }
        }
        let choice = RuleElement.sequence([
            .optional(.word("el")), .alternatives([.word("porte"), .words("comprobante de compra")]), .word("hoy"),
        ])
        for way in ways + ["portes", "gastos de envío"] {
            #expect(matches(RulePattern(choice, startsMessage: true, endsMessage: true), "\(way) hoy"), "\(way)")
        }
        for (excluded, text) in [("tique", "hola, mi recibo"), ("portes", "hola, los gastos de envío")] {
            let rule = RulePattern(.word("hola"), excluded: [excluded])
            #expect(!matches(rule, text) && matches(rule, "hola, los gastos del envío"))
        }
        #expect(!matches(RulePattern(.words("recibo ya")), "comprobante de compra de ya"))
    }

    @Test("a rule matches single words of a phrase that is read as another, but none that either reading excludes")
    func wordsOfPhrases() {
        let groups = Self.groups + [["nevera", "frigo de mesa"]]
        func found(_ rule: RulePattern, _ text: String, heldBack: Bool = false) -> Bool {
            let rules = [rule] + (0..<1_000).map { RulePattern(.words("mi palabra\($0)")) }
            let matcher = IntentMatcher(
                examples: Self.phrases, language: "es", synonyms: groups, rules: rules, slots: ["product"])
            var scratch = MatchScratch()
            scratch.read(text)
            matcher.readWords(&scratch)
            func find(_ slot: Int, _ found: inout [SlotMention]) { found.append(SlotMention(start: 1, end: 2)) }
            let match = matcher.rules[0].match(&scratch, mentions: find)
            #expect(scratch.triedRules <= 1)
            return heldBack ? match == nil && matcher.rules[0].heldBack(&scratch, mentions: find) == [0] : match == 0
        }
        let text = "el comprobante de compra, ya"
        for rule in ["compra", "comprobante *1 compra", "recibo ya", "compra ya"] {
            let parts = rule.split(separator: " ").map { $0 == "*1" ? .gap(atMost: 1) : RuleElement.word(String($0)) }
            #expect(found(RulePattern(.sequence(parts)), text), "\(rule)")
        }
        let slot = RuleElement.sequence([.slot("product"), .words("de mesa")])
        #expect(found(RulePattern(slot, startsMessage: false, endsMessage: true), "mi frigo de mesa"))
        #expect(!found(RulePattern(.word("compra"), startsMessage: true), text))
        for excluded in ["recibo", "comprobante"] {
            let rule = RulePattern(.word("compra"), excluded: [excluded])
            #expect(!found(rule, text), "\(excluded)")
        }
        #expect(found(RulePattern(.word("el"), excluded: ["recibo"]), text, heldBack: true))
        let gap = RuleElement.sequence([.word("el"), .gap(atMost: nil, without: ["recibo"]), .word("ya")])
        #expect(found(RulePattern(gap), text, heldBack: true))
    }

    @Test("mentions of slots are found in the words as written, and stand where those are read")
    func mentions() {
        let rule = RulePattern(.sequence([.word("portes"), .gap(atMost: 1), .slot("product"), .word("ya")]))
        let matcher = IntentMatcher(
            examples: Self.phrases, language: "es", synonyms: Self.groups + [["nevera", "frigo de mesa"]],
            rules: [rule],
            slots: ["product"])
        for (text, start, end) in [
            ("portes tique horno ya", 2, 3), ("portes frigo de mesa ya", 1, 4), ("portes de frigo ya", 2, 3),
            ("portes frigo de mesa ya", 1, 2), ("tique tique portes comprobante de compra horno ya", 6, 7),
        ] {
            var scratch = MatchScratch()
            scratch.read(text)
            matcher.readWords(&scratch)
            #expect(scratch.written.tokens.count == text.split(separator: " ").count)
            let found = matcher.rules[0].match(&scratch) { _, found in
                found.append(SlotMention(start: start, end: end))
            }
            #expect(found == 0, "\(text)")
        }
    }

    @Test("rules that say the same in other words are told")
    func check() {
        let rules = [RulePattern(.words("mi recibo")), RulePattern(.words("mi tique"))]
        let check = RuleCheck(rules, slots: [], of: Self.matcher(Self.groups, rules), isMentionable: { _ in true })
        #expect(check.cover(of: 1) == 0 && !check.isImpossible(0))
        let impossible = [RulePattern(.word("recibo"), excluded: ["tique"])]
        let other = RuleCheck(
            impossible, slots: [], of: Self.matcher(Self.groups, impossible), isMentionable: { _ in true })
        #expect(other.isImpossible(0))
    }

    @Test("search finds sections by any word of a group, and quotes the paragraph that has another")
    func search() {
        let documents =
            Shop.sections + [
                SearchDocument(id: "paper", title: "El tique", body: "Sin el papel no se puede cambiar nada."),
                SearchDocument(id: "costs", title: "Precios", body: "Los gastos de envío son de 4,90 €."),
            ]
        let search = SectionSearch(documents: documents, language: "es", synonyms: Self.groups)
        var scratch = MatchScratch()
        func found(_ text: String) -> SectionHit? { search.search(text, limit: 1, scratch: &scratch).first }
        for way in ["tique", "tiques", "comprobante de compra"] {
            #expect(found(way).map { search.ids[$0.index] } == "paper", "\(way)")
            #expect(found(way) == found("recibo"))
        }
        #expect(found("portes").map { search.ids[$0.index] } == "costs")
        scratch.read("¿y el recibo?")
        let paragraphs = ["Nada de nada.", "Guarda bien los tiques.", "Adiós."]
        #expect(search.bestParagraph(paragraphs, heading: "Cambios", scratch: &scratch) == 1)
    }

    @Test("an explanation's shares add up for what was read")
    func explanation() {
        var scratch = MatchScratch()
        let text = "quiero mi comprobante de compra"
        let explanation = matcher.explain(text, scratch: &scratch)
        let match = matcher.match(text, scratch: &scratch)
        #expect(explanation.candidates[0].terms.filter { $0.kind == .word }.map(\.text) == ["quiero", "mi", "recibo"])
        #expect(abs(explanation.candidates[0].score - Double(match.candidates[0].score)) < 0.0001)
        #expect(explanation.repairs == [SpellingChange(from: "comprobante de compra", to: "recibo")])
    }
}
