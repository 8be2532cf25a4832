/// Suffixes with what each is for, asked for the first that a word ends in. Filed by their last letter: of a hundred
/// that leaves a handful to compare.
struct SuffixTable<Value: Sendable>: Sendable {
    typealias Entry = (suffix: StaticString, value: Value)

    /// By the last byte, which is ASCII.
    private var entries = [[Entry]](repeating: [], count: 128)

    /// - Parameter suffixes: none of them empty; the first that fits is taken.
    init(_ suffixes: [Entry]) {
        for entry in suffixes {
            entries[Int(entry.suffix.utf8Start[entry.suffix.utf8CodeUnitCount - 1] & 0x7F)].append(entry)
        }
    }

    /// The first suffix that the word ends in with at least `region` letters before it.
    func first(in word: [UInt8], after region: Int = 0) -> Entry? {
        guard let last = word.last else { return nil }
        for entry in entries[Int(last & 0x7F)]
        where word.count - entry.suffix.utf8CodeUnitCount >= region && word.ends(in: entry.suffix) {
            return entry
        }
        return nil
    }
}

extension SuffixTable where Value == Void {
    init(_ suffixes: [StaticString]) { self.init(suffixes.map { ($0, ()) }) }
}
