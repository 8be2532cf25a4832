import Language

/// The words and stems that a matcher or a search knows, and how a text is read with them.
struct Lexicon: Sendable {
    let stemmer: Stemmer?
    let words: WordList
    let stems: KeyTable
    private let repair: SpellingRepair
    /// The stem of each known word, which saves stemming it again.
    private let stemOfWord: [UInt32]
    /// Unknown words that were read ahead.
    private let foreign: KeyTable
    private var foreignReadings: [Reading] = []

    /// What an unknown word is read as.
    private struct Reading {
        /// The known word that it is taken for, or -1.
        let word: Int
        /// Its own stem, or -1.
        let stem: Int
        let stemKey: UInt64
    }

    /// - Parameters:
    ///   - unrepaired: words never taken for misspelt.
    ///   - foreign: texts with words that will be met beside the known ones; they are read ahead.
    init(_ builder: LexiconBuilder, unrepaired: [String], foreign: [String] = []) {
        stemmer = builder.stemmer
        words = WordList(builder.words)
        stems = KeyTable(keys: builder.stems.keys)
        stemOfWord = builder.stemOfWord
        repair = SpellingRepair(words: words, unrepaired: unrepaired)
        var unknown = WordListBuilder()
        var buffer = TokenBuffer()
        for text in foreign {
            buffer.tokenize(text)
            for token in buffer.tokens where words.table.index(of: token.key) < 0 {
                _ = unknown.insert(buffer.bytes[token.range])
            }
        }
        self.foreign = KeyTable(keys: unknown.indexer.keys)
        let list = WordList(unknown)
        var scratch = MatchScratch()
        foreignReadings = (0..<list.count).map { index in
            reading(list.word(index), key: unknown.indexer.keys[index], &scratch.word, &scratch.repair)
        }
    }

    /// Looks each token of `scratch.text` up, repairs it where it is unknown, and finds its stem.
    func read(_ scratch: inout MatchScratch) {
        let text = scratch.text
        scratch.words.removeAll(keepingCapacity: true)
        scratch.stems.removeAll(keepingCapacity: true)
        scratch.repaired.removeAll(keepingCapacity: true)
        scratch.unknownStems.removeAll(keepingCapacity: true)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: text.tokens.count * 2) { room in
            let words = UnsafeMutableBufferPointer(rebasing: room[..<text.tokens.count])
            let stems = UnsafeMutableBufferPointer(rebasing: room[text.tokens.count...])
            for (position, token) in text.tokens.enumerated() {
                let known = self.words.table.index(of: token.key)
                words[position] = known
                if known >= 0 {
                    stems[position] = Int(stemOfWord[known])
                } else {
                    let reading = reading(unknown: token, of: text, &scratch)
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

    /// The stem of a known word, or -1.
    func stem(of token: Token) -> Int {
        let word = words.table.index(of: token.key)
        return word >= 0 ? Int(stemOfWord[word]) : -1
    }

    private func reading(unknown token: Token, of text: TokenBuffer, _ scratch: inout MatchScratch) -> Reading {
        let ahead = foreign.index(of: token.key)
        if ahead >= 0 { return foreignReadings[ahead] }
        return reading(text.bytes[token.range], key: token.key, &scratch.word, &scratch.repair)
    }

    private func reading(
        _ word: ArraySlice<UInt8>, key: UInt64, _ buffer: inout [UInt8], _ scratch: inout SpellingRepair.Scratch
    ) -> Reading {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: word)
        stemmer?.stem(&buffer)
        let stemKey = StableHash.of(buffer)
        let stem = stems.index(of: stemKey)
        let known = stem < 0 ? repair.candidate(for: word, key: key, words: words, scratch: &scratch) : -1
        return Reading(word: known, stem: stem, stemKey: stemKey)
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

    /// The words of the text that were read as another.
    func changes(_ scratch: MatchScratch) -> [SpellingChange] {
        scratch.repaired.map { position in
            SpellingChange(
                from: scratch.text.word(position),
                to: String(decoding: words.word(scratch.words[position]), as: UTF8.self))
        }
    }
}

/// Gathers the words of a ``Lexicon``.
struct LexiconBuilder {
    let stemmer: Stemmer?
    private(set) var words = WordListBuilder()
    private(set) var stems = KeyIndexer(capacity: 1024)
    private(set) var stemOfWord: [UInt32] = []
    private var scratch: [UInt8] = []

    init(language: String?) { stemmer = language.flatMap { Stemmer(language: $0) } }

    /// Counts a word and gives the number of its stem.
    mutating func insert(_ word: ArraySlice<UInt8>) -> Int { Int(stemOfWord[insert(word: word)]) }

    /// Counts a word and gives its number.
    mutating func insert(word: ArraySlice<UInt8>) -> Int {
        let index = words.insert(word)
        if index == stemOfWord.count {
            scratch.removeAll(keepingCapacity: true)
            scratch.append(contentsOf: word)
            stemmer?.stem(&scratch)
            stemOfWord.append(UInt32(stems.insert(StableHash.of(scratch))))
        }
        return index
    }
}
