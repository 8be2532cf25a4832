import SeededRandom
import Testing

@testable import Matching

@Suite("Confidence")
struct ConfidenceModelTests {
    private func row(_ value: Double, _ kind: ConfidenceModel.Row.Kind, right: Bool = false) -> ConfidenceModel.Row {
        ConfidenceModel.Row(evidence: Evidence(value, 0.5, 0.5, 1), kind: kind, isRight: right)
    }

    @Test("confidence rises with what told right from wrong, and ignores what never varied")
    func fits() {
        var rows: [ConfidenceModel.Row] = []
        for step in 0..<100 {
            let value = Double(step) / 100
            rows.append(row(value, .inScope, right: step > 20))
            rows.append(row(value / 2, step.isMultiple(of: 2) ? .hidden : .offTopic))
        }
        let model = ConfidenceModel.fit(rows)
        #expect(model.weights[0] > 0)
        #expect(abs(model.weights[1]) < 1e-6 && abs(model.weights[3]) < 1e-6)
        let (low, high) = (row(0.1, .inScope, right: true), row(0.9, .inScope, right: true))
        #expect(model.confidence(low.evidence) < 0.5 && model.confidence(high.evidence) > 0.9)
    }

    @Test("the mean confidence is the weighted share of right answers")
    func calibrated() {
        var rows: [ConfidenceModel.Row] = []
        var generator = SplitMix64(seed: 9)
        for _ in 0..<2_000 {
            let value = Double.random(in: 0...1, using: &generator)
            guard let kind = ConfidenceModel.Row.Kind.allCases.randomElement(using: &generator) else { continue }
            let isRight = kind == .inScope && Double.random(in: 0...1, using: &generator) < value
            rows.append(row(value, kind, right: isRight))
        }
        let model = ConfidenceModel.fit(rows)
        func mean(_ kind: ConfidenceModel.Row.Kind, _ value: (ConfidenceModel.Row) -> Double) -> Double {
            let rows = rows.filter { $0.kind == kind }
            return kind.share * rows.reduce(0) { $0 + value($1) } / Double(rows.count)
        }
        let confident = ConfidenceModel.Row.Kind.allCases.map { mean($0) { model.confidence($0.evidence) } }
        #expect(abs(confident.reduce(0, +) - mean(.inScope) { $0.isRight ? 1 : 0 }) < 0.001, "seed 9")
        #expect(abs(ConfidenceModel.Row.Kind.allCases.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    }

    @Test("where there is nothing to tell apart, the words' coverage decides")
    func degenerate() {
        #expect(ConfidenceModel.fit([]) == .uncalibrated)
        #expect(ConfidenceModel.fit([row(1, .inScope, right: true)]) == .uncalibrated)
    }
}
