import Content
import Events
import Testing

@testable import Dialogue

@Suite("Manner")
struct MannerTests {
    private static func chat() throws -> Chat {
        var files = Shop.files
        files["Intents/settings.md"] = Shop.files["Intents/settings.md"]?.replacing(
            "anger_words_en: scam",
            with: "anger_words_en: scam\ninsult_words_es: inútil, vete a paseo\nupset_words_es: qué desastre")
        return Chat(
            content: Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()))
    }

    @Test("who is let down gets a kind word before the answer, once")
    func upset() throws {
        var chat = try Self.chat()
        let first = chat.say("qué desastre, ¿cuánto cuesta la tetera?").said.reply
        #expect(first.text == "Siento las molestias; vamos a ver si lo arreglamos.\n\nHervidor Silba cuesta 20,00 €.")
        #expect(first.kind == .answer)
        #expect(first.choices.last?.label == "Hablar con una persona")
        let second = chat.say("qué desastre: ¿cuánto cuesta la cafetera Brío Duo?").said.reply
        #expect(second.text.hasPrefix("Cafetera de goteo Brío Duo"))
    }

    @Test("an insult is answered calmly once, then a person comes")
    func insulted() throws {
        var chat = try Self.chat()
        let calm = chat.say("vete a paseo")
        #expect(calm.handoff == nil)
        #expect(calm.said.reply.text.hasPrefix("Entiendo que estés molesto"))
        #expect(chat.say("¿cuánto cuesta la tetera?").said.reply.text == "Hervidor Silba cuesta 20,00 €.")
        #expect(chat.say("inútil, ¿cuánto cuesta la tetera?").handoff?.reason == .complaint)
    }

    @Test("an insult with a question is answered, and the question too")
    func insultedAndAsked() throws {
        var chat = try Self.chat()
        let answer = chat.say("¿cuánto cuesta la tetera, inútil?")
        #expect(answer.said.reply.text.hasPrefix("Entiendo"))
        #expect(answer.said.reply.text.hasSuffix("Hervidor Silba cuesta 20,00 €."))
        #expect(answer.handoff == nil)
    }

    @Test("the same words are never said twice running")
    func twice() throws {
        var chat = try Self.chat()
        var last = ""
        for _ in 0..<4 {
            let text = chat.say("¿cuánto cuesta la tetera?").said.reply.text
            #expect(text.contains("20,00 €"))
            #expect(text != last)
            last = text
        }
    }

    @Test("who is known by name is called by it")
    func named() throws {
        var files = Shop.files
        files["Intents/pre-sale/price.md"] = files["Intents/pre-sale/price.md"]?
            .replacing("## Respuesta\n", with: "## Respuesta si cliente\n{cliente}: {product.price}.\n## Respuesta\n")
        var chat = Chat(
            content: Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()))
        #expect(chat.say("¿cuánto cuesta la tetera?").said.reply.text == "Eva: 20,00 €.")
    }
}
