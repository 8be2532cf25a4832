import Language
import Testing

@testable import Content

@Suite("Rules in an intent's file")
struct RuleTests {
    private func shop(_ rules: String...) -> SmallShop {
        SmallShop().replacing("## Pregunta", with: "## Reglas\n" + rules.map { "- \($0)\n" }.joined() + "\n## Pregunta")
    }

    private func pattern(_ rule: String) throws -> RulePattern {
        try #require(try shop(rule).bundle().intent("price")?.rules["es"]?.first).pattern
    }

    @Test("each sign of a pattern is read, accents and punctuation folded away")
    func signs() throws {
        #expect(
            try pattern("^ ¿[Me] (dirás | di tú)  *3 {producto} * e-mail $ !no !(nunca | jamás)")
                == RulePattern(
                    .sequence([
                        .optional(.word("me")),
                        .alternatives([.word("diras"), .sequence([.word("di"), .word("tu")])]),
                        .gap(atMost: 3), .slot("product"), .gap(atMost: nil), .word("e"), .word("mail"),
                    ]), startsMessage: true, endsMessage: true, excluded: ["no", "nunca", "jamas"]))
        #expect(try pattern("precio") == RulePattern(.word("precio")))
        #expect(
            try pattern("a [b | c]").body
                == .sequence([.word("a"), .optional(.alternatives([.word("b"), .word("c")]))]))
        #expect(try pattern("^ *3 precio *2 $").body.gaps == [3, 2])
    }

    @Test("an exclusion that a gap carries holds in the gap, or right before what the rule begins with")
    func placedExclusions() throws {
        #expect(
            try pattern("*2!no quiero *!(no | nunca) anular * ya !pago")
                == RulePattern(
                    .sequence([
                        .word("quiero"), .gap(atMost: nil, without: ["no", "nunca"]), .word("anular"),
                        .gap(atMost: nil), .word("ya"),
                    ]), before: RulePattern.Before(["no"], within: 2), excluded: ["pago"]))
        // Behind the start of the message a gap is a gap; with a blank before it an exclusion is the whole message's.
        #expect(
            try pattern("^ *2!no quiero")
                == RulePattern(.sequence([.gap(atMost: 2, without: ["no"]), .word("quiero")]), startsMessage: true))
        #expect(
            try pattern("quiero *2 !no anular")
                == RulePattern(
                    .sequence([.word("quiero"), .gap(atMost: 2), .word("anular")]), excluded: ["no"]))
        #expect(try pattern("*!no anular").before == RulePattern.Before(["no"], within: nil))
    }

    @Test("a rule knows its text and its place; a list may go on over lines")
    func place() throws {
        let bundle = try SmallShop().replacing("## Phrases", with: "## Rules\n-   how\n  much\n- cost\n\n## Phrases")
            .bundle()
        let rules = try #require(bundle.intent("price")?.rules["en"])
        #expect(rules.map(\.text) == ["how much", "cost"])
        #expect(rules.map(\.line) == [35, 37] && rules.map(\.column) == [5, 3])
        #expect(rules[0].place == "Intents/pre-sale/price.md:35")
    }

    @Test("phrases held back leave the rules, and the others keep their lines")
    func heldBack() throws {
        let bundle = try shop("precio").bundle().keepingPhrases { _, _, place in place == 1 }
        #expect(bundle.intent("price")?.rules["es"]?.count == 1)
        #expect(bundle.intent("price")?.phrases["es"] == ["precio"])
        #expect(bundle.intent("price")?.phrasePlaces["es"]?.map(\.line) == [12])
    }

    @Test(
        "each mistake is told where it stands, with a hint",
        arguments: [
            ("(hola | adiós", 1, SentenceKey.ruleBracketUnclosed), ("di [hola", 4, .ruleBracketUnclosed),
            ("di {producto", 4, .ruleBracketUnclosed), ("hola)", 5, .ruleBracketUnopened),
            ("hola ] di", 6, .ruleBracketUnopened), ("hola } di", 6, .ruleBracketUnopened),
            ("(hola | )", 9, .ruleAlternativeEmpty), ("(| hola)", 2, .ruleAlternativeEmpty),
            ("di () hola", 5, .ruleAlternativeEmpty), ("di []", 5, .ruleAlternativeEmpty),
            ("hola | adiós", 6, .ruleBarOutside), ("di {prodcuto}", 5, .slotUnknown), ("di {}", 5, .slotUnknown),
            ("di ^ hola", 4, .ruleStartMisplaced), ("(^ hola)", 2, .ruleStartMisplaced),
            ("hola $ di", 6, .ruleEndMisplaced), ("(hola $)", 7, .ruleEndMisplaced), ("* hola", 1, .ruleGapUseless),
            ("hola *3", 6, .ruleGapUseless), ("^ * hola", 3, .ruleGapUseless), ("hola *0 di", 6, .valueOutOfRange),
            ("hola *21 di", 6, .valueOutOfRange), ("hola *99999999999999999999 di", 6, .valueOutOfRange),
            ("hola !", 6, .ruleExclusionMalformed), ("hola ! no", 6, .ruleExclusionMalformed),
            ("hola !(no | ya nunca)", 6, .ruleExclusionMalformed), ("hola !{producto}", 6, .ruleExclusionMalformed),
            ("hola !e-mail", 6, .ruleExclusionMalformed), ("hola (di | !no tal)", 12, .ruleExclusionInside),
            ("(hola *2!no di)", 9, .ruleExclusionInside), ("hola *2!no", 6, .ruleGapUseless),
            ("[hola] *2!no di", 8, .ruleGapUseless), ("hola *2!no [di]", 6, .ruleGapUseless),
            ("hola *2! no", 8, .ruleExclusionMalformed), ("*2!no", 1, .ruleNeedsNothing),
            ("*2!no *2!ya hola", 7, .ruleGapUseless),
            ("[hola] [di]", 1, .ruleNeedsNothing), ("(hola | [di])", 1, .ruleNeedsNothing),
            ("!no", 1, .ruleNeedsNothing),
            ("¿?", 1, .ruleEmpty), ("^ $", 1, .ruleEmpty), ("((((((((((( hola )))))))))))", 11, .ruleTooLong),
            ("a *20 b *20 c *20 d *20 e *20 f", 27, .ruleTooLong),
        ])
    func mistakes(rule: String, column: Int, key: SentenceKey) {
        let problems = shop(rule).problems()
        let all = Comment(rawValue: problems.map { $0.rendered(language: "en") }.joined(separator: "\n"))
        let found = problems.first { $0.key == key }
        #expect(found?.line == 15 && found?.column == column + 2 && found?.severity == .error, all)
        #expect(key == .valueOutOfRange || found?.hintText(language: "es")?.isEmpty == false, all)
        #expect(problems.allSatisfy { $0.line == 15 }, all)
    }

    @Test("the mistakes of all rules are told at once, a slot with the nearest name")
    func allAtOnce() {
        let problems = shop("hola)", "di {zona}", "a | b | c", "precio").problems()
        #expect(problems.map(\.line) == [15, 16, 17, 17])
        #expect(problems[1].hintText(language: "en")?.contains("\"zone\"") == true)
        #expect(
            SmallShop().replacing("- precio", with: "- precio\n\n## Reglas\nhola").problems().map(\.key) == [
                .listExpected
            ])
        let section = SmallShop().replacing("## Frases", with: "## Regls").problems().first {
            $0.key == .sectionUnknown
        }
        #expect(section?.hintText(language: "es")?.contains("Reglas") == true)
    }
}
