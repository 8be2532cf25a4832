import Language

/// The words and stems that a matcher or a search knows, and how a text is read with them.
struct Lexicon: Sendable {
    /// Of each language.
    let stemmers: [Stemmer?]
    let words: WordList
    let stems: KeyTable
    /// How many stems there are.
    let stemCount: Int
    private let repair: SpellingRepair
    /// The stem of each known word, which saves stemming it again.
    private let stemOfWord: [UInt32]
    /// How often words of each stem occur.
    let stemFrequencies: [UInt32]
    /// Where Spanish is among the languages.
    private let homophones: Homophones?
    /// Of each known word, the one that it is a misspelling of in Spanish; -1 where it is none. Editors write such phrases
    /// down too, and what is said with the word as it should be, rules most of all, counts for them as well.
    private let meantBySound: [Int32]

    /// What an unknown word is read as.
    private struct Reading {
        /// The known word that it is taken for, or -1.
        let word: Int
        /// Its own stem, or -1.
        let stem: Int
        let stemKey: UInt64
    }

    /// - Parameter unrepaired: words never taken for misspelt.
    init(_ builder: LexiconBuilder, unrepaired: [String]) {
        stemmers = builder.stemmers
        words = WordList(builder.words)
        stems = KeyTable(keys: builder.stems.keys)
        stemCount = builder.stems.keys.count
        stemOfWord = builder.stemOfWord
        repair = SpellingRepair(words: words, unrepaired: unrepaired)
        var frequencies = [UInt32](repeating: 0, count: stemCount)
        for (stem, count) in zip(stemOfWord, words.counts) { frequencies[Int(stem)] += count }
        stemFrequencies = frequencies
        let homophones = builder.stemmers.contains(.spanish) ? Homophones(of: words) : nil
        self.homophones = homophones
        let counts = stemOfWord.map { frequencies[Int($0)] }
        meantBySound = homophones.map { [words, repair] in Self.meant(words, counts, $0, repair) } ?? []
    }

