import Testing

@testable import Content

@Suite("Intents that open cases")
struct CaseTests {
    private let shop = SmallShop()

    @Test("an intent's case is read, and its answer may name the key and the last day in either language")
    func variables() throws {
        let bundle = try shop.replacing("team: ventas", with: "team: ventas\ncase: billing")
            .replacing("No hay.", with: "Es {caso}, hasta el {plazo}; {case}, {due}.").bundle()
        let intent = try #require(bundle.intent("price"))
        #expect(intent.caseKind == .billing)
        let template = try #require(intent.answers["es"]?.first?.template)
        #expect(template.names(CaseVariable.key) && template.names(CaseVariable.due))
        #expect(template.rendered(language: "es") { .text("(\($0))") } == "Es (case), hasta el (due); (case), (due).")
    }

    @Test("deadlines, and where to turn, are settings")
    func settings() throws {
        let found = try shop.replacing(
            "shop_phone: 900 1", with: "case_days: 10\nbilling_days: 3\nout_of_court_es: la Junta, de Madrid",
            in: "Intents/settings.md"
        ).bundle().settings
        #expect(found.caseDays == 10 && found.billingDays == 3 && found.caseWarningDays == 2)
        #expect(found.outOfCourt == ["es": "la Junta, de Madrid"])
    }

    @Test("what somebody wrote is quoted line by line, with nothing in it that is markup")
    func quoted() {
        #expect(QuotedText.markdown("# no *es*\n\n- [x](y)") == "> \\# no \\*es\\*\n>\n> \\- \\[x\\](y)")
    }
}
