import Content
import Events
import Testing

@testable import Dialogue

@Suite("Files are not taken")
struct FilesTests {
    private static let intent = """
        ---
        title_es: Fotos
        title_en: Photos
        kind: attachment
        ---
        # Español
        ## Frases
        - te mando una foto
        ## Respuesta
        Aquí no llegan fotos.
        # English
        ## Phrases
        - here is a photo
        ## Answer
        No photos get through here.
        """

    private func chat(isTold: Bool = true) throws -> Chat {
        var files = Shop.files
        if isTold { files["Intents/after-sale/photos.md"] = Self.intent }
        let loaded = ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) })
        return Chat(content: Interpreter(try loaded.get()))
    }

    @Test(
        "a file or a link to one alone gets what the content says of files",
        arguments: ["[image/png]", " [image/jpeg] [image/png] ", "https://fotos.example/golpe.jpg?x=1"])
    func alone(text: String) throws {
        var chat = try chat()
        let turn = chat.say(text)
        #expect(turn.said.reply.text == "Aquí no llegan fotos." && turn.said.reply.intent == "photos")
        #expect(!turn.said.missed && chat.conversation.misses == 0)
        // Said again it is said as such, and nobody is called.
        #expect(chat.say(text).handoff == nil)
    }

    @Test("a shop that says nothing of files has the bot's own sentence")
    func untold() throws {
        var chat = try chat(isTold: false)
        let reply = chat.say("[image/png]").said.reply
        #expect(reply.text == chat.content.sentence(.fileNotTaken, "es") && reply.kind == .smalltalk)
        #expect(reply.choices.map(\.label) == [chat.content.personChoice("es").label])
    }

    @Test("the words beside a file are answered, behind a sentence about the file; words that say nothing are not")
    func beside() throws {
        var chat = try chat()
        let reply = chat.say("¿cuánto cuesta la tetera? [image/png]").said.reply
        #expect(reply.intent == "price" && reply.text.hasPrefix(chat.content.sentence(.fileNotTaken, "es")))
        let vague = chat.say("xkcd brumf [image/png]")
        #expect(vague.said.reply.intent == "photos" && vague.handoff == nil && chat.conversation.misses == 0)
    }

    @Test("a link in a sentence is a word like any")
    func link() throws {
        var chat = try chat()
        #expect(chat.say("¿cuánto cuesta la tetera? https://x.example/a.jpg").said.reply.intent == "price")
    }
}
