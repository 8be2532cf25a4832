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
    public func greeting(language: String) -> Reply {
        greetings[language] ?? Self.greeting(settings.shopName, language)
    }

    static func greeting(_ shop: String, _ language: String) -> Reply {
        Reply(
            text: Catalogue.sentence(.greeting, language, ["shop": .text(shop)]), kind: .smalltalk, intent: nil,
            confidence: 1, language: language, choices: [personChoice(language)])
    }

    /// The button that asks for a person.
    func personChoice(_ language: String) -> Choice {
        personChoices[language] ?? Self.personChoice(language)
    }

    /// The buttons under an intent's answers: its editor's, and the person where one is offered.
    static func choices(_ intent: Intent, _ language: String) -> [Choice] {
        let own = (intent.choices[language] ?? []).map { Choice(label: $0.label, say: $0.say) }
        return intent.handoff == .offer ? own + [personChoice(language)] : own
    }

    static func personChoice(_ language: String) -> Choice {
        Choice(
            label: Catalogue.sentence(.choicePersonLabel, language),
            say: Catalogue.sentence(.choicePersonSay, language))
    }

    /// Where a customer who waits stands, in a sentence.
    public func handoffSentence(_ handoff: Handoff, now: Timestamp, language: String) -> String {
        if handoff.state == .messageTaken {
            let isOpen = serviceHours.isOpen(at: now.milliseconds)
            guard !isOpen, let opening = serviceHours.nextOpening(after: now.milliseconds) else {
                return sentence(.messageTakenNoOpening, language)
            }
            let spoken = serviceHours.describe(opening, now: now.milliseconds, language)
            return sentence(.messageTaken, language, ["opening": .text(spoken)])
        }
        let place = handoff.position ?? 1
        guard let wait = handoff.estimatedWait else {
            return sentence(.handoffWaitingNoEstimate, language, ["position": .number(place)])
        }
        return sentence(
            .handoffWaiting, language,
            ["position": .number(place), "minutes": .number(max(1, (wait + 59) / 60))])
    }

    /// Sections that may answer a customer's message, best first.
    public func suggestions(_ text: String, language: String) -> [Suggestion] {
        guard let model = model(language) else { return [] }
        var scratch = InterpreterScratch()
        return model.search.search(text, limit: 3, scratch: &scratch.match).map { hit in
            let section = sections[model.sections[hit.index]]
            return Suggestion(
                title: section.title, text: Quotation.text(of: section, for: text, model.search),
                path: section.source,
                confidence: Double(hit.confidence))
        }
    }
}
