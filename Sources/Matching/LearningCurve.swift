import SeededRandom

/// How good the answers are when only some of the phrases were learned from.
public struct LearningPoint: Sendable, Equatable {
    /// Most phrases of an intent, in one language; nil for all there are.
    public let limit: Int?
    /// How many phrases of an intent there were in fact, the mean over the intents.
    public let phrases: Double
    /// Share of in-scope lines whose best intent is right.
    public let accuracy: Double
    /// Share of in-scope lines that are right and answered.
    public let inScopeKept: Double

    /// A point of the curve.
    public init(limit: Int?, phrases: Double, figures: EvaluationFigures) {
        self.limit = limit
        self.phrases = phrases
        accuracy = figures.accuracy
        inScopeKept = figures.inScopeKept
    }
}

/// Chooses the phrases that the points of a learning curve are learned from.
public enum LearningCurve {
    /// Phrases an intent, before all of them.
    public static let limits = [5, 10, 20, 40, 80]

    /// The limits that leave something away where the largest intent has so many phrases, then nil for none.
    public static func steps(largest: Int) -> [Int?] { limits.filter { $0 < largest } + [nil] }

    /// Which of an intent's phrases are learned from: the first `limit` of those allowed in an order that is drawn by
    /// lot, so that a longer choice contains the shorter ones and editors' first phrases don't come first.
    public static func choice(of count: Int, limit: Int?, where isAllowed: (Int) -> Bool = { _ in true }) -> [Bool] {
        var random = SplitMix64(seed: UInt64(count))
        var isChosen = [Bool](repeating: false, count: count)
        let order = (0..<count).shuffled(using: &random).filter(isAllowed)
        for place in order.prefix(limit ?? count) { isChosen[place] = true }
        return isChosen
    }
}
