import Content
import Events

/// A section for an agent to answer with.
public struct Suggestion: Sendable, Equatable {
    /// The section's title.
    public let title: String
    /// Markdown.
    public let text: String
    /// The file with its anchor.
    public let path: String
    /// 0…1.
    public let confidence: Double
}

extension Interpreter {
    /// The first thing a customer reads.
    public func greeting(language: String, name: String?) -> Reply {
        let text = sentence(.greeting, language, ["shop": .text(settings.shopName)])
        let label = sentence(.personChoice, language)
        return Reply(
            text: text, kind: .smalltalk, intent: nil, confidence: 1, language: language,
            choices: [Choice(label: label, say: label)])
    }

    /// Where a customer who waits stands, in a sentence.
    public func handoffSentence(_ handoff: Handoff, nextOpening: Int64?, language: String) -> String {
        if handoff.state == .messageTaken {
            guard let nextOpening else { return sentence(.messageTakenSoon, language) }
            return sentence(
                .messageTaken, language, ["opening": .text(settings.hours.spoken(nextOpening, language: language))])
        }
        let place = handoff.position ?? 1
        guard let wait = handoff.estimatedWait else {
            return sentence(.handoffWaiting, language, ["position": .number(place)])
        }
        return sentence(
            .handoffWaitingEstimate, language,
            ["position": .number(place), "minutes": .number(max(1, (wait + 59) / 60))])
    }

    /// Sections that may answer a customer's message, best first.
    public func suggestions(_ text: String, language: String) -> [Suggestion] {
        guard let model = model(language) else { return [] }
        return model.search.search(text, limit: 3).map { hit in
            let section = bundle.sections[model.sections[hit.index]]
            return Suggestion(
                title: section.title, text: Quotation.text(of: section), path: section.source,
                confidence: Double(hit.confidence))
        }
    }
}
