/// The distinct words of each section, with how often it has them: five bytes a word.
struct WordBags: Sendable {
    private(set) var words: [UInt32] = []
    /// The heading's count as often as it weighs; 255 stands for more.
    private(set) var counts: [UInt8] = []
    private var ends: [UInt32] = []

    /// How many sections there are.
    var count: Int { ends.count }

    mutating func append(_ word: Int, count: Int) {
        words.append(UInt32(word))
        counts.append(UInt8(min(count, Int(UInt8.max))))
    }

    mutating func endSection() { ends.append(UInt32(words.count)) }

    /// Where a section's words stand.
    @inline(__always)
    func places(_ section: Int) -> Range<Int> {
        (section == 0 ? 0 : Int(ends[section - 1]))..<Int(ends[section])
    }
}
