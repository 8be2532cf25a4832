import Content
import Events
import Language

extension TurnMaker {
    /// The bot's last message that explains nothing, and what the customer wrote before it.
    struct LastAnswer {
        let message: Message
        let question: String
    }

    /// Nil where the bot has answered nothing yet, or too long ago.
    var lastAnswer: LastAnswer? {
        var scratch = InterpreterScratch()
        for (question, message) in zip(conversation.recent, conversation.recent.dropFirst()).reversed()
        where message.from == .bot && question.from == .customer {
            let understanding = content.understand(
                question.text, language: conversation.language, scratch: &scratch)
            if !content.asksWhy(understanding) { return LastAnswer(message: message, question: question.text) }
        }
        return nil
    }

    /// Says in a sentence why the bot said what it said last, and goes on waiting for what it waited for; nil where it
    /// has answered nothing yet.
    func explainLast(confidence: Double) -> Turn? {
        guard let last = lastAnswer else { return nil }
        var (intent, choices, offered): (String?, [Choice], [String]) = (conversation.lastReply?.intent, [], [])
        var asked: String?
        switch conversation.pending {
        case .choice(let buttons, let intents): (choices, offered) = (buttons, intents)
        case .slot(let slot, let waiting, let buttons): (asked, intent, choices) = (slot, waiting, buttons)
        case nil: break
        }
        let reply = Reply(
            text: reason(of: last), kind: .smalltalk, intent: intent, confidence: confidence, language: language,
            choices: choices)
        return Turn(
            said: BotReply(reply: reply, content: content.version, offered: offered, asked: asked),
            language: language)
    }

    /// What a message was taken for, the conversation remembers. Why, is understood once more, and told only where that
    /// comes to the same.
    private func reason(of last: LastAnswer) -> String {
        if Catalogue.languages.contains(where: { content.sentence(.choiceCancelLabel, $0) == last.question }) {
            return content.sentence(.whyCancelled, language)
        }
        let explanation = content.explain(last.question, language: conversation.language)
        if conversation.lastReply == nil, let reason = handoffReason(last, explanation) {
            return content.sentence(reason, language)
        }
        switch conversation.pending {
        case .slot(_, let intent, _): return sentence(.whyAsked, [intent])
        case .choice(_, let intents) where !intents.isEmpty: return sentence(.whyOffered, intents)
        default: break
        }
        if let section = explanation.sections.first, case .section(let hit) = explanation.decision,
            last.message.text
                == Quotation.text(
                    of: content.sections[hit.section], for: last.question,
                    content.model(explanation.language)?.search)
        {
            return content.sentence(.whySection, language, ["section": .text(section.title)])
        }
        guard let intent = remembered(explanation) else { return content.sentence(.whyNothing, language) }
        guard explanation.intent == intent, case .intent = explanation.decision else {
            return sentence(.whyFollowing, [intent])
        }
        if explanation.decidingRule != nil { return sentence(.whyRule, [intent]) }
        let words = explanation.strongestWords.map { quoted($0) }
        return words.isEmpty
            ? sentence(.whyIntent, [intent])
            : sentence(.whyWords, [intent], ["words": .text(Phrasing.list(words, language))])
    }

    /// The intent that the last answer belonged to. None is remembered once a person has had the conversation.
    private func remembered(_ explanation: Explanation) -> String? {
        if let reply = conversation.lastReply { return reply.intent }
        return if case .intent = explanation.decision { explanation.intent } else { nil }
    }

    /// Why a person was to take over; nil where the bot's message does not look as if one was.
    private func handoffReason(_ last: LastAnswer, _ explanation: Explanation) -> SentenceKey? {
        let intent = explanation.intent.flatMap { content.bundle.intent($0) }
        // The bot begins with its reason, where no intent has words of its own for it.
        let said = HandoffReason.allCases.first { reason in
            content.languages.contains { last.message.text.hasPrefix(content.sentence(Self.lead(reason), $0)) }
        }
        let meant = intent.map { HandoffReason($0.reason) } ?? .policy
        guard said != nil || explanation.isAngry || intent?.handoff == .always else { return nil }
        switch said ?? (explanation.isAngry ? .complaint : meant) {
        case .asked: return .whyHandoffAsked
        case .complaint: return .whyHandoffAnger
        case .repeated: return .whyHandoffRepeated
        case .lowConfidence: return .whyHandoffUnsure
        case .policy, .failedVerification, .error: return .whyHandoffPolicy
        }
    }

    /// A sentence with the titles of intents.
    private func sentence(
        _ key: SentenceKey, _ intents: [String], _ arguments: [String: SentenceArgument] = [:]
    ) -> String {
        let titles = intents.map { quoted(content.bundle.intent($0)?.titles[language] ?? $0) }
        let title = SentenceArgument.text(Phrasing.list(titles, language))
        return content.sentence(key, language, arguments.merging(["title": title]) { $1 })
    }

    private func quoted(_ text: String) -> String { content.sentence(.quoted, language, ["text": .text(text)]) }
}

extension Interpreter {
    /// Whether a message asks why the bot said what it said.
    func asksWhy(_ understanding: Understanding) -> Bool {
        guard !understanding.isAngry, case .intent(let best) = decision(understanding) else { return false }
        return bundle.intents[best.intent].kind == .explanation
    }
}

extension Explanation {
    /// How much of the strongest word's share another must have to be told beside it.
    private static let worthTelling = 0.3

    /// The two words, at most, that speak most for the likeliest intent, as the customer wrote them, in written order.
    var strongestWords: [String] {
        guard let best = candidates.first else { return [] }
        let common = Set(StopWords.list(language: language))
        let shares = best.terms.filter { $0.kind == .word }.map(\.share)
        let telling = zip(words.indices, shares).filter { index, share in
            share > 0 && !common.contains(words[index].text)
        }
        let ranked = telling.sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
        let strongest = ranked.prefix(2).filter { $0.1 >= Self.worthTelling * (ranked.first?.1 ?? 0) }
        return strongest.map(\.0).sorted().map { written($0) }
    }

    /// A word with its accents, where the message has it as it was read.
    private func written(_ index: Int) -> String {
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        guard buffer.tokens.count == words.count else { return words[index].text }
        return String(decoding: Array(text.utf8)[buffer.tokens[index].origin], as: UTF8.self)
    }
}
