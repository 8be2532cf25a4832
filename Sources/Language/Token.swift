/// One word of a text: where it stands folded and where it stood in what was written.
public struct Token: Sendable, Equatable {
    @usableFromInline let start: Int32
    @usableFromInline let end: Int32
    private let originStart: Int32
    private let originEnd: Int32
    /// ``StableHash`` of the folded word.
    public let key: UInt64

    init(start: Int, end: Int, originStart: Int, originEnd: Int, key: UInt64) {
        self.key = key
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
        self.originStart = Int32(truncatingIfNeeded: originStart)
        self.originEnd = Int32(truncatingIfNeeded: originEnd)
    }

    /// The word at another place.
    func moved(by shift: Int, origin: Range<Int>) -> Token {
        Token(
            start: range.lowerBound + shift, end: range.upperBound + shift, originStart: origin.lowerBound,
            originEnd: origin.upperBound, key: key)
    }

    /// Byte offsets in ``TokenBuffer/bytes``.
    @inlinable
    @inline(__always)
    public var range: Range<Int> { Int(start)..<Int(end) }

    /// Byte offsets in the text that was tokenized.
    public var origin: Range<Int> { Int(originStart)..<Int(originEnd) }
}
