/// Suffixes with what each is for, asked for the first that a word ends in. Filed by their last letter: of a hundred
/// that leaves a handful to compare.
struct SuffixTable<Value: Sendable>: Sendable {
    typealias Entry = (suffix: Affix, value: Value)

    /// In the order of their last letters.
    private let entries: [Entry]
    /// Where the entries of each last byte, which is ASCII, start.
    private let starts: [Int]

    /// - Parameter suffixes: none of them empty; the first that fits is taken.
    init(_ suffixes: [Entry]) {
        var (entries, starts): ([Entry], [Int]) = ([], [])
        for last in 0...0x80 as ClosedRange<UInt64> {
            starts.append(entries.count)
            entries += suffixes.filter { $0.suffix.letters & 0xFF == last }
        }
        self.entries = entries
        self.starts = starts
    }

    /// The first suffix that the word ends in with at least `region` letters before it.
    func first(in word: [UInt8], after region: Int = 0) -> Entry? {
        guard let last = word.last, last < 0x80 else { return nil }
        let tail = word.tail()
        for index in starts[Int(last)]..<starts[Int(last) + 1] {
            let suffix = entries[index].suffix
            if tail.ends(in: suffix), word.count - suffix.count >= region { return entries[index] }
        }
        return nil
    }
}

extension SuffixTable where Value == Void {
    init(_ suffixes: [Affix]) { self.init(suffixes.map { ($0, ()) }) }
}
