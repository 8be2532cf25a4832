import Language

/// Character n-grams as hash keys.
enum LetterGroups {
    /// No letter starts more groups than these; see ``forEach(in:_:)``.
    static let mostOfLetter = 2

    /// Every run of 3 and 4 letters or spaces of `units`, across words. Runs of 2 would tell nothing more, and take half
    /// as much time again.
    @inline(__always)
    static func forEach(in units: UnsafeBufferPointer<UInt32>, _ body: (UInt64) -> Void) {
        for start in 0..<max(units.count - 2, 0) { forEach(in: units, from: start, body) }
    }

    /// Those that start at `start`, behind which two more letters or spaces stand.
    @inline(__always)
    static func forEach(in units: UnsafeBufferPointer<UInt32>, from start: Int, _ body: (UInt64) -> Void) {
        var hash = StableHash.adding(units[start], to: StableHash.basis)
        hash = StableHash.adding(units[start + 1], to: hash)
        hash = StableHash.adding(units[start + 2], to: hash)
        body(StableHash.finished(hash))
        if start + 3 < units.count { body(StableHash.finished(StableHash.adding(units[start + 3], to: hash))) }
    }

    /// How many of them lie within a word of so many letters and the spaces around it.
    static func count(inWordOf letters: Int) -> Int { 2 * letters - 1 }

    /// Every run of 3, 4 and 5 letters inside a word and the spaces around it.
    /// - Parameter body: whether the longer groups that begin as this one does are wanted too.
    @inline(__always)
    static func forEachInWords(_ units: UnsafeBufferPointer<UInt32>, _ body: (UInt64) -> Bool) {
        var space = 0
        for start in 0..<max(units.count - 2, 0) {
            if units[start] == 0x20 { space = start }
            var hash = StableHash.basis
            for position in start..<min(start + 5, units.count) {
                hash = StableHash.adding(units[position], to: hash)
                if position >= start + 2, !body(StableHash.finished(hash)) { break }
                if units[position] == 0x20, position > space { break }
            }
        }
    }
}

/// The key of two neighbouring stems by their numbers; the text's start and end count as stems too.
enum StemPair {
    static let start = Int(UInt32.max) - 1
    static let end = Int(UInt32.max)

    @inline(__always)
    static func key(_ first: Int, _ second: Int) -> UInt64 {
        let hash = StableHash.adding(UInt32(truncatingIfNeeded: first), to: StableHash.basis)
        return StableHash.finished(StableHash.adding(UInt32(truncatingIfNeeded: second), to: hash))
    }
}
