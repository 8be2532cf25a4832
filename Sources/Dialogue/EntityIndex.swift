import Content
import Language
import Matching

/// Finds slots' values in what a customer writes: names and synonyms as runs of stems, the longest first.
struct EntityIndex: Sendable {
    private struct Mention: Sendable, Equatable {
        let slot: Int
        let value: Int
    }

    /// Numbers that stand for a value, such as postcodes: a `#` is any digit.
    private struct Form: Sendable {
        let slot: Int
        let value: String
        let pattern: [UInt8]

        func matches(_ word: ArraySlice<UInt8>) -> Bool {
            word.count == pattern.count
                && zip(word, pattern).allSatisfy { $1 == UInt8(ascii: "#") ? $0.isASCIIDigit : $0 == $1 }
        }
    }

    /// Names; mentions of rules have their numbers.
    let slots: [String]
    /// Of each slot.
    private let values: [[String]]
    private let forms: [Form]
    private let runs: KeyTable
    /// What each of `runs` names.
    private let mentions: [[Mention]]
    /// What all runs begin with, of one stem and more: most words of a message begin none.
    private let beginnings: KeyTable
    private let longest: Int
    private let stems: KnownStems
    /// By the key of a stem, the products that have it in their name or category, in their order.
    private let products: [UInt64: [String]]
    private let stopWords: Set<[UInt8]>
    /// Runs of a single word that share their stem with a stop word, which names nothing: "más" is no "Masa".
    private let likeStopWords: Set<Int>

    /// Runs that name more values than this name none.
    private static let mostAmbiguous = 6
    private static let longestPart = 6

    /// The names of all slots, in the order of their numbers.
    static func slots(of bundle: ContentBundle) -> [String] { bundle.slots.slots.map(\.name) + [SlotList.product] }

    init(bundle: ContentBundle, language: String) {
        let stemmer = Stemmer(language: language)
        let stopWords = Set(StopWords.list(language: language))
        var gathered = Gathered(stemmer: stemmer)
        var forms: [Form] = []
        for slot in bundle.slots.slots {
            let index = gathered.add(slot.name)
            for value in slot.values {
                for name in value.names[language] ?? [] {
                    if name.utf8.contains(UInt8(ascii: "#")) {
                        forms.append(Form(slot: index, value: value.id, pattern: Array(name.lowercased().utf8)))
                        continue
                    }
                    gathered.note(Self.words(name), slot: index, value: value.id)
                }
            }
        }
        let index = gathered.add(SlotList.product)
        var products: [UInt64: [String]] = [:]
        for product in bundle.products {
            // A word of the name in every language is the model's: it names the product alone.
            let names = product.names.values.map { Set(Self.words($0)) }
            let model = names.dropFirst().reduce(names.first ?? []) { $0.intersection($1) }
            let parts = Self.words(product.name(language) + " " + (product.categories[language] ?? ""))
            let telling = parts.filter { $0.utf8.count > 2 && !stopWords.contains($0) }
            for key in Set(telling.map { gathered.key(of: $0) }) {
                products[key, default: []].append(product.sku)
            }
            gathered.noteTitle(Self.words(product.name(language)), slot: index, value: product.sku)
            for name in [product.name(language)] + (product.synonyms[language] ?? []) {
                let name = Self.words(name)
                for start in name.indices {
                    for end in (start + 1)...name.count {
                        let run = Array(name[start..<end])
                        let isWhole = run.count == name.count
                        let isModel = run.count == 1 && model.contains(run[0]) && run[0].utf8.count > 2
                        guard isWhole || isModel || run.count > 1, let first = run.first, let last = run.last,
                            !stopWords.contains(first), !stopWords.contains(last), run.count <= Self.longestPart
                        else { continue }
                        gathered.note(run, slot: index, value: product.sku)
                    }
                }
            }
        }
        self.products = products
        self.forms = forms
        slots = gathered.slots
        values = gathered.values
        let runs = KeyTable(keys: gathered.runs.keys)
        self.runs = runs
        mentions = gathered.mentions.enumerated().map { run, mentions in
            gathered.titles[run] ?? (mentions.count > Self.mostAmbiguous ? [] : mentions)
        }
        beginnings = KeyTable(keys: gathered.beginnings.keys)
        longest = gathered.longest
        self.stopWords = Set(stopWords.map { Array($0.utf8) })
        likeStopWords = Set(
            stopWords.subtracting(gathered.single).compactMap { word in
                let run = runs.index(of: gathered.key(of: word))
                return run < 0 ? nil : run
            })
        let phrases = bundle.settings.languages.flatMap { code in bundle.intents.flatMap { $0.phrases[code] ?? [] } }
        stems = KnownStems(of: phrases, stemmer)
    }

