/// How good a list of predictions is.
public struct EvaluationFigures: Sendable, Equatable {
    /// How many lines an intent was meant in.
    public let inScopeLines: Int
    /// How many lines none was meant in.
    public let outOfScopeLines: Int
    /// Share of in-scope lines whose best intent is right, whatever its confidence; 0 without such lines.
    public let accuracy: Double
    /// Least confidence to answer with.
    public let threshold: Float
    /// Share of in-scope lines whose best intent is right and at or above the threshold.
    public let inScopeKept: Double
    /// Share of out-of-scope lines below the threshold; nil without such lines.
    public let outOfScopeRecall: Double?
    /// Probability that an in-scope line has more confidence than an out-of-scope one; nil unless there are both.
    public let auroc: Double?
    /// Matthews' correlation over all intents with out-of-scope as one more class, at the threshold.
    public let mcc: Double
    /// Share of in-scope lines that are answered, at or above the threshold, with a wrong intent.
    public let sureWrong: Double
    /// Expected calibration error, see ``Reliability/expectedError``.
    public let calibrationError: Double
    /// The same where confidence is told for the share of these lines that is out of scope, not for the assumed one.
    public let calibrationErrorAtOwnShare: Double
    /// Wall-clock time of learning.
    public var trainSeconds = 0.0
    /// Wall-clock time of a prediction.
    public var queryMicrosecondsMean = 0.0

    /// Counts up predictions.
    public init(_ predictions: [Prediction], threshold: Float) {
        self.threshold = threshold
        let inScope = predictions.filter(\.isInScope)
        let outOfScope = predictions.filter { !$0.isInScope }
        inScopeLines = inScope.count
        outOfScopeLines = outOfScope.count
        func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
        accuracy = share(inScope.count(where: \.isRight), of: inScope.count)
        inScopeKept = share(inScope.count { $0.isRight && $0.confidence >= threshold }, of: inScope.count)
        outOfScopeRecall =
            outOfScope.isEmpty
            ? nil : share(outOfScope.count { $0.confidence < threshold }, of: outOfScope.count)
        auroc = Self.auroc(inScope.map(\.confidence), outOfScope.map(\.confidence))
        mcc = Self.mcc(predictions, threshold)
        sureWrong = share(inScope.count { !$0.isRight && $0.confidence >= threshold }, of: inScope.count)
        calibrationError = Reliability(predictions).expectedError
        calibrationErrorAtOwnShare = Reliability.errorAtOwnShare(predictions)
    }

    /// The Mann–Whitney statistic; ties count half.
    static func auroc(_ positive: [Float], _ negative: [Float]) -> Double? {
        guard !positive.isEmpty, !negative.isEmpty else { return nil }
        let all = (positive.map { ($0, true) } + negative.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var (index, below, wins) = (0, 0.0, 0.0)
        while index < all.count {
            var (equalPositive, equalNegative) = (0.0, 0.0)
            let value = all[index].0
            while index < all.count, all[index].0 == value {
                if all[index].1 { equalPositive += 1 } else { equalNegative += 1 }
                index += 1
            }
            wins += equalPositive * (below + equalNegative / 2)
            below += equalNegative
        }
        return wins / Double(positive.count) / Double(negative.count)
    }

    /// Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
    private static func mcc(_ predictions: [Prediction], _ threshold: Float) -> Double {
        var gold: [String: Double] = [:]
        var predicted: [String: Double] = [:]
        var right = 0.0
        for prediction in predictions {
            let answer = prediction.confidence >= threshold ? prediction.best : Prediction.outOfScope
            let truth = prediction.truth(of: answer)
            gold[truth, default: 0] += 1
            predicted[answer, default: 0] += 1
            if truth == answer { right += 1 }
        }
        let count = Double(predictions.count)
        // Sums of whole numbers below 2^53: exact, so the dictionaries' order does not matter.
        let shared = gold.reduce(0) { $0 + $1.value * (predicted[$1.key] ?? 0) }
        let spreadGold = count * count - gold.values.reduce(0) { $0 + $1 * $1 }
        let spreadPredicted = count * count - predicted.values.reduce(0) { $0 + $1 * $1 }
        let spread = (spreadGold * spreadPredicted).squareRoot()
        return spread > 0 ? (right * count - shared) / spread : 0
    }
}
