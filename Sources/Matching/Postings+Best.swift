/// A section and its score.
struct ScoredSection: Sendable, Equatable {
    let section: Int
    let score: Double

    /// Whether it stands below another: a lower score, or the same and a higher number.
    func isBelow(_ other: ScoredSection) -> Bool {
        score < other.score || (score == other.score && section > other.section)
    }
}

extension Postings {
    /// A list that is being read.
    private struct Cursor {
        /// What is left of the list.
        var places: Range<Int>
        /// How often the question has the term.
        let factor: Double
        /// Index of its first window where the list is long, or -1.
        let firstWindow: Int
        /// The greatest weight of a short list.
        let greatest: Float
        /// The postings of the present window, and what they add to a score at most.
        var window: Range<Int> = 0..<0
        var bound = 0.0
    }

    /// The sections with the highest scores, best first, of equal ones the first: the same as scoring all would find.
    ///
    /// MaxScore (Turtle and Flood, 1995) by windows of sections, as block-max indexes do: in each window the terms that
    /// even together can't lift a section above the worst that was kept are only looked up for those that the other
    /// terms brought near; a window whose terms can't reach it at all is passed over.
    /// - Parameter terms: distinct terms, each with how often the question has it.
    func best(_ limit: Int, of terms: [(term: Int, factor: Double)]) -> [ScoredSection] {
        var best = BestSections(limit: limit)
        var scores = [Double](repeating: 0, count: Self.window)
        var touched = [UInt64](repeating: 0, count: Self.window / 64)
        for run in 0..<(sections + Self.run - 1) / Self.run {
            var cursors = terms.map { cursor($0.term, $0.factor, run: run) }.filter { !$0.places.isEmpty }
            for window in 0..<Self.windowsPerRun {
                var reachable = 0.0
                for index in cursors.indices {
                    enter(window, &cursors[index])
                    reachable += cursors[index].bound
                }
                guard reachable > best.least else { continue }
                cursors.sort { $0.bound < $1.bound }
                score(cursors, from: run * Self.run + window * Self.window, &scores, &touched, &best)
            }
        }
        return best.sorted()
    }

    private func cursor(_ term: Int, _ factor: Double, run: Int) -> Cursor {
        let places = places(term, run: run)
        var (low, high) = (0, longLists.count)
        let list = UInt32(run * terms + term)
        while low < high {
            let middle = (low + high) / 2
            if longLists[middle] < list { low = middle + 1 } else { high = middle }
        }
        let isLong = low < longLists.count && longLists[low] == list
        return Cursor(
            places: places, factor: factor, firstWindow: isLong ? low * Self.windowsPerRun : -1,
            greatest: isLong ? 0 : weights[places].max() ?? 0)
    }

    private func enter(_ window: Int, _ cursor: inout Cursor) {
        let start = cursor.places.lowerBound
        var end = start
        if cursor.firstWindow >= 0 {
            let isLast = window == Self.windowsPerRun - 1
            end = isLast ? cursor.places.upperBound : Int(windowStarts[cursor.firstWindow + window + 1])
            cursor.bound = cursor.factor * Double(windowMaxima[cursor.firstWindow + window])
        } else {
            while end < cursor.places.upperBound, Int(documents[end]) < (window + 1) * Self.window { end += 1 }
            cursor.bound = end > start ? cursor.factor * Double(cursor.greatest) : 0
        }
        cursor.window = start..<end
        cursor.places = end..<cursor.places.upperBound
    }

    /// Scores the sections of a window that may be among the best.
    /// - Parameters:
    ///   - cursors: in ascending order of their bounds.
    ///   - scores: zero for every section of a window, before and after; so is `touched`, a bit for each.
    private func score(
        _ cursors: [Cursor], from first: Int, _ scores: inout [Double], _ touched: inout [UInt64],
        _ best: inout BestSections
    ) {
        // Lists that by themselves lead nowhere.
        var optional = 0
        var optionalBound = 0.0
        while optional < cursors.count, optionalBound + cursors[optional].bound <= best.least {
            optionalBound += cursors[optional].bound
            optional += 1
        }
        let mask = Self.window - 1
        documents.withUnsafeBufferPointer { documents in
            weights.withUnsafeBufferPointer { weights in
                scores.withUnsafeMutableBufferPointer { scores in
                    touched.withUnsafeMutableBufferPointer { touched in
                        for cursor in cursors[optional...] {
                            for place in cursor.window {
                                let section = Int(documents[place]) & mask
                                scores[section] += cursor.factor * Double(weights[place])
                                touched[section >> 6] |= 1 << UInt64(section & 63)
                            }
                        }
                    }
                }
            }
        }
        var starts = cursors[..<optional].map(\.window.lowerBound)
        for word in touched.indices {
            var bits = touched[word]
            touched[word] = 0
            while bits != 0 {
                let section = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                var score = scores[section]
                scores[section] = 0
                var left = optionalBound
                var index = optional - 1
                while index >= 0, score + left > best.least {
                    let cursor = cursors[index]
                    left -= cursor.bound
                    starts[index] = place(of: section, from: starts[index], in: cursor)
                    if starts[index] < cursor.window.upperBound, Int(documents[starts[index]]) & mask == section {
                        score += cursor.factor * Double(weights[starts[index]])
                    }
                    index -= 1
                }
                if index < 0, score > best.least { best.insert(ScoredSection(section: first + section, score: score)) }
            }
        }
    }

    /// The first posting of the window, from `start` on, whose section is no lower.
    @inline(__always)
    private func place(of section: Int, from start: Int, in cursor: Cursor) -> Int {
        let mask = Self.window - 1
        var (low, step) = (start, 1)
        while low + step < cursor.window.upperBound, Int(documents[low + step]) & mask < section {
            low += step
            step *= 2
        }
        var high = min(low + step, cursor.window.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if Int(documents[middle]) & mask < section { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The best of many sections: a heap with the worst on top.
private struct BestSections {
    private let limit: Int
    private var heap: [ScoredSection] = []
    /// What a section met later must have more than.
    private(set) var least = 0.0

    init(limit: Int) {
        self.limit = limit
        heap.reserveCapacity(limit)
    }

    /// - Parameter section: of more than ``least``, and of a higher number than those before.
    mutating func insert(_ section: ScoredSection) {
        if heap.count < limit {
            heap.append(section)
            var child = heap.count - 1
            while child > 0, heap[child].isBelow(heap[(child - 1) / 2]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else {
            heap[0] = section
            var parent = 0
            while true {
                var child = 2 * parent + 1
                if child >= limit { break }
                if child + 1 < limit, heap[child + 1].isBelow(heap[child]) { child += 1 }
                guard heap[child].isBelow(heap[parent]) else { break }
                heap.swapAt(child, parent)
                parent = child
            }
        }
        if heap.count == limit { least = heap[0].score }
    }

    func sorted() -> [ScoredSection] { heap.sorted { $1.isBelow($0) } }
}
