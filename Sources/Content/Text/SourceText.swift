/// A file of the editors with its line structure, so that every problem can be told with line and column.
///
/// The bytes are valid UTF-8 without a byte order mark; LF, CR LF and CR end a line.
struct SourceText: Sendable {
    /// A place in a file, both counted from 1, the column in characters.
    struct Position: Equatable {
        let line: Int
        let column: Int
    }

    let path: String
    let bytes: [UInt8]
    /// The bytes of each line without its line end.
    let lines: [Range<Int>]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        lines = Self.lineRanges(self.bytes)
    }

    static func lineRanges(_ bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                ranges.append(start..<index)
                if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
                start = index + 1
            }
            index += 1
        }
        if start < bytes.count { ranges.append(start..<bytes.count) }
        return ranges
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// The text of a line counted from 1; empty where there is no such line.
    func line(_ number: Int) -> String {
        lines.indices.contains(number - 1) ? string(lines[number - 1]) : ""
    }

    /// Index of the line that holds a byte offset.
    func lineIndex(at offset: Int) -> Int {
        var low = 0
        var high = lines.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lines[middle].lowerBound <= offset { low = middle } else { high = middle }
        }
        return low
    }

    func position(of offset: Int) -> Position {
        guard !lines.isEmpty else { return Position(line: 1, column: 1) }
        let index = lineIndex(at: offset)
        let start = lines[index].lowerBound
        let end = min(max(offset, start), lines[index].upperBound)
        return Position(line: index + 1, column: string(start..<end).count + 1)
    }

    /// The range without blanks (spaces and tabs) at either end.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, bytes[lower].isBlank { lower += 1 }
        while upper > lower, bytes[upper - 1].isBlank { upper -= 1 }
        return lower..<upper
    }

    /// The range's parts between separators, each trimmed, with where it stands.
    func split(_ range: Range<Int>, at separator: UInt8) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where bytes[index] == separator {
            parts.append(trimmed(start..<index))
            start = index + 1
        }
        parts.append(trimmed(start..<range.upperBound))
        return parts
    }

    /// Offset of the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates); nil where all is well.
    static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            case 0xF1...0xF3: length = 4
            default: return index
            }
            guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return index }
            for trail in index + 2..<max(index + 2, index + length) where bytes[trail] & 0xC0 != 0x80 { return index }
            index += length
        }
        return nil
    }
}

extension UInt8 {
    /// Space or tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// ASCII punctuation as CommonMark lists it (2.1).
    var isASCIIPunctuation: Bool {
        switch self {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}

extension String {
    /// The parts between line feeds. Over bytes: splitting by `Character` took a quarter of the time of a load.
    func lines(omittingEmpty: Bool) -> [String] {
        utf8.split(separator: 0x0A, omittingEmptySubsequences: omittingEmpty).map { String(Substring($0)) }
    }
}
