/// Predictions whose confidence lies in one interval.
public struct ReliabilityBin: Sendable, Equatable {
    /// Least confidence.
    public let from: Double
    /// The next interval's least; the last one includes it.
    public let to: Double
    /// How many lines.
    public let lines: Int
    /// Mean confidence; nil without lines.
    public let confidence: Double?
    /// Share of the lines whose best intent is right; nil without lines.
    public let accuracy: Double?
}

/// Whether a confidence of 0.8 is right eight times in ten. Lines that no intent is meant for are wrong ones.
public struct Reliability: Sendable, Equatable {
    /// Intervals of equal width.
    public static let binCount = 10

    /// In the order of confidence, all of 0…1.
    public let bins: [ReliabilityBin]
    /// Expected calibration error: mean distance of confidence and accuracy over the intervals, weighted by their lines
    /// (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015).
    public let expectedError: Double

    /// Counts up predictions.
    public init(_ predictions: [Prediction]) {
        var groups = [[Prediction]](repeating: [], count: Self.binCount)
        for prediction in predictions {
            groups[ConfidenceHistogram.bin(of: prediction.confidence, among: Self.binCount)].append(prediction)
        }
        var error = 0.0
        bins = groups.enumerated().map { index, group in
            let width = Double(Self.binCount)
            let (from, to) = (Double(index) / width, Double(index + 1) / width)
            guard !group.isEmpty else {
                return ReliabilityBin(from: from, to: to, lines: 0, confidence: nil, accuracy: nil)
            }
            let count = Double(group.count)
            let confidence = group.reduce(0) { $0 + Double($1.confidence) } / count
            let accuracy = Double(group.count(where: \.isRight)) / count
            error += count * abs(confidence - accuracy)
            return ReliabilityBin(
                from: from, to: to, lines: group.count, confidence: confidence, accuracy: accuracy)
        }
        expectedError = predictions.isEmpty ? 0 : error / Double(predictions.count)
    }
}

extension Reliability {
    /// The error that is left where confidences are turned from the share of messages that they assume to be out of
    /// scope to the share of these lines (Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to
    /// new a priori probabilities", 2002): of lines that all mean an intent more are right than confidence says.
    static func errorAtOwnShare(_ predictions: [Prediction]) -> Double {
        let inScope = predictions.filter(\.isInScope)
        guard !inScope.isEmpty else { return Reliability(predictions).expectedError }
        let wrong = 1 - Double(inScope.count(where: \.isRight)) / Double(inScope.count)
        let assumed = Recipe.hiddenShare + Recipe.offTopicShare
        let own = 1 - Double(inScope.count) / Double(predictions.count)
        let right = (1 - own) / (1 - assumed)
        let others = ((1 - own) * wrong + own) / ((1 - assumed) * wrong + assumed)
        return Reliability(
            predictions.map { prediction in
                let confidence = Double(prediction.confidence)
                let sum = confidence * right + (1 - confidence) * others
                let turned = sum > 0 ? confidence * right / sum : 0
                return Prediction(gold: prediction.gold, best: prediction.best, confidence: Float(turned))
            }
        ).expectedError
    }
}

/// How confident the matcher was where it was right, where it was wrong, and where no intent was meant.
public struct ConfidenceHistogram: Sendable, Equatable {
    /// Intervals of equal width.
    public static let binCount = 20

    /// In-scope lines whose best intent is right, by interval.
    public let right: [Int]
    /// In-scope lines whose best intent is another.
    public let wrong: [Int]
    /// Lines that no intent is meant for.
    public let outOfScope: [Int]

    /// Counts up predictions.
    public init(_ predictions: [Prediction]) {
        func counts(_ isCounted: (Prediction) -> Bool) -> [Int] {
            predictions.filter(isCounted).reduce(into: [Int](repeating: 0, count: Self.binCount)) {
                $0[Self.bin(of: $1.confidence, among: Self.binCount)] += 1
            }
        }
        right = counts { $0.isRight }
        wrong = counts { $0.isInScope && !$0.isRight }
        outOfScope = counts { !$0.isInScope }
    }

    /// The interval that a confidence in 0…1 falls into.
    static func bin(of confidence: Float, among count: Int) -> Int {
        min(max(Int(confidence * Float(count)), 0), count - 1)
    }
}
