import Language
import Testing

@testable import Matching

@Suite("What rules exclude")
struct RuleExclusionTests {
    private func matches(_ pattern: RulePattern, _ text: String) -> Bool { RuledShop([pattern]).match(text) == 0 }

    private func heldBack(_ patterns: [RulePattern], _ text: String) -> [Int] {
        var scratch = MatchScratch()
        return RuledShop(patterns).heldBack(text, &scratch)
    }

    @Test("a word that must not stand right before is looked for so many words back, as far as the last mark")
    func before() {
        func pattern(_ within: Int?) -> RulePattern {
            RulePattern(.words("quiero anular"), before: RulePattern.Before(["no", "nunca"], within: within))
        }
        for text in ["no quiero anular", "ya nunca quiero anular", "si: no quiero anular", "no quiero anular no"] {
            #expect(!matches(pattern(1), text), "\(text)")
        }
        for text in [
            "quiero anular", "no, quiero anular", "no lo quiero anular", "no llega quiero anular",
            "no quiero nada: quiero anular", "no quiero anular… bueno quiero anular", "quiero anular no",
        ] {
            #expect(matches(pattern(1), text), "\(text)")
        }
        #expect(!matches(pattern(2), "no lo quiero anular") && matches(pattern(2), "no, lo quiero anular"))
        #expect(!matches(pattern(nil), "no a b c d quiero anular") && matches(pattern(nil), "no a b. quiero anular"))
        // Chat words are written out, and the mark before them stays.
        #expect(matches(pattern(2), "no, xfa quiero anular"))
    }

    @Test("words that a gap leaves out may stand anywhere else")
    func gaps() {
        for most in [3, nil] {
            let pattern = RulePattern(
                .sequence([.word("quiero"), .gap(atMost: most, without: ["no", "nunca"]), .word("anular")]))
            for text in ["quiero anular", "quiero que alguien anule", "no quiero anular", "quiero anular no"] {
                #expect(matches(pattern, text), "\(text)")
            }
            for text in ["quiero que no anule", "quiero no anular", "quiero: nunca anular"] {
                #expect(!matches(pattern, text), "\(text)")
            }
            #expect(matches(pattern, "quiero no quiero anular"))
        }
    }

    @Test("a rule that would match but for what it excludes holds back, wherever the exclusion stands")
    func heldBack() {
        let patterns = [
            RulePattern(.words("quiero anular"), excluded: ["no"]),
            RulePattern(.words("anular pedido"), before: RulePattern.Before(["no"], within: nil)),
            RulePattern(.sequence([.word("quiero"), .gap(atMost: nil, without: ["no"]), .word("factura")])),
            RulePattern(.word("garantia")),
        ]
        #expect(heldBack(patterns, "no quiero anular pedido") == [0, 1])
        #expect(heldBack(patterns, "no anular pedido") == [1])
        #expect(heldBack(patterns, "quiero que no factura") == [2])
        #expect(heldBack(patterns, "no quiero factura ni anular") == [])
        #expect(RuledShop(patterns).tried("no quiero anular").map(\.outcome).contains(.excluded))
    }

    @Test("ten thousand rules with exclusions cost a message that none decides no more than a hundred")
    func cost() {
        func tried(_ count: Int) -> Int {
            let shop = RuledShop(
                (0..<count).map { number in
                    let name =
                        "w"
                        + String(number, radix: 4).map { ["kaka", "lulu", "mimi", "toto"][Int(String($0)) ?? 0] }
                        .joined()
                    return RulePattern(.words("quiero \(name)"), before: RulePattern.Before(["no"], within: 1))
                })
            var scratch = MatchScratch()
            #expect(shop.heldBack("hola no quiero wlulu para el horno", &scratch) == [1])
            return scratch.triedRules
        }
        #expect(tried(10_000) == tried(100) && tried(100) == 2)
    }

    @Test("exclusions cost no more than words times what the pattern has")
    func hostile() {
        let gaps = (0..<15).flatMap { _ in [RuleElement.word("a"), .gap(atMost: nil, without: ["zas", "zis"])] }
        let pattern = RulePattern(
            .sequence(gaps + [.word("zos")]), before: RulePattern.Before(["b", "c"], within: nil))
        let shop = RuledShop([pattern])
        let text = Array(repeating: "a", count: 198).joined(separator: " ") + " b zos"
        var scratch = MatchScratch()
        _ = shop.heldBack(text, &scratch)
        let size = shop.matcher.rules[0].programs[0].steps.count + pattern.allExcluded.count
        #expect(scratch.ruleSteps <= 2 * 201 * size && scratch.ruleSteps > 200)
    }
}
