import Language

extension SectionGroups {
    /// The cosine of each of some sections.
    ///
    /// Each distinct word of these sections is looked at once for the question's groups, however many have it.
    /// - Parameter scratch: after ``read(_:)``.
    /// - Complexity: O(words of these sections)
    func cosines(
        of sections: [ScoredSection], bags: WordBags, words: WordList, _ scratch: inout MatchScratch
    ) -> [Float] {
        let question = QuestionGroups(scratch)
        for group in scratch.features.indices {
            scratch.values[group] *= information[Int(scratch.features[group])]
        }
        scratch.sections.begin(words: words.count, groups: scratch.features.count)
        defer { scratch.sections.end() }
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: words.longest + 2) { letters in
            sections.map { section in
                let sum = scratch.sections.sum(scratch.values, of: bags, bags.places(section.section)) { word, found in
                    letters[0] = 0x20
                    let room = UnsafeMutableBufferPointer(rebasing: letters[1...])
                    let count = words.letters(word, to: room) + 2
                    letters[count - 1] = 0x20
                    question.append(of: UnsafeBufferPointer(rebasing: letters[..<count]), to: &found)
                }
                return sum * scales[section.section]
            }
        }
    }
}

/// The letter groups of a question, ready to be found in many words.
private struct QuestionGroups {
    private let keys: KeyTable
    /// A bit for each three letters that stand together in the question; most of a word's don't.
    private var threes = [UInt64](repeating: 0, count: Self.bits / 64)
    private static let bits = 4_096

    init(_ scratch: MatchScratch) {
        keys = KeyTable(keys: scratch.sections.keys)
        var last: UInt32 = 0
        for unit in scratch.units {
            let bit = Self.bit(of: unit, &last)
            threes[bit >> 6] |= 1 << UInt64(bit & 63)
        }
    }

    /// - Parameter last: the last three letters, mixed; with `unit` afterwards.
    @inline(__always)
    private static func bit(of unit: UInt32, _ last: inout UInt32) -> Int {
        last = (last << 8 ^ unit) & 0xFF_FFFF
        return Int((last &* 0x9E37_79B1) >> 20)
    }

    /// Appends the places of those groups of a word, spaces around it, that the question has.
    @inline(__always)
    func append(of letters: UnsafeBufferPointer<UInt32>, to found: inout [UInt16]) {
        keys.withView { keys in
            threes.withUnsafeBufferPointer { threes in
                var last: UInt32 = 0
                for position in letters.indices {
                    let bit = Self.bit(of: letters[position], &last)
                    guard position >= 2, threes[bit >> 6] >> UInt64(bit & 63) & 1 != 0 else { continue }
                    var hash = StableHash.basis
                    for end in position - 2..<min(position + 3, letters.count) {
                        hash = StableHash.adding(letters[end], to: hash)
                        guard end >= position else { continue }
                        let group = keys.index(of: StableHash.finished(hash))
                        guard group >= 0 else { break }
                        found.append(UInt16(truncatingIfNeeded: group))
                    }
                }
            }
        }
    }
}

/// Storage for the second stage of a search.
struct SectionScratch: Sendable {
    /// Of each letter group of the question its key.
    var keys: [UInt64] = []
    /// Of each word that was looked at, where its groups stand in `found` and how many they are; zero for all others.
    private var places: [UInt64] = []
    private var looked: [UInt32] = []
    /// The question's groups that each word has, by their place in `keys`.
    private var found: [UInt16] = []
    /// How often the section being read has each group of the question; zero between sections.
    private var counts: [UInt32] = []
    private var counted: [UInt16] = []

    mutating func begin(words: Int, groups: Int) {
        if places.count < words { places = [UInt64](repeating: 0, count: words) }
        if counts.count < groups { counts = [UInt32](repeating: 0, count: groups) }
    }

    /// Forgets the words that were looked at.
    mutating func end() {
        for word in looked { places[Int(word)] = 0 }
        looked.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
    }

    /// The sum of `values` over the groups that a section's words have, each as often as damping leaves.
    /// - Parameters:
    ///   - range: the section's words in `bags`.
    ///   - look: appends the groups of a word.
    @inline(__always)
    mutating func sum(
        _ values: [Float], of bags: WordBags, _ range: Range<Int>,
        _ look: (_ word: Int, _ found: inout [UInt16]) -> Void
    ) -> Float {
        bags.words.withUnsafeBufferPointer { words in
            for place in range where places[Int(words[place])] == 0 {
                let start = found.count
                look(Int(words[place]), &found)
                places[Int(words[place])] = UInt64(start) << 32 | UInt64(found.count - start) << 1 | 1
                looked.append(words[place])
            }
            count(words, bags.counts, range)
        }
        var sum: Float = 0
        for group in counted {
            sum += Logarithm.damped(UInt16(clamping: counts[Int(group)])) * values[Int(group)]
            counts[Int(group)] = 0
        }
        counted.removeAll(keepingCapacity: true)
        return sum
    }

    private mutating func count(_ words: UnsafeBufferPointer<UInt32>, _ times: [UInt8], _ range: Range<Int>) {
        let (places, found) = (self.places, self.found)
        places.withUnsafeBufferPointer { places in
            found.withUnsafeBufferPointer { found in
                counts.withUnsafeMutableBufferPointer { counts in
                    for place in range {
                        let held = places[Int(words[place])]
                        // Most words share nothing with the question.
                        guard held & 0xFFFF_FFFE != 0 else { continue }
                        let start = Int(held >> 32)
                        for index in start..<start + Int(held & 0xFFFF_FFFF) >> 1 {
                            let group = found[index]
                            if counts[Int(group)] == 0 { counted.append(group) }
                            counts[Int(group)] += UInt32(times[place])
                        }
                    }
                }
            }
        }
    }
}
