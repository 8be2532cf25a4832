import Content

extension Interpreter {
    /// Where the matcher answers, as the settings or the recipe have it.
    public var answerThreshold: Float { matcher.threshold }

    /// What a first message is taken for, for measuring: the intent that the reply belongs to and one number that is at
    /// or above ``answerThreshold`` exactly where the bot answers.
    ///
    /// Intents with thresholds of their own and sections have other scales; theirs are stretched so that threshold
    /// meets threshold and 0 and 1 stay.
    /// - Returns: the intent, empty where the content knows none or the section's article names none.
    public func prediction(
        _ text: String, language: String? = nil, scratch: inout InterpreterScratch
    ) -> (intent: String, confidence: Float) {
        let understanding = understand(text, language: language, scratch: &scratch)
        let decision = decision(understanding)
        if case .section(let hit) = decision {
            return (intent(of: decision, understanding) ?? "", common(hit.confidence, from: sectionThreshold))
        }
        guard let best = understanding.candidates.first else { return ("", 0) }
        let confidence = common(best.confidence, from: needed(for: best, understanding))
        // Two that are equally likely are asked about, and what an intent is that is not meant.
        let mayAnswer = understanding.isClear && !understanding.isOutweighed
        return (bundle.intents[best.intent].id, mayAnswer ? confidence : min(confidence, answerThreshold.nextDown))
    }

    private func common(_ confidence: Double, from threshold: Double) -> Float {
        let target = answerThreshold
        // As doubles: between a threshold and its nearest `Float` there may be a confidence.
        if threshold == Double(target) { return Float(confidence) }
        guard confidence >= threshold else {
            return min(Float(confidence / threshold * Double(target)), target.nextDown)
        }
        guard threshold < 1 else { return 1 }
        let share = (confidence - threshold) / (1 - threshold)
        return max(Float(Double(target) + share * (1 - Double(target))), target)
    }
}
