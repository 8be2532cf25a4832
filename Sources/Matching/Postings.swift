/// For each term the sections that contain it and what it adds to their score.
struct Postings: Sendable {
    private let starts: [UInt32]
    private let documents: [UInt32]
    private let weights: [Float]

    /// - Parameter entries: in ascending order of section within each term.
    init(terms: Int, entries: [(term: UInt32, document: UInt32, weight: Float)]) {
        var starts = [UInt32](repeating: 0, count: terms + 1)
        for entry in entries { starts[Int(entry.term) + 1] += 1 }
        for term in 0..<terms { starts[term + 1] += starts[term] }
        var next = starts
        var documents = [UInt32](repeating: 0, count: entries.count)
        var weights = [Float](repeating: 0, count: entries.count)
        for entry in entries {
            let place = Int(next[Int(entry.term)])
            documents[place] = entry.document
            weights[place] = entry.weight
            next[Int(entry.term)] += 1
        }
        self.starts = starts
        self.documents = documents
        self.weights = weights
    }

    /// In how many sections the term occurs.
    func frequency(_ term: Int) -> Int { Int(starts[term + 1] - starts[term]) }

    /// Adds the term's weights, times `factor`, to the sections' scores.
    func add(_ term: Int, times factor: Float = 1, to scores: inout [Float]) {
        documents.withUnsafeBufferPointer { documents in
            weights.withUnsafeBufferPointer { weights in
                scores.withUnsafeMutableBufferPointer { scores in
                    for place in Int(starts[term])..<Int(starts[term + 1]) {
                        scores[Int(documents[place])] += factor * weights[place]
                    }
                }
            }
        }
    }
}
