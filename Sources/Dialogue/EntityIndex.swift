import Content
import Language

/// Finds slots' values in what a customer writes: names and synonyms as runs of stems, the longest first.
struct EntityIndex: Sendable {
    private struct Mention: Sendable {
        let slot: Int
        let value: Int
    }

    private var slots: [String] = []
    private var values: [[String]] = []
    private var mentions: [UInt64: [Mention]] = [:]
    private var longest = 1
    private let stemmer: Stemmer?
    private let stopWords: Set<String>

    /// Runs that name more values than this name none.
    private static let mostAmbiguous = 6

    init(bundle: ContentBundle, language: String) {
        stemmer = Stemmer(language: language)
        stopWords = Set(StopWords.list(language: language))
        for slot in bundle.slots.slots {
            let index = add(slot.name)
            for value in slot.values {
                for name in value.names[language] ?? [] { note(words(name), slot: index, value: value.id) }
            }
        }
        let index = add(SlotList.product)
        for product in bundle.products {
            // A word of the name in every language is the model's: it names the product alone.
            let names = product.names.values.map { Set(words($0)) }
            let model = names.dropFirst().reduce(names.first ?? []) { $0.intersection($1) }
            for name in [product.name(language)] + (product.synonyms[language] ?? []) {
                let name = words(name)
                for start in name.indices {
                    for end in (start + 1)...name.count {
                        let run = Array(name[start..<end])
                        let isWhole = run.count == name.count
                        let isModel = run.count == 1 && model.contains(run[0]) && run[0].utf8.count > 2
                        guard isWhole || isModel || run.count > 1, let first = run.first, let last = run.last,
                            !stopWords.contains(first), !stopWords.contains(last), run.count <= 6
                        else { continue }
                        note(run, slot: index, value: product.sku)
                    }
                }
            }
        }
        mentions = mentions.filter { $0.value.count <= Self.mostAmbiguous }
    }

    /// What the message says of a slot; nil where it says nothing.
    func find(_ slot: String, in text: String) -> Understanding.Found? {
        guard let slotIndex = slots.firstIndex(of: slot) else { return nil }
        let stems = words(text).map(stem)
        var length = min(longest, stems.count)
        while length > 0 {
            for start in 0...(stems.count - length) {
                guard let found = mentions[key(stems[start..<(start + length)])] else { continue }
                let values = found.filter { $0.slot == slotIndex }.map { self.values[slotIndex][$0.value] }
                if !values.isEmpty { return Understanding.Found(slot: slot, values: values) }
            }
            length -= 1
        }
        return nil
    }

    private mutating func add(_ slot: String) -> Int {
        slots.append(slot)
        values.append([])
        return slots.count - 1
    }

    private mutating func note(_ words: [String], slot: Int, value: String) {
        guard !words.isEmpty else { return }
        if values[slot].last != value { values[slot].append(value) }
        let mention = Mention(slot: slot, value: values[slot].count - 1)
        longest = max(longest, words.count)
        let key = key(words.map(stem)[...])
        if mentions[key]?.contains(where: { $0.slot == slot && $0.value == mention.value }) == true { return }
        mentions[key, default: []].append(mention)
    }

    private func words(_ text: String) -> [String] {
        var buffer = TokenBuffer()
        buffer.tokenize(text, limit: 200)
        return buffer.tokens.indices.map { buffer.word($0) }
    }

    private func stem(_ word: String) -> String { stemmer?.stem(word) ?? word }

    private func key(_ stems: ArraySlice<String>) -> UInt64 {
        var hash = StableHash.basis
        for stem in stems {
            for byte in stem.utf8 { hash = StableHash.adding(UInt32(byte), to: hash) }
            hash = StableHash.adding(0x20, to: hash)
        }
        return StableHash.finished(hash)
    }
}
