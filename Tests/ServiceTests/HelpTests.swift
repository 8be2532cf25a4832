import Testing
import Wire

@testable import Service

@Suite("HELP")
struct HelpTests {
    @Test("names the languages that the shop speaks, however many they are")
    func languages() {
        var bytes: [UInt8] = []
        Answers.help(.customer, languages: ["es", "en", "pt"], to: &bytes)
        let line = String(decoding: bytes, as: UTF8.self)
        #expect(line.contains(#"{"verb":"LANGUAGE","usage":"LANGUAGE es|en|pt","does":"#))
        #expect(line.contains(#""usage":"SAY text""#))
    }
}
