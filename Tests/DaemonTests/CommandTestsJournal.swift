import Foundation
import JSON
import Testing

@Suite("conserje journal")
struct JournalCommandTests {
    /// A daemon that has served two customers and ended.
    private func served() throws -> (folder: TemporaryFolder, conversations: [String]) {
        let daemon = try Daemon.started()
        let conversations = try ["gracias", "quiero una persona"].map { text in
            let client = try daemon.customer()
            let opened = try client.open()
            try client.done("SAY " + text)
            return opened.id
        }
        try daemon.stop()
        return (daemon.folder, conversations)
    }

    /// The first segment of the journal.
    private func segment(_ folder: TemporaryFolder) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("data")).sorted()
        let name = try #require(names.first { $0.hasPrefix("journal-") && $0.hasSuffix(".jsonl") })
        return folder.file("data/" + name)
    }

    @Test("a whole journal is verified with 0; one conversation is exported whole and alone, --all is the files")
    func whole() throws {
        let (folder, conversations) = try served()
        let data = folder.file("data")
        let verified = try CommandRun(["journal", "verify", "--data", data, "--json"])
        #expect(verified.code == 0)
        #expect(try verified.json()["ok"] == .bool(true))
        let lines = try String(contentsOfFile: segment(folder), encoding: .utf8).split(separator: "\n")
        #expect(try verified.json()["events"] == .integer(lines.count))
        let one = try CommandRun(["journal", "export", conversations[0], "--data", data])
        #expect(one.code == 0)
        #expect(one.lines == lines.map(String.init).filter { $0.contains("c:" + conversations[0]) })
        #expect(one.output.contains("gracias") && !one.output.contains("quiero una persona"))
        #expect(!one.output.contains("\n\n"))
        #expect(try one.lines.allSatisfy { try JSONValue.parse($0)["stream"]?.string == "c:" + conversations[0] })
        let all = try CommandRun(["journal", "export", "--all"], environment: ["CONSERJE_DATA": data])
        #expect(all.code == 0 && all.lines == lines.map(String.init))
    }

    @Test("damage is told with file and line and ends with 65, also where an export passes it over")
    func damaged() throws {
        let (folder, _) = try served()
        let data = folder.file("data")
        let path = try segment(folder)
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        let line = try #require(lines.firstIndex { $0.contains("gracias") })
        lines[line] = lines[line].replacingOccurrences(of: "gracias", with: "desgracia")
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let place = path + ":\(line + 1): "
        let verified = try CommandRun(["journal", "verify", "--data", data])
        #expect(verified.code == 65)
        #expect(verified.lines.contains { $0.hasPrefix(place) })
        let report = try CommandRun(["journal", "verify", "--data", data, "--json"])
        #expect(report.code == 65)
        #expect(try report.json()["damages"]?.array?.first?["line"] == .integer(line + 1))
        let export = try CommandRun(["journal", "export", "--all", "--data", data])
        #expect(export.code == 65)
        #expect(export.lines.count == lines.count - 1)
        #expect(export.errors.contains(place))
    }

    @Test("a journal can be read while the daemon writes to it")
    func live() throws {
        let daemon = try Daemon.started()
        let client = try daemon.customer()
        let opened = try client.open()
        try client.done("HUMAN")
        let data = daemon.folder.file("data")
        #expect(try CommandRun(["journal", "verify", "--data", data]).code == 0)
        let export = try CommandRun(["journal", "export", opened.id.uppercased(), "--data", data])
        #expect(export.code == 0 && export.output.contains("handoff.requested"))
        try daemon.stop()
    }

    @Test("a folder that is not there is 74; an id of another form, none or too many are 64; an unknown one is empty")
    func faults() throws {
        let folder = try TemporaryFolder()
        #expect(try CommandRun(["journal", "verify", "--data", folder.file("none")]).code == 74)
        #expect(try CommandRun(["journal", "export", "--all", "--data", folder.file("none")]).code == 74)
        #expect(try CommandRun(["journal", "verify", "--data", folder.path]).code == 0)
        #expect(try CommandRun(["journal", "export", "--data", folder.path]).code == 64)
        #expect(try CommandRun(["journal", "export", "xyz", "--data", folder.path]).code == 64)
        #expect(try CommandRun(["journal", "export", "0000000000000", "--all", "--data", folder.path]).code == 64)
        let unknown = try CommandRun(["journal", "export", "0000000000000", "--data", folder.path])
        #expect(unknown.code == 0 && unknown.output.isEmpty && unknown.errors.contains("0000000000000"))
    }
}
