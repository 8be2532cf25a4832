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
    /// Confidence from which an intent is worth being offered as a choice, beside one that it is confused with.
    static let plausible = 0.08
    /// And beside any other.
    static let likelyByItself = 0.2
    /// A message that asks for a person needs less certainty than others: handing over by mistake costs little.
    static let personFactor = 0.5
    /// How much more the odds must speak for a section than for an intent: what no intent decides is about so much more
    /// often out of scope, and whoever is quoted what is beside the point has nothing to go on with.
    private static let sectionOdds = 4.0
    /// How surely a section must cover the question.
    var sectionThreshold: Double {
        let odds = Self.sectionOdds * Double(matcher.threshold)
        return max(0.6, odds / (odds + 1 - Double(matcher.threshold)))
    }

    /// In this order: an intent that is sure, anger, a section that covers the question.
    public func decision(_ understanding: Understanding) -> Decision {
        if let decided = decided(understanding) { return .intent(decided) }
        if understanding.isAngry { return .anger }
        if let hit = understanding.section, hit.confidence >= sectionThreshold { return .section(hit) }
        return .question
    }

    /// Whether a message calls a person, in whatever words.
    func callsPerson(_ understanding: Understanding) -> Bool {
        guard case .intent(let best) = decision(understanding) else { return false }
        return bundle.intents[best.intent].handoff == .always
    }

    /// What a question back may offer, likeliest first: what is likely by itself, and what phrases show to be confused
    /// with the likeliest or a rule holds back.
    func offers(_ understanding: Understanding, _ most: Int) -> [Intent] {
        let offers = understanding.offers(most)
        return offers.filter { offer in
            guard offer.confidence >= Self.plausible else { return false }
            return offer.confidence >= Self.likelyByItself || offer.intent == offers[0].intent
                || understanding.isHeldBack(offer.intent) || areConfused(offer.intent, offers[0].intent)
        }.map { bundle.intents[$0.intent] }
    }

    private func areConfused(_ first: Int, _ second: Int) -> Bool {
        guard let first = matcherIntents.firstIndex(of: first), let second = matcherIntents.firstIndex(of: second)
        else { return true }
        return matcher.areConfused(first, second)
    }

    /// The confidence from which a message's best intent decides.
    func needed(for best: Understanding.Candidate, _ understanding: Understanding) -> Double {
        understanding.threshold * (asksForPerson(best) ? Self.personFactor : 1)
    }

    /// The intent that is sure; else the wish for a person, where nothing is likelier, whatever may be meant beside it.
    func decided(_ understanding: Understanding) -> Understanding.Candidate? {
        guard !understanding.isOutweighed, let best = understanding.candidates.first else { return nil }
        if understanding.isClear, best.confidence >= needed(for: best, understanding) { return best }
        guard let person = understanding.candidates.first(where: asksForPerson),
            person.confidence >= max(best.confidence, needed(for: person, understanding))
        else { return nil }
        return person
    }

    private func asksForPerson(_ candidate: Understanding.Candidate) -> Bool {
        let intent = bundle.intents[candidate.intent]
        return intent.handoff == .always && intent.reason == .asked
    }

    /// The intent that the message most likely means, where one is plausible.
    func likely(_ understanding: Understanding) -> Intent? {
        understanding.offers().lazy.filter { $0.confidence >= Self.plausible }.map { self.bundle.intents[$0.intent] }
            .first { $0.kind.isAboutShop }
    }
}
