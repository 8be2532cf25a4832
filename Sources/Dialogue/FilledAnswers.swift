import Events
import Threading

/// Answers with no variables but the shop's and a product's. Such an answer changes with the content alone, so it is
/// filled in, and written as JSON, once for all who get it.
final class FilledAnswers: Sendable {
    /// What an answer's text depends on.
    struct Key: Hashable, Sendable {
        /// Where the intent stands among the content's.
        let intent: Int
        /// Which of the intent's answers in that language.
        let answer: Int
        let language: String
        /// Where a variable is the product's.
        let product: String?

        /// Takes the place of `hash(into:)` in tables: the content's own few names need no SipHash, which was half of
        /// a look-up's work.
        func _rawHashValue(seed: Int) -> Int {
            var hash = (seed ^ intent) &* 31 &+ answer
            for byte in language.utf8 { hash = hash &* 31 &+ Int(byte) }
            if let product { for byte in product.utf8 { hash = hash &* 31 &+ Int(byte) } }
            return hash
        }
    }

    private let wordings = Guarded<[Key: Wording]>([:])

    /// A shop with more products than this begins anew now and then.
    private static let most = 2_048

    /// How many are kept.
    var count: Int { wordings.withLock { $0.count } }

    /// The answer as it was filled in before, or else now.
    func wording(_ key: Key, _ fill: () -> Wording.Parts) -> Wording {
        if let known = wordings.withLock({ $0[key] }) { return known }
        let wording = Wording(spelling: fill())
        wordings.withLock { wordings in
            if wordings.count >= Self.most { wordings.removeAll() }
            wordings[key] = wording
        }
        return wording
    }
}
