import Content

/// What decides about a message that the bot holds the conversation for, where nothing was waited for.
public enum Decision: Sendable {
    /// An intent that is sure, or one that asks for a person and is half as sure.
    case intent(Understanding.Candidate)
    /// Angry words.
    case anger
    /// A section of the knowledge base that covers the question.
    case section(Understanding.SectionHit)
    /// Nothing: one question back, then a person.
    case question

    /// The name in explanations.
    public var name: String {
        switch self {
        case .intent: "intent"
        case .anger: "anger"
        case .section: "section"
        case .question: "question"
        }
    }
}

extension Interpreter {
    /// Confidence from which an intent is worth being offered as a choice.
    static let plausible = 0.08
    /// A message that asks for a person needs less certainty than others: handing over by mistake costs little.
    static let personFactor = 0.5
    /// How surely a section must cover the question: more than an intent, since what no intent decides is more often out
    /// of scope, and whoever is quoted what is beside the point has nothing to go on with.
    var sectionThreshold: Double { max(0.6, min(1, Double(matcher.threshold) + 0.1)) }

    /// In this order: an intent that is sure, anger, a section that covers the question.
    public func decision(_ understanding: Understanding) -> Decision {
        if let best = understanding.candidates.first, understanding.isClear, !understanding.isOutweighed,
            best.confidence >= needed(for: best, understanding)
        {
            return .intent(best)
        }
        if understanding.isAngry { return .anger }
        if let hit = understanding.section, hit.confidence >= sectionThreshold { return .section(hit) }
        return .question
    }

    /// The confidence from which a message's best intent decides.
    func needed(for best: Understanding.Candidate, _ understanding: Understanding) -> Double {
        let intent = bundle.intents[best.intent]
        let asksForPerson = intent.handoff == .always && intent.reason == .asked
        return understanding.threshold * (asksForPerson ? Self.personFactor : 1)
    }

    /// The intent that the message most likely means, where one is plausible.
    func likely(_ understanding: Understanding) -> Intent? {
        understanding.offers().lazy.filter { $0.confidence >= Self.plausible }.map { self.bundle.intents[$0.intent] }
            .first { $0.kind == .answer }
    }
}
