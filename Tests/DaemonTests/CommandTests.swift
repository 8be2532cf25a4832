import Foundation
import JSON
import Testing

/// A command that runs to its end.
struct CommandRun {
    let code: Int32
    let output: String
    let errors: String

    /// - Parameter environment: English unless it says otherwise.
    init(_ words: [String], environment: [String: String] = [:]) throws {
        let child = try Child(words, environment: environment.merging(["LANG": "en_US.UTF-8"]) { first, _ in first })
        child.closeInput()
        code = try child.wait(within: 60)
        output = child.remaining
        errors = try child.errors.rest(within: 5)
    }

    /// The lines of the results.
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The one JSON object of the results.
    func json() throws -> JSONValue {
        guard lines.count == 1, output.hasSuffix("\n") else { throw HarnessError("not one line: \(output)") }
        return try JSONValue.parse(lines[0])
    }
}

extension TemporaryFolder {
    /// A folder with the small shop's content.
    static func shop(_ changes: [String: String] = [:]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in Shop.files([], changes) { try folder.write(text, to: name) }
        return folder
    }
}

@Suite("conserje check")
struct CheckCommandTests {
    private static let broken = [
        "Intents/pre-sale/broken.md": "---\ntitle_es: Roto\ntitel_en: Broken\n---\n# Español\n## Frases\n- hola\n"
    ]

    @Test("sound content ends with 0, and standard output holds nothing but problems")
    func sound() throws {
        let folder = try TemporaryFolder.shop()
        let run = try CommandRun(["check", folder.path])
        #expect(run.code == 0)
        #expect(!run.output.contains(": error: "))
        #expect(run.errors.contains("5 intents, 1 article, "))
        let json = try CommandRun(["check", folder.path, "--json"])
        #expect(json.code == 0)
        #expect(try json.json()["ok"] == .bool(true))
        #expect(try json.json()["intents"] == .integer(5))
    }

    @Test("a mistake is told as path:line:column: error, with the line and a hint below, and ends with 65")
    func broken() throws {
        let folder = try TemporaryFolder.shop(Self.broken)
        let run = try CommandRun(["check", folder.path])
        #expect(run.code == 65)
        let place = run.lines.firstIndex { $0.hasPrefix("Intents/pre-sale/broken.md:3:1: error: ") }
        let first = try #require(place)
        #expect(run.lines[first + 1] == "    titel_en: Broken")
        #expect(run.lines[first + 2].contains("title_en"))
        let spanish = try CommandRun(["check", folder.path], environment: ["LANG": "es_ES.UTF-8"])
        #expect(spanish.lines[first].hasPrefix("Intents/pre-sale/broken.md:3:1: error: "))
        #expect(spanish.lines[first] != run.lines[first])
    }

    @Test("as JSON a problem has its place, its severity and its hint")
    func json() throws {
        let folder = try TemporaryFolder.shop(Self.broken)
        let run = try CommandRun(["check", "--json", folder.path])
        #expect(run.code == 65)
        let report = try run.json()
        #expect(report["ok"] == .bool(false))
        let problem = try #require(report["problems"]?.array?.first { $0["line"] == .integer(3) })
        #expect(problem["path"]?.string == "Intents/pre-sale/broken.md")
        #expect(problem["column"] == .integer(1))
        #expect(problem["severity"]?.string == "error")
        #expect(problem["hint"]?.string?.contains("title_en") == true)
        #expect(report["errors"]?.integer == report["problems"]?.array?.count { $0["severity"]?.string == "error" })
    }

    @Test("--deep warns of few phrases and planted doubles with a hint, and ends with 0 all the same")
    func deep() throws {
        let folder = try TemporaryFolder.shop()
        let plain = try CommandRun(["check", folder.path, "--json"]).json()
        #expect(plain["deep"] == nil)
        let run = try CommandRun(["check", "--deep", folder.path, "--json"])
        #expect(run.code == 0)
        let report = try run.json()
        #expect(report["deep"]?["few_phrases"] == .integer(10))
        let few = try #require(report["problems"]?.array?.first { $0["code"]?.string == "phrasesFew" })
        #expect(few["severity"]?.string == "warning" && few["hint"]?.string?.isEmpty == false)
        #expect((few["line"]?.integer ?? 0) > 1)
        let text = try CommandRun(["check", "--deep", folder.path], environment: ["LANG": "es_ES.UTF-8"])
        #expect(text.code == 0 && text.lines.contains { $0.contains(": warning: hay ") })
        #expect(text.errors.contains("Con pocas frases: 10"))
    }

    @Test("a rule that can never match is a warning, and the content sound")
    func rules() throws {
        let folder = try TemporaryFolder.shop(Self.ruled("rescindir !rescindo"))
        let run = try CommandRun(["check", folder.path])
        #expect(run.code == 0)
        let place = run.lines.firstIndex { $0.hasPrefix("Intents/order/rescind.md:13:3: warning: ") }
        #expect(place.map { run.lines[$0 + 1] } == "    rescindir !rescindo")
    }

