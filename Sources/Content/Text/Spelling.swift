import Language

/// Finds the word that an editor probably meant.
enum Spelling {
    /// The candidate likeliest meant by `word`, case and accents aside; nil where all are far.
    static func nearest(_ word: String, among candidates: some Sequence<String>) -> String? {
        let candidates = Array(candidates)
        let folded = candidates.map(Anchor.fold)
        guard let nearest = EditDistance.likely(Anchor.fold(word), among: folded) else { return nil }
        return folded.firstIndex(of: nearest).map { candidates[$0] }
    }
}
