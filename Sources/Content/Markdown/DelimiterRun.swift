/// A run of `*` or `_` in running text, and whether it may open or close emphasis (CommonMark 6.2).
struct DelimiterRun {
    let mark: UInt8
    let length: Int
    /// Marks that have found no partner yet.
    var left: Int
    let canOpen: Bool
    let canClose: Bool
    /// Index of the item that stands for the run in the text.
    let item: Int
    var previous: Int
    var next = -1
    /// What the run closes, in order; then come the marks that are left; then what it opens, the outermost last.
    var closes: [MarkdownInline.Mark] = []
    var opens: [MarkdownInline.Mark] = []

    init(_ bytes: [UInt8], _ range: Range<Int>, item: Int, previous: Int) {
        mark = bytes[range.lowerBound]
        length = range.count
        left = length
        self.item = item
        self.previous = previous
        let before = Self.side(Self.scalar(before: range.lowerBound, in: bytes))
        let after = Self.side(Self.scalar(at: range.upperBound, in: bytes))
        let isLeft = after != .space && (after != .punctuation || before != .other)
        let isRight = before != .space && (before != .punctuation || after != .other)
        if mark == UInt8(ascii: "_") {
            canOpen = isLeft && (!isRight || before == .punctuation)
            canClose = isRight && (!isLeft || after == .punctuation)
        } else {
            canOpen = isLeft
            canClose = isRight
        }
    }

    /// Rule of three (6.2, rules 9 and 10).
    func matches(_ closer: DelimiterRun) -> Bool {
        guard mark == closer.mark, canOpen else { return false }
        guard closer.canOpen || canClose, closer.length % 3 != 0 else { return true }
        return (length + closer.length) % 3 != 0
    }

    private enum Side { case space, punctuation, other }

    private static func side(_ scalar: Unicode.Scalar?) -> Side {
        guard let scalar else { return .space }
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            if byte.isASCIIPunctuation { return .punctuation }
            return byte == 0x20 || (0x09...0x0D).contains(byte) ? .space : .other
        }
        switch scalar.properties.generalCategory {
        case .spaceSeparator: return .space
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return .punctuation
        default: return .other
        }
    }

    private static func scalar(before index: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
        guard index > 0 else { return nil }
        var start = index - 1
        while start > 0, index - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self).unicodeScalars.last
    }

    private static func scalar(at index: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
        guard index < bytes.count else { return nil }
        return String(decoding: bytes[index..<min(bytes.count, index + 4)], as: UTF8.self).unicodeScalars.first
    }
}
