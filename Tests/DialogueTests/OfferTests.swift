import Content
import Testing

@testable import Dialogue

@Suite("Thresholds that phrases find, and what is offered")
struct OfferTests {
    private static let things = [
        "taza", "mesa", "silla", "olla", "jarra", "bandeja", "cuchara", "fuente", "sartén", "lámpara", "tetera",
        "manta", "cortina", "alfombra", "percha", "báscula", "plancha", "nevera", "batidora", "licuadora",
    ]

    /// Two intents some of whose phrases are worded as the other's, and four that are like no other.
    private static func content(_ setting: String = "") throws -> Interpreter {
        func intent(_ phrase: (Int, String) -> String) -> String {
            let list = things.enumerated().map { "- " + phrase($0, $1) }.joined(separator: "\n")
            return "---\ntitle_es: Algo\n---\n# Español\n## Frases\n\(list)\n## Respuesta\nVale.\n"
        }
        let files = [
            ("Intents/settings.md", "---\nshop_name: Prueba\nlanguages: es\n\(setting)\n---\n"),
            ("Intents/order/a.md", intent { "quiero comprar una \($1) nueva" + ($0 < 3 ? " ya" : "") }),
            ("Intents/order/b.md", intent { "quiero comprar una \($1) nueva" + ($0 < 3 ? "" : " ya") }),
            ("Intents/order/c.md", intent { "dónde está mi pedido de \($1)" }),
            ("Intents/order/d.md", intent { "muchas gracias por la \($1), adiós" }),
            ("Intents/order/e.md", intent { "se me ha roto el asa: \($1)" }),
            ("Intents/order/f.md", intent { "necesito otra factura con nif, \($1)" }),
        ].map { (path: $0.0, bytes: Array($0.1.utf8)) }
        return Interpreter(try ContentLoader.load(files: files).get())
    }

    private func understanding(_ candidates: [(intent: Int, confidence: Double)]) -> Understanding {
        Understanding(
            words: [], language: "es", languageLogOdds: 0,
            candidates: candidates.map { Understanding.Candidate(intent: $0.intent, confidence: $0.confidence) },
            heldBack: [], rule: nil, threshold: 1, section: nil, slots: [], tone: .calm)
    }

    @Test("beside the likeliest is offered what phrases confuse it with, and what is likely by itself")
    func offers() throws {
        let content = try Self.content()
        let places = ["a", "b", "c", "d"].map { id in content.bundle.index(ofIntent: id) ?? 0 }
        func offered(_ confidences: Double...) -> [String] {
            let candidates = zip(places, confidences).map { (intent: $0, confidence: $1) }
            return content.offers(understanding(candidates), 4).map(\.id)
        }
        #expect(offered(0.4, 0.1, 0.1, 0.09) == ["a", "b"])
        #expect(offered(0.4, 0.1, 0.3, 0.09) == ["a", "b", "c"])
        #expect(offered(0.4, 0.05) == ["a"])
        #expect(offered(0.05) == [])
    }

    @Test("the settings say how many answers may be wrong, or from which confidence there is one; else phrases do")
    func thresholds() throws {
        #expect(try Self.content("answer_threshold: 0.4\nwrong_answers: 100 %").answerThreshold == 0.4)
        #expect(try Self.content("wrong_answers: 100 %").answerThreshold == 0)
        let found = try Self.content().answerThreshold
        #expect(found != 0.35 && (0.05..<0.95).contains(found))
        #expect(try Self.content("wrong_answers: 0.5 %").answerThreshold > found)
    }
}
