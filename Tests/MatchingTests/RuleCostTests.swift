import Language
import SeededRandom
import Testing

@testable import Matching

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
            let steps = shop.matcher.rules[0].programs[0].steps.count
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
            case 2:
                .gap(
                    atMost: Bool.random(using: &generator) ? nil : Int.random(in: 1...2, using: &generator),
                    without: Bool.random(using: &generator) ? [] : ["dos"])
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
            case .gap(let most, let without):
                Set(
                    (start...min(words.count, start + (most ?? words.count))).filter { end in
                        !words[start..<end].contains(where: without.contains)
                    })
            case .optional(let part): ends(part, words, start).union([start])
            case .alternatives(let parts): parts.reduce(into: []) { $0.formUnion(ends($1, words, start)) }
            case .sequence(let parts):
                parts.reduce([start]) { starts, part in
                    starts.reduce(into: Set<Int>()) { $0.formUnion(ends(part, words, $1)) }
                }
            }
        }
        for round in 0..<60 {
            let isBound = Bool.random(using: &generator)
            let within = Int.random(in: 1...3, using: &generator)
            let before = isBound ? nil : RulePattern.Before(["dos"], within: within)
            let pattern = RulePattern(
                .sequence([.word("uno"), random(4)]), before: before,
                startsMessage: isBound && Bool.random(using: &generator),
                endsMessage: Bool.random(using: &generator))
            let shop = RuledShop([pattern])
            var scratch = MatchScratch()
            for _ in 0..<30 {
                let words = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                    letters[Int.random(in: 0..<3, using: &generator)]
                }
                let starts = (pattern.startsMessage ? [0] : Array(0...words.count)).filter { start in
                    before == nil || !words[max(0, start - within)..<start].contains("dos")
                }
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
