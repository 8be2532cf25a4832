/// For each term the sections that contain it and what it adds to their score.
///
/// Each run of 65,536 sections has its own lists, so that two bytes name a section: six bytes a posting. A long list is
/// cut where ``window`` more sections begin, and the greatest weight of each piece is kept.
struct Postings: Sendable {
    /// Sections that a run has; a power of two.
    static let run = 65_536
    /// Sections that are scored together; divides ``run``.
    static let window = 2_048
    static let windowsPerRun = run / window
    /// From how many postings on a list is cut into windows.
    static let longList = 256

    let terms: Int
    /// How many sections there are.
    let sections: Int
    /// Of each run, where each of its lists starts, in the order of terms.
    let starts: [UInt32]
    /// A section's place in its run.
    let documents: [UInt16]
    let weights: [Float]
    /// The numbers of the long lists, ascending; a list's number is `run × terms + term`.
    let longLists: [UInt32]
    /// Of each long list, where each window of it starts.
    let windowStarts: [UInt32]
    /// Of each long list, the greatest weight in each window.
    let windowMaxima: [Float]

    /// - Parameter walk: gives each posting to its argument, sections in ascending order; called twice.
    init(
        terms: Int, sections: Int,
        _ walk: (_ visit: (_ term: Int, _ section: Int, _ weight: () -> Float) -> Void) -> Void
    ) {
        let runs = (sections + Self.run - 1) / Self.run
        var starts = [UInt32](repeating: 0, count: runs * terms + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            walk { term, section, _ in starts[section / Self.run * terms + term + 1] += 1 }
        }
        for list in 1..<max(starts.count, 1) { starts[list] += starts[list - 1] }
        var next = starts
        var documents = [UInt16](repeating: 0, count: Int(starts.last ?? 0))
        var weights = [Float](repeating: 0, count: documents.count)
        next.withUnsafeMutableBufferPointer { next in
            documents.withUnsafeMutableBufferPointer { documents in
                weights.withUnsafeMutableBufferPointer { weights in
                    walk { term, section, weight in
                        let list = section / Self.run * terms + term
                        documents[Int(next[list])] = UInt16(truncatingIfNeeded: section)
                        weights[Int(next[list])] = Self.exact(weight())
                        next[list] += 1
                    }
                }
            }
        }
        self.terms = terms
        self.sections = sections
        self.starts = starts
        self.documents = documents
        self.weights = weights
        (longLists, windowStarts, windowMaxima) = Self.windows(starts, documents, weights)
    }

    /// A multiple of 2⁻³⁰: some hundred of these, none above 2¹⁰, add up in a `Double` without rounding, so that their
    /// sum is the same in whatever order they are added.
    private static func exact(_ weight: Float) -> Float { (weight * 0x1p30).rounded() * 0x1p-30 }

    private static func windows(
        _ starts: [UInt32], _ documents: [UInt16], _ weights: [Float]
    ) -> (lists: [UInt32], starts: [UInt32], maxima: [Float]) {
        var (lists, windowStarts, maxima): ([UInt32], [UInt32], [Float]) = ([], [], [])
        for list in 0..<(starts.count - 1) where starts[list + 1] - starts[list] >= Self.longList {
            lists.append(UInt32(list))
            var place = Int(starts[list])
            for window in 0..<windowsPerRun {
                windowStarts.append(UInt32(place))
                var greatest: Float = 0
                while place < Int(starts[list + 1]), Int(documents[place]) < (window + 1) * Self.window {
                    greatest = max(greatest, weights[place])
                    place += 1
                }
                maxima.append(greatest)
            }
        }
        return (lists, windowStarts, maxima)
    }

    /// The postings of a term in a run.
    @inline(__always)
    func places(_ term: Int, run: Int) -> Range<Int> {
        Int(starts[run * terms + term])..<Int(starts[run * terms + term + 1])
    }

    /// Whether a section has the term.
    func contains(_ term: Int, in section: Int) -> Bool {
        let places = places(term, run: section / Self.run)
        var (low, high) = (places.lowerBound, places.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if Int(documents[middle]) < section % Self.run { low = middle + 1 } else { high = middle }
        }
        return low < places.upperBound && Int(documents[low]) == section % Self.run
    }

    /// Adds the term's weights, times `factor`, to the sections' scores.
    func add(_ term: Int, times factor: Double = 1, to scores: inout [Double]) {
        documents.withUnsafeBufferPointer { documents in
            weights.withUnsafeBufferPointer { weights in
                scores.withUnsafeMutableBufferPointer { scores in
                    for run in 0..<(sections + Self.run - 1) / Self.run {
                        for place in places(term, run: run) {
                            scores[run * Self.run + Int(documents[place])] += factor * Double(weights[place])
                        }
                    }
                }
            }
        }
    }
}
