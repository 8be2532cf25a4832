import Foundation
import JSON
import Testing

@Suite("conserje test")
struct TestCommandTests {
    private static let good = "# Precio\n- Cliente: ¿cuánto cuesta la cafetera?\n- Bot: responde (price)\n"
    private static let bad = "# Una queja\n- Customer: how much is it?\n- Bot: hands over (complaint)\n"

    private func folder(_ more: [String: String] = [:]) throws -> TemporaryFolder {
        try TemporaryFolder.shop(
            ["Intents/tests/es/good.md": Self.good, "Intents/tests/en/bad.md": Self.bad].merging(more) { $1 })
    }

    private func run(_ folder: TemporaryFolder, _ words: [String] = []) throws -> CommandRun {
        try CommandRun(["test", "--content", folder.path] + words)
    }

    @Test("a line for each conversation that fails, a summary beside it, and 65")
    func failing() throws {
        let run = try run(try folder())
        #expect(run.code == 65)
        #expect(run.lines.count == 1)
        #expect(
            run.output.hasPrefix(
                "Intents/tests/en/bad.md:3:3: error: \"Una queja\": expected \"Bot: hands over (complaint)\"; the bot answers price"
            ))
        #expect(run.errors.contains("2 conversations and 0 questions in "))
        #expect(run.errors.contains(": 1 passes, 1 fails, 0 known to fail."))
    }

    @Test("files and folders of the content are run alone, and files of elsewhere for its content")
    func files() throws {
        let folder = try folder()
        #expect(try run(folder, ["Intents/tests/es"]).code == 0)
        #expect(try run(folder, [folder.file("Intents/tests/es/good.md")]).errors.contains("1 conversation "))
        #expect(try run(folder, ["./Intents/tests/en/bad.md"]).code == 65)
        let other = try TemporaryFolder()
        try other.write(Self.bad, to: "draft.md")
        #expect(try run(folder, [other.file("draft.md")]).output.hasPrefix(other.file("draft.md:3:3: error: ")))
        try other.write("# A\n- Bot: answers (prise)\n", to: "broken.md")
        let broken = try run(folder, [other.file("broken.md")])
        #expect(broken.code == 65 && broken.errors.contains("broken.md:2:3: error: "))
        #expect(try run(folder, [other.file("none.md")]).code == 74)
    }

    @Test("--json is one object, --verbose the conversations whole")
    func forms() throws {
        let folder = try folder()
        let json = try run(folder, ["--json"])
        #expect(json.code == 65)
        let report = try json.json()
        #expect(report["ok"] == .bool(false) && report["conversations"] == .integer(2))
        #expect(report["passed"] == .integer(1) && report["failed"] == .integer(1) && report["known"] == .integer(0))
        let problem = try #require(report["problems"]?.array?.first)
        #expect(problem["path"]?.string == "Intents/tests/en/bad.md" && problem["outcome"]?.string == "failed")
        #expect(problem["faults"]?.array?.first?["line"] == .integer(3))
        let verbose = try run(folder, ["--verbose", "Intents/tests/es"])
        #expect(verbose.output.contains("- Cliente: ¿cuánto cuesta la cafetera?\n  → the bot answers price"))
    }

    @Test("check reads the files of conversations too, and they are no intents")
    func checked() throws {
        let folder = try folder()
        let sound = try CommandRun(["check", folder.path])
        #expect(sound.code == 0 && sound.errors.contains("5 intents"))
        try folder.write("# A\n- Client: hola\n", to: "Intents/tests/x.md")
        let broken = try CommandRun(["check", folder.path])
        #expect(broken.code == 65)
        #expect(broken.output.contains("Intents/tests/x.md:2:3: error: "))
        #expect(broken.output.contains("Cliente"))
    }
}

@Suite("Content whose tests fail")
struct TestGateTests {
    private static let files = Shop.files(
        ["publish_only_if_tests_pass: yes"],
        [
            "Intents/tests/precio.md":
                "# Precio\n- Cliente: ¿cuánto cuesta la cafetera?\n- Bot: responde (price)\n  - dice: 60\n"
        ])

    @Test("stays out of use: RELOAD, STATUS, the agents and the operator are told which test")
    func reload() throws {
        let daemon = try Daemon.started(files: Self.files)
        let agent = try daemon.agent("jefa")
        let client = try daemon.customer()
        try daemon.folder.write(Shop.price(answer: "Cuesta 70 euros."), to: "content/Intents/pre-sale/price.md")
        let push = try agent.nextPush("content_invalid")
        #expect(
            try push.list("problems").contains { $0.string?.hasPrefix("Intents/tests/precio.md:4:5: error: ") == true })
        let refused = try agent.ask("RELOAD")
        #expect(refused.code == "content_invalid")
        #expect(try refused.value.list("problems").first?.string?.contains("precio.md:4:5") == true)
        #expect(try agent.done("STATUS").list("content.problems").first?.string?.contains("precio.md:4:5") == true)
        #expect(daemon.errors.contains("precio.md:4:5"))
        #expect(try client.done("SAY ¿cuánto cuesta la cafetera?").text("reply.text") == Shop.priceAnswer)
        try daemon.folder.write(Shop.price(answer: "Cuesta 60 euros."), to: "content/Intents/pre-sale/price.md")
        #expect(try agent.ask("RELOAD").code == nil)
        #expect(try agent.done("STATUS").list("content.problems").isEmpty)
    }

    @Test("is not served at the first start: all is told, and 65")
    func start() throws {
        let folder = try TemporaryFolder()
        for (name, text) in Self.files { try folder.write(text, to: name) }
        try folder.write(Shop.price(answer: "Cuesta 70 euros."), to: "Intents/pre-sale/price.md")
        let run = try CommandRun(["serve", "--content", folder.path, "--data", folder.file("data")])
        #expect(run.code == 65)
        #expect(run.errors.contains("Intents/tests/precio.md:4:5: error: "))
    }
}
