/// Words that may say what a message is about: neither short ones, most of which hold sentences together, nor numbers.
enum TellingWord {
    /// Bytes from which on a folded word may be telling.
    private static let shortest = 4

    static func looksLike(_ word: ArraySlice<UInt8>) -> Bool {
        word.count >= shortest && !word.contains { (0x30...0x39).contains($0) }
    }
}
