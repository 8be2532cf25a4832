import Language

/// Reads words that no phrase has and that are no misspelling by one letter: chat words, letters held down (*holaaa*),
/// vowels left out (*pdd*), words run together (*porfavor*) or split (*cafe tera*).
struct Respelling: Sendable {
    /// What people type for a word, as ``TokenBuffer`` reads it.
    private let short: KeyTable
    /// What each of them is read as.
    private let meanings: [[UInt8]]
    private let abridged: AbridgedWords

    private static let shortestSplit = 5
    /// Letters of the second of two words that may have been run together.
    private static let shortestSecond = 4
    private static let longest = 24
    /// How often the phrases have each of two words that may have been run together, and one of one letter.
    private static let common: UInt32 = 5
    private static let commonLetter: UInt32 = 100

    /// - Parameter languages: codes, for their chat words.
    init(languages: [String?], words: WordList) {
        var buffer = TokenBuffer()
        var (short, meanings): (KeyIndexer, [[UInt8]]) = (KeyIndexer(), [])
        let lists = languages.compactMap { $0 }.flatMap { language in
            [ChatWords.abbreviations(language: language), ChatWords.regional(language: language)]
        }
        for (word, meaning) in lists.flatMap({ $0 }) {
            buffer.tokenize(meaning)
            guard buffer.tokens.allSatisfy({ words.table.index(of: $0.key) >= 0 }) else { continue }
            if short.insert(StableHash.of(word.utf8)) == meanings.count { meanings.append(Array(meaning.utf8)) }
        }
        self.short = KeyTable(keys: short.keys)
        self.meanings = meanings
        abridged = AbridgedWords(words)
    }

    /// Rewrites the message where that makes its unknown words known.
    /// - Parameter scratch: as the lexicon read it.
    /// - Returns: whether anything was rewritten; the lexicon has to read it again then.
    func respell(_ scratch: inout MatchScratch, _ lexicon: Lexicon) -> Bool {
        let text = scratch.text
        var written: [UInt8] = []
        var isChanged = false
        var position = 0
        while position < text.tokens.count {
            let own = text.tokens[position]
            var (reading, length): (ArraySlice<UInt8>?, Int) = (nil, 1)
            if let joined = joined(at: position, scratch, lexicon) {
                (reading, length) = (joined, 2)
            } else if scratch.isUnread(position), own.range.count <= Self.longest, !lexicon.isKept(own.key) {
                reading = self.reading(text.bytes[own.range], own.key, &scratch, lexicon)
            }
            isChanged = isChanged || reading != nil
            if text.pauses.contains(position) { written.append(UInt8(ascii: ",")) }
            written.append(0x20)
            written.append(contentsOf: reading ?? text.bytes[own.range])
            position += length
        }
        guard isChanged else { return false }
        written.withUnsafeBufferPointer { scratch.text.tokenize($0, limit: Recipe.wordLimit) }
        return true
    }

    /// A word and the next as one, where one of the two is not read and both together are known.
    private func joined(at position: Int, _ scratch: MatchScratch, _ lexicon: Lexicon) -> ArraySlice<UInt8>? {
        guard position + 1 < scratch.text.tokens.count, scratch.isUnread(position) || scratch.isUnread(position + 1)
        else { return nil }
        let (first, second) = (scratch.text.tokens[position].range, scratch.text.tokens[position + 1].range)
        let both = scratch.text.bytes[first] + scratch.text.bytes[second]
        return both.count >= Self.shortestSplit && lexicon.count(of: both) > 0 ? both : nil
    }

    /// What one word is read as.
    private func reading(
        _ word: ArraySlice<UInt8>, _ key: UInt64, _ scratch: inout MatchScratch, _ lexicon: Lexicon
    ) -> ArraySlice<UInt8>? {
        let chat = short.index(of: key)
        if chat >= 0 { return meanings[chat][...] }
        if let squeezed = squeezed(word, &scratch, lexicon) { return squeezed }
        let whole = abridged.whole(of: word, lexicon.words, &scratch.repair)
        if whole >= 0 { return lexicon.words.word(whole) }
        return split(word, lexicon)
    }

    /// Without letters that were held down: three or more of a kind in a row.
    private func squeezed(
        _ word: ArraySlice<UInt8>, _ scratch: inout MatchScratch, _ lexicon: Lexicon
    ) -> ArraySlice<UInt8>? {
        for most in 1...2 {
            var (letters, isShorter): ([UInt8], Bool) = ([], false)
            var start = word.startIndex
            while start < word.endIndex {
                let end = word[start...].firstIndex { $0 != word[start] } ?? word.endIndex
                let count = end - start >= 3 ? most : end - start
                isShorter = isShorter || count < end - start
                letters.append(contentsOf: repeatElement(word[start], count: count))
                start = end
            }
            guard isShorter else { return nil }
            if lexicon.count(of: letters[...]) > 0 { return letters[...] }
            if let repaired = lexicon.repaired(letters[...], &scratch) { return repaired }
        }
        return nil
    }

    /// Two known words that were run together; of several pairs the one whose rarer word is the commonest.
    private func split(_ word: ArraySlice<UInt8>, _ lexicon: Lexicon) -> ArraySlice<UInt8>? {
        guard word.count >= Self.shortestSplit else { return nil }
        var best: (count: UInt32, cut: Int)?
        for cut in word.indices.dropFirst() {
            let count = min(lexicon.count(of: word[..<cut]), lexicon.count(of: word[cut...]))
            let isLetter = cut - word.startIndex == 1
            // What is short behind a verb is its pronoun: *cuéntame* is one word.
            guard word.endIndex - cut >= Self.shortestSecond, count >= (isLetter ? Self.commonLetter : Self.common),
                count > best?.count ?? 0
            else { continue }
            best = (count, cut)
        }
        return best.map { word[..<$0.cut] + [0x20] + word[$0.cut...] }
    }
}
