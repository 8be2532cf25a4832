import Content
import Dialogue
import Events
import JSON
import Testing

@testable import Service

@Suite("Surveys")
struct SurveyTests {
    private static let start = Timestamp(milliseconds: 1_795_514_400_000)

    private func counter(_ settings: String? = nil) throws -> Counter {
        let content = try #require(SmallShop.content(settings.map { [$0] } ?? []))
        return try Counter(content, now: Self.start)
    }

    /// A customer whose conversation an agent has resolved.
    private func resolved(_ counter: Counter) throws -> (conversation: String, token: String) {
        let opened = try counter.ask("clara", "HELLO")
        let id = try #require(opened["conversation"]?.string)
        try resolve(counter, id)
        return (id, try #require(opened["resume"]?.string))
    }

    private func resolve(_ counter: Counter, _ id: String) throws {
        counter.connect("ana", .agent)
        _ = try counter.ask("ana", "LOGIN ana")
        #expect(try counter.ask("ana", "TAKE \(id)")["code"] == nil)
        #expect(try counter.ask("ana", "RESOLVE \(id)")["code"] == nil)
    }

    @Test(
        "once it is resolved the customer is asked what the settings say",
        arguments: [
            ("survey: nps", ["nps"]), ("survey: none", []), ("survey: ces, csat", ["ces", "csat"]),
            (nil, ["csat", "ces"]),
        ])
    func asked(settings: String?, kinds: [String]) throws {
        let counter = try counter(settings)
        _ = try resolved(counter)
        let asked = counter.pushed("resolved", to: "clara")
        #expect(asked.map { $0["survey"] } == [.array(kinds.map { .string($0) })])
        // What was not asked is taken too.
        for kind in ["csat 5", "nps 9", "ces 7"] { #expect(try counter.ask("clara", "RATE \(kind)") == .object([])) }
    }

    @Test("nobody is asked before it is resolved; who rates all the same is heard")
    func early() throws {
        let counter = try counter()
        _ = try counter.ask("clara", "SAY hola")
        for kind in ["csat 5", "nps 9", "ces 7", "answer 1"] {
            #expect(try counter.ask("clara", "RATE \(kind)") == .object([]))
        }
        #expect(counter.pushed("resolved", to: "clara").isEmpty)
    }

    @Test("the last score of a kind counts, over a restart, until the next resolution")
    func replaced() throws {
        let counter = try counter()
        let (id, token) = try resolved(counter)
        for line in ["RATE csat 1", "RATE ces 4", "RATE csat 5"] { _ = try counter.ask("clara", line) }
        func ratings() throws -> JSONValue? { try counter.ask("clara", "EXPORT")["export"]?["ratings"] }
        let expected = JSONValue.object([.init("ces", .integer(4)), .init("csat", .integer(5))])
        #expect(try ratings() == expected)
        try counter.restart()
        _ = try counter.ask("clara", "RESUME \(token)")
        #expect(try ratings() == expected)
        counter.connect("ana", .agent)
        _ = try counter.ask("ana", "LOGIN ana")
        #expect(try counter.ask("ana", "SHOW \(id)")["context"]?["ratings"] == expected)
        // Gone on with: what was resolved can still be rated.
        _ = try counter.ask("clara", "SAY hola")
        #expect(try counter.ask("clara", "RATE nps 9") == .object([]))
        try resolve(counter, id)
        #expect(try ratings() == nil)
    }
}
