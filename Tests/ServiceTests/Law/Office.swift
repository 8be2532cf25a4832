import Content
import Dialogue
import Events
import Foundation
import JSON

@testable import Service

/// The shop that ships, at its real service on a disk in memory: a customer and the agents speak to it line by line.
final class Office {
    /// Tuesday, 24 November 2026, 11:00 in Madrid: the team is there.
    static let morning = Timestamp(milliseconds: 1_795_514_400_000)
    static let day = 86_400

    static let content: Interpreter? = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        return (try? ContentLoader.load(folder).get()).map { Interpreter($0) }
    }()

    struct NoContent: Error {}
    /// What was expected did not come.
    struct Lacking: Error, CustomStringConvertible {
        let description: String
    }

    let content: Interpreter
    let counter: Counter
    private(set) var conversation = ""
    private(set) var token = ""

    init(language: String = "es", at moment: Timestamp = Office.morning) throws {
        guard let content = Self.content else { throw NoContent() }
        self.content = content
        counter = try Counter(content, now: moment)
        greeting = try counter.ask("clara", #"HELLO {"language":"\#(language)"}"#)
        conversation = greeting["conversation"]?.string ?? ""
        token = greeting["resume"]?.string ?? ""
    }

    /// The answer to `HELLO`.
    private(set) var greeting = JSONValue.null

    /// What the bot answers to the customer.
    func say(_ text: String, as name: String = "clara") throws -> JSONValue {
        try need(try counter.ask(name, "SAY \(text)")["reply"], "a reply to “\(text)”")
    }

    /// The case that the words open.
    func open(_ text: String) throws -> (key: String, details: JSONValue, text: String) {
        let reply = try say(text)
        let details = try need(reply["case"], "a case for “\(text)”")
        return (try need(details["key"]?.string, "its key"), details, reply["text"]?.string ?? "")
    }

    /// What an agent's line is answered.
    func agent(_ line: String, _ name: String = "nora") throws -> JSONValue {
        if !agents.contains(name) {
            agents.insert(name)
            counter.connect(name, .agent)
            _ = try counter.ask(name, "LOGIN \(name)")
            _ = try counter.ask(name, "READY")
        }
        return try counter.ask(name, line)
    }

    private var agents: Set<String> = []

    /// A power cut: what was not on the disk is gone.
    func restart() throws {
        try counter.restart()
        agents = []
    }

    func need<Value>(_ value: Value?, _ what: String) throws -> Value {
        guard let value else { throw Lacking(description: "there is not \(what)") }
        return value
    }

    /// All that the shop's intents of a phase may say, in every language; variables stand there in braces.
    func texts(of phase: Intent.Phase) -> [(intent: Intent, text: String)] {
        content.bundle.intents.filter { $0.phase == phase }.flatMap { intent in
            content.languages.flatMap { language in
                let templates =
                    (intent.answers[language] ?? []).map(\.template) + (intent.texts[language] ?? [:]).values
                    + (intent.questions[language] ?? [:]).values
                return templates.map { template in
                    (intent, template.rendered(language: language) { .text("{\($0)}") })
                }
            }
        }
    }
}