    /// One more intent with a rule.
    static func ruled(_ rule: String) -> [String: String] {
        let text = Shop.intent(
            ("Rescindir", "Rescind"), es: ["quiero rescindir el contrato"], en: ["I want to rescind the contract"],
            answer: ("Hecho.", "Done."), more: ("\n## Reglas\n- \(rule)\n", ""))
        return ["Intents/order/rescind.md": text]
    }

    @Test("a folder without Intents is 78 and names --content; DIR goes before the environment")
    func noIntents() throws {
        let folder = try TemporaryFolder()
        let run = try CommandRun(["check", folder.path])
        #expect(run.code == 78)
        #expect(run.output.isEmpty && run.errors.contains("--content"))
        let shop = try TemporaryFolder.shop()
        #expect(try CommandRun(["check"], environment: ["CONSERJE_CONTENT": shop.path]).code == 0)
        #expect(try CommandRun(["check", shop.path], environment: ["CONSERJE_CONTENT": folder.path]).code == 0)
        #expect(try CommandRun(["check", "--content", shop.path]).code == 0)
        #expect(try CommandRun(["check", "a", "b"]).code == 64)
    }
}

@Suite("conserje explain")
struct ExplainCommandTests {
    @Test("shares add up to the score, and those of the confidence to its log-odds")
    func shares() throws {
        let folder = try TemporaryFolder.shop()
        let run = try CommandRun(["explain", "--content", folder.path, "--json", "cuánto cuesta la cafetrea"])
        #expect(run.code == 0)
        let explanation = try run.json()
        #expect(explanation["language"]?.string == "es")
        #expect(explanation["decides"]?.string == "intent")
        #expect(explanation["intent"]?.string == "price")
        let words = try #require(explanation["words"]?.array)
        #expect(words.map { $0["text"]?.string } == ["cuanto", "cuesta", "la", "cafetrea"])
        #expect(words.last?["read"]?.string == "cafetera")
        #expect(words.first?["read"] == nil)
        let intents = try #require(explanation["intents"]?.array)
        #expect(intents.count == 5)
        for intent in intents {
            let shares = intent["terms"]?.array?.compactMap { $0["share"]?.double } ?? []
            #expect(abs(shares.reduce(0, +) - (intent["score"]?.double ?? .nan)) < 1e-6)
        }
        let odds = explanation["confidence_terms"]?.array?.compactMap { $0["share"]?.double } ?? []
        #expect(odds.count == 6)
        let confidence = try #require(intents.first?["confidence"]?.double)
        #expect(abs(1 / (1 + exp(-odds.reduce(0, +))) - confidence) < 1e-4)
    }

    @Test("a rule that decides is told with its place, and as what decides")
    func rule() throws {
        let folder = try TemporaryFolder.shop(CheckCommandTests.ruled("cuesta * rescindir"))
        let text = ["cuánto", "cuesta", "la", "cafetera", "o", "rescindir"]
        let explanation = try CommandRun(["explain", "--content", folder.path, "--json"] + text).json()
        #expect(explanation["decides"]?.string == "rule" && explanation["intent"]?.string == "rescind")
        let rule = explanation["rules"]?.array?.first
        #expect(rule?["rule"]?.string == "cuesta * rescindir" && rule?["outcome"]?.string == "decides")
        #expect(rule?["place"]?.string == "Intents/order/rescind.md:13" && rule?["intent"]?.string == "rescind")
        let run = try CommandRun(["explain", "--content", folder.path] + text)
        #expect(run.lines.last?.contains("\"cuesta * rescindir\" (Intents/order/rescind.md:13)") == true)
    }

    @Test("EXPLAIN answers with the same members")
    func sameAsProtocol() throws {
        let daemon = try Daemon.started()
        let answer = try daemon.agent("jefa").done("EXPLAIN gracias por el envío")
        let folder = daemon.folder.file("content")
        let run = try CommandRun(["explain", "--content", folder, "--json", "gracias", "por", "el", "envío"])
        #expect(try run.json() == answer)
    }

    @Test("for a person there are bars, words and a decision, without colours off a terminal")
    func drawn() throws {
        let folder = try TemporaryFolder.shop()
        let run = try CommandRun(
            ["explain", "cuánto", "cuesta", "la", "cafetrea"],
            environment: ["LANG": "es_ES.UTF-8", "CONSERJE_CONTENT": folder.path])
        #expect(run.code == 0)
        #expect(run.lines.contains { $0.hasPrefix("  price ") && $0.contains("█") })
        #expect(run.output.contains("leída como «cafetera»"))
        #expect(run.lines.last == "Responde la intención price.")
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test("without a text it is 64, without content 78, with broken content 65 and its problems on standard error")
    func faults() throws {
        let folder = try TemporaryFolder.shop()
        #expect(try CommandRun(["explain", "--content", folder.path]).code == 64)
        #expect(try CommandRun(["explain", "--content", folder.path, "  "]).code == 64)
        #expect(try CommandRun(["explain", "--content", folder.file("none"), "hola"]).code == 78)
        try folder.write("---\nx: y\n---\n", to: "Intents/pre-sale/broken.md")
        let run = try CommandRun(["explain", "--content", folder.path, "hola"])
        #expect(run.code == 65)
        #expect(run.output.isEmpty && run.errors.contains("Intents/pre-sale/broken.md:2:1: error: "))
    }
}
