import Content
import Language

/// The words of one language by which customers pick one of several things: by its place, or as the other one. Folded.
struct ChoiceWords: Sendable {
    /// What is picked.
    enum Pick: Equatable {
        /// The thing at that place, from 0.
        case place(Int)
        case last
        /// Of two, the one that was not meant before.
        case other
    }

    private let ordinals: [String: Int]
    private let last: Set<String>
    private let others: Set<String>
    /// What a number of a choice may stand behind.
    private let numbered: Set<String>
    /// Words that say nothing of what is meant: common ones, courtesies, and those for an order or a postcode.
    private let fillers: Set<String>
    /// One of these words stands in every message that picks something.
    private let signs: KeyTable

    /// A longer message tells something else besides.
    private static let longest = 80
    private static let mostDigits = 2

    init(_ language: String, _ words: SlotWords) {
        func single(_ key: SentenceKey) -> [String] { Catalogue.words(key, language).flatMap(SlotWords.run) }
        var ordinals: [String: Int] = [:]
        for (place, entry) in Catalogue.words(.choiceOrdinals, language).enumerated() {
            for name in entry.split(separator: "/") { ordinals[SlotWords.run(String(name)).joined()] = place }
        }
        self.ordinals = ordinals
        last = Set(single(.choiceLast))
        others = Set(single(.choiceOthers))
        numbered = Set(single(.choiceNumbers))
        let cues = (words.orderCues + words.postcodeCues + words.hesitations + words.corrections).joined()
        fillers = Set(StopWords.list(language: language)).union(single(.choiceFillers)).union(cues)
        var keys = KeyIndexer()
        for word in Array(ordinals.keys) + Array(last) + Array(others) + Array(numbered) {
            _ = keys.insert(StableHash.of(word.utf8))
        }
        signs = KeyTable(keys: keys.keys)
    }

    /// What a message picks that says nothing else; nil for other messages.
    /// - Parameter numbers: the words for numbers.
    func pick(_ message: TokenBuffer, _ numbers: SlotWords) -> Pick? {
        guard message.bytes.count <= Self.longest, hasSign(message) else { return nil }
        let text = SlotText(String(decoding: message.bytes, as: UTF8.self))
        // "La segunda no" picks nothing.
        if let last = text.words.last, text.words.count > 1, numbers.no.contains([last]) { return nil }
        var pick: Pick?
        var place = 0
        while place < text.words.count {
            let (found, length) = picked(text, at: place, numbers)
            if let found {
                // "La primera no, la segunda" picks two.
                if pick != nil, pick != found { return nil }
                pick = found
            } else if length == 0, !isFiller(text.words[place]) {
                return nil
            }
            place += max(1, length)
        }
        return pick
    }

    private func picked(_ text: SlotText, at place: Int, _ numbers: SlotWords) -> (Pick?, length: Int) {
        let word = text.words[place]
        if let ordinal = ordinals[word] { return (.place(ordinal), 1) }
        if last.contains(word) { return (.last, 1) }
        if others.contains(word) { return (.other, 1) }
        if numbered.contains(word), let number = numbers.number(in: text, at: place + 1), number.value > 0 {
            return (.place(number.value - 1), 1 + number.length)
        }
        // "Quiero 2" is how many.
        if place == 0 || numbers.isArticle(text, before: place), word.utf8.count <= Self.mostDigits,
            let number = Int(word), number > 0
        {
            return (.place(number - 1), 1)
        }
        return (nil, numbered.contains(word) ? 1 : 0)
    }

    private func hasSign(_ message: TokenBuffer) -> Bool {
        message.tokens.contains { token in
            signs.index(of: token.key) >= 0
                || token.range.count <= Self.mostDigits && message.bytes[token.range].allSatisfy(\.isASCIIDigit)
        }
    }

    /// Whether a word says nothing of what is meant.
    func isFiller(_ word: String) -> Bool { fillers.contains(word) }

    /// The words that say what is meant.
    func telling(in text: SlotText) -> [String] { text.words.filter { !isFiller($0) } }
}
