import Dialogue
import Events
import Foundation
import Testing

/// Ways of asking for a person: `person.tsv`, `language TAB sentence` a line.
@Suite("Asking for a person")
struct PersonTests {
    /// Every second way was held back while rules and phrases were written.
    struct Way: Sendable {
        let text: String
        let isHeldBack: Bool
    }

    static let ways: [Way] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "person.tsv")
        let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.enumerated().map { number, line in
            Way(text: String(line.drop { $0 != "\t" }.dropFirst()), isHeldBack: number % 2 == 1)
        }
    }()

    @Test("every way of asking for a person gets one, wherever the conversation stands", arguments: ["es", "en"])
    func everyState(language: String) throws {
        let content = try #require(ConversationTests.content)
        #expect(Self.ways.count == 200)
        var failures: [(way: Way, text: String)] = []
        for standing in Standing.all {
            let visit = standing.visit(content, language: language)
            #expect(visit.conversation.isBots, "\(standing)")
            if let slot = standing.slot {
                guard case .slot(slot, _, _)? = visit.conversation.pending else {
                    Issue.record("\(standing) \(language): \(String(describing: visit.conversation.pending))")
                    continue
                }
            }
            for way in Self.ways {
                let turn = visit.answer(to: way.text)
                guard let reason = turn.handoff?.reason, reason == .asked || reason == .complaint else {
                    let reply = turn.said.reply
                    let end = turn.handoff.map { "\($0.reason)" } ?? "\(reply.kind) \(reply.intent ?? "-")"
                    failures.append((way, "\(standing) | \(way.text) | \(end)"))
                    continue
                }
            }
        }
        if ProcessInfo.processInfo.environment["CONSERJE_SHOW"] == "1" {
            let count = Standing.all.count * Self.ways.count / 2
            for isHeldBack in [false, true] {
                let failed = failures.filter { $0.way.isHeldBack == isHeldBack }
                print("\(language) \(isHeldBack ? "held back" : "seen"): \(count - failed.count) of \(count)")
            }
            for failure in failures where !failure.way.isHeldBack { print("FAIL \(language) \(failure.text)") }
            for failure in failures where failure.way.isHeldBack { print("HELD \(language) \(failure.text)") }
        }
        #expect(failures.isEmpty, "\(failures.prefix(20).map(\.text).joined(separator: "\n"))")
    }

    @Test("angry words that ask for a person are a complaint or asked for, calm ones are asked for")
    func reasons() throws {
        let content = try #require(ConversationTests.content)
        let visit = Visit(content, language: "es")
        for way in Self.ways {
            let isAngry = content.understand(way.text, language: "es").isAngry
            #expect(isAngry || visit.answer(to: way.text).handoff?.reason == .asked, "\(way.text)")
        }
    }
}
