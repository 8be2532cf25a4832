import Content
import Dialogue
import Events
import Foundation
import Testing

/// Random conversations on the content that ships. `CONSERJE_SEED=n` for one, told whole.
@Suite("Random conversations")
struct WanderingTests {
    private static let environment = ProcessInfo.processInfo.environment

    @Test("no customer is stuck, asked again what was given, or spoken to by the bot while a person has them")
    func wander() throws {
        let content = try #require(ConversationTests.content)
        let speaker = Speaker(content)
        let given = Self.environment["CONSERJE_SEED"].flatMap { UInt64($0) }
        let last: UInt64 = Self.environment["CONSERJE_LONG"] == "1" ? 10_000 : 300
        var handoffs: [HandoffReason: Int] = [:]
        var violations: [String: [UInt64]] = [:]
        for seed in (given ?? 1)...(given ?? last) {
            var wandering = Wandering(seed: seed, content, speaker)
            wandering.run()
            handoffs.merge(wandering.handoffs, uniquingKeysWith: +)
            if given != nil { print(wandering.trail.joined(separator: "\n")) }
            for violation in wandering.violations { violations[violation, default: []].append(seed) }
        }
        for (violation, seeds) in violations.sorted(by: { $0.value.count > $1.value.count }) {
            Issue.record("\(violation): \(seeds.count) conversations, seeds \(seeds.prefix(5))")
        }
        print("handoffs: \(handoffs.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", "))")
        let reasons: [HandoffReason] = [.asked, .complaint, .lowConfidence, .repeated, .failedVerification, .error]
        #expect(given != nil || reasons.allSatisfy { handoffs[$0] != nil })
    }

    /// The shop that ships, with its orders somewhere else.
    private func contentAskingElsewhere() throws -> Interpreter {
        let folder = ConversationTests.folder
        var files: [(path: String, bytes: [UInt8])] = []
        for part in ["Intents", "KnowledgeBase"] {
            for name in try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(part)") {
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(part)/\(name)") else { continue }
                files.append(("\(part)/\(name)", Array(data)))
            }
        }
        let place = try #require(files.firstIndex { $0.path == "Intents/settings.md" })
        files[place].bytes = Array(
            String(decoding: files[place].bytes, as: UTF8.self)
                .replacing("time_zone:", with: "orders: command orders\ntime_zone:").utf8)
        return Interpreter(try ContentLoader.load(files: files).get())
    }

    @Test("the service keeps its word among agents who vanish, a shop that is late and whatever buttons are pressed")
    func bustle() throws {
        let content = try contentAskingElsewhere()
        let speaker = Speaker(content)
        let given = Self.environment["CONSERJE_SEED"].flatMap { UInt64($0) }
        let last: UInt64 = Self.environment["CONSERJE_LONG"] == "1" ? 10_000 : 300
        var done: [String: Int] = [:]
        var violations: [String: [UInt64]] = [:]
        for seed in (given ?? 1)...(given ?? last) {
            var bustle = try Bustle(seed: seed, content, speaker)
            bustle.run()
            done.merge(bustle.done, uniquingKeysWith: +)
            if given != nil { print(bustle.trail.joined(separator: "\n")) }
            for violation in bustle.violations { violations[violation, default: []].append(seed) }
        }
        for (violation, seeds) in violations.sorted(by: { $0.value.count > $1.value.count }) {
            Issue.record("\(violation): \(seeds.count) conversations, seeds \(seeds.prefix(5))")
        }
        print("done: \(done.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", "))")
        let verbs = [
            "SAY", "HUMAN", "CANCEL", "RATE", "CASE", "FORGET", "RESUME", "CLAIM", "TELL", "RETURN", "TRANSFER",
            "RESOLVE", "TAKE", "ANSWER", "vanished", "shop: order", "shop: wish",
        ]
        #expect(given != nil || verbs.allSatisfy { done[$0] != nil })
    }
}
