import Language

/// The numbers that tune section search, measured on frequently asked questions and on encyclopaedia passages.
enum SectionRecipe {
    static let titleWeight: Float = 4
    /// BM25's saturation.
    static let k1: Float = 1.5
    /// How much a field's length counts.
    static let titleLength: Float = 0.3
    static let bodyLength: Float = 0.75
    /// Weight of the letter groups beside BM25F.
    static let cosineShare: Float = 0.6

    /// BM25's idf, above zero for words that most sections have as well.
    static func information(sections: Int, frequency: Int) -> Float {
        let (sections, frequency) = (Double(sections), Double(frequency))
        return Float(Logarithm.natural(1 + (sections - frequency + 0.5) / (frequency + 0.5)))
    }
}

/// Gathers the terms of sections and turns them into postings.
struct SectionIndexBuilder {
    private(set) var lexicon: LexiconBuilder
    private(set) var groups = KeyIndexer(capacity: 16_384)
    private var sections = 0
    private var stemEntries: [(term: UInt32, document: UInt32, title: UInt16, body: UInt16)] = []
    private var groupEntries: [(term: UInt32, document: UInt32, count: UInt16)] = []
    private var titleLengths: [Float] = []
    private var bodyLengths: [Float] = []
    private var buffer = TokenBuffer()
    private var units: [UInt32] = []
    /// Counts in the section being read, by term; zero between sections.
    private var titleCounts: [UInt16] = []
    private var bodyCounts: [UInt16] = []
    private var groupCounts: [UInt16] = []

    init(language: String?) { lexicon = LexiconBuilder(languages: [language]) }

    mutating func add(_ document: SearchDocument) {
        var stems: [Int] = []
        var groups: [Int] = []
        // Titles made from file names have underscores for spaces.
        let title = String(([document.title] + document.questions).joined(separator: "\n").map { $0 == "_" ? " " : $0 })
        titleLengths.append(Float(read(title, isTitle: true, &stems, &groups)))
        bodyLengths.append(Float(read(document.body, isTitle: false, &stems, &groups)))
        let section = UInt32(sections)
        for stem in stems {
            stemEntries.append((UInt32(stem), section, titleCounts[stem], bodyCounts[stem]))
            titleCounts[stem] = 0
            bodyCounts[stem] = 0
        }
        for group in groups {
            groupEntries.append((UInt32(group), section, groupCounts[group]))
            groupCounts[group] = 0
        }
        sections += 1
    }

    /// Counts the terms of a field; terms new to the section are added to `stems` and `groups`.
    /// - Returns: the field's words.
    private mutating func read(_ text: String, isTitle: Bool, _ stems: inout [Int], _ groups: inout [Int]) -> Int {
        buffer.tokenize(text)
        for token in buffer.tokens {
            let stem = lexicon.insert(buffer.bytes[token.range])
            if stem == titleCounts.count {
                titleCounts.append(0)
                bodyCounts.append(0)
            }
            if titleCounts[stem] == 0, bodyCounts[stem] == 0 { stems.append(stem) }
            if isTitle { titleCounts[stem].increase(by: 1) } else { bodyCounts[stem].increase(by: 1) }
        }
        Letters.decode(buffer.bytes[...], into: &units)
        let weight = isTitle ? UInt16(SectionRecipe.titleWeight) : 1
        units.withUnsafeBufferPointer { units in
            LetterGroups.forEachInWords(units) { key in
                let group = self.groups.insert(key)
                if group == groupCounts.count { groupCounts.append(0) }
                if groupCounts[group] == 0 { groups.append(group) }
                groupCounts[group].increase(by: weight)
            }
        }
        return buffer.tokens.count
    }

    /// What each stem adds to a section's BM25F, and each stem's idf.
    func stemPostings() -> (Postings, [Float]) {
        var frequencies = [Int](repeating: 0, count: titleCounts.count)
        for entry in stemEntries { frequencies[Int(entry.term)] += 1 }
        let information = frequencies.map { SectionRecipe.information(sections: sections, frequency: $0) }
        let (titleMean, bodyMean) = (Self.mean(titleLengths), Self.mean(bodyLengths))
        let entries = stemEntries.map { entry in
            let section = Int(entry.document)
            let titleLength =
                1 - SectionRecipe.titleLength + SectionRecipe.titleLength * titleLengths[section] / titleMean
            let bodyLength = 1 - SectionRecipe.bodyLength + SectionRecipe.bodyLength * bodyLengths[section] / bodyMean
            let count =
                SectionRecipe.titleWeight * Float(entry.title) / titleLength + Float(entry.body) / bodyLength
            let weight =
                information[Int(entry.term)] * count * (SectionRecipe.k1 + 1) / (SectionRecipe.k1 + count)
            return (term: entry.term, document: entry.document, weight: weight)
        }
        return (Postings(terms: frequencies.count, entries: entries), information)
    }

    /// What each letter group adds to a section's cosine, and each group's idf.
    func groupPostings() -> (Postings, [Float]) {
        var frequencies = [Int](repeating: 0, count: groupCounts.count)
        for entry in groupEntries { frequencies[Int(entry.term)] += 1 }
        let byFrequency = (0...sections).map { Logarithm.information(phrases: sections, frequency: $0) }
        let information = frequencies.map { byFrequency[$0] }
        var entries = groupEntries.map { entry in
            (
                term: entry.term, document: entry.document,
                weight: Logarithm.damped(entry.count) * information[Int(entry.term)]
            )
        }
        var squares = [Float](repeating: 0, count: sections)
        for entry in entries { squares[Int(entry.document)] += entry.weight * entry.weight }
        let scales = squares.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
        for index in entries.indices { entries[index].weight *= scales[Int(entries[index].document)] }
        return (Postings(terms: frequencies.count, entries: entries), information)
    }

    private static func mean(_ lengths: [Float]) -> Float {
        max(lengths.reduce(0, +) / Float(max(lengths.count, 1)), .leastNormalMagnitude)
    }
}

extension UInt16 {
    fileprivate mutating func increase(by amount: UInt16) {
        let (sum, overflow) = addingReportingOverflow(amount)
        self = overflow ? .max : sum
    }
}
