import Events
import Foundation
import Testing

@testable import Service

@Suite("Crashes")
struct SimulationTests {
    /// Crashes by default, which takes some seconds; more where there is time.
    private static let crashes = ProcessInfo.processInfo.environment["CONSERJE_LONG"] == "1" ? 12_000 : 240
    private static let crashesOfALineage = 6

    @Test("what was promised is kept through crashes, failing disks and commands sent again")
    func promises() throws {
        let content = try #require(SmallShop.content)
        let given = ProcessInfo.processInfo.environment["CONSERJE_SEED"].flatMap { UInt64($0) }
        let first = given ?? 1
        let last = given ?? UInt64(Self.crashes / Self.crashesOfALineage)
        var (crashes, answers, refusals, resurfaced) = (0, 0, 0, 0)
        var cases: [CaseState: Int] = [:]
        var reminders = 0
        for seed in first...last {
            let simulation = try Simulation(seed: seed, content: content)
            try simulation.run(crashes: Self.crashesOfALineage)
            crashes += simulation.crashes
            answers += simulation.answers
            refusals += simulation.refusals
            resurfaced += simulation.resurfaced
            for found in simulation.ledger.cases.values {
                cases[found.state, default: 0] += 1
                reminders += found.reminders.count
            }
            if let violation = simulation.violations.first {
                if given != nil { print(simulation.trail.joined(separator: "\n")) }
                Issue.record("seed \(seed), crash \(simulation.crashes): \(violation)")
                return
            }
        }
        print("\(crashes) crashes, \(answers) answers, \(refusals) refusals, \(resurfaced) refused and there after all")
        let told = CaseState.allCases.map { "\(cases[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
        print("cases: \(told); \(reminders) reminders")
        #expect(given != nil || CaseState.allCases.allSatisfy { (cases[$0] ?? 0) > 0 } && reminders > 0)
        #expect(given != nil || refusals > crashes / 10)
    }
}
