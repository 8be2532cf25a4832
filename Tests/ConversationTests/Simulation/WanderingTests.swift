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
}
