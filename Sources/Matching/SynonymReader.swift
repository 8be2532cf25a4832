import Language

/// Reads words of messages as the first of their group. It goes by the numbers of their stems, which matching has
/// found already: no word is stemmed again. A reference, since each message takes it in hand.
final class SynonymReader: Sendable {
    let synonyms: Synonyms
    private let runs: SynonymRuns
    /// Of each group, the known words that it is read as, and their stems.
    private let words: [[Int]]
    private let stems: [[Int]]

    /// - Parameter lexicon: knows the groups' words; a group that it does not know is left out.
    init(_ synonyms: Synonyms, _ lexicon: Lexicon) {
        self.synonyms = synonyms
        words = synonyms.groups.map { $0[0].map { lexicon.words.table.index(of: StableHash.of($0.utf8)) } }
        stems = synonyms.groups.map { $0[0].map { lexicon.stem(ofKnown: StableHash.of($0.utf8)) } }
        runs = SynonymRuns(
            zip(words, synonyms.groups).map { words, ways in
                guard !words.contains(-1) else { return [] }
                return ways.map { $0.map { lexicon.stem(ofKnown: StableHash.of($0.utf8)) } }
                    .filter { !$0.contains(-1) }.map { $0.map(Self.key) }
            })
    }

    private static func key(_ stem: Int) -> UInt64 {
        StableHash.finished(StableHash.adding(UInt32(truncatingIfNeeded: stem), to: StableHash.basis))
    }

    /// Reads the scratch's message, whose words and stems the lexicon has found, anew where it has a synonym.
    /// - Parameter least: words whose stems have lower numbers stay as they are.
    func read(_ scratch: inout MatchScratch, from least: Int = 0) {
        guard !synonyms.isEmpty else { return }
        let found = scratch.stems.withUnsafeBufferPointer { stems in
            runs.find(stems.count) { stems[$0] >= least ? Self.key(stems[$0]) : 0 }
        }
        guard !found.isEmpty else { return }
        scratch.spelled = scratch.text
        scratch.spelledStems.removeAll(keepingCapacity: true)
        scratch.spelledStems.append(contentsOf: scratch.stems)
        var shift = 0
        for place in found {
            let length = words[place.group].count
            let start = place.words.lowerBound + shift
            scratch.synonyms.append(SynonymPlace(written: place.words, read: start..<start + length))
            shift += length - place.words.count
        }
        scratch.repaired = scratch.repaired.compactMap { scratch.positionUnlessSynonym($0) }
        for place in found.reversed() {
            scratch.text.replace(place.words, with: synonyms.readings[place.group])
            scratch.words.replaceSubrange(place.words, with: words[place.group])
            scratch.stems.replaceSubrange(place.words, with: stems[place.group])
        }
    }

}

/// Words of a message that are read as a synonym.
struct SynonymPlace: Sendable, Equatable {
    /// Where they stand among the words as written.
    let written: Range<Int>
    /// Where what they are read as stands in the text.
    let read: Range<Int>
}

extension MatchScratch {
    /// The message's words as far as spelling goes, before synonyms were read: what names things by their own name.
    public var written: TokenBuffer { synonyms.isEmpty ? text : spelled }

    /// The bytes of these words.
    public var writtenBytes: [UInt8] { synonyms.isEmpty ? text.bytes : spelled.bytes }

    /// What was read as a synonym: which words of ``text`` stand for which written ones.
    public var readSynonyms: [(words: Range<Int>, written: String)] {
        synonyms.map { place in
            (place.read, place.written.map { spelled.word($0) }.joined(separator: " "))
        }
    }

    /// Where a written word stands in the text; nil where it was read as a synonym.
    func positionUnlessSynonym(_ position: Int) -> Int? {
        guard let before = synonyms.last(where: { $0.written.lowerBound <= position }) else { return position }
        guard position >= before.written.upperBound else { return nil }
        return position - before.written.upperBound + before.read.upperBound
    }

    /// Where mentions in the written words stand in the text; one that cuts through a synonym takes in all of it.
    func placed(_ mention: SlotMention) -> SlotMention {
        func position(_ boundary: Int, isEnd: Bool) -> Int {
            guard let before = synonyms.last(where: { $0.written.lowerBound < boundary }) else { return boundary }
            if boundary >= before.written.upperBound {
                return boundary - before.written.upperBound + before.read.upperBound
            }
            return isEnd ? before.read.upperBound : before.read.lowerBound
        }
        return SlotMention(
            start: position(mention.start, isEnd: false), end: position(mention.end, isEnd: true))
    }
}
