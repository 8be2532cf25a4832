import Content
import Dialogue
import Foundation
import JSON
import Testing

/// The transcripts beside this file, on the content that ships.
@Suite("Conversations")
struct ConversationTests {
    static let content: Interpreter? =
        switch ContentLoader.load(Transcript.root) {
        case .success(let bundle): Interpreter(bundle)
        case .failure: nil
        }

    /// What was answered is printed, for whoever judges it.
    private static let isShown = ProcessInfo.processInfo.environment["CONSERJE_SHOW"] == "1"

    @Test("a conversation goes as its transcript says", arguments: Transcript.all)
    func transcript(_ transcript: Transcript) throws {
        let talk = try Talk(try #require(Self.content))
        var shown = "\n# \(transcript)\n"
        var faults: [String] = []
        var answer = JSONValue.null
        var key = ""
        for (line, step) in transcript.steps {
            switch step {
            case .customer(let text):
                answer = try talk.say(text.replacing("{key}", with: key))
                key = answer["reply"]?["case"]?["key"]?.string ?? key
                shown += "> \(text)\n< \(Expectation.summary(answer))\n"
            case .agent(let name, let command):
                let id = talk.conversation?.description ?? ""
                answer = try talk.say(command.replacing("$", with: id).replacing("{key}", with: key), as: name)
                shown += "@\(name) \(command)\n"
            case .expect(let text):
                guard let fault = Expectation.fault(text.replacing("{key}", with: key), in: answer) else { continue }
                faults.append("\(transcript.name).txt:\(line): \(fault); it was \(Expectation.summary(answer))")
            }
        }
        if Self.isShown { print(shown + faults.map { "!! \($0)\n" }.joined()) }
        guard let known = transcript.known else {
            #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
            return
        }
        withKnownIssue("\(known)", isIntermittent: true) {
            #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
        }
    }
}
