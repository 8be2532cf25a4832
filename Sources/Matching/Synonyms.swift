import Language

/// Editors' synonyms of one language: groups of words and phrases that mean the same. The first of a group is what the
/// others are read as, in what is learned from and in what customers write; a word is any of its forms.
struct Synonyms: Sendable {
    /// Of each group, its ways to say it as folded words.
    let groups: [[[String]]]
    /// Of each group, what it is read as.
    let readings: [TokenBuffer]
    private let runs: SynonymRuns
    private let stemmer: Stemmer?

    init(_ groups: [[String]], language: String?) {
        let stemmer = language.flatMap { Stemmer(language: $0) }
        var buffer = TokenBuffer()
        var (read, readings): ([[[String]]], [TokenBuffer]) = ([], [])
        for group in groups {
            let ways = group.map { way in
                buffer.tokenize(way)
                return buffer.tokens.indices.map { buffer.word($0) }
            }.filter { !$0.isEmpty }
            guard let first = ways.first else { continue }
            buffer.tokenize(first.joined(separator: " "))
            read.append(ways)
            readings.append(buffer)
        }
        self.groups = read
        self.readings = readings
        self.stemmer = stemmer
        runs = SynonymRuns(read.map { $0.map { $0.map { Self.key(Array($0.utf8), stemmer) } } })
    }

    var isEmpty: Bool { groups.isEmpty }

    /// All words of all groups.
    var words: [String] { groups.flatMap { $0.flatMap { $0 } } }

    private static func key(_ word: [UInt8], _ stemmer: Stemmer?) -> UInt64 {
        var stem = word
        stemmer?.stem(&stem)
        return StableHash.of(stem)
    }

    /// Puts the first of its group in the place of each.
    /// - Returns: whether the text has any.
    @discardableResult
    func writeOut(_ text: inout TokenBuffer) -> Bool {
        var stems = MetStems()
        return writeOut(&text, &stems)
    }

    /// The stems of words that were met before: many texts have few different ones.
    struct MetStems {
        fileprivate var words = KeyIndexer()
        fileprivate var stems: [UInt64] = []
    }

    /// The same, for one text after another.
    @discardableResult
    func writeOut(_ text: inout TokenBuffer, _ known: inout MetStems) -> Bool {
        guard !isEmpty else { return false }
        let keys = text.tokens.map { token in
            let number = known.words.insert(token.key)
            if number == known.stems.count { known.stems.append(Self.key(Array(text.bytes[token.range]), stemmer)) }
            return known.stems[number]
        }
        let found = runs.find(keys.count) { keys[$0] }
        for place in found.reversed() { text.replace(place.words, with: readings[place.group]) }
        return !found.isEmpty
    }

    /// A phrase likewise.
    func writingOut(_ phrase: String) -> String { writingOut([phrase])[0] }

    /// Many phrases likewise.
    func writingOut(_ phrases: [String]) -> [String] {
        guard !isEmpty else { return phrases }
        var stems = MetStems()
        var buffer = TokenBuffer()
        return phrases.map { phrase in
            buffer.tokenize(phrase)
            guard writeOut(&buffer, &stems) else { return phrase }
            return buffer.tokens.indices.map { buffer.word($0) }.joined(separator: " ")
        }
    }
}

extension Synonyms {
    /// A rule that matches what messages are read as.
    func writingOut(_ rule: RulePattern) -> RulePattern {
        guard !isEmpty else { return rule }
        return RulePattern(
            writingOut(rule.body), before: rule.before.map { .init($0.words.map(word), within: $0.within) },
            startsMessage: rule.startsMessage, endsMessage: rule.endsMessage,
            excluded: rule.excluded.map { writingOut($0) })
    }

    /// The word that a word is read as, itself where that is more than one.
    private func word(_ word: String) -> String {
        let read = writingOut(word)
        return read.contains(" ") ? word : read
    }

    private func writingOut(_ element: RuleElement) -> RuleElement {
        switch element {
        case .slot: return element
        case .gap(let most, let banned): return .gap(atMost: most, without: banned.map(word))
        case .optional(let part): return .optional(writingOut(part))
        case .alternatives(let parts): return .alternatives(parts.map { writingOut($0) })
        case .word: return writingOut(.sequence([element]))
        case .sequence(let parts):
            var read: [RuleElement] = []
            var words: [String] = []
            func close() {
                read += writingOut(words.joined(separator: " ")).split(separator: " ").map { .word(String($0)) }
                words = []
            }
            for part in parts {
                if case .word(let word) = part {
                    words.append(word)
                } else {
                    close()
                    read.append(writingOut(part))
                }
            }
            close()
            return read.count == 1 ? read[0] : .sequence(read)
        }
    }
}
