import Language
import Testing

@testable import Matching

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
        // What stands in a gap or before the rule is not known, but where both rules are the same.
        let gapped = RulePattern(.sequence([.word("anular"), .gap(atMost: 3, without: ["no"]), .word("pedido")]))
        #expect(cover(gapped, RulePattern(.words("anular * pedido"))) == nil && cover(gapped, gapped) == 0)
        let bound = RulePattern(.words("anular pedido"), before: RulePattern.Before(["no"], within: 1))
        #expect(cover(bound, pair) == nil && cover(bound, bound) == 0)
        let slot = RulePattern(.sequence([.word("precio"), .slot("product")]))
        #expect(cover(slot, RulePattern(.sequence([.word("precios"), .slot("product")]))) == 0)
        #expect(cover(slot, RulePattern(.sequence([.word("precio"), .slot("zone")]))) == nil)
        #expect(cover(slot, RulePattern(.words("precio horno"))) == nil)
    }
}
