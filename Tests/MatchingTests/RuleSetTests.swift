import Language
import SeededRandom
import Testing

@testable import Matching

/// A matcher with rules, asked about messages.
struct RuledShop {
    let matcher: IntentMatcher
    /// Mentions of the slots `product` and `zone`, by the words that make them.
    private let values: [[[String]]] = [[["horno"], ["horno", "de", "gas"], ["sarten"]], [["canarias"]]]
    static let slots = ["product", "zone"]

    init(_ rules: [RulePattern]) {
        matcher = IntentMatcher(
            examples: Array(Shop.phrases.prefix(12)), language: "es", rules: rules, slots: Self.slots)
    }

    init(_ bodies: RuleElement...) { self.init(bodies.map { RulePattern($0) }) }

    func match(_ text: String, _ scratch: inout MatchScratch) -> Int? {
        scratch.read(text)
        matcher.readWords(&scratch)
        let words = scratch.text.tokens.indices.map { scratch.text.word($0) }
        return matcher.rules.match(&scratch) { slot, found in find(slot, words, &found) }
    }

    func match(_ text: String) -> Int? {
        var scratch = MatchScratch()
        return match(text, &scratch)
    }

    func tried(_ text: String) -> [(rule: Int, outcome: RuleSet.Outcome)] {
        var scratch = MatchScratch()
        scratch.read(text)
        matcher.readWords(&scratch)
        let words = scratch.text.tokens.indices.map { scratch.text.word($0) }
        return matcher.rules.tried(&scratch) { slot, found in find(slot, words, &found) }
    }

    private func find(_ slot: Int, _ words: [String], _ found: inout [SlotMention]) {
        for start in words.indices {
            for value in values[slot] where words[start...].starts(with: value) {
                found.append(SlotMention(start: start, end: start + value.count))
            }
        }
    }
}

extension RuleElement {
    /// Words, one behind the other; `*` is a gap.
    static func words(_ text: String) -> RuleElement {
        .sequence(text.split(separator: " ").map { $0 == "*" ? .gap(atMost: nil) : .word(String($0)) })
    }
}

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

@Suite("What rules cost")
struct RuleCostTests {
    @Test("ten thousand rules cost a message no more than a hundred")
    func index() {
        func cost(_ count: Int) -> (tried: Int, matched: Int) {
            // Letters that are far from each other, so that no word is another misspelt.
            let names = (0..<count).map { number in
                "w" + String(number, radix: 4).map { ["kaka", "lulu", "mimi", "toto"][Int(String($0)) ?? 0] }.joined()
            }
            let shop = RuledShop(
                names.map {
                    RulePattern(.sequence([.word("quiero"), .gap(atMost: nil), .word($0), .optional(.word("ya"))]))
                })
            var scratch = MatchScratch()
            var matched = 0
            for number in 0..<100 {
                if shop.match("hola quiero un \(names[number]) para el horno", &scratch) == number { matched += 1 }
                #expect(shop.match("hola quiero un horno de gas", &scratch) == nil)
            }
            return (scratch.triedRules, matched)
        }
        let (few, many) = (cost(100), cost(10_000))
        #expect(few.matched == 100 && many.matched == 100)
        #expect(many.tried <= few.tried && few.tried == 100)
    }

    @Test("a rule that can do with one of several words is found by each, tried once a message")
    func alternatives() {
        let shop = RuledShop(.sequence([.optional(.word("ya")), .alternatives([.word("anular"), .word("quitar")])]))
        var scratch = MatchScratch()
        for text in ["anular", "quitar quitar", "ya quitar o anular"] { #expect(shop.match(text, &scratch) == 0) }
        #expect(scratch.triedRules == 3)
        #expect(shop.match("ya", &scratch) == nil && scratch.triedRules == 3)
    }

    @Test("hostile patterns cost no more than words times steps")
    func hostile() {
        var nested = RuleElement.word("a")
        for _ in 0..<9 { nested = .optional(.sequence([nested, .optional(.word("a")), .gap(atMost: 3), .word("a")])) }
        let gaps = RuleElement.sequence(
            (0..<20).flatMap { _ in [RuleElement.word("a"), .gap(atMost: nil)] } + [.word("zas")])
        let choices = RuleElement.sequence(
            (0..<16).map { _ in .alternatives([.word("a"), .words("a a"), .optional(.words("a a a"))]) } + [
                .word("zas")
            ])
        let text = Array(repeating: "a", count: 198).joined(separator: " ") + " b zas"
        for body in [RuleElement.sequence([nested, .word("zas")]), gaps, choices] {
            let shop = RuledShop(body)
            var scratch = MatchScratch()
            _ = shop.match(text, &scratch)
            let steps = shop.matcher.rules.programs[0].steps.count
            #expect(scratch.triedRules == 1)
            #expect(
                scratch.ruleSteps <= 201 * steps && scratch.ruleSteps > 200, "\(scratch.ruleSteps) of \(steps) steps")
        }
    }

