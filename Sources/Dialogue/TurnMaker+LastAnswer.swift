import Content
import Events
import Language
import Matching

extension TurnMaker {
    /// The bot's last message that explains nothing, and what the customer wrote before it.
    struct LastAnswer {
        let message: Message
        let question: String
        /// What the question is taken for now.
        let understanding: Understanding
    }

    /// Nil where the bot has answered nothing yet, or too long ago.
    var lastAnswer: LastAnswer? {
        let recent = conversation.recent
        for place in recent.indices.dropFirst().reversed() {
            let (question, message) = (recent[place - 1], recent[place])
            guard message.from == .bot, question.from == .customer else { continue }
            let understanding = content.understand(question.text, language: conversation.language)
            if !content.asksWhy(understanding) {
                return LastAnswer(message: message, question: question.text, understanding: understanding)
            }
        }
        return nil
    }

    /// Says in a sentence why the bot said what it said last, and goes on waiting for what it waited for; nil where it
    /// has answered nothing yet.
    func explainLast(confidence: Double) -> Turn? {
        guard let last = lastAnswer else { return nil }
        var (intent, choices, offered): (String?, [Choice], [String]) = (conversation.lastReply?.intent, [], [])
        var (asked, lookup): (String?, String?)
        switch conversation.pending {
        case .choice(let buttons, let intents): (choices, offered) = (buttons, intents)
        case .slot(let slot, let waiting, let buttons): (asked, intent, choices) = (slot, waiting, buttons)
        case .lookup(let number, let waiting): (lookup, intent) = (number, waiting)
        case nil: break
        }
        let reply = Reply(
            text: reason(of: last), kind: .smalltalk, intent: intent, confidence: confidence, language: language,
            choices: choices)
        return Turn(
            said: BotReply(
                reply: reply, content: content.version, offered: offered, asked: asked,
                flows: lookup == nil ? [] : conversation.flows.suffix(1).map(\.mark), lookup: lookup),
            language: language)
    }

    /// What a message was taken for, the conversation remembers. Why, is understood once more, and told only where that
    /// comes to the same.
    private func reason(of last: LastAnswer) -> String {
        if Catalogue.languages.contains(where: { content.sentence(.choiceCancelLabel, $0) == last.question }) {
            return content.sentence(.whyCancelled, language)
        }
        let understanding = last.understanding
        let decision = content.decision(understanding)
        let meant = content.intent(of: decision, understanding)
        if conversation.lastReply == nil, let reason = handoffReason(last, meant: meant) {
            return content.sentence(reason, language)
        }
        switch conversation.pending {
        case .slot(_, let intent, _): return sentence(.whyAsked, [intent])
        case .choice(_, let intents) where !intents.isEmpty: return sentence(.whyOffered, intents)
        default: break
        }
        if case .section(let hit) = decision {
            let section = content.sections[hit.section]
            let search = content.model(understanding.language)?.search
            if last.message.text == Quotation.text(of: section, for: last.question, search) {
                return content.sentence(.whySection, language, ["section": .text(section.title)])
            }
        }
        let isIntent = if case .intent = decision { true } else { false }
        // None is remembered once a person has had the conversation.
        let remembered = conversation.lastReply.map { $0.intent } ?? (isIntent ? meant : nil)
        guard let intent = remembered else { return content.sentence(.whyNothing, language) }
        guard isIntent, meant == intent else { return sentence(.whyFollowing, [intent]) }
        if understanding.rule != nil { return sentence(.whyRule, [intent]) }
        let words = content.strongestWords(of: last.question, understanding.language).map { quoted($0) }
        return words.isEmpty
            ? sentence(.whyIntent, [intent])
            : sentence(.whyWords, [intent], ["words": .text(Phrasing.list(words, language))])
    }

    /// Why a person was to take over; nil where the bot's message does not look as if one was.
    /// - Parameter meant: the intent that the question is taken for now.
    private func handoffReason(_ last: LastAnswer, meant: String?) -> SentenceKey? {
        let intent = meant.flatMap { content.bundle.intent($0) }
        let isAngry = last.understanding.isAngry
        // The bot begins with its reason, where no intent has words of its own for it.
        let said = HandoffReason.allCases.first { reason in
            content.languages.contains { last.message.text.hasPrefix(content.sentence(Self.lead(reason), $0)) }
        }
        let reason = intent.map { HandoffReason($0.reason) } ?? .policy
        guard said != nil || isAngry || intent?.handoff == .always else { return nil }
        switch said ?? (isAngry ? .complaint : reason) {
        case .asked: return .whyHandoffAsked
        case .complaint: return .whyHandoffAnger
        case .repeated: return .whyHandoffRepeated
        case .lowConfidence: return .whyHandoffUnsure
        case .policy, .failedVerification, .error, .callback: return .whyHandoffPolicy
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

extension Interpreter {
    /// How much of the strongest word's share another must have to be told beside it.
    private static let worthTelling = 0.3

    /// The two words, at most, that speak most for the likeliest intent, as the customer wrote them, in written order.
    /// - Parameter language: the one that the message was understood in.
    func strongestWords(of text: String, _ language: String) -> [String] {
        withScratch { scratch in
            let index = model(language)?.index ?? 0
            guard let best = matcher.explainBest(text, language: index, scratch: &scratch.match) else { return [] }
            let words = writtenWords(scratch.match)
            let common = StopWords.list(language: language)
            let shares = best.terms.filter { $0.kind == .word }.map(\.share)
            let telling = zip(words.indices, shares).filter { index, share in
                share > 0 && !common.contains(words[index])
            }
            let ranked = telling.sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
            let strongest = ranked.prefix(2).filter { $0.1 >= Self.worthTelling * (ranked.first?.1 ?? 0) }
            return accented(strongest.map(\.0).sorted(), of: words, text, &scratch.accented)
        }
    }

    /// The words of the scratch's message; a synonym stands as it was written.
    private func writtenWords(_ scratch: MatchScratch) -> [String] {
        var words = scratch.text.tokens.indices.map { scratch.text.word($0) }
        for synonym in scratch.readSynonyms.reversed() {
            words.replaceSubrange(synonym.words, with: CollectionOfOne(synonym.written))
        }
        return words
    }

    /// Some of a message's words with their accents, where the message has them as they were read.
    private func accented(
        _ places: [Int], of words: [String], _ text: String, _ buffer: inout TokenBuffer
    ) -> [String] {
        buffer.tokenize(text)
        guard buffer.tokens.count == words.count else { return places.map { words[$0] } }
        let bytes = Array(text.utf8)
        return places.map { String(decoding: bytes[buffer.tokens[$0].origin], as: UTF8.self) }
    }
}
