import Language

/// Gathers the words of sections and turns them into postings.
struct SectionIndexBuilder {
    private(set) var lexicon: LexiconBuilder
    private(set) var bags = WordBags()
    /// How often each word of ``bags`` stands in the heading; the text has the others.
    private var titleCounts: [UInt16] = []
    private var bodyCounts: [UInt16] = []
    private var titleLengths: [Float] = []
    private var bodyLengths: [Float] = []
    private let synonyms: Synonyms
    private var stems = Synonyms.MetStems()
    private var buffer = TokenBuffer()
    /// Counts in the section being read, by word; zero between sections.
    private var titleCount: [UInt16] = []
    private var bodyCount: [UInt16] = []

    init(language: String?, synonyms: Synonyms) {
        lexicon = LexiconBuilder(languages: [language])
        self.synonyms = synonyms
    }

    mutating func add(_ document: SearchDocument) {
        var words: [Int] = []
        // Titles made from file names have underscores for spaces.
        let written = ([document.title] + document.questions).joined(separator: "\n")
        let title = String(decoding: written.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }, as: UTF8.self)
        titleLengths.append(Float(read(title, isTitle: true, &words)))
        bodyLengths.append(Float(read(document.body, isTitle: false, &words)))
        for word in words {
            bags.append(word, count: SectionRecipe.titleWeight * Int(titleCount[word]) + Int(bodyCount[word]))
            titleCounts.append(titleCount[word])
            bodyCounts.append(bodyCount[word])
            titleCount[word] = 0
            bodyCount[word] = 0
        }
        bags.endSection()
    }

    /// Counts the words of a field; those new to the section are added to `words`.
    /// - Returns: how many there are.
    private mutating func read(_ text: String, isTitle: Bool, _ words: inout [Int]) -> Int {
        buffer.tokenize(text)
        synonyms.writeOut(&buffer, &stems)
        for token in buffer.tokens {
            let word = lexicon.insert(word: buffer.bytes[token.range])
            if word == titleCount.count {
                titleCount.append(0)
                bodyCount.append(0)
            }
            if titleCount[word] == 0, bodyCount[word] == 0 { words.append(word) }
            if isTitle { titleCount[word].increase() } else { bodyCount[word].increase() }
        }
        return buffer.tokens.count
    }

    /// Has words known that are read as those that a section has, once all sections are there.
    mutating func addSynonyms() {
        for ways in synonyms.groups where ways[0].allSatisfy({ lexicon.isKnown($0) }) {
            for word in ways.joined() { _ = lexicon.insert(Array(word.utf8)[...], times: 0) }
        }
    }

    /// What each stem adds to a section's BM25F, and each stem's idf.
    func stemPostings() -> (Postings, [Float]) {
        let stems = lexicon.stems.keys.count
        var frequencies = [Int](repeating: 0, count: stems)
        forEachStem { stem, _, _, _ in frequencies[stem] += 1 }
        let information = frequencies.map { SectionRecipe.information(sections: bags.count, frequency: $0) }
        let (titleMean, bodyMean) = (Self.mean(titleLengths), Self.mean(bodyLengths))
        let titleNorms = titleLengths.map {
            1 - SectionRecipe.titleLength + SectionRecipe.titleLength * $0 / titleMean
        }
        let bodyNorms = bodyLengths.map { 1 - SectionRecipe.bodyLength + SectionRecipe.bodyLength * $0 / bodyMean }
        let postings = Postings(terms: stems, sections: bags.count) { visit in
            forEachStem { stem, section, title, body in
                visit(stem, section) {
                    let count =
                        Float(SectionRecipe.titleWeight) * title / titleNorms[section] + body / bodyNorms[section]
                    return information[stem] * count * (SectionRecipe.k1 + 1) / (SectionRecipe.k1 + count)
                }
            }
        }
        return (postings, information)
    }

    /// Every stem of every section, with how often its heading and its text have it.
    @inline(__always)
    private func forEachStem(_ visit: (_ stem: Int, _ section: Int, _ title: Float, _ body: Float) -> Void) {
        var counts = [(title: Float, body: Float)](repeating: (0, 0), count: lexicon.stems.keys.count)
        var stems: [Int] = []
        for section in 0..<bags.count {
            stems.removeAll(keepingCapacity: true)
            for place in bags.places(section) {
                let stem = Int(lexicon.stemOfWord[Int(bags.words[place])])
                if counts[stem] == (0, 0) { stems.append(stem) }
                counts[stem].title += Float(titleCounts[place])
                counts[stem].body += Float(bodyCounts[place])
            }
            for stem in stems {
                visit(stem, section, counts[stem].title, counts[stem].body)
                counts[stem] = (0, 0)
            }
        }
    }

    private static func mean(_ lengths: [Float]) -> Float {
        max(lengths.reduce(0, +) / Float(max(lengths.count, 1)), .leastNormalMagnitude)
    }
}

extension UInt16 {
    fileprivate mutating func increase() { if self < .max { self += 1 } }
}