    @Test("a pattern matches what its texts, tried one by one, match")
    func oracle() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SplitMix64(seed: seed)
        let letters = ["uno", "dos", "tres"]
        func random(_ depth: Int) -> RuleElement {
            switch Int.random(in: 0..<(depth > 0 ? 7 : 3), using: &generator) {
            case 0...1: .word(letters[Int.random(in: 0..<3, using: &generator)])
            case 2: .gap(atMost: Bool.random(using: &generator) ? nil : Int.random(in: 1...2, using: &generator))
            case 3: .optional(random(depth - 1))
            case 4: .alternatives([random(depth - 1), random(depth - 1)])
            default: .sequence([random(depth - 1), random(depth - 1)])
            }
        }
        /// Where a match that starts at `start` may end, by trying everything.
        func ends(_ element: RuleElement, _ words: [String], _ start: Int) -> Set<Int> {
            switch element {
            case .word(let word): start < words.count && words[start] == word ? [start + 1] : []
            case .slot: []
            case .gap(let most): Set(start...min(words.count, start + (most ?? words.count)))
            case .optional(let part): ends(part, words, start).union([start])
            case .alternatives(let parts): parts.reduce(into: []) { $0.formUnion(ends($1, words, start)) }
            case .sequence(let parts):
                parts.reduce([start]) { starts, part in
                    starts.reduce(into: Set<Int>()) { $0.formUnion(ends(part, words, $1)) }
                }
            }
        }
        for round in 0..<60 {
            let pattern = RulePattern(
                .sequence([.word("uno"), random(4)]), startsMessage: Bool.random(using: &generator),
                endsMessage: Bool.random(using: &generator))
            let shop = RuledShop([pattern])
            var scratch = MatchScratch()
            for _ in 0..<30 {
                let words = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                    letters[Int.random(in: 0..<3, using: &generator)]
                }
                let starts = pattern.startsMessage ? [0] : Array(0...words.count)
                let expected = starts.contains { start in
                    ends(pattern.body, words, start).contains { !pattern.endsMessage || $0 == words.count }
                }
                #expect(
                    (shop.match(words.joined(separator: " "), &scratch) == 0) == expected,
                    "seed \(seed), round \(round): \(pattern) on \(words)")
            }
        }
    }
}

@Suite("Rules that are no use")
struct RuleCheckTests {
    private func check(_ patterns: [RulePattern], unmentionable: Int = 9) -> RuleCheck {
        RuleCheck(patterns, slots: RuledShop.slots, of: RuledShop(patterns).matcher) { $0 != unmentionable }
    }

    @Test("a rule is impossible where every way needs a word that it excludes or a slot without values")
    func impossible() {
        let both = RuleElement.alternatives([.word("anular"), .word("quitar")])
        let patterns = [
            RulePattern(.words("anular pedido"), excluded: ["anulo"]), RulePattern(both, excluded: ["anular"]),
            RulePattern(both, excluded: ["anular", "quito"]),
            RulePattern(.sequence([.word("a"), .optional(.word("no"))]), excluded: ["no"]),
            RulePattern(.sequence([.word("a"), .slot("zone")])),
            RulePattern(.sequence([.word("a"), .slot("product")])),
        ]
        let found = patterns.indices.map { check(patterns, unmentionable: 1).isImpossible($0) }
        #expect(found == [true, false, true, false, true, false])
    }

    @Test("a rule is covered by one that decides before it and matches whatever it matches")
    func covered() {
        func cover(_ first: RulePattern, _ second: RulePattern) -> Int? { check([first, second]).cover(of: 1) }
        let pair = RulePattern(.words("anular pedido"))
        let choice = RulePattern(
            .sequence([.alternatives([.word("anular"), .word("quitar")]), .optional(.word("ya")), .word("pedido")]))
        #expect(cover(pair, RulePattern(.words("anulo pedidos"))) == 0)
        #expect(cover(choice, pair) == 0)
        // Equally precise, but it matches more; or no less precise, but less.
        #expect(cover(pair, choice) == nil)
        #expect(cover(RulePattern(.words("anular pedido"), startsMessage: true), pair) == nil)
        #expect(cover(RulePattern(.words("anular pedido"), excluded: ["no"]), pair) == nil)
        // What decides later covers nothing.
        #expect(cover(RulePattern(.word("anular")), pair) == nil)
        let gap = RulePattern(.words("anular * pedido"))
        let bounded = RulePattern(.sequence([.word("anular"), .gap(atMost: 3), .word("pedido")]))
        #expect(cover(gap, RulePattern(.words("anular * pedidos"))) == 0)
        #expect(cover(bounded, RulePattern(.words("anular * pedido"))) == nil)
        #expect(cover(bounded, RulePattern(.sequence([.word("anular"), .gap(atMost: 4), .word("pedido")]))) == nil)
        let excluding = { RulePattern(.words("anular pedido"), excluded: $0) }
        #expect(cover(excluding(["no", "ya"]), excluding(["ya", "nos"])) == nil)
        #expect(cover(excluding(["no", "ya"]), excluding(["ya", "no"])) == 0)
        let slot = RulePattern(.sequence([.word("precio"), .slot("product")]))
        #expect(cover(slot, RulePattern(.sequence([.word("precios"), .slot("product")]))) == 0)
        #expect(cover(slot, RulePattern(.sequence([.word("precio"), .slot("zone")]))) == nil)
        #expect(cover(slot, RulePattern(.words("precio horno"))) == nil)
    }
}
