/// Writes the folded words of one text between spaces.
struct WordWriter {
    /// Whether a letter or a mark was met that is another with its accents kept.
    var mayHaveAccents = false

    private let accents: Folding.Accents
    private let bytes: UnsafeMutablePointer<UInt8>
    private var count = 1
    /// Where the word being read starts, here and in the text; here -1 between words.
    private var start = -1
    private var originStart = 0
    private var originEnd = 0

    /// - Parameter room: for all that will be written, which is not checked; two bytes at least.
    init(_ room: UnsafeMutablePointer<UInt8>, accents: Folding.Accents) {
        self.accents = accents
        bytes = room
        bytes[0] = 0x20
    }

    /// Whether a word is being read.
    var isOpen: Bool { start >= 0 }

    /// A space, then each word followed by a space.
    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

    /// Takes the ASCII letters and digits of `text` from `position` on.
    /// - Returns: where they end.
    @inline(__always)
    mutating func takeLetters(
        of text: UnsafeBufferPointer<UInt8>, from position: Int, _ folds: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var (next, end) = (position, count)
        while next < text.count {
            let folded = folds[Int(text[next])]
            if folded == Folding.asciiSeparator || folded == Folding.noLetter { break }
            bytes[end] = folded
            end &+= 1
            next &+= 1
        }
        if next > position {
            begin(at: position)
            (count, originEnd) = (end, next)
        }
        return next
    }

    /// Takes a scalar beyond ASCII.
    /// - Returns: whether it ends a word.
    mutating func take(_ scalar: UInt32, from: Int, to end: Int) -> Bool {
        guard scalar != UTF8Decoding.invalid else { return isOpen }
        let folded = Folding.folded(scalar, accents: accents)
        if folded == Folding.separator { return isOpen }
        if folded == Folding.dropped {
            guard isOpen, let last = written.last else { return false }
            mayHaveAccents = mayHaveAccents || Folding.composed(UInt32(last), mark: scalar, accents: .kept) != nil
            if let letter = Folding.composed(UInt32(last), mark: scalar, accents: accents) {
                count -= 1
                append(packed: letter)
                originEnd = end
            }
            return false
        }
        if accents == .folded, !mayHaveAccents { mayHaveAccents = folded != Folding.folded(scalar, accents: .kept) }
        begin(at: from)
        append(packed: folded)
        originEnd = end
        return false
    }

    /// Ends the word being read.
    @inline(__always)
    mutating func close() -> Token {
        var hash = StableHash.basis
        for index in start..<count { hash = StableHash.adding(UInt32(bytes[index]), to: hash) }
        let token = Token(
            start: start, end: count, originStart: originStart, originEnd: originEnd, key: StableHash.finished(hash))
        append(0x20)
        start = -1
        return token
    }

    @inline(__always)
    private mutating func begin(at position: Int) {
        guard start < 0 else { return }
        start = count
        originStart = position
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        bytes[count] = byte
        count &+= 1
    }

    @inline(__always)
    private mutating func append(packed: UInt32) {
        var rest = packed
        while rest != 0 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
