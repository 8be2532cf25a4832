import Foundation
import JSON
import Testing

@Suite("Content is read again while it is used")
struct ReloadTests {
    private static let path = "content/Intents/pre-sale/price.md"

    /// Asks until the answer is that one.
    private func waitForAnswer(_ text: String, _ client: LineClient) throws -> Double {
        let start = LineReader.now()
        while try client.done("SAY ¿cuánto cuesta la cafetera?").text("reply.text") != text {
            guard LineReader.now() - start < 10 else { throw HarnessError("the new answer never came") }
            usleep(5_000)
        }
        return LineReader.now() - start
    }

    @Test("a file renamed over, then one truncated and written, is in use within a second")
    func live() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        try daemon.folder.write(Shop.price(answer: "Cuesta 70 euros."), to: Self.path)
        #expect(try waitForAnswer("Cuesta 70 euros.", client) < 1)
        let file = fopen(daemon.folder.file(Self.path), "w")
        fputs(Shop.price(answer: "Cuesta 80 euros."), file)
        fclose(file)
        #expect(try waitForAnswer("Cuesta 80 euros.", client) < 1)
    }

    @Test("SIGHUP and RELOAD read the content too; RELOAD tells what it found")
    func asked() throws {
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        let before = try agent.done("STATUS").text("content.version")
        #expect(try agent.done("RELOAD").text("content.version") == before)
        try daemon.folder.write(Shop.price(answer: "Cuesta 70 euros."), to: Self.path)
        #expect(try agent.done("RELOAD").text("content.version") != before)
        daemon.reload()
        #expect(try agent.done("STATUS").text("content.version") != before)
    }

    @Test("broken content leaves the old in use, and RELOAD and STATUS tell file, line and column")
    func broken() throws {
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        let client = try daemon.customer()
        try daemon.folder.write("---\ntitle_es: Precio\n---\n# Español\n", to: Self.path)
        let refused = try agent.ask("RELOAD")
        #expect(refused.code == "content_invalid")
        let problem = try #require(try refused.value.list("problems").first?.string)
        #expect(problem.contains(#/price\.md:\d+:\d+: error: /#))
        #expect(try !agent.done("STATUS").list("content.problems").isEmpty)
        #expect(try client.done("SAY ¿cuánto cuesta la cafetera?").text("reply.text") == Shop.priceAnswer)
        try daemon.folder.write(Shop.price(answer: "Cuesta 90 euros."), to: Self.path)
        _ = try waitForAnswer("Cuesta 90 euros.", client)
        #expect(try agent.done("STATUS").list("content.problems").isEmpty)
    }

    @Test("agents are told that the files are broken, by themselves")
    func agentsTold() throws {
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        try daemon.folder.write("---\ntitle_es: Precio\n---\n# Español\n", to: Self.path)
        let push = try agent.nextPush("content_invalid")
        #expect(try push.list("problems").contains { $0.string?.contains("price.md:") == true })
    }

    @Test("a folder that comes after the start is watched too")
    func laterFolder() throws {
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        let folder = daemon.folder.file("content/KnowledgeBase")
        try FileManager.default.removeItem(atPath: folder)
        let before = try agent.done("STATUS").list("content.problems").count
        let sections = try agent.done("STATUS")[path: "content.sections"]?.integer ?? 0
        #expect(before == 0)
        try wait(for: 0, agent)
        try daemon.folder.write(Shop.article, to: "content/KnowledgeBase/es/garantia.md")
        try wait(for: sections, agent)
    }

    /// Waits until so many sections are in use.
    private func wait(for sections: Int, _ agent: LineClient) throws {
        let start = LineReader.now()
        while try agent.done("STATUS")[path: "content.sections"] != .integer(sections) {
            guard LineReader.now() - start < 10 else { throw HarnessError("never \(sections) sections") }
            usleep(20_000)
        }
    }

    @Test("somebody who saves all the time sees the change within a second of the first save")
    func busyEditor() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let text = Shop.price(answer: "Cuesta 70 euros.")
        let start = LineReader.now()
        var answer = ""
        while answer != "Cuesta 70 euros.", LineReader.now() - start < 5 {
            try daemon.folder.write(text, to: Self.path)
            answer = try client.done("SAY ¿cuánto cuesta la cafetera?").text("reply.text")
            usleep(50_000)
        }
        #expect(LineReader.now() - start < 2)
    }

    @Test("which content answers are made with stands in the log, once for each version")
    func inTheLog() throws {
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        try agent.done("RELOAD")
        try daemon.folder.write(Shop.price(answer: "Cuesta 70 euros."), to: Self.path)
        try agent.done("RELOAD")
        let version = try agent.done("STATUS").text("content.version")
        #expect(try daemon.stop() == 0)
        let folder = daemon.folder.file("data")
        let log = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
            .map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }.joined()
        let loaded = log.split(separator: "\n").filter { $0.contains(#""type":"content.loaded""#) }
        #expect(loaded.count == 2)
        #expect(loaded.last?.contains(version) == true)
    }

    @Test("reloads under load lose no message and answer none twice, also where an intent comes and goes")
    func underLoad() throws {
        let rounds = ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1" ? 1_000 : 30
        let daemon = try Daemon.started()
        let agent = try daemon.agent("jefa")
        let clients = try (0..<4).map { _ in try daemon.customer() }
        for client in clients { try client.open() }
        let extra = daemon.folder.file("content/Intents/after-sale/aaa.md")
        let file = Shop.intent(
            ("Otra", "Other"), es: ["zarandaja cósmica", "zarandaja"], en: ["cosmic trifle", "trifle"],
            answer: ("Otra.", "Other."))
        for round in 0..<rounds {
            if round % 2 == 0 {
                try file.write(toFile: extra, atomically: true, encoding: .utf8)
            } else {
                try FileManager.default.removeItem(atPath: extra)
            }
            try agent.send("RELOAD")
            for client in clients {
                try client.send((0..<10).map { "SAY gracias \(round * 10 + $0)" }.joined(separator: "\n"))
            }
            #expect(try agent.nextAnswer().code == nil)
            for client in clients {
                for number in 0..<10 {
                    let answer = try client.nextAnswer()
                    #expect(answer["seq"] == .integer(2 + 2 * (round * 10 + number)))
                    #expect(answer[path: "reply.text"]?.string?.hasPrefix("De nada.") == true, "round \(round)")
                }
            }
        }
        for client in clients {
            let texts = try client.ask("HISTORY 600", within: 60).value.list("messages")
                .filter { $0["from"] == .string("customer") }
            #expect(Set(texts.compactMap { $0["text"]?.string }).count == min(rounds * 10, 300))
        }
    }
}
