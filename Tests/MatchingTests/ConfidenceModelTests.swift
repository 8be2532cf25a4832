import SeededRandom
import Testing

@testable import Matching

@Suite("Confidence")
struct ConfidenceModelTests {
    private func row(_ value: Double, inScope: Bool, right: Bool) -> ConfidenceModel.Row {
        ConfidenceModel.Row(
            evidence: Evidence(values: SIMD4(value, 0.5, 0.5, 1)), isInScope: inScope, isRight: right)
    }

    @Test("confidence rises with what told right from wrong, and ignores what never varied")
    func fits() {
        var rows: [ConfidenceModel.Row] = []
        for step in 0..<100 {
            let value = Double(step) / 100
            rows.append(row(value, inScope: true, right: step > 20))
            rows.append(row(value / 2, inScope: false, right: false))
        }
        let model = ConfidenceModel.fit(rows)
        #expect(model.weights[0] > 0)
        #expect(abs(model.weights[1]) < 1e-6 && abs(model.weights[3]) < 1e-6)
        let (low, high) = (row(0.1, inScope: true, right: true), row(0.9, inScope: true, right: true))
        #expect(model.confidence(low.evidence) < 0.5 && model.confidence(high.evidence) > 0.9)
    }

    @Test("the mean confidence is the weighted share of right answers")
    func calibrated() {
        var rows: [ConfidenceModel.Row] = []
        var generator = SplitMix64(seed: 9)
        for _ in 0..<2_000 {
            let value = Double.random(in: 0...1, using: &generator)
            let isInScope = Bool.random(using: &generator)
            let isRight = isInScope && Double.random(in: 0...1, using: &generator) < value
            rows.append(row(value, inScope: isInScope, right: isRight))
        }
        let model = ConfidenceModel.fit(rows)
        let inScope = rows.filter(\.isInScope)
        let outside = rows.filter { !$0.isInScope }
        func mean(_ rows: [ConfidenceModel.Row]) -> Double {
            rows.reduce(0) { $0 + model.confidence($1.evidence) } / Double(rows.count)
        }
        let right = Double(inScope.count(where: \.isRight)) / Double(inScope.count)
        #expect(abs(0.8 * mean(inScope) + 0.2 * mean(outside) - 0.8 * right) < 0.001, "seed 9")
    }

    @Test("where there is nothing to tell apart, the words' coverage decides")
    func degenerate() {
        #expect(ConfidenceModel.fit([]) == .uncalibrated)
        #expect(ConfidenceModel.fit([row(1, inScope: true, right: true)]) == .uncalibrated)
    }
}
