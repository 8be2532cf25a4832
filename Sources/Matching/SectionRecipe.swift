/// The numbers that tune section search, measured on frequently asked questions and on encyclopaedia passages.
enum SectionRecipe {
    static let titleWeight = 4
    /// BM25's saturation.
    static let k1: Float = 1.5
    /// How much a field's length counts.
    static let titleLength: Float = 0.3
    static let bodyLength: Float = 0.75
    /// Weight of the letter groups beside BM25F.
    static let cosineShare: Float = 0.6
    /// Up to so many sections every one that shares a stem or a letter group with the question is scored.
    static let exhaustiveLimit = 2_000
    /// Above, letter groups rank the sections that BM25F finds best.
    static let candidates = 200

    /// BM25's idf, above zero for words that most sections have as well.
    static func information(sections: Int, frequency: Int) -> Float {
        let (sections, frequency) = (Double(sections), Double(frequency))
        return Float(Logarithm.natural(1 + (sections - frequency + 0.5) / (frequency + 0.5)))
    }
}
