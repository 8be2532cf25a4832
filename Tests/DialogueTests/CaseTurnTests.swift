import Content
import Dialogue
import Events
import Testing

@Suite("Cases in a conversation")
struct CaseTurnTests {
    private static func intent(_ title: String, _ head: String, _ rule: String, _ answer: String) -> String {
        """
        ---
        title_es: \(title)
        title_en: \(title)
        \(head)
        ---
        # Español
        ## Frases
        - quiero \(rule)
        ## Reglas
        - \(rule)
        ## Respuesta
        \(answer)
        # English
        ## Phrases
        - I want \(rule)
        ## Answer
        \(answer)
        """
    }

    private static let content: Interpreter? = {
        var files = Shop.files
        files["Intents/after-sale/complaint.md"] = intent(
            "Queja", "team: ventas\nhandoff: always\nreason: complaint\ncase: complaint", "reclamar",
            "Tu clave es {case}, hasta el {due}.")
        files["Intents/after-sale/billing_problem.md"] = intent("Cobro", "case: billing", "cobrado", "Lo siento.")
        files["Intents/order/broken.md"] = intent(
            "Roto", "case: incident", "roto", "Anotado: {caso}."
        ).replacing("# Español\n", with: "# Flujo\n- pedir cantidad\n- responder\n\n# Español\n")
            .replacing("case: incident", with: "case: incident\nslots: cantidad")
        guard case .success(let bundle) = ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) })
        else { return nil }
        return Interpreter(bundle)
    }()

    private struct Chat {
        let content: Interpreter
        var conversation = Shop.conversation([Shop.opened])
        var found: CaseFinding = .unknown
        var number: UInt64 = 0
        var now = Shop.start

        init() throws { content = try #require(CaseTurnTests.content) }

        mutating func say(_ text: String) -> Turn {
            number += 1
            var situation = Situation(now: now, isOpen: true) { _, _ in true }
            situation.newCaseKey = { [number] in CaseKey(bits: number) }
            situation.findCase = { [found] _ in found }
            let understanding = content.understand(text, language: conversation.language)
            let turn = content.respond(to: text, understanding, in: conversation, situation: situation)
            let seq = conversation.lastSeq + 1
            var said = turn.said
            said.reply.seq = seq + 1
            let bodies = [.customerSaid(seq: seq, text: text)] + turn.cases.map(EventBody.caseOpened)
            for body in bodies + [.botReplied(said)] {
                conversation.evolve(Shop.event(conversation.version + 1, body))
            }
            return turn
        }
    }

    @Test(
        "an intent's case is opened in the same reply, with key, deadline and receipt; the editor's words name it once")
    func opened() throws {
        var chat = try Chat()
        let turn = chat.say("quiero *reclamar* por el pedido 10024")
        let opening = try #require(turn.cases.first)
        #expect(turn.cases.count == 1 && turn.handoff != nil)
        #expect(opening.kind == .complaint && opening.team == "ventas" && opening.intent == "complaint")
        #expect(opening.order == "10024" && opening.text == "quiero *reclamar* por el pedido 10024")
        // 15 working days of Madrid after Tuesday, 24 November 2026.
        #expect(opening.due.text == "2026-12-15T22:59:59.999Z" && opening.warning.text == "2026-12-10T23:00:00.000Z")
        let told = try #require(turn.said.reply.told)
        #expect(told.key == opening.key && told.state == .open && told.receipt == opening.receipt)
        #expect(turn.said.reply.text == "Tu clave es \(opening.key), hasta el 15 de diciembre.")
        for part in [opening.key.description, "24 de noviembre de 2026", "> quiero \\*reclamar\\*", "15 de diciembre"] {
            #expect(opening.receipt.contains(part), "\(part) in \(opening.receipt)")
        }
    }

    @Test("where the answer names no key the mechanism does; billing has a deadline of its own")
    func appended() throws {
        var chat = try Chat()
        let turn = chat.say("me habéis cobrado dos veces")
        let opening = try #require(turn.cases.first)
        #expect(opening.due.text == "2026-12-01T22:59:59.999Z")
        #expect(turn.said.reply.text.hasPrefix("Lo siento.\n\n"))
        #expect(turn.said.reply.text.contains("**\(opening.key)**") && turn.said.reply.text.contains("1 de diciembre"))
    }

    @Test("while a case is open its intent tells it again, another intent opens one of its own")
    func again() throws {
        var chat = try Chat()
        let first = try #require(chat.say("me habéis cobrado dos veces").cases.first)
        let second = chat.say("cobrado, os digo")
        #expect(second.cases.isEmpty && second.said.reply.told?.key == first.key)
        #expect(second.said.reply.text.contains(first.key.description))
        #expect(chat.say("quiero reclamar").cases.count == 1)
        let answer = CaseAnswered(key: first.key, kind: .billing, seq: 9, agent: "ana", text: "no", outcome: .refused)
        for body in [.caseAnswered(answer), EventBody.caseClosed(first.key)] {
            chat.conversation.evolve(Shop.event(chat.conversation.version + 1, body))
        }
        #expect(chat.conversation.recent.last?.text == "no" && chat.conversation.recent.last?.from == .agent)
        #expect(chat.say("me habéis cobrado dos veces").cases.count == 1)
    }

    @Test("an intent with a flow opens its case once the flow has come to its answer")
    func flow() throws {
        var chat = try Chat()
        let asked = chat.say("ha llegado roto")
        #expect(asked.said.asked == "quantity" && asked.cases.isEmpty && asked.said.reply.told == nil)
        let turn = chat.say("2 unidades")
        let opening = try #require(turn.cases.first)
        #expect(opening.kind == .incident && turn.said.reply.told?.key == opening.key)
        #expect(turn.said.reply.text == "Anotado: \(opening.key).")
        #expect(opening.text == "ha llegado roto\n2 unidades")
        #expect(opening.receipt.hasSuffix("> ha llegado roto\n> 2 unidades"))
    }

    @Test("a sentence that holds a key is answered with how the case stands, in whole only to whom it belongs")
    func asked() throws {
        var chat = try Chat()
        let own = try #require(chat.say("me habéis cobrado dos veces").cases.first)
        let answer = chat.say("¿cómo va \(own.key)?").said.reply
        #expect(answer.kind == .answer && answer.intent == "billing_problem" && answer.told?.receipt == own.receipt)
        #expect(answer.text.contains("1 de diciembre"))
        var other = try Chat()
        other.found = .found(Case(own, at: Shop.start))
        let told = try #require(other.say("¿cómo va \(own.key)?").said.reply.told)
        #expect(told.key == own.key && told.receipt == nil && told.text == nil && told.order == nil)
        #expect(other.conversation.cases.isEmpty)
        other.now = own.due + 1
        #expect(other.say("¿cómo va \(own.key)?").said.reply.text.contains("plazo terminó"))
    }

    @Test("a mistyped key, an unknown one and one too many are told apart")
    func failed() throws {
        var chat = try Chat()
        let key = CaseKey(bits: 99).description
        let unknown = chat.say("¿cómo va \(key)?").said
        #expect(unknown.reply.told == nil && !unknown.missed)
        let mistyped = chat.say("¿cómo va \(key.dropLast())\(key.last == "0" ? "1" : "0")?").said.reply.text
        chat.found = .limited
        let texts = [unknown.reply.text, mistyped, chat.say("¿cómo va \(key)?").said.reply.text]
        #expect(Set(texts).count == 3)
    }
}
