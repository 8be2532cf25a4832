import Content
import Dialogue
import Foundation
import Service
import Testing

/// What editors wrote down, on the content that ships: `conserje test`, a test each.
@Suite("Conversations")
struct ConversationTests {
    /// The project's folder.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static let content: Interpreter? =
        switch ContentLoader.load(folder) {
        case .success(let bundle): Interpreter(bundle)
        case .failure: nil
        }

    /// What was answered is printed, for whoever judges it.
    private static let isShown = ProcessInfo.processInfo.environment["CONSERJE_SHOW"] == "1"

    @Test("a conversation goes as its editor says", arguments: content?.bundle.tests ?? [])
    func conversation(_ test: ConversationTest) throws {
        let run = ConversationRun(test, on: try #require(Self.content))
        let transcript = run.transcript("en")
        if Self.isShown { print(transcript) }
        guard let known = test.known else {
            #expect(run.faults.isEmpty, "\(transcript)")
            return
        }
        withKnownIssue("\(known)", isIntermittent: true) {
            #expect(run.faults.isEmpty, "\(transcript)")
        }
    }

    @Test("at least sixty conversations ship, a good part of them in each language")
    func enough() throws {
        let tests = try #require(Self.content).bundle.tests
        for (folder, count) in [("", 60), ("es/", 30), ("en/", 30)] {
            let own = tests.filter { !$0.isQuestion && $0.path.hasPrefix("Intents/tests/" + folder) }
            #expect(own.count >= count, "\(folder)")
        }
    }
}

extension ConversationTest: CustomTestStringConvertible {
    /// Its place and title.
    public var testDescription: String { "\(path):\(line): \(title)" }
}
