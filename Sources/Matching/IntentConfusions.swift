/// Pairs of intents of which one is taken for the other, as phrases show that the folds held back.
struct IntentConfusions: Sendable {
    /// A phrase that was taken for another intent.
    struct Mistake: Sendable {
        let meant: Int
        let best: Int
    }

    private var counts: [UInt32]
    private let intents: Int

    init(_ mistakes: [Mistake], intents: Int) {
        self.intents = intents
        counts = [UInt32](repeating: 0, count: intents * intents)
        for mistake in mistakes {
            counts[mistake.meant * intents + mistake.best] += 1
            counts[mistake.best * intents + mistake.meant] += 1
        }
    }

    func contains(_ first: Int, _ second: Int) -> Bool { counts[first * intents + second] >= Recipe.fewestConfusions }
}
