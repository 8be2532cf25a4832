import Content
import Testing

@testable import Dialogue

@Suite("Decisions and their explanations")
struct ExplanationTests {
    private static func intent(_ head: String, _ phrases: [String]) -> String {
        let list = phrases.map { "- " + $0 }.joined(separator: "\n")
        return "---\ntitle_es: Algo\n\(head)---\n# Español\n## Frases\n\(list)\n## Respuesta\nVale.\n"
    }

    private func content(threshold: Double? = nil) throws -> Interpreter {
        let own = threshold.map { "threshold: \($0)\n" } ?? ""
        let files = [
            ("Intents/settings.md", "---\nshop_name: Prueba\nlanguages: es\nanger_words_es: estafa\n---\n"),
            (
                "Intents/pre-sale/price.md",
                Self.intent(own, ["cuánto cuesta", "qué precio tiene", "precio de la cafetera", "cuánto vale"])
            ),
            (
                "Intents/small-talk/greeting.md",
                Self.intent("", ["hola", "buenos días", "buenas tardes", "hola qué tal"])
            ),
            (
                "Intents/small-talk/human.md",
                Self.intent(
                    "handoff: always\nreason: asked\n",
                    ["quiero una persona", "ponme con un agente", "hablar con alguien", "un humano por favor"])
            ),
            (
                "KnowledgeBase/es/garantia.md",
                "---\ntitle: Papeles\nlanguage: es\nintent: price\n---\n# Por ley\n\nLa garantía dura tres años.\n"
            ),
        ].map { (path: $0.0, bytes: Array($0.1.utf8)) }
        return Interpreter(try ContentLoader.load(files: files).get())
    }

    @Test("understanding with lent buffers, also while others are lent, is the same as with one's own")
    func lent() throws {
        let content = try content()
        for text in ["cuánto cuesta la cafetera", "…", "hola", "quiero hablar con una persona, por favor"] {
            var scratch = InterpreterScratch()
            let own = content.understand(text, language: "es", scratch: &scratch)
            let lent = content.withScratch { outer in
                let inner = content.understand(text, language: "es")
                return [inner, content.understand(text, language: "es", scratch: &outer)]
            }
            for one in lent {
                #expect(one.words == own.words)
                #expect(one.candidates.map(\.intent) == own.candidates.map(\.intent))
                #expect(one.candidates.map(\.confidence) == own.candidates.map(\.confidence))
                #expect(one.section?.section == own.section?.section)
            }
        }
    }

    @Test("every term of a confidence has words in every language")
    func evidence() throws {
        let terms = try content().explain("cuánto cuesta la cafetera", language: "es").confidenceTerms
        #expect(terms.count > 2)
        for term in terms where term.kind == .evidence {
            let spanish = Sentences("es").word("evidence", for: term.text)
            #expect(spanish != term.text && !spanish.contains("_"), "\(term.text)")
        }
    }

    @Test(
        "the number of a prediction reaches the threshold exactly where the bot answers",
        arguments: [nil, 0, 0.05, 0.35, 0.6, 0.99, 1] as [Double?])
    func scale(threshold: Double?) throws {
        let content = try content(threshold: threshold)
        var scratch = InterpreterScratch()
        let texts = [
            "cuánto cuesta", "hola", "una persona", "humano", "qué dura la garantía", "cuánto", "zzz", "", "estafa",
            "precio hola", "garantía de tres años", "ponme la cafetera",
        ]
        for text in texts {
            let understanding = content.understand(text, language: nil)
            let (intent, confidence) = content.prediction(text, scratch: &scratch)
            switch content.decision(understanding) {
            case .intent(let best):
                #expect(confidence >= content.answerThreshold, "\(text)")
                #expect(intent == content.bundle.intents[best.intent].id)
            case .section:
                #expect(confidence >= content.answerThreshold, "\(text)")
                #expect(intent == "price")
            case .anger, .question: #expect(confidence < content.answerThreshold, "\(text)")
            }
            #expect((0...1).contains(confidence))
            // On another content's scale likewise.
            let isAnswered = confidence >= content.answerThreshold
            for target: Float in [0.2, 0.8] {
                let scaled = content.prediction(text, at: target, scratch: &scratch)
                #expect(scaled.intent == intent && (scaled.confidence >= target) == isAnswered, "\(text)")
            }
        }
    }

    @Test("an explanation tells the decision that answering takes, its words and where their shares go")
    func explained() throws {
        let explanation = try content().explain("cuánto cuesta la cafetrea")
        #expect(explanation.decision.name == "intent" && explanation.intent == "price")
        #expect(explanation.words.map(\.read) == ["cuanto", "cuesta", "la", "cafetera"])
        #expect(explanation.words.allSatisfy { $0.isKnown })
        let shares = explanation.candidates[0].terms.filter { $0.kind == .word }
        #expect(shares.map(\.text) == explanation.words.map(\.read))
        #expect(explanation.margin ?? 0 > 0)
    }

    @Test("a section and anger are told as what decides; an empty message decides nothing")
    func others() throws {
        let content = try content()
        let section = content.explain("cuántos años dura la garantía")
        #expect(section.decision.name == "section" && section.intent == "price")
        #expect(content.explain("esto es una estafa zzz").decision.name == "anger")
        let empty = content.explain("…")
        #expect(empty.decision.name == "question" && empty.words.isEmpty && empty.intent == nil)
    }

    @Test("phrases held back are not learned from")
    func heldBack() throws {
        let whole = try content()
        let part = Interpreter(whole.bundle.keepingPhrases { intent, _, place in intent.id != "price" || place > 1 })
        #expect(part.bundle.intent("price")?.phrases["es"] == ["precio de la cafetera", "cuánto vale"])
        #expect(part.explain("cuesta").words.map(\.isKnown) == [false])
        #expect(whole.explain("cuesta").words.map(\.isKnown) == [true])
    }
}
