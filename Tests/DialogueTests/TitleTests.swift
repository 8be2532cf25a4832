import Content
import Testing

@testable import Dialogue

@Suite("Titles of articles as examples")
struct TitleTests {
    /// Of a shop whose intent of cancelling has one article and that many phrases more.
    private func intent(_ text: String, phrases: Int) throws -> String? {
        var files = Shop.files
        let more = (0..<phrases).map { "- anular encargo número \($0)\n" }.joined()
        files["Intents/order/cancel.md"] = files["Intents/order/cancel.md"].map {
            $0.replacing("- anular el pedido\n", with: "- anular el pedido\n" + more)
        }
        files["KnowledgeBase/es/arrepentirse.md"] = """
            ---
            title: Desistimiento
            language: es
            intent: cancel
            ---
            # Arrepentirse tras la compra
            Se cancela en tu cuenta.
            """
        let content = Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
        let best = content.understand(text, language: "es").candidates.first
        return best.flatMap { $0.confidence > 0.3 ? content.bundle.intents[$0.intent].id : nil }
    }

    @Test("an intent with few phrases is found by words that only the titles of its articles have")
    func few() throws {
        #expect(try intent("desistimiento", phrases: 0) == "cancel")
        #expect(try intent("arrepentirse", phrases: 0) == "cancel")
    }

    @Test("one with many phrases learns from those alone")
    func many() throws {
        #expect(try intent("desistimiento", phrases: Interpreter.fewPhrases) == nil)
    }
}
