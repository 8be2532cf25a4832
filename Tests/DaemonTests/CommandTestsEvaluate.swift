import Foundation
import JSON
import Testing

@Suite("conserje evaluate")
struct EvaluateCommandTests {
    private static let train = """
        price\tcuánto cuesta
        price\tqué precio tiene
        price\tprecio de la cafetera
        price\tcuánto vale esto
        greeting\thola
        greeting\tbuenos días
        greeting\tbuenas tardes
        greeting\thola, qué tal
        oos\tel tiempo en Marte

        """
    private static let test = "price\tprecio del horno\ngreeting|price\thola buenas\noos\tzzz qqq\r\nprice\t\n"

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder.shop()
        try folder.write(Self.train, to: "train.tsv")
        try folder.write(Self.test, to: "test.tsv")
        return folder
    }

    /// `gold TAB best TAB confidence`
    private func predictions(_ path: String) throws -> [(gold: String, best: String, confidence: Double)] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasSuffix("\n"))
        return try text.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, let confidence = Double(parts[2]) else { throw HarnessError("\(line)") }
            return (parts[0], parts[1], confidence)
        }
    }

    @Test("intents: the JSON's figures are those that its predictions give, in the test's order")
    func intents() throws {
        let folder = try folder()
        let run = try CommandRun([
            "evaluate", "intents", "--train", folder.file("train.tsv"), "--test", folder.file("test.tsv"),
            "--predictions", folder.file("out.tsv"), "--json",
        ])
        #expect(run.code == 0)
        let figures = try run.json()
        let lines = try predictions(folder.file("out.tsv"))
        #expect(lines.map(\.gold) == ["price", "greeting|price", "oos", "price"])
        #expect(!lines.contains { $0.best == "oos" })
        let threshold = try #require(figures["threshold"]?.double)
        let inScope = lines.filter { $0.gold != "oos" }
        let right = inScope.filter { $0.gold.split(separator: "|").map(String.init).contains($0.best) }
        #expect(figures["accuracy"]?.double == Double(right.count) / Double(inScope.count))
        #expect(
            figures["in_scope_kept"]?.double
                == Double(right.count { $0.confidence >= threshold }) / Double(inScope.count))
        #expect(figures["oos_recall"]?.double == (lines[2].confidence < threshold ? 1 : 0))
        #expect(figures["auroc"]?.double != nil)
        #expect((figures["train_seconds"]?.double ?? 0) > 0)
        #expect((figures["query_microseconds_mean"]?.double ?? 0) > 0)
    }

    @Test("without lines out of scope there are no figures of them; a table names the rest")
    func inScopeOnly() throws {
        let folder = try folder()
        let train = folder.file("train.tsv")
        try folder.write("price\tcuánto cuesta\n", to: "test.tsv")
        let words = ["evaluate", "intents", "--train", train, "--test", folder.file("test.tsv")]
        let json = try CommandRun(words + ["--json"]).json()
        #expect(json["oos_recall"] == nil && json["auroc"] == nil && json["accuracy"] != nil)
        let table = try CommandRun(words)
        #expect(table.code == 0)
        #expect(table.lines.contains { $0.hasPrefix("best intent is right ") && $0.hasSuffix("  1") })
    }

    @Test("content: a file's lines are asked of the whole content, without one its own phrases ten-fold")
    func content() throws {
        let folder = try folder()
        try folder.write("price\tcuánto cuesta la cafetera\nhuman|complaint\tquiero una persona\n", to: "test.tsv")
        let environment = ["CONSERJE_CONTENT": folder.path]
        let asked = try CommandRun(
            [
                "evaluate", "content", "--json", "--test", folder.file("test.tsv"), "--predictions",
                folder.file("out.tsv"),
            ], environment: environment)
        #expect(try asked.json()["accuracy"] == .integer(1))
        #expect(try predictions(folder.file("out.tsv")).map(\.best) == ["price", "human"])
        let own = try CommandRun(
            ["evaluate", "content", "--json", "--predictions", folder.file("own.tsv")], environment: environment)
        #expect(own.code == 0)
        let lines = try predictions(folder.file("own.tsv"))
        #expect(try lines.count == own.json()["in_scope_lines"]?.integer)
        #expect(Set(lines.map(\.gold)) == ["price", "delivery", "human", "complaint", "thanks"])
        #expect(try own.json()["accuracy"]?.double ?? 0 > 0.7)
    }

    @Test("intents: JSON has every intent, the confusions, the calibration, and what was asked for beside them")
    func extended() throws {
        let folder = try folder()
        let words = [
            "evaluate", "intents", "--train", folder.file("train.tsv"), "--test", folder.file("test.tsv"), "--json",
        ]
        let plain = try CommandRun(words).json()
        #expect(plain["intents"]?.array?.compactMap { $0["intent"]?.string } == ["greeting", "price"])
        #expect(plain["reliability"]?.array?.count == 10 && plain["confusions"]?.array != nil)
        #expect(plain["ece"]?.double != nil && plain["sure_wrong"]?.double != nil)
        #expect(plain["typos"] == nil && plain["learning_curve"] == nil && plain["languages"] == nil)
        let all = try CommandRun(words + ["--typos", "--curve", "--html", folder.file("page.html")])
        #expect(all.code == 0)
        let json = try all.json()
        #expect(json["typos"]?["accuracy"]?.double != nil && json["accuracy"] == plain["accuracy"])
        #expect(json["learning_curve"]?.array?.last?["limit"] == .null)
        let page = try String(contentsOfFile: folder.file("page.html"), encoding: .utf8)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    }

    @Test("typing errors are fixed by the seed, which must be a whole number")
    func seed() throws {
        let folder = try folder()
        let texts = (0..<60).map { "price\tcuánto cuesta la cafetera del escaparate \($0)" }
        try folder.write(texts.joined(separator: "\n"), to: "test.tsv")
        let words = [
            "evaluate", "intents", "--train", folder.file("train.tsv"), "--test", folder.file("test.tsv"), "--json",
            "--typos",
        ]
        let first = try CommandRun(words).json()["typos"]
        #expect(try CommandRun(words).json()["typos"] == first)
        #expect(try CommandRun(words + ["--seed", "5"]).json()["typos"] != first)
        let wrong = try CommandRun(words + ["--seed", "five"])
        #expect(wrong.code == 64 && wrong.errors.contains("--seed") && wrong.errors.contains("five"))
        let uncreatable = try CommandRun(words + ["--html", folder.file("no/where")])
        #expect(uncreatable.code == 73)
    }

    @Test("in a terminal nothing is wider than 80 columns, whatever the lines hold")
    func width() throws {
        let folder = try folder()
        let long = String(repeating: "muy ", count: 100)
        try folder.write("greeting\tcuánto cuesta \(long)\u{1B}[2J\nprice\thola\n", to: "test.tsv")
        let run = try CommandRun([
            "evaluate", "intents", "--train", folder.file("train.tsv"), "--test", folder.file("test.tsv"), "--typos",
            "--curve",
        ])
        #expect(run.code == 0)
        #expect(run.lines.allSatisfy { $0.count <= 80 } && !run.output.contains("\u{1B}"))
        for part in ["Worst intents", "Most confused", "Reliability", "Learning curve", "typing errors"] {
            #expect(run.output.contains(part))
        }
    }

    @Test("content ten-fold: each language has its figures")
    func languages() throws {
        let folder = try folder()
        let json = try CommandRun(["evaluate", "content", "--content", folder.path, "--typos", "--json"]).json()
        let lines = ["es", "en"].compactMap { json["languages"]?[$0]?["in_scope_lines"]?.integer }
        #expect(lines.count == 2 && lines.reduce(0, +) == json["in_scope_lines"]?.integer)
        #expect(json["languages"]?["es"]?["sure_wrong"]?.double != nil && json["typos"]?["accuracy"] != nil)
    }

    @Test("search: ranks run from 1 to ten at most, queries from 0, ids as they were written")
    func search() throws {
        let folder = try TemporaryFolder()
        let documents = (0..<12).map {
            #"{"id":\#($0),"title":"Pago \#($0)","body":"Pagar con tarjeta número \#($0)"}"#
        }
        try folder.write(documents.joined(separator: "\n"), to: "docs.jsonl")
        try folder.write(
            #"{"query":"pago con tarjeta","relevant":[0]}"# + "\n" + #"{"query":"xyz","relevant":[1]}"# + "\n",
            to: "queries.jsonl")
        let words = [
            "evaluate", "search", "--documents", folder.file("docs.jsonl"), "--queries", folder.file("queries.jsonl"),
            "--run", folder.file("run.tsv"),
        ]
        let run = try CommandRun(words + ["--json"])
        #expect(run.code == 0)
        let figures = try run.json()
        #expect(["mrr10", "recall1", "recall10", "query_microseconds_mean"].allSatisfy { figures[$0]?.double != nil })
        let lines = try String(contentsOfFile: folder.file("run.tsv"), encoding: .utf8).split(separator: "\n")
        let ranks = lines.map { $0.split(separator: "\t").map(String.init) }
        #expect(ranks.allSatisfy { $0.count == 4 && Double($0[3]) != nil })
        #expect(ranks.filter { $0[0] == "0" }.map { $0[2] } == (1...10).map { "\($0)" })
        #expect(Set(ranks.map { $0[1] }).isSubset(of: Set((0..<12).map { "\($0)" })))
    }

    @Test("a missing option is 64, a file of another form 65 with its line, one that cannot be read 74 or made 73")
    func faults() throws {
        let folder = try folder()
        let (train, test) = (folder.file("train.tsv"), folder.file("test.tsv"))
        let missing = try CommandRun(["evaluate", "intents", "--train", train])
        #expect(missing.code == 64 && missing.errors.contains("--test"))
        #expect(try CommandRun(["evaluate", "intent"]).errors.contains("evaluate intents"))
        let unreadable = try CommandRun(["evaluate", "intents", "--train", train, "--test", folder.file("none")])
        #expect(unreadable.code == 74 && unreadable.errors.contains(folder.file("none")))
        try folder.write("price\tx\nno tab here\n", to: "bad.tsv")
        let bad = try CommandRun(["evaluate", "intents", "--train", train, "--test", folder.file("bad.tsv")])
        #expect(bad.code == 65 && bad.errors.contains(folder.file("bad.tsv") + ":2: error: "))
        let uncreatable = try CommandRun([
            "evaluate", "intents", "--train", train, "--test", test, "--predictions", folder.file("no/where"),
        ])
        #expect(uncreatable.code == 73)
        try folder.write(#"{"id":1,"title":"x"}"#, to: "docs.jsonl")
        let documents = try CommandRun([
            "evaluate", "search", "--documents", folder.file("docs.jsonl"), "--queries", folder.file("docs.jsonl"),
        ])
        #expect(documents.code == 65 && documents.errors.contains("docs.jsonl:1: error: "))
        #expect(try CommandRun(["evaluate", "content", "--content", folder.file("none")]).code == 78)
    }
}
