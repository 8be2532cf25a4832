import Content
import Events
import JSON
import Testing

@testable import Dialogue

@Suite("Decisions by rules")
struct RuleDecisionTests {
    private func content(
        _ rules: [String: [String]], english: [String: [String]] = [:], head: [String: String] = [:]
    ) throws -> Interpreter {
        let files = Shop.files.map { path, text in
            let id = String(path.split(separator: "/").last?.dropLast(3) ?? "")
            func section(_ title: String, _ rules: [String]?) -> String {
                rules.map { "## \(title)\n" + $0.map { "- \($0)\n" }.joined() } ?? ""
            }
            let parts = text.split(separator: "# English", maxSplits: 1, omittingEmptySubsequences: false)
            var whole = String(parts[0])
            if let line = head[id] { whole = "---\n\(line)\n" + whole.dropFirst("---\n".count) }
            if rules[id] != nil { whole += section("Reglas", rules[id]) }
            if parts.count > 1 { whole += "# English" + parts[1] + "\n" + section("Rules", english[id]) }
            return (path: path, bytes: Array(whole.utf8))
        }
        return Interpreter(try ContentLoader.load(files: files).get())
    }

    @Test("a rule decides against the phrases, with certainty, and fills the slots of its intent")
    func decides() throws {
        let content = try content(["cancel": ["(cancelar | anular) *3 {producto} !no"]])
        let text = "¿cuánto cuesta cancelar la tetera?"
        let understanding = content.understand(text, language: "es")
        #expect(understanding.candidates.map { content.bundle.intents[$0.intent].id } == ["cancel"])
        #expect(understanding.candidates[0].confidence == 1 && understanding.isSure && understanding.rule == 0)
        var scratch = InterpreterScratch()
        #expect(content.prediction(text, scratch: &scratch) == ("cancel", 1))
        #expect(content.understand("no: ¿cuánto cuesta cancelar la tetera?", language: "es").rule == nil)
        let price = try self.content(["price": ["{producto} ya"]]).understand("la tetera ya", language: "es")
        #expect(price.rule == 0 && price.slots.map(\.values) == [["CL-0003"]])
    }

    @Test("a misspelt word of a rule is read as it, though no phrase has it")
    func misspelt() throws {
        let content = try content(["cancel": ["rescindir *2 contrato"]])
        #expect(content.understand("rescidnir mi contrto", language: "es").rule == 0)
    }

    @Test("anger and repetition keep their place")
    func anger() throws {
        let content = try content(["cancel": ["rescindir"]])
        let conversation = Shop.conversation([Shop.opened])
        let text = "rescindir, esto es una estafa"
        let turn = content.respond(
            to: text, content.understand(text, language: "es"), in: conversation,
            situation: Situation(now: Shop.start, isOpen: true) { _, _ in true })
        #expect(turn.handoff?.reason == .complaint && turn.said.reply.intent == "cancel")
        #expect(turn.said.reply.confidence == 1)
    }

    @Test("a rule of another language counts only where the message's is in doubt")
    func languages() throws {
        let content = try content([:], english: ["thanks": ["silba"], "cancel": ["pedido"]])
        #expect(content.understand("quiero cancelar mi pedido de la cafetera, por favor", language: "es").rule == nil)
        let doubtful = content.understand("silba", language: "es")
        #expect(doubtful.rule != nil && doubtful.language == "en")
    }

    @Test("where the language is in doubt, a rule goes before the statistics of the conversation's language")
    func doubt() throws {
        let content = try content([:], english: ["thanks": ["please"]], head: ["cancel": "threshold: 0.01"])
        let conversation = Shop.conversation([Shop.opened])
        func intent(_ text: String) -> String? {
            content.respond(
                to: text, content.understand(text, language: "es"), in: conversation,
                situation: Situation(now: Shop.start, isOpen: true) { _, _ in true }
            ).said.reply.intent
        }
        #expect(intent("cancelar please my") == "thanks")
        #expect(intent("cancelar plis my") == "cancel")
    }

    @Test("an explanation lists the rules that were tried, with their places, beside the statistics")
    func explained() throws {
        let content = try content(["cancel": ["anular", "anular !pedido"], "price": ["anular pedido"]])
        let explanation = content.explain("quiero anular el pedido", language: "es")
        #expect(explanation.rules.map(\.outcome) == [.unmatched, .excluded, .decides])
        #expect(explanation.rules.map(\.intent) == ["price", "cancel", "cancel"])
        #expect(explanation.decidingRule?.text == "anular" && explanation.decides == "rule")
        #expect(explanation.decidingRule?.place.hasPrefix("Intents/order/cancel.md:") == true)
        #expect(explanation.intent == "cancel" && explanation.candidates.count > 1)
        #expect(explanation.candidates[0].confidence < 1)
        #expect(content.explain("gracias", language: "es").decides == "intent")
    }

