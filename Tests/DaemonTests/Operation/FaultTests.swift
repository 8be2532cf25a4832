import Foundation
import JSON
import SeededRandom
import Testing

@Suite("Disks that are full, torn and damaged")
struct FaultTests {
    /// The journal's segments, oldest first.
    private func segments(_ daemon: Daemon) throws -> [String] {
        let folder = daemon.folder.file("data")
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("journal-") && $0.hasSuffix(".jsonl") }.sorted().map { folder + "/" + $0 }
    }

    @Test("while the disk is full nothing is acknowledged, all stay connected, and what can be read is")
    func full() throws {
        let daemon = try Daemon.started()
        let (client, waiting, agent) = (try daemon.customer(), try daemon.customer(), try daemon.agent("jefa"))
        let opened = try client.open()
        let told = try client.ask("@id=a SAY gracias")
        let other = try waiting.openInQueue()
        try daemon.limitFiles(to: 0)
        #expect(try client.ask("@id=b SAY gracias").code == "storage_unavailable")
        #expect(try client.ask("@id=c HUMAN ayuda").code == "storage_unavailable")
        #expect(try waiting.ask("SAY sigo aquí").code == "storage_unavailable")
        #expect(try waiting.ask("CANCEL").code == "storage_unavailable")
        #expect(try agent.ask("@id=d CLAIM \(other.id)").code == "storage_unavailable")
        #expect(try agent.ask("READY").code == "storage_unavailable")
        #expect(try daemon.customer().ask("SAY gracias").code == "storage_unavailable")
        #expect(try client.ask("PING").code == nil)
        #expect(try client.done("HISTORY").list("messages").count == 3)
        #expect(try agent.done("QUEUE").list("waiting").count == 1)
        #expect(try client.ask("@id=a SAY gracias") == told)
        #expect(try agent.done("STATUS").text("journal.problem").contains("write"))
        try daemon.limitFiles(to: nil)
        let said = try client.ask("@id=b SAY gracias")
        #expect(said.code == nil)
        #expect(try client.ask("@id=c HUMAN ayuda").code == nil)
        #expect(try agent.ask("@id=d CLAIM \(other.id)").code == nil)
        #expect(try agent.done("STATUS")[path: "journal.problem"] == .null)
        let history = try client.done("HISTORY")
        try daemon.restart(killing: true)
        let again = try daemon.customer()
        #expect(try again.done("RESUME \(opened.token) 999999").text("state") == "message_taken")
        #expect(try again.done("HISTORY") == history)
        #expect(try again.ask("@id=b SAY gracias") == said)
        #expect(try daemon.customer().state(other.token) == "with_agent")
    }

    @Test("a disk that is full at random moments loses nothing acknowledged, doubles nothing and keeps nothing refused")
    func fullAtTimes() throws {
        let seed = UInt64(ProcessInfo.processInfo.environment["CONSERJE_SEED"] ?? "") ?? 20_261_124
        var random = SplitMix64(seed: seed)
        let daemon = try Daemon.started(settings: ["sync_interval: 5"])
        let clients = try (0..<3).map { _ in try daemon.customer() }
        let tokens = try clients.map { try $0.open().token }
        // One of them speaks to the queue: each of its messages is durable.
        try clients[0].done("HUMAN")
        var acknowledged = [[String]](repeating: [], count: clients.count)
        var (refused, unsure): (Set<String>, Set<String>) = ([], [])
        for round in 0..<40 {
            // The journal may grow by part of what comes, or has room.
            let size = try segments(daemon).map { UInt((try? Data(contentsOf: URL(fileURLWithPath: $0)))?.count ?? 0) }
            try daemon.limitFiles(to: round % 2 == 0 ? (size.max() ?? 0) + UInt(random.next() % 4_000) : nil)
            let texts = (0..<clients.count).map { index in (0..<6).map { "gracias \(index).\(round).\($0)." } }
            for (client, texts) in zip(clients, texts) {
                try client.send(texts.map { "SAY " + $0 }.joined(separator: "\n"))
            }
            for (index, client) in clients.enumerated() {
                for text in texts[index] {
                    let answer = try client.nextAnswer()
                    if answer.code == nil {
                        acknowledged[index].append(text)
                    } else {
                        #expect(answer.code == "storage_unavailable", "seed \(seed)")
                        let isCertain = try answer.value.text("message").contains("was not done")
                        _ = isCertain ? refused.insert(text) : unsure.insert(text)
                    }
                }
            }
        }
        print(
            "full at times: \(acknowledged.joined().count) stored, \(refused.count) refused, \(unsure.count) uncertain")
        #expect(!refused.isEmpty && acknowledged.allSatisfy { $0.count > 60 }, "seed \(seed)")
        try daemon.restart(killing: true)
        for (index, token) in tokens.enumerated() {
            let client = try daemon.customer()
            try client.done("RESUME \(token) 999999")
            let said = try client.done("HISTORY 1000").list("messages").filter { $0["from"] == .string("customer") }
                .compactMap { $0["text"]?.string }.filter { $0.hasPrefix("gracias ") }
            #expect(said.filter { !unsure.contains($0) } == acknowledged[index], "seed \(seed), client \(index)")
            #expect(refused.isDisjoint(with: said), "seed \(seed), client \(index)")
        }
    }

    @Test("SIGTERM on a full disk ends in time, and what was acknowledged is there at the next start")
    func endsOnFullDisk() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        for number in 0..<10 { try client.done("SAY gracias \(number)") }
        try daemon.limitFiles(to: 0)
        #expect(try client.ask("SAY gracias").code == "storage_unavailable")
        let start = LineReader.now()
        #expect(try daemon.stop() == 0)
        #expect(LineReader.now() - start < 5)
        try daemon.start()
        let again = try daemon.customer()
        try again.done("RESUME \(opened.token) 999999")
        #expect(try again.done("HISTORY").list("messages").count == 21)
    }

    @Test("a torn tail is cut off at the start, which the log tells, and all that was acknowledged is there")
    func tornTail() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        try client.done("SAY gracias")
        let history = try client.done("HISTORY")
        try daemon.kill()
        let segment = try #require(segments(daemon).last)
        let file = try #require(FileHandle(forWritingAtPath: segment))
        try file.seekToEnd()
        let torn = #"{"seq":9,"at":"2026-11-24T10:00:00.000Z","type":"customer.sa"#
        try file.write(contentsOf: Data(torn.utf8))
        try file.close()
        try daemon.start()
        let name = (segment as NSString).lastPathComponent
        #expect(daemon.errors.contains("cut a torn tail of \(torn.utf8.count) bytes off \(name)"))
        let again = try daemon.customer()
        try again.done("RESUME \(opened.token) 999999")
        #expect(try again.done("HISTORY") == history)
        #expect(try again.ask("SAY gracias").code == nil)
    }

    @Test(
        "damage in the middle stops the start with 65, file and line; --salvage sets the line aside and serves the rest"
    )
    func damagedMiddle() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        let other = try daemon.customer().open()
        for number in 0..<10 { try client.done("SAY gracias \(number)") }
        try daemon.kill()
        let segment = try #require(segments(daemon).last)
        let name = (segment as NSString).lastPathComponent
        let before = try String(contentsOfFile: segment, encoding: .utf8)
        let line = try #require(
            before.split(separator: "\n").firstIndex { $0.contains("gracias 3") && $0.contains("customer.said") })
        try Data(before.replacing("gracias 3", with: "desgracia", maxReplacements: 1).utf8)
            .write(to: URL(fileURLWithPath: segment))
        let error = #expect(throws: HarnessError.self) { try daemon.start() }
        #expect(error?.description.contains("ended with 65") == true)
        #expect(error?.description.contains("\(name):\(line + 1): ") == true)
        #expect(error?.description.contains("--salvage") == true)
        try daemon.start(["--salvage"])
        #expect(daemon.errors.contains("set aside \(name):\(line + 1): "))
        let again = try daemon.customer()
        try again.done("RESUME \(opened.token) 999999")
        let said = try again.done("HISTORY").list("messages").compactMap { $0["text"]?.string }
        for number in (0..<10) where number != 3 { #expect(said.contains("gracias \(number)")) }
        #expect(!said.contains("gracias 3") && !said.contains("desgracia"))
        #expect(try again.ask("SAY gracias").code == nil)
        #expect(try daemon.customer().ask("RESUME \(other.token)").code == nil)
        // What is set aside is not damage any more.
        try daemon.restart(killing: true)
        #expect(try daemon.customer().state(opened.token) == "bot")
    }

    @Test("SIGTERM while work is under way: every answer given holds at the next start, and the rest may be sent again")
    func terminatedUnderLoad() throws {
        let daemon = try Daemon.started()
        let clients = try (0..<4).map { _ in try daemon.customer() }
        let tokens = try clients.map { try $0.open().token }
        try clients[0].done("HUMAN")
        try clients[1].done("HUMAN")
        for client in clients {
            try client.send((0..<400).map { "@id=m\($0) SAY gracias \($0)." }.joined(separator: "\n"))
        }
        for client in clients { #expect(try client.nextAnswer().code == nil) }
        let start = LineReader.now()
        #expect(try daemon.stop() == 0)
        #expect(LineReader.now() - start < 5)
        let answered = clients.map { client in
            var count = 1
            while let answer = try? client.nextAnswer() { count += answer.code == nil ? 1 : 0 }
            return count
        }
        try daemon.start()
        for (index, token) in tokens.enumerated() {
            let client = try daemon.customer()
            try client.done("RESUME \(token) 999999")
            func said() throws -> [String] {
                try client.done("HISTORY 1000").list("messages").compactMap { $0["text"]?.string }
                    .filter { $0.hasPrefix("gracias ") }
            }
            let wanted = (0..<400).map { "gracias \($0)." }
            #expect(try Array(said().prefix(answered[index])) == Array(wanted.prefix(answered[index])))
            for number in answered[index]..<400 { try client.send("@id=m\(number) SAY gracias \(number).") }
            for _ in answered[index]..<400 { #expect(try client.nextAnswer().code == nil) }
            #expect(try said() == wanted)
        }
    }

    @Test("a data folder that can't be made is 73, a journal that can't be read is 74")
    func unusableFolder() throws {
        let folder = try TemporaryFolder.shop()
        try folder.write("a file", to: "file")
        try FileManager.default.createDirectory(
            atPath: folder.file("data/journal-00000000000000000001.jsonl"), withIntermediateDirectories: true)
        for (data, code) in [("file/data", Int32(73)), ("file", 73), ("data", 74)] {
            let run = try CommandRun([
                "serve", "--content", folder.path, "--data", folder.file(data), "--listen", "127.0.0.1:0", "--agents",
                "unix:" + folder.file("a.sock"),
            ])
            #expect(run.code == code, "\(data): \(run.errors)")
            #expect(run.output.isEmpty && !run.errors.isEmpty)
        }
    }
}
