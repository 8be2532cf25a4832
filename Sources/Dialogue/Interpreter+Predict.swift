import Content

extension Interpreter {
    /// Where the matcher answers, as the settings have it or the phrases.
    public var answerThreshold: Float { matcher.threshold }

    /// What a first message is taken for, for measuring: the intent that the reply belongs to and one number that is at
    /// or above ``answerThreshold`` exactly where the bot answers.
    ///
    /// Intents with thresholds of their own and sections have other scales; theirs are stretched so that threshold
    /// meets threshold and 0 and 1 stay.
    /// - Parameter target: what the number is at or above instead, for results of several contents on one scale.
    /// - Returns: the intent, empty where the content knows none or the section's article names none.
    public func prediction(
        _ text: String, language: String? = nil, at target: Float? = nil, scratch: inout InterpreterScratch
    ) -> (intent: String, confidence: Float) {
        let understanding = understand(text, language: language, scratch: &scratch)
        let decision = decision(understanding)
        let target = target ?? answerThreshold
        if case .section(let hit) = decision {
            return (
                intent(of: decision, understanding) ?? "",
                Self.common(hit.confidence, from: sectionThreshold, to: target)
            )
        }
        let decided = decided(understanding)
        guard let best = decided ?? understanding.candidates.first else { return ("", 0) }
        let confidence = Self.common(best.confidence, from: needed(for: best, understanding), to: target)
        // Two that are equally likely are asked about, and what an intent is that is not meant.
        return (bundle.intents[best.intent].id, decided == nil ? min(confidence, target.nextDown) : confidence)
    }

    private static func common(_ confidence: Double, from threshold: Double, to target: Float) -> Float {
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
