import Content
import Events
import Language
import Testing

@testable import Dialogue

@Suite("Picking one of several")
struct ChoiceTests {
    @Test(
        "a choice is picked by its place, however that is said",
        arguments: [
            ("la segunda", "CL-0002"), ("el primero", "CL-0001"), ("la última, por favor", "CL-0002"),
            ("1ª", "CL-0001"), ("opción 2", "CL-0002"), ("la opción dos", "CL-0002"), ("quiero la primera", "CL-0001"),
            ("número 1", "CL-0001"), ("la 2", "CL-0002"),
        ])
    func byPlace(said: String, product: String) throws {
        var chat = try OrderShop.chat()
        #expect(chat.say("¿cuánto cuesta la cafetera de goteo?").said.reply.choices.count == 2)
        _ = chat.say(said)
        #expect(chat.conversation.slots["product"] == product)
        #expect(chat.conversation.pending == nil)
    }

    @Test(
        "and in English",
        arguments: [
            ("the second one", "CL-0002"), ("the first", "CL-0001"), ("I'd like the last one please", "CL-0002"),
            ("2nd", "CL-0002"), ("option 1", "CL-0001"), ("number two", "CL-0002"),
        ])
    func byPlaceInEnglish(said: String, product: String) throws {
        var chat = try OrderShop.chat(language: "en")
        #expect(chat.say("what does the coffee machine cost").said.reply.choices.count == 2)
        _ = chat.say(said)
        #expect(chat.conversation.slots["product"] == product)
    }

    @Test("what says more than a place, or names two, picks nothing")
    func notByPlace() throws {
        let words = try #require(OrderShop.content?.model("es"))
        var message = TokenBuffer()
        for text in [
            "la primera no la segunda", "la segunda no", "quiero 2", "es la segunda vez que pregunto",
            "el primer día no funcionó",
        ] {
            message.tokenize(text)
            #expect(words.choiceWords.pick(message, words.slotWords) == nil, "\(text)")
        }
    }

    @Test("a choice is picked by a part of its name that no other has")
    func byPart() throws {
        var chat = try OrderShop.chat()
        _ = chat.say("¿cuánto cuesta la cafetera de goteo?")
        _ = chat.say("prefiero la matina esa")
        #expect(chat.conversation.slots["product"] == "CL-0002")
    }

    @Test(
        "and by a colour or a size that no other product among them has",
        arguments: [("la roja", "CL-0001"), ("la de 2 litros", "CL-0002"), ("la azul", nil)])
    func byColour(said: String, product: String?) throws {
        var files = OrderShop.files()
        files["KnowledgeBase/products.csv"] = files["KnowledgeBase/products.csv"]?
            .replacing("289.90,3,,,,", with: "289.90,3,rojo;azul,red;blue,1 litro,")
            .replacing("120,0,,,,", with: "120,0,azul,blue,2 litros,")
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        var chat = Chat(content: Interpreter(bundle))
        #expect(chat.say("¿cuánto cuesta la cafetera de goteo?").said.reply.choices.count == 2)
        _ = chat.say(said)
        #expect(chat.conversation.slots["product"] == product)
    }

    @Test("of two that were offered the other one", arguments: [("es", "no, la otra"), ("en", "the other one")])
    func other(language: String, said: String) throws {
        var chat = try OrderShop.chat(language: language)
        _ = chat.say(language == "es" ? "¿cuánto cuesta la cafetera de goteo?" : "what does the coffee machine cost")
        _ = chat.say(language == "es" ? "la primera" : "the first one")
        #expect(chat.conversation.slots["product"] == "CL-0001")
        #expect(chat.say(said).said.reply.intent == "price")
        #expect(chat.conversation.slots["product"] == "CL-0002")
    }

    @Test(
        "the other order is the one that was named before",
        arguments: ["no, el otro pedido", "el otro", "espera, el otro"])
    func otherOrder(said: String) throws {
        var chat = try OrderShop.chat()
        _ = chat.say("¿dónde está mi pedido? es el 10024, ana@example.com")
        _ = chat.say("quiero cancelar mi pedido 10026")
        #expect(chat.conversation.slots["order"] == "10026")
        let other = chat.say(said)
        #expect(other.said.reply.text == "¿Cancelamos el 10024?")
        #expect(chat.conversation.slots["order"] == "10024")
    }

    @Test("of the products that an answer names one is picked by its place", arguments: ["el segundo", "el último"])
    func listed(said: String) throws {
        var files = OrderShop.files()
        files["Intents/pre-sale/price.md"] = files["Intents/pre-sale/price.md"]?.replacing(
            "{product.name} está agotado.", with: "{product.name} está agotado. Mira {product.alternatives}.")
        files["KnowledgeBase/products.csv"] = files["KnowledgeBase/products.csv"]?.replacing(
            "CL-0001,,,", with: "CL-0001;CL-0003,,,")
        let bundle = try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
        var chat = Chat(content: Interpreter(bundle))
        #expect(chat.say("cuánto vale la cafetera Matina").said.reply.text.contains("Hervidor Silba"))
        #expect(chat.say(said).said.reply.text.hasPrefix("Hervidor Silba cuesta"))
    }
}