    @Test("an intent whose rule would match but for what it excludes is not answered by statistics, only offered")
    func heldBack() throws {
        let content = try content(["cancel": ["*1!no quiero *1!no cancelar"], "thanks": ["muchas gracias"]])
        let understanding = content.understand("no quiero cancelar mi pedido", language: "es")
        #expect(understanding.rule == nil && !understanding.isSure)
        #expect(understanding.heldBack.map { content.bundle.intents[$0.intent].id } == ["cancel"])
        #expect(understanding.candidates.allSatisfy { content.bundle.intents[$0.intent].id != "cancel" })
        let conversation = Shop.conversation([Shop.opened])
        func turn(_ text: String) -> Turn {
            content.respond(
                to: text, content.understand(text, language: "es"), in: conversation,
                situation: Situation(now: Shop.start, isOpen: true) { _, _ in true })
        }
        let asked = turn("no quiero cancelar mi pedido").said
        #expect(asked.missed && asked.reply.kind == .clarify && asked.offered.contains("cancel"))
        #expect(turn("no, quiero cancelar mi pedido").said.reply.intent == "cancel")
        #expect(turn("no quiero esto: quiero cancelar").said.reply.intent == "cancel")
        #expect(turn("no quiero cancelar, muchas gracias").said.reply.intent == "thanks")
        var scratch = InterpreterScratch()
        #expect(
            content.prediction("no quiero cancelar mi pedido", scratch: &scratch).confidence < content.answerThreshold)
    }

    @Test("an intent that is like the one held back does not answer for it, nor do its articles")
    func outweighed() throws {
        let content = try content(
            ["cancel": ["*1!no quiero cancelar"], "price": ["xilofono"]], head: ["price": "threshold: 0.01"])
        let understanding = content.understand("no quiero cancelar mi pedido", language: "es")
        let best = try #require(understanding.candidates.first)
        #expect(best.confidence < (understanding.heldBack.first?.confidence ?? 0) && !understanding.isSure)
        guard case .question = content.decision(understanding) else {
            Issue.record("\(content.decision(understanding))")
            return
        }
    }

    @Test("what the bot waits for is not taken from a message that holds its intent back")
    func heldBackSlot() throws {
        let content = try content(["price": ["*1!no quiero *2 {producto}"]])
        var conversation = Shop.conversation([Shop.opened])
        let choices = [Choice(label: "Hervidor Silba", say: "Hervidor Silba")]
        for body in [
            EventBody.customerSaid(seq: 1, text: "¿cuánto cuesta?"),
            Shop.replied(2, kind: .ask, intent: "price", choices: choices, asked: "product"),
        ] {
            conversation.evolve(Shop.event(conversation.version + 1, body))
        }
        func kind(_ text: String) -> ReplyKind {
            content.respond(
                to: text, content.understand(text, language: "es"), in: conversation,
                situation: Situation(now: Shop.start, isOpen: true) { _, _ in true }
            ).said.reply.kind
        }
        #expect(kind("la tetera") == .answer && kind("Hervidor Silba") == .answer)
        #expect(kind("no quiero la tetera") != .answer)
    }

    @Test("an explanation tells which rule's exclusion holds an intent back")
    func explainedHeldBack() throws {
        let content = try content(["cancel": ["*1!no quiero cancelar"]])
        let explanation = content.explain("no quiero cancelar mi pedido", language: "es")
        #expect(explanation.heldBack.map(\.intent) == ["cancel"])
        #expect(explanation.heldBack.first?.place.hasPrefix("Intents/order/cancel.md:") == true)
        #expect(explanation.rules.map(\.outcome) == [.excluded])
        #expect(explanation.candidates.first?.intent == "cancel" && explanation.candidates.first?.isHeldBack == true)
        #expect(explanation.answerable.allSatisfy { $0.intent != "cancel" } && explanation.decides == "question")
        var writer = JSONWriter()
        writer.object { explanation.write(to: &$0) }
        let json = try JSONValue.parse(writer.bytes)
        #expect(json["held_back"]?.array?.first?["intent"]?.string == "cancel")
        #expect(json["intents"]?.array?.first?["held_back"]?.bool == true)
        #expect(content.explain("quiero cancelar", language: "es").heldBack.isEmpty)
    }

    @Test("a rule that keeps its own intent from one of its phrases is told")
    func holdsPhrase() throws {
        let problems = try content(["cancel": ["cancelar !mi"]]).ruleProblems()
        #expect(problems.map(\.key) == [.ruleHoldsPhrase])
        #expect(problems[0].message(language: "en").contains("\"quiero cancelar mi pedido\" (Intents/order/cancel.md:"))
        #expect(!problems[0].rendered(language: "es").contains("{"))
    }

    @Test("rules that never match, never decide or take another intent's phrases are told")
    func problems() throws {
        let content = try content([
            "cancel": ["anular !anulo", "rescindir contrato", "gracias"], "price": ["rescindo contratos", "cuesta"],
            "thanks": ["muchas gracias"],
        ])
        let problems = content.ruleProblems()
        #expect(problems.map(\.key) == [.ruleNeverMatches, .ruleCovered, .ruleHoldsPhrase, .ruleTakesPhrase])
        #expect(problems.allSatisfy { $0.severity == .warning && $0.line > 1 && $0.column == 3 })
        #expect(
            problems[1].message(language: "en").contains(
                "\"rescindir contrato\" decides before it (Intents/order/cancel.md:"))
        #expect(problems[1].path == "Intents/pre-sale/price.md")
        #expect(
            problems[3].message(language: "en").contains(
                "a phrase of another intent: \"gracias\" of \"thanks\" (Intents/small-talk/thanks.md:8)"))
        for problem in problems {
            for language in Catalogue.languages {
                #expect(!problem.rendered(language: language).contains("{"))
            }
        }
    }
}
