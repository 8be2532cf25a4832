/// How likely each trigram is in each language.
struct TrigramScores: Sendable {
    let table: KeyTable
    /// A row for each trigram of the table, a column for each language: natural logarithms.
    let known: [Float]
    /// Of every other trigram.
    let unseen: [Float]

    @inline(__always)
    func withView<Result>(_ body: (View) -> Result) -> Result {
        table.withView { table in
            known.withUnsafeBufferPointer { known in
                unseen.withUnsafeBufferPointer { body(View(table: table, known: known, unseen: $0)) }
            }
        }
    }

    /// Lent scores, valid while ``TrigramScores/withView(_:)`` runs.
    struct View {
        let table: KeyTable.View
        let known: UnsafeBufferPointer<Float>
        let unseen: UnsafeBufferPointer<Float>

        /// Adds the logarithms of every trigram in a range of folded text to the languages' scores.
        func add(
            _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to scores: UnsafeMutableBufferPointer<Double>
        ) {
            TrigramScores.forEachTrigram(in: UnsafeBufferPointer(rebasing: bytes[range])) { add($0, to: scores) }
        }

        /// The same for the one trigram with the space between two words in its middle.
        @inline(__always)
        func add(
            _ bytes: UnsafeBufferPointer<UInt8>, across space: Int, to scores: UnsafeMutableBufferPointer<Double>
        ) {
            var (start, end) = (space - 1, space + 2)
            while bytes[start] & 0xC0 == 0x80 { start -= 1 }
            while bytes[end] & 0xC0 == 0x80 { end += 1 }
            if end - start > 3 { return add(bytes, start..<end, to: scores) }
            let (last, first) = (UInt32(bytes[start]), UInt32(bytes[space + 1]))
            if TrigramScores.isDigit(last) || TrigramScores.isDigit(first) { return }
            add(TrigramScores.trigram(last, 0x20, first), to: scores)
        }

        @inline(__always)
        private func add(_ key: UInt64, to scores: UnsafeMutableBufferPointer<Double>) {
            let index = table.index(of: key)
            for language in scores.indices {
                scores[language] += Double(index < 0 ? unseen[language] : known[index &* scores.count &+ language])
            }
        }
    }

    /// Three neighbouring letters or spaces; those with a digit say nothing about the language.
    @inline(__always)
    static func forEachTrigram(in bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
        var (first, second): (UInt32, UInt32) = (0, 0)
        var seen = 0
        var position = 0
        while position < bytes.count {
            let scalar = UTF8Decoding.scalar(in: bytes, at: &position)
            seen = isDigit(scalar) ? 0 : seen + 1
            if seen >= 3 { body(trigram(first, second, scalar)) }
            (first, second) = (second, scalar)
        }
    }

    @inline(__always)
    private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

    @inline(__always)
    private static func trigram(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
        let hash = StableHash.adding(second, to: StableHash.adding(first, to: StableHash.basis))
        return StableHash.finished(StableHash.adding(third, to: hash))
    }
}
