import Language
import Testing

@testable import Matching

@Suite("Rules")
struct RuleSetTests {
    private func matches(_ pattern: RulePattern, _ text: String) -> Bool { RuledShop([pattern]).match(text) == 0 }
    private func matches(_ body: RuleElement, _ text: String) -> Bool { matches(RulePattern(body), text) }

    @Test("words match by their stem, anywhere, as neighbours in that order, misspelt and with accents too")
    func words() {
        let rule = RuleElement.words("anular pedido")
        for text in [
            "anular pedido", "quiero anular pedidos ya", "ANULÁR, pedido!", "anulr pedid0 no: anularr pedidoo",
        ] {
            #expect(matches(rule, text), "\(text)")
        }
        for text in ["anular mi pedido", "pedido anular", "anular", "pedido", "", "…"] {
            #expect(!matches(rule, text), "\(text)")
        }
        // Too short to be taken for misspelt.
        #expect(matches(.word("iva"), "con iva") && !matches(.word("iva"), "con ifa"))
    }

    @Test("one of the alternatives, options there or not, also inside each other")
    func choices() {
        let rule = RuleElement.sequence([
            .alternatives([
                .word("anular"), .words("dar de baja"), .sequence([.word("quitar"), .optional(.word("ya"))]),
            ]),
            .optional(.alternatives([.word("mi"), .word("el")])), .word("pedido"),
        ])
        for text in ["anular pedido", "dar de baja mi pedido", "quitar ya el pedido", "quitar pedido"] {
            #expect(matches(rule, text), "\(text)")
        }
        for text in ["dar de pedido", "anular ya pedido", "anular mi el pedido", "mi pedido"] {
            #expect(!matches(rule, text), "\(text)")
        }
    }

    @Test("a gap takes any number of words, or no more than it says")
    func gaps() {
        let open = RuleElement.words("anular * pedido")
        let bounded = RuleElement.sequence([.word("anular"), .gap(atMost: 2), .word("pedido")])
        let far = "anular " + String(repeating: "xyz ", count: 150) + "pedido"
        for (text, isNear) in [
            ("anular pedido", true), ("anular x y pedido", true), ("anular x y z pedido", false), (far, false),
        ] {
            #expect(matches(open, text), "\(text)")
            #expect(matches(bounded, text) == isNear, "\(text)")
        }
        #expect(!matches(open, "pedido anular"))
    }

    @Test("the start and the end of a message are held to, and an end that was cut off is none")
    func ends() {
        let both = RulePattern(.words("anular pedido"), startsMessage: true, endsMessage: true)
        #expect(matches(both, "¡anular pedido!"))
        #expect(!matches(both, "anular pedido ya") && !matches(both, "quiero anular pedido"))
        let near = RulePattern(.sequence([.gap(atMost: 2), .word("pedido")]), startsMessage: true)
        #expect(matches(near, "a b pedido c") && !matches(near, "a b c pedido"))
        let end = RulePattern(.word("pedido"), endsMessage: true)
        let words = Array(repeating: "pedido", count: Recipe.wordLimit - 1).joined(separator: " ")
        #expect(matches(end, words) && !matches(end, words + " pedido x"))
    }

    @Test("a message with an excluded word is not matched, wherever it stands and in whatever form")
    func exclusion() {
        let rule = RulePattern(.word("anular"), excluded: ["no", "cambiar"])
        #expect(matches(rule, "quiero anular"))
        for text in ["no quiero anular", "anular no", "anular o cambiarlo: cambiar", "anular, cambiarr"] {
            #expect(!matches(rule, text), "\(text)")
        }
    }

    @Test("a slot is one mention of a value, of one word or several")
    func slots() {
        let rule = RuleElement.sequence([.word("precio"), .word("del"), .slot("product"), .word("barato")])
        for text in ["precio del horno barato", "precio del horno de gas barato", "precio del sartén barato"] {
            #expect(matches(rule, text), "\(text)")
        }
        for text in [
            "precio del barato", "precio del xyz barato", "precio del horno de barato", "precio del canarias barato",
        ] {
            #expect(!matches(rule, text), "\(text)")
        }
        #expect(matches(.slot("zone"), "a canarias") && !matches(.slot("zone"), "a lugo"))
    }

    @Test("the more precise rule decides; the first written only where both are as precise")
    func specificity() {
        let gap3 = RuleElement.sequence([.word("anular"), .gap(atMost: 3), .word("pedido")])
        let gap2 = RuleElement.sequence([.word("anular"), .gap(atMost: 2), .word("pedido")])
        let rising: [RulePattern] = [
            RulePattern(.word("anular")), RulePattern(.words("anular * pedido")), RulePattern(gap3), RulePattern(gap2),
            RulePattern(.words("anular pedido")), RulePattern(.words("anular pedido"), startsMessage: true),
            RulePattern(.words("anular pedido"), startsMessage: true, endsMessage: true),
            RulePattern(.words("anular pedido"), startsMessage: true, endsMessage: true, excluded: ["no"]),
        ]
        for (first, last) in zip(rising, rising.dropFirst()) {
            #expect(RuledShop([first, last]).match("anular pedido") == 1)
            #expect(RuledShop([last, first]).match("anular pedido") == 0)
        }
        let equal = [RulePattern(.word("pedido")), RulePattern(.word("anular"))]
        #expect(RuledShop(equal).match("anular pedido") == 0)
        #expect(RuledShop(equal.reversed()).match("anular pedido") == 0)
        // An alternative counts by its shortest, an option not at all.
        let choice = RulePattern(.alternatives([.word("anular"), .words("anular pedido ya")]))
        #expect(RuledShop([choice, RulePattern(.words("anular pedido"))]).match("anular pedido ya") == 1)
    }

    @Test("what was tried is told with what became of it")
    func tried() {
        let shop = RuledShop([
            RulePattern(.words("anular pedido")), RulePattern(.word("anular")),
            RulePattern(.word("anular"), excluded: ["pedido"]), RulePattern(.words("pedido anular")),
            RulePattern(.word("garantia")),
        ])
        let tried = shop.tried("quiero anular pedido")
        #expect(tried.map(\.rule) == [0, 3, 2, 1])
        #expect(tried.map(\.outcome) == [.decides, .unmatched, .excluded, .outranked])
    }

    @Test("words of rules that no phrase has change nothing of what statistics say")
    func statistics() {
        let plain = IntentMatcher(examples: Shop.phrases, language: "es")
        let words = ["xilófono", "brújula", "mástil"].map { RulePattern(.word(Folding.fold($0))) }
        let ruled = IntentMatcher(examples: Shop.phrases, language: "es", rules: words)
        var (one, other) = (MatchScratch(), MatchScratch())
        for text in [
            "cuánto cuesta el xilófono", "brújula", "xilofonos y mastiles del horno", "la facutra del pedido", "",
        ] {
            #expect(
                ruled.match(text, scratch: &one).candidates == plain.match(text, scratch: &other).candidates, "\(text)")
        }
        #expect(ruled.explain("cuánto cuesta el xilófono", scratch: &one).unknownWords == ["xilofono"])
    }
}