    /// What a message says of a slot; nil where it says nothing.
    /// - Parameter words: the message's folded words, each with a space before and after, as in `TokenBuffer.bytes`.
    /// - Complexity: O(bytes × words of the longest name); most words take two look-ups.
    func find(_ slot: String, in words: [UInt8]) -> Understanding.Found? {
        guard let slot = slots.firstIndex(of: slot) else { return nil }
        var best: (length: Int, values: [String]) = (0, [])
        forEachRun(in: words) { _, length, run in
            guard length > best.length else { return }
            let values = mentions[run].filter { $0.slot == slot }.map { self.values[slot][$0.value] }
            if !values.isEmpty { best = (length, values) }
        }
        if best.length == 0, let value = numbered(slot, in: words) { best = (1, [value]) }
        return best.length == 0 ? nil : Understanding.Found(slot: slots[slot], values: best.values)
    }

    /// The value that a number of the message stands for.
    private func numbered(_ slot: Int, in words: [UInt8]) -> String? {
        guard forms.contains(where: { $0.slot == slot }), words.contains(where: \.isASCIIDigit) else { return nil }
        for word in words.split(separator: 0x20) {
            if let form = forms.first(where: { $0.slot == slot && $0.matches(word) }) { return form.value }
        }
        return nil
    }

    /// Products that have the message's words in their names or categories: all of these words, or else any.
    ///
    /// Of use where the bot asked for a product: elsewhere "se sale el agua" would be about water jugs.
    /// - Returns: their numbers, and whether the message has no other words but stop words.
    func products(with words: [UInt8]) -> (skus: [String], isAll: Bool) {
        var stem: [UInt8] = []
        var position = 1
        var sets: [[String]] = []
        var isAll = true
        while position < words.count {
            let start = position
            let hash = stems.adding(words, from: &position, to: StableHash.basis, &stem)
            if let set = products[StableHash.finished(hash)] {
                sets.append(set)
            } else if !stopWords.contains(Array(words[start..<(position - 1)])) {
                isAll = false
            }
        }
        guard let first = sets.first else { return ([], false) }
        let common = first.filter { sku in sets.allSatisfy { $0.contains(sku) } }
        return (common.isEmpty ? Array(Set(sets.joined())).sorted() : common, isAll)
    }

    /// The values of a slot that a text names clearly, each once, in its order.
    func values(of slot: String, in words: [UInt8]) -> [String] {
        guard let slot = slots.firstIndex(of: slot) else { return [] }
        var (named, end): ([(start: Int, end: Int, value: Int)], Int) = ([], 0)
        forEachRun(in: words) { start, length, run in
            let values = mentions[run].filter { $0.slot == slot }
            guard values.count == 1, start >= end || named.last?.start == start else { return }
            if named.last?.start == start { named.removeLast() }
            named.append((start, start + length, values[0].value))
            end = start + length
        }
        return named.reduce(into: []) { found, next in
            let value = self.values[slot][next.value]
            if !found.contains(value) { found.append(value) }
        }
    }

    /// Whether a message says nothing but values of a slot and stop words.
    /// - Parameter choices: has further words that say nothing.
    func isNothingBut(_ slot: String, in words: [UInt8], besides choices: ChoiceWords? = nil) -> Bool {
        guard let slot = slots.firstIndex(of: slot) else { return false }
        var found: [SlotMention] = []
        mentions(of: slot, in: words, &found)
        return words.split(separator: 0x20).enumerated().allSatisfy { place, word in
            found.contains { $0.start <= place && place < $0.end } || stopWords.contains(Array(word))
                || forms.contains { $0.slot == slot && $0.matches(word) }
                || choices?.isFiller(String(decoding: word, as: UTF8.self)) == true
                // "La batidora Tromba": a part of a name beside what names it.
                || choices != nil && self.slots[slot] == SlotList.product && isOfProduct(word)
        }
    }

