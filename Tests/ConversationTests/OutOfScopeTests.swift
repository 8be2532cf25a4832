import Dialogue
import Foundation
import Testing

/// Sentences that the shop can't serve, half of them Spanish: `OutOfScope/out_of_scope.tsv`, `oos TAB sentence` a line.
@Suite("Out of scope")
struct OutOfScopeTests {
    @Test("chat about anything else is seldom answered with confidence")
    func sentences() throws {
        let content = try #require(ConversationTests.content)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "OutOfScope/out_of_scope.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 500)
        var scratch = InterpreterScratch()
        let answered = lines.filter { line in
            let sentence = String(line.drop { $0 != "\t" }.dropFirst())
            return content.prediction(sentence, scratch: &scratch).confidence >= content.answerThreshold
        }
        #expect(answered.count < lines.count * 3 / 100, "\(answered.joined(separator: "\n"))")
    }
}
