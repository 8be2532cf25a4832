import Content
import Events
import Language

extension TurnMaker {
    /// Puts a turn as a polite person would: a kind word first where the customer is let down, calm where they are rude.
    func minding(_ tone: Tone, in turn: inout Turn) {
        guard turn.handoff == nil else { return }
        switch tone {
        case .insulting:
            if wasRudeBefore {
                turn = handOver(.complaint, intent: turn.said.reply.intent)
            } else {
                prefix(&turn, .calmReply, isAlone: turn.said.missed)
            }
        case .upset where turn.said.reply.kind != .smalltalk: prefix(&turn, .upsetReply, isAlone: false)
        case .calm, .upset, .angry: break
        }
    }

    /// Whether a message is rude and says nothing else.
    func isMereInsult(_ understanding: Understanding) -> Bool {
        guard understanding.tone == .insulting, let model = content.model(language) else { return false }
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        return model.tones.isNothingBut(.insulting, in: buffer) { model.choiceWords.isFiller($0) }
    }

    /// Puts a sentence in front of what is said, or in its place.
    private func prefix(_ turn: inout Turn, _ key: SentenceKey, isAlone: Bool) {
        let sentence = content.sentence(key, language)
        // Said twice running it sounds like a machine.
        if lastWords?.hasPrefix(sentence) == true, !isAlone { return }
        turn.said.reply.text = isAlone ? sentence : sentence + "\n\n" + turn.said.reply.text
        if !turn.said.reply.choices.contains(where: { $0.label == personChoice.label }) {
            turn.said.reply.choices.append(personChoice)
        }
    }

    /// What was said just before, to the last word, is said as such.
    func varyRepeated(in turn: inout Turn) {
        guard turn.handoff == nil, let last = lastWords, last == turn.said.reply.text else { return }
        turn.said.reply.text =
            turn.said.reply.kind == .smalltalk && conversation.pending == nil
            ? last + " " + content.sentence(.anythingElse, language)
            : content.sentence(.saidBefore, language) + "\n\n" + last
    }

    /// What the bot said last.
    var lastWords: String? { conversation.recent.last { $0.from == .bot }?.text }

    /// Whether the customer was rude in an earlier message that the bot had to answer.
    private var wasRudeBefore: Bool {
        let words = content.model(language)?.tones
        var buffer = TokenBuffer()
        return conversation.recent.contains { message in
            guard message.from == .customer else { return false }
            buffer.tokenize(message.text)
            return words?.tone(of: buffer) == .insulting
        }
    }
}
