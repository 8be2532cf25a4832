import Content
import Dialogue
import JSON

/// How the conversations and questions that editors wrote down went: `conserje test`.
public struct ContentTestReport: Sendable {
    /// In the order of the files.
    public let runs: [ConversationRun]
    /// How long all of it took, without learning.
    public let seconds: Double

    /// Runs tests of content.
    public init(_ content: Interpreter, _ tests: [ConversationTest]? = nil) {
        let clock = ContinuousClock()
        let start = clock.now
        runs = (tests ?? content.bundle.tests).map { ConversationRun($0, on: content) }
        seconds = (clock.now - start) / .seconds(1)
    }

    /// Runs the tests of a content folder, or of some files.
    /// - Parameter files: files or folders of the content, or other files of conversations; empty: all of the content's.
    public init(folder: String, files: [String]) throws(ToolFailure) {
        let content = try Interpreter.load(folder: folder)
        var tests: [ConversationTest] = files.isEmpty ? content.bundle.tests : []
        for file in files { tests += try Self.tests(of: file, folder, content.bundle) }
        self.init(content, tests)
    }

    /// Those that fail and are not known to.
    public var failures: [ConversationRun] { runs.filter { $0.outcome == .failed } }

    /// How many came out so.
    public func count(_ outcome: ConversationRun.Outcome) -> Int { runs.count { $0.outcome == outcome } }

    private static func tests(
        of file: String, _ folder: String, _ bundle: ContentBundle
    ) throws(ToolFailure) -> [ConversationTest] {
        var path = file
        for prefix in [folder + "/", "./"] where path.hasPrefix(prefix) { path.removeFirst(prefix.count) }
        while path.hasSuffix("/") { path.removeLast() }
        let own = bundle.tests.filter { $0.path == path || $0.path.hasPrefix(path + "/") }
        if !own.isEmpty { return own }
        switch ConversationTest.read(path: file, bytes: try TextFile.read(file), for: bundle) {
        case .success(let tests): return tests
        case .failure(let failure): throw ToolFailure(failure)
        }
    }

    /// Writes its members into an object that was begun.
    public func write(to writer: inout JSONWriter, language: String) {
        writer.name("ok")
        writer.value(failures.isEmpty)
        writer.name("conversations")
        writer.value(runs.count { !$0.test.isQuestion })
        writer.name("questions")
        writer.value(runs.count { $0.test.isQuestion })
        for (name, outcome) in [("passed", ConversationRun.Outcome.passed), ("failed", .failed), ("known", .known)] {
            writer.name(dynamic: name)
            writer.value(count(outcome))
        }
        writer.name("mended")
        writer.value(count(.mended))
        writer.name("seconds")
        writer.value(seconds)
        writer.name("problems")
        writer.list(runs.filter { $0.outcome != .passed }) { run, writer in
            writer.name("path")
            writer.value(run.test.path)
            writer.name("line")
            writer.value(run.test.line)
            writer.name("title")
            writer.value(run.test.title)
            writer.name("outcome")
            writer.value(run.outcome.rawValue)
            if let known = run.test.known {
                writer.name("known")
                writer.value(known)
            }
            writer.name("faults")
            writer.list(run.faults) { fault, writer in
                writer.name("line")
                writer.value(fault.step.line)
                writer.name("column")
                writer.value(fault.step.column)
                writer.name("message")
                writer.value(run.diagnostic(fault, language).message(language: language))
            }
        }
    }
}

extension ConversationRun {
    /// The first thing that was not as expected; all that follows may come of it.
    public func diagnostic(_ language: String) -> Diagnostic {
        if let first = faults.first { return diagnostic(first, language) }
        return Diagnostic(
            path: test.path, line: test.line, column: test.column, severity: .warning, key: .testKnownPasses,
            arguments: ["title": test.title, "reason": test.known ?? ""])
    }

    func diagnostic(_ fault: Fault, _ language: String) -> Diagnostic {
        let sentences = Sentences(language)
        return Diagnostic(
            path: test.path, line: fault.step.line, column: fault.step.column,
            severity: test.known == nil ? .error : .warning, key: .testFailed,
            arguments: [
                "title": test.title, "expected": expected(fault.step, sentences),
                "came": fault.answer.summary(sentences),
            ])
    }

    /// The editor's own words, but of a question that has none for it.
    private func expected(_ step: ConversationTest.Step, _ sentences: Sentences) -> String {
        func name(_ intent: String?, _ article: String?) -> [String: String] {
            ["text": [intent, article].compactMap(\.self).joined(separator: ", ")]
        }
        return switch step.act {
        case .expects(.answered(let intent, let article)): sentences(.expectedAnswered, name(intent, article))
        case .expects(.notAnswered(let intent, let article)): sentences(.expectedNotAnswered, name(intent, article))
        default: step.text
        }
    }

    /// The whole conversation, a line each, with what was not as expected.
    public func transcript(_ language: String) -> String {
        let sentences = Sentences(language)
        var text = "\n# \(test.title) (\(test.path):\(test.line))\n"
        for (step, answer) in answers {
            text += "- \(step.text)\n"
            guard answer.isReply else { continue }
            text += "  → \(answer.summary(sentences, textLimit: 2_000))\n"
        }
        for fault in faults { text += "! \(diagnostic(fault, language).rendered(language: language))\n" }
        return text
    }
}
