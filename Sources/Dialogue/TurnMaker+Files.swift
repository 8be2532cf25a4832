import Content
import Events

extension TurnMaker {
    /// Tells that no files are taken: with the intent of the content that is about it, or in a sentence.
    func refuseFiles() -> Turn {
        if let place = content.bundle.intents.firstIndex(where: { $0.kind == .attachment }) {
            return answer(place, confidence: 1, slots: [])
        }
        let reply = Reply(
            text: content.sentence(.fileNotTaken, language), kind: .smalltalk, intent: nil, confidence: 1,
            language: language, choices: [personChoice])
        return Turn(said: BotReply(reply: reply, content: content.version), language: language)
    }

    /// What is said to the words that came with a file, behind a sentence about the file; about the file alone where the
    /// words say nothing that was understood.
    func withoutFile(_ turn: Turn) -> Turn {
        if turn.said.missed || turn.handoff?.reason == .lowConfidence { return refuseFiles() }
        var turn = turn
        let sentence = content.sentence(.fileNotTaken, language)
        turn.said.reply.text = turn.said.reply.text.isEmpty ? sentence : sentence + "\n\n" + turn.said.reply.text
        return turn
    }
}