    /// Looks each token of `scratch.text` up, repairs it where it is unknown, and finds its stem.
    /// - Parameter language: the message's, which tells how a word that is not known is stemmed.
    func read(_ scratch: inout MatchScratch, language: Int = 0) {
        let text = scratch.text
        let isSpanish = !meantBySound.isEmpty && stemmers[language] == .spanish
        scratch.words.removeAll(keepingCapacity: true)
        scratch.stems.removeAll(keepingCapacity: true)
        scratch.repaired.removeAll(keepingCapacity: true)
        scratch.synonyms.removeAll(keepingCapacity: true)
        scratch.unknownStems.removeAll(keepingCapacity: true)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: text.tokens.count * 2) { room in
            let words = UnsafeMutableBufferPointer(rebasing: room[..<text.tokens.count])
            let stems = UnsafeMutableBufferPointer(rebasing: room[text.tokens.count...])
            for (position, token) in text.tokens.enumerated() {
                let known = self.words.table.index(of: token.key)
                words[position] = known
                if known >= 0 {
                    if isSpanish, meantBySound[known] >= 0 {
                        words[position] = Int(meantBySound[known])
                        scratch.repaired.append(position)
                    }
                    stems[position] = Int(stemOfWord[words[position]])
                } else {
                    let reading = reading(
                        text.bytes[token.range], key: token.key, language, &scratch.word, &scratch.repair)
                    words[position] = reading.word
                    if reading.word >= 0 {
                        stems[position] = Int(stemOfWord[reading.word])
                        scratch.repaired.append(position)
                    } else {
                        stems[position] = reading.stem
                        if reading.stem < 0, !scratch.unknownStems.contains(reading.stemKey) {
                            scratch.unknownStems.append(reading.stemKey)
                        }
                    }
                }
            }
            scratch.words.append(contentsOf: words)
            scratch.stems.append(contentsOf: stems)
        }
    }

    /// How much commoner a word must be than one that sounds like it, for that one to be a misspelling.
    private static let muchCommoner: UInt32 = 20

    /// - Parameter counts: of each word, how often it and its other forms occur: *hable* is rare, but *hablar* is not, so it
    ///   is no *able*.
    private static func meant(
        _ words: WordList, _ counts: [UInt32], _ homophones: Homophones, _ repair: SpellingRepair
    ) -> [Int32] {
        var letters: [UInt32] = []
        return (0..<words.count).map { word in
            let sound = homophones.word(like: words.word(word), &letters)
            guard sound >= 0, sound != word, words.counts[sound] >= muchCommoner * counts[word],
                !repair.isKept(StableHash.of(words.word(word)))
            else { return -1 }
            return Int32(sound)
        }
    }

    private func reading(
        _ word: ArraySlice<UInt8>, key: UInt64, _ language: Int, _ buffer: inout [UInt8],
        _ scratch: inout SpellingRepair.Scratch
    ) -> Reading {
        let stemKey = stem(word, language, &buffer)
        var stem = stems.index(of: stemKey)
        // A form of another language's word, as customers mix them.
        for other in stemmers.indices where stem < 0 && other != language {
            stem = stems.index(of: self.stem(word, other, &buffer))
        }
        let sound = homophone(of: word, key: key, language, &scratch)
        if sound >= 0, stem < 0 || words.counts[sound] > stemFrequencies[stem] {
            return Reading(word: sound, stem: stem, stemKey: stemKey)
        }
        let known = stem < 0 ? repair.candidate(for: word, key: key, words: words, scratch: &scratch) : -1
        return Reading(word: known, stem: stem, stemKey: stemKey)
    }

    /// The number of a known word that an unknown one sounds like, or -1.
    private func homophone(
        of word: ArraySlice<UInt8>, key: UInt64, _ language: Int, _ scratch: inout SpellingRepair.Scratch
    ) -> Int {
        guard let homophones, stemmers[language] == .spanish, !repair.isKept(key) else { return -1 }
        return homophones.word(like: word, &scratch.letters)
    }

    private func stem(_ word: ArraySlice<UInt8>, _ language: Int, _ buffer: inout [UInt8]) -> UInt64 {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: word)
        stemmers[language]?.stem(&buffer)
        return StableHash.of(buffer)
    }

    /// The stem of the known word with that key, or -1.
    func stem(ofKnown key: UInt64) -> Int {
        let word = words.table.index(of: key)
        return word < 0 ? -1 : Int(stemOfWord[word])
    }

    /// Whether the editors want a word left as it is written.
    func isKept(_ key: UInt64) -> Bool { repair.isKept(key) }

    /// How often the phrases have a word.
    func count(of word: ArraySlice<UInt8>) -> UInt32 {
        let index = words.table.index(of: StableHash.of(word))
        return index < 0 ? 0 : words.counts[index]
    }

    /// The known word that an unknown one was meant to be.
    func repaired(_ word: ArraySlice<UInt8>, _ scratch: inout MatchScratch) -> ArraySlice<UInt8>? {
        let index = repair.candidate(for: word, key: StableHash.of(word), words: words, scratch: &scratch.repair)
        return index < 0 ? nil : words.word(index)
    }

    /// The words of the text that was read, the misspelt ones put right, with blanks between.
    func respelled(_ scratch: MatchScratch) -> String {
        let text = scratch.text
        return text.tokens.indices.map { position in
            let isRepaired = scratch.repaired.contains(position)
            let word = isRepaired ? words.word(scratch.words[position]) : text.bytes[text.tokens[position].range]
            return String(decoding: word, as: UTF8.self)
        }.joined(separator: " ")
    }

    /// Writes the letters of the text, with its repaired words, to `scratch.units`, up to ``Recipe/letterLimit``.
    func spellOut(_ scratch: inout MatchScratch) {
        let text = scratch.text
        scratch.units.removeAll(keepingCapacity: true)
        let most = scratch.repaired.reduce(text.bytes.count) { $0 + words.word(scratch.words[$1]).count }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: most) { room in
            text.bytes.withUnsafeBufferPointer { bytes in
                var (count, from) = (0, 0)
                for position in scratch.repaired {
                    let range = text.tokens[position].range
                    count += Letters.decode(
                        UnsafeBufferPointer(rebasing: bytes[from..<range.lowerBound]),
                        to: UnsafeMutableBufferPointer(rebasing: room[count...]))
                    count += words.word(scratch.words[position]).withUnsafeBufferPointer {
                        Letters.decode($0, to: UnsafeMutableBufferPointer(rebasing: room[count...]))
                    }
                    from = range.upperBound
                }
                count += Letters.decode(
                    UnsafeBufferPointer(rebasing: bytes[from...]),
                    to: UnsafeMutableBufferPointer(rebasing: room[count...]))
                scratch.units.append(
                    contentsOf: UnsafeMutableBufferPointer(rebasing: room[..<min(count, Recipe.letterLimit)]))
            }
        }
    }

    /// The words of the text that were read as another, synonyms too.
    func changes(_ scratch: MatchScratch) -> [SpellingChange] {
        let repairs = scratch.repaired.map { position in
            let read = String(decoding: words.word(scratch.words[position]), as: UTF8.self)
            return (position: position, change: SpellingChange(from: scratch.text.word(position), to: read))
        }
        let synonyms = scratch.readSynonyms.map { words, written in
            let read = words.map { scratch.text.word($0) }.joined(separator: " ")
            return (position: words.lowerBound, change: SpellingChange(from: written, to: read))
        }
        return (repairs + synonyms).sorted { $0.position < $1.position }.map(\.change)
    }
}

/// Gathers the words of a ``Lexicon``.
struct LexiconBuilder {
    let stemmers: [Stemmer?]
    private(set) var words = WordListBuilder()
    private(set) var stems = KeyIndexer(capacity: 1024)
    private(set) var stemOfWord: [UInt32] = []
    private var scratch: [UInt8] = []

    /// Of each stem, whether it has a word that is ``TellingWord``.
    var tellingStems: [Bool] {
        var telling = [Bool](repeating: false, count: stems.keys.count)
        words.forEach { index, word in
            if TellingWord.looksLike(word) { telling[Int(stemOfWord[index])] = true }
        }
        return telling
    }

    /// - Parameter languages: codes that choose the stemmers; one at least, nil for none.
    init(languages: [String?]) { stemmers = languages.map { code in code.flatMap { Stemmer(language: $0) } } }

    /// Whether a folded word was inserted.
    func isKnown(_ word: String) -> Bool { words.indexer.contains(StableHash.of(word.utf8)) }

    /// Counts a word that occurs so many times more and gives the number of its stem, which is that of the first language
    /// it is met in.
    mutating func insert(_ word: ArraySlice<UInt8>, language: Int = 0, times: UInt32 = 1) -> Int {
        Int(stemOfWord[insert(word: word, language: language, times: times)])
    }

    /// Counts a word likewise and gives its own number.
    mutating func insert(word: ArraySlice<UInt8>, language: Int = 0, times: UInt32 = 1) -> Int {
        let index = words.insert(word, times: times)
        if index == stemOfWord.count {
            scratch.removeAll(keepingCapacity: true)
            scratch.append(contentsOf: word)
            stemmers[language]?.stem(&scratch)
            stemOfWord.append(UInt32(stems.insert(StableHash.of(scratch))))
        }
        return index
    }
}
