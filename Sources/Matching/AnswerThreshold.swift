/// What decides from which confidence an intent answers.
public enum AnswerThreshold: Sendable, Equatable {
    /// The content's own phrases: as high as costs few of the messages that mean an intent their right answer,
    /// within ``Recipe/foundThresholds``.
    case automatic
    /// The same phrases: as low as at most this share of all messages, 0…1, gets a wrong answer. Reckoned with the
    /// assumed shares of messages that no intent is meant for.
    case wrongAnswers(Double)
    /// Whoever wrote it, in 0…1.
    case fixed(Float)

    /// The threshold; with three decimals where it is found.
    /// - Parameters:
    ///   - rows: what the folds made of phrases that they had not learned.
    ///   - model: what was fitted on them.
    func value(_ rows: [ConfidenceModel.Row], _ model: ConfidenceModel) -> Float {
        if case .fixed(let threshold) = self { return threshold }
        guard model != .uncalibrated else { return Recipe.uncalibratedThreshold }
        let asked = zip(rows, ConfidenceModel.weights(of: rows)).map { row, weight in
            Asked(logOdds: model.logOdds(row.evidence), weight: weight, kind: row.kind, isRight: row.isRight)
        }.sorted { $0.logOdds < $1.logOdds }
        if case .wrongAnswers(let most) = self { return Self.lowest(asked, mostWrong: most) }
        return Self.highest(asked, mostLost: Recipe.lostAnswers)
    }

    /// A row, and what share of all messages it stands for.
    private struct Asked {
        let logOdds: Double
        let weight: Double
        let kind: ConfidenceModel.Row.Kind
        let isRight: Bool

        /// The last step of three decimals up to its confidence.
        var thousandths: Double { (ConfidenceModel.sigmoid(logOdds) * 1000).rounded(.down) }
    }

    private static func highest(_ asked: [Asked], mostLost: Double) -> Float {
        let inScope = asked.reduce(0.0) { $0 + ($1.kind == .inScope ? $1.weight : 0) }
        var lost = 0.0
        for row in asked where row.isRight {
            lost += row.weight
            if lost > mostLost * inScope {
                let range = Recipe.foundThresholds
                return min(max(Float(row.thousandths / 1000), range.lowerBound), range.upperBound)
            }
        }
        return Recipe.uncalibratedThreshold
    }

    private static func lowest(_ asked: [Asked], mostWrong: Double) -> Float {
        var wrong = 0.0
        for row in asked.reversed() where !row.isRight {
            wrong += row.weight
            if wrong > mostWrong { return Float((row.thousandths + 1) / 1000) }
        }
        return 0
    }
}
