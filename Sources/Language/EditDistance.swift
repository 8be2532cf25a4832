/// How many single edits lie between two words: insert, delete, replace a letter, or swap two neighbours
/// (optimal string alignment: no letter is edited twice).
public enum EditDistance {
    /// The one edit that makes two words equal.
    public enum OneEdit: Sendable, Equatable {
        /// A letter is missing, is too much or is another.
        case change
        /// A letter is that of the next key, or n for ñ, which not every keyboard has.
        case slip
        /// Two neighbouring letters changed places.
        case swap
    }

    /// The edit between two words at distance exactly 1; nil for equal words and for all further ones.
    ///
    /// Works on units of a letter each; over UTF-8 an edited ñ would count as two.
    /// - Complexity: O(length), stopping at the second difference.
    public static func oneEdit(_ one: [UInt32], _ other: [UInt32]) -> OneEdit? {
        let (longer, shorter) = one.count >= other.count ? (one, other) : (other, one)
        let difference = longer.count - shorter.count
        guard difference <= 1 else { return nil }
        var front = 0
        while front < shorter.count, longer[front] == shorter[front] { front += 1 }
        if front == shorter.count { return difference == 1 ? .change : nil }
        var back = 0
        while back < shorter.count - front, longer[longer.count - 1 - back] == shorter[shorter.count - 1 - back] {
            back += 1
        }
        let rest = shorter.count - front - back
        if rest == 1, difference == 0 { return isSlip(longer[front], shorter[front]) ? .slip : .change }
        if rest == 0 { return .change }
        guard difference == 0, rest == 2 else { return nil }
        return longer[front] == shorter[front + 1] && longer[front + 1] == shorter[front] ? .swap : nil
    }

    private static func isSlip(_ one: UInt32, _ other: UInt32) -> Bool {
        Keyboard.areNeighbours(one, other) || (min(one, other) == 0x6E && max(one, other) == 0xF1)
    }

    /// The distance between two words if it is at most `limit`, else nil.
    /// - Complexity: O(lengths' product) in time.
    public static func distance(_ one: String, _ other: String, limit: Int = .max) -> Int? {
        let (a, b) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
        guard abs(a.count - b.count) <= limit else { return nil }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            if let least = row.min(), least > limit { return nil }
            (beforeLast, last) = (last, row)
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }

    /// The known word with the fewest edits from `word`, letter case aside; of equal ones the first, nil without any.
    ///
    /// For places where a near word is always named, such as a command line's: however far it is.
    public static func nearest(_ word: String, among known: some Sequence<String>) -> String? {
        nearest(word, among: known, limit: .max)
    }

    /// The known word that `word` was most likely meant to be, letter case aside: at most a third of its letters and at
    /// least two edits away, and not another word altogether; of equally near ones the first.
    public static func likely(_ word: String, among known: some Sequence<String>) -> String? {
        let length = word.unicodeScalars.prefix(longest).count
        return nearest(word, among: known, limit: max(2, length / 3)) { distance, candidate in
            distance < max(length, candidate.unicodeScalars.count)
        }
    }

    /// A word of somebody else may be as long as a line; what makes it a known one stands at its beginning.
    private static let longest = 40

    private static func nearest(
        _ word: String, among known: some Sequence<String>, limit: Int,
        where isNear: (Int, String) -> Bool = { _, _ in true }
    ) -> String? {
        let wanted = beginning(word)
        var limit = limit
        var best: String?
        for candidate in known {
            let other = beginning(candidate)
            guard let distance = distance(wanted, other, limit: limit), isNear(distance, other) else { continue }
            best = candidate
            limit = distance - 1
            if limit < 0 { break }
        }
        return best
    }

    private static func beginning(_ word: String) -> String {
        String(String.UnicodeScalarView(word.unicodeScalars.prefix(longest))).lowercased()
    }
}
