/// The commonest words of a language, folded: they tell languages apart in a text of three words.
public enum StopWords {
    /// The list of a language code (`es`, `en`, with or without a region); empty for a language without one.
    public static func list(language: String) -> [String] {
        switch language.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
        case "es": spanish
        case "en": english
        default: []
        }
    }

    static let spanish = [
        "de", "la", "que", "el", "en", "y", "los", "se", "del", "las", "un", "por", "con", "una", "su", "para", "es",
        "al", "lo", "como", "mas", "pero", "sus", "le", "ya", "este", "si", "porque", "esta", "cuando", "muy", "sin",
        "sobre", "tambien", "mi", "hay", "donde", "quien", "desde", "todo", "nos", "cuanto", "puedo", "quiero",
        "tengo", "cual",
    ]

    static let english = [
        "the", "of", "and", "to", "in", "is", "you", "that", "it", "he", "was", "for", "on", "are", "with", "as", "i",
        "his", "they", "be", "at", "this", "have", "from", "or", "had", "by", "but", "what", "were", "we", "when",
        "your", "can", "there", "an", "which", "their", "if", "do", "will", "how", "my", "would", "does", "where",
    ]
}
