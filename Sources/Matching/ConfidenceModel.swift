#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is known of a match beside its winner, the input of its confidence.
struct Evidence: Sendable {
    /// The intent's score, in −1…1; the weight of the message's words that the intent's phrases contain, in 0…1; the share of
    /// its letter groups that any phrase contains; ln(1 + words); ln(1 + words that are foreign to the phrases).
    var values: SIMD8<Double>

    static let names = ["score", "coverage", "known_letters", "length", "foreign_words"]
}

extension Evidence {
    /// A linear machine's score as evidence. Phrases that it learned from score 1 and more, or −1 and less: how much
    /// more says nothing about others.
    static func score(_ score: Float) -> Double { tanh(Double(score)) }

    /// Of up to five terms; the others are zero.
    init(_ first: Double, _ second: Double, _ third: Double, _ fourth: Double, _ fifth: Double = 0) {
        values = SIMD8(first, second, third, fourth, fifth, 0, 0, 0)
    }
}

/// A logistic function of ``Evidence``: an estimate of the probability that the best intent is what was meant.
struct ConfidenceModel: Sendable, Equatable {
    var mean: SIMD8<Double>
    var deviation: SIMD8<Double>
    var weights: SIMD8<Double>
    var intercept: Double

    /// For bots too small to hide an intent from: how much of the message their phrases cover. The score of one or
    /// two intents, trained without a third to set them apart from, says little.
    static let uncalibrated = ConfidenceModel(
        mean: [0, 0.55, 0.7, 0, 0, 0, 0, 0], deviation: [1, 0.3, 0.25, 1, 1, 1, 1, 1],
        weights: [0, 1.8, 0.8, 0, 0, 0, 0, 0], intercept: 0)

    /// For knowledge bases too small to hide a section from: how much of the question the section covers and leads by.
    /// For what the numbers mean see ``SectionSearch``.
    static let uncalibratedSections = ConfidenceModel(
        mean: [0.6, 0.25, 0.6, 0, 0, 0, 0, 0], deviation: [0.3, 0.25, 0.3, 1, 1, 1, 1, 1],
        weights: [0.8, 1, 0.6, 0, 0, 0, 0, 0], intercept: 0)

    /// The shares of the evidence in the log-odds, in order; the intercept is apart.
    func shares(_ evidence: Evidence) -> SIMD8<Double> { weights * (evidence.values - mean) / deviation }

    func confidence(_ evidence: Evidence) -> Double { Self.sigmoid(logOdds(evidence)) }

    func logOdds(_ evidence: Evidence) -> Double {
        let shares = shares(evidence)
        return Evidence.names.indices.reduce(intercept) { $0 + shares[$1] }
    }

    static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    /// One message whose truth is known.
    struct Row: Sendable {
        /// What stands for it.
        enum Kind: CaseIterable {
            /// A phrase of an intent in training.
            case inScope
            /// A phrase of an intent that was hidden from it.
            case hidden
            /// A sentence as customers write about something else.
            case offTopic

            /// The share of all messages that each is assumed to be.
            var share: Double {
                switch self {
                case .inScope: 1 - Recipe.hiddenShare - Recipe.offTopicShare
                case .hidden: Recipe.hiddenShare
                case .offTopic: Recipe.offTopicShare
                }
            }
        }

        var evidence: Evidence
        var kind: Kind
        /// The best intent is that one.
        var isRight: Bool
    }

