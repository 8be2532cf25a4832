/// Finds the word that somebody probably meant.
enum Spelling {
    /// The candidate nearest to `word`, folded, at most a third of its letters (and at least two) away; the first of equals.
    static func nearest(_ word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(Anchor.fold(word).utf8.prefix(40))
        let limit = max(2, wanted.count / 3)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let other = Array(Anchor.fold(candidate).utf8.prefix(40))
            guard abs(other.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, other)
            if distance <= limit, distance < best?.distance ?? .max, distance < max(wanted.count, other.count) {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// Optimal string alignment: one insertion, deletion, replacement or swap of neighbours counts one.
    static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        guard !first.isEmpty else { return second.count }
        guard !second.isEmpty else { return first.count }
        var beforePrevious = [Int](repeating: 0, count: second.count + 1)
        var previous = Array(0...second.count)
        for row in 1...first.count {
            var current = [Int](repeating: row, count: second.count + 1)
            for column in 1...second.count {
                let same = first[row - 1] == second[column - 1]
                current[column] = min(
                    previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                    current[column] = min(current[column], beforePrevious[column - 2] + 1)
                }
            }
            beforePrevious = previous
            previous = current
        }
        return previous[second.count]
    }
}
