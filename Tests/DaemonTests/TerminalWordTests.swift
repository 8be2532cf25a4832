import Content
import Events
import Testing
import Wire

@testable import conserje

@Suite("The words of the terminal")
struct TerminalWordTests {
    @Test("no word steers two commands, in whatever languages they are")
    func unambiguous() {
        for words in [SlashCommand.allCases.map(\.names), DeskWord.allCases.map(\.names)] {
            let all = words.flatMap { Set($0) }
            #expect(all.count == Set(all).count)
            #expect(all.allSatisfy { $0 == $0.lowercased() && !$0.contains(" ") })
        }
    }

    @Test("a person gets words for every reason, author and role")
    func codes() {
        for reason in HandoffReason.allCases { #expect(SentenceKey("reason", code: reason.rawValue) != nil) }
        for author in Author.allCases { #expect(SentenceKey("speaker", code: author.rawValue) != nil) }
        for role in ["agent", "supervisor"] { #expect(SentenceKey("role", code: role) != nil) }
    }

    @Test("a person gets words for every refusal but those that a terminal does not cause")
    func refusals() {
        let own: Set<WireError.Code> = [
            .lineTooLong, .badUTF8, .badText, .badTag, .idReused, .badArgument, .badJSON, .notLoggedIn, .stale,
            .badToken, .contentInvalid,
        ]
        for code in WireError.Code.allCases where !own.contains(code) {
            #expect(SentenceKey("refused", code: code.rawValue) != nil, "\(code)")
        }
    }

    @Test("a value that fills a placeholder is not looked at again")
    func filled() {
        let sentence = Sentences("en")(.usageUnknownCommand, ["name": "{nearest}", "nearest": "x"])
        #expect(sentence.contains("`{nearest}`"))
    }
}