    private func isOfProduct(_ word: ArraySlice<UInt8>) -> Bool {
        var (position, stem): (Int, [UInt8]) = (0, [])
        let hash = stems.adding(Array(word) + [0x20], from: &position, to: StableHash.basis, &stem)
        return products[StableHash.finished(hash)] != nil
    }

    /// The same for a text whose words were not read yet.
    func find(_ slot: String, in text: String) -> Understanding.Found? {
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        return find(slot, in: buffer.bytes)
    }

    /// Adds all places where a message mentions a value of a slot, by their start.
    func mentions(of slot: Int, in words: [UInt8], _ found: inout [SlotMention]) {
        forEachRun(in: words) { start, length, run in
            guard mentions[run].contains(where: { $0.slot == slot }) else { return }
            found.append(SlotMention(start: start, end: start + length))
        }
    }

    /// Whether a message can mention a value of a slot.
    func isMentionable(_ slot: Int) -> Bool { mentions.contains { run in run.contains { $0.slot == slot } } }

    /// Gives every run of stems that names something: its first word, how many it has, and its number.
    @inline(__always)
    private func forEachRun(in words: [UInt8], _ body: (_ start: Int, _ length: Int, _ run: Int) -> Void) {
        var stem: [UInt8] = []
        var start = 0
        var word = 0
        while start + 1 < words.count {
            var position = start + 1
            let first = position
            start = position
            while words[start] != 0x20 { start += 1 }
            var length = 0
            var hash = StableHash.basis
            while position < words.count, length < longest {
                hash = stems.adding(words, from: &position, to: hash, &stem)
                length += 1
                let key = StableHash.finished(hash)
                if beginnings.index(of: key) < 0 { break }
                let run = runs.index(of: key)
                if run >= 0, length > 1 || !isStopWord(words, from: first, to: start, for: run) {
                    body(word, length, run)
                }
            }
            word += 1
        }
    }

    private func isStopWord(_ words: [UInt8], from first: Int, to end: Int, for run: Int) -> Bool {
        likeStopWords.contains(run) && stopWords.contains(Array(words[first..<end]))
    }

    private static func words(_ text: String) -> [String] {
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        return buffer.tokens.indices.map { buffer.word($0) }
    }

    /// Runs of stems with what they name, as they are gathered.
    private struct Gathered {
        let stemmer: Stemmer?
        var slots: [String] = []
        var values: [[String]] = []
        var runs = KeyIndexer()
        var mentions: [[Mention]] = []
        /// Runs that are the whole name of a product: whoever writes it means that one, and not another whose name goes
        /// on where it ends.
        var titles: [Int: [Mention]] = [:]
        var beginnings = KeyIndexer()
        var longest = 1
        /// Names of one word.
        var single: Set<String> = []

        init(stemmer: Stemmer?) { self.stemmer = stemmer }

        mutating func add(_ slot: String) -> Int {
            slots.append(slot)
            values.append([])
            return slots.count - 1
        }

        /// What stands in the table for a run of one word.
        func key(of word: String) -> UInt64 {
            var stem = Array(word.utf8)
            stemmer?.stem(&stem)
            return StableHash.finished(KnownStems.adding(stem, to: StableHash.basis))
        }

        mutating func noteTitle(_ words: [String], slot: Int, value: String) {
            guard let (run, mention) = note(words, slot: slot, value: value) else { return }
            titles[run, default: []].append(mention)
        }

        @discardableResult
        mutating func note(_ words: [String], slot: Int, value: String) -> (run: Int, mention: Mention)? {
            guard !words.isEmpty else { return nil }
            if values[slot].last != value { values[slot].append(value) }
            let mention = Mention(slot: slot, value: values[slot].count - 1)
            longest = max(longest, words.count)
            if words.count == 1 { single.insert(words[0]) }
            var hash = StableHash.basis
            for word in words {
                var stem = Array(word.utf8)
                stemmer?.stem(&stem)
                hash = KnownStems.adding(stem, to: hash)
                _ = beginnings.insert(StableHash.finished(hash))
            }
            let run = runs.insert(StableHash.finished(hash))
            if run == mentions.count { mentions.append([]) }
            if !mentions[run].contains(mention) { mentions[run].append(mention) }
            return (run, mention)
        }
    }
}
