import Language

/// The words and stems that a matcher or a search knows, and how a text is read with them.
struct Lexicon: Sendable {
    let stemmer: Stemmer?
    let words: WordList
    let stems: KeyTable
    private let repair: SpellingRepair
    /// The stem of each known word, which saves stemming it again.
    private let stemOfWord: [UInt32]

    init(_ builder: LexiconBuilder, unrepaired: [String]) {
        stemmer = builder.stemmer
        words = WordList(builder.words)
        stems = KeyTable(keys: builder.stems.keys)
        stemOfWord = builder.stemOfWord
        repair = SpellingRepair(words: words, unrepaired: unrepaired)
    }

    /// Looks each token of `scratch.text` up, repairs it where it is unknown, and finds its stem.
    func read(_ scratch: inout MatchScratch) {
        scratch.words.removeAll(keepingCapacity: true)
        scratch.stems.removeAll(keepingCapacity: true)
        scratch.repaired.removeAll(keepingCapacity: true)
        scratch.unknownStems.removeAll(keepingCapacity: true)
        for position in scratch.text.tokens.indices {
            let bytes = scratch.text.bytes[scratch.text.tokens[position].range]
            let key = StableHash.of(bytes)
            var word = words.table.index(of: key)
            if word < 0 {
                scratch.word.removeAll(keepingCapacity: true)
                scratch.word.append(contentsOf: bytes)
                stemmer?.stem(&scratch.word)
                let stemKey = StableHash.of(scratch.word)
                let stem = stems.index(of: stemKey)
                if stem < 0 {
                    word = repair.candidate(for: bytes, key: key, words: words, scratch: &scratch.repair)
                }
                if word < 0 {
                    scratch.words.append(-1)
                    scratch.stems.append(stem)
                    if stem < 0, !scratch.unknownStems.contains(stemKey) { scratch.unknownStems.append(stemKey) }
                    continue
                }
                scratch.repaired.append(position)
            }
            scratch.words.append(word)
            scratch.stems.append(Int(stemOfWord[word]))
        }
    }

    /// Writes the letters of the text, with its repaired words, to `scratch.units`, up to ``Recipe/letterLimit``.
    func spellOut(_ scratch: inout MatchScratch) {
        if scratch.repaired.isEmpty {
            Letters.decode(scratch.text.bytes[...], into: &scratch.units)
        } else {
            writeRepaired(&scratch)
            Letters.decode(scratch.repairedBytes[...], into: &scratch.units)
        }
        scratch.units.removeLast(max(scratch.units.count - Recipe.letterLimit, 0))
    }

    private func writeRepaired(_ scratch: inout MatchScratch) {
        scratch.repairedBytes.removeAll(keepingCapacity: true)
        scratch.repairedBytes.append(0x20)
        var next = 0
        for (position, token) in scratch.text.tokens.enumerated() {
            if next < scratch.repaired.count, scratch.repaired[next] == position {
                scratch.repairedBytes.append(contentsOf: words.word(scratch.words[position]))
                next += 1
            } else {
                scratch.repairedBytes.append(contentsOf: scratch.text.bytes[token.range])
            }
            scratch.repairedBytes.append(0x20)
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
    mutating func insert(_ word: ArraySlice<UInt8>) -> Int {
        let index = words.insert(word)
        if index == stemOfWord.count {
            scratch.removeAll(keepingCapacity: true)
            scratch.append(contentsOf: word)
            stemmer?.stem(&scratch)
            stemOfWord.append(UInt32(stems.insert(StableHash.of(scratch))))
        }
        return Int(stemOfWord[index])
    }
}