    /// Fits the function by Newton's method; rows weigh by the shares of their kinds.
    /// - Parameter otherwise: what is taken where the rows teach nothing.
    static func fit(_ rows: [Row], otherwise uncalibrated: ConfidenceModel = .uncalibrated) -> ConfidenceModel {
        let inScope = rows.reduce(0) { $0 + ($1.kind == .inScope ? 1 : 0) }
        let right = rows.reduce(0) { $0 + ($1.isRight ? 1 : 0) }
        guard right >= Recipe.fewestRight, inScope < rows.count else { return uncalibrated }
        let total = Double(rows.count)
        let mean = rows.reduce(SIMD8<Double>()) { $0 + $1.evidence.values } / total
        let variance =
            rows.reduce(SIMD8<Double>()) { sum, row in
                let difference = row.evidence.values - mean
                return sum + difference * difference
            } / total
        var deviation = variance.squareRoot()
        deviation.replace(with: 1, where: deviation .< 1e-9)
        let rowWeights = weights(of: rows)

        // The weights and behind them the intercept, in vectors of eight for speed.
        let base = Evidence.names.count
        let inputs = rows.map { row in
            var standard = (row.evidence.values - mean) / deviation
            standard[base] = 1
            return standard
        }
        var ridge = SIMD8<Double>()
        for index in 0..<base { ridge[index] = Recipe.ridge }
        var solution = SIMD8<Double>()
        for _ in 0..<Recipe.newtonSteps {
            var gradient = ridge * solution
            var hessian = (0...base).map { index in
                var row = SIMD8<Double>()
                row[index] = ridge[index]
                return row
            }
            for ((row, input), weight) in zip(zip(rows, inputs), rowWeights) {
                let probability = sigmoid((solution * input).sum())
                gradient += input * (weight * (probability - (row.isRight ? 1 : 0)))
                let curve = weight * max(probability * (1 - probability), 1e-9)
                for j in 0...base { hessian[j] += input * (curve * input[j]) }
            }
            let change = solve(hessian, gradient)
            solution -= change
            // From here on each step would double the right digits, of which there are enough.
            if (change * change).sum() < Recipe.newtonTolerance * Recipe.newtonTolerance { break }
        }
        // A fit that trusts low scores more than high ones has learned from accidents.
        guard (0...base).allSatisfy({ solution[$0].isFinite }), solution[0] + solution[1] > 0 else {
            return uncalibrated
        }
        let intercept = solution[base]
        solution[base] = 0
        return ConfidenceModel(mean: mean, deviation: deviation, weights: solution, intercept: intercept)
    }

    /// What share of all messages each row stands for: those of a kind share what the kind is assumed to be.
    static func weights(of rows: [Row]) -> [Double] {
        func count(_ kind: Row.Kind) -> Double { rows.reduce(0) { $0 + ($1.kind == kind ? 1 : 0) } }
        let (inScope, hidden, offTopic) = (count(.inScope), count(.hidden), count(.offTopic))
        // Of two kinds that are out of scope, one stands for both where the other is missing.
        let hiddenShare = Row.Kind.hidden.share + (offTopic == 0 ? Row.Kind.offTopic.share : 0)
        let offTopicShare = Row.Kind.offTopic.share + (hidden == 0 ? Row.Kind.hidden.share : 0)
        return rows.map { row in
            switch row.kind {
            case .inScope: Row.Kind.inScope.share / inScope
            case .hidden: hiddenShare / hidden
            case .offTopic: offTopicShare / offTopic
            }
        }
    }

    /// Gauss elimination with the largest pivot first, of as many equations as there are rows.
    private static func solve(_ matrix: [SIMD8<Double>], _ right: SIMD8<Double>) -> SIMD8<Double> {
        var matrix = matrix
        var right = right
        for column in matrix.indices {
            let pivot = (column..<matrix.count).max { abs(matrix[$0][column]) < abs(matrix[$1][column]) } ?? column
            matrix.swapAt(column, pivot)
            (right[column], right[pivot]) = (right[pivot], right[column])
            for row in matrix.indices where row > column {
                let factor = matrix[row][column] / matrix[column][column]
                matrix[row] -= matrix[column] * factor
                right[row] -= right[column] * factor
            }
        }
        for row in matrix.indices.reversed() {
            for k in matrix.indices where k > row { right[row] -= matrix[row][k] * right[k] }
            right[row] /= matrix[row][row]
        }
        return right
    }
}
