/// A place in a line, which knows that a tab reaches to the next multiple of four columns (CommonMark 2.2).
struct LineCursor {
    let bytes: [UInt8]
    let end: Int
    private(set) var offset: Int
    private(set) var column = 0
    /// A tab that was taken only in part: the rest of its columns are spaces of the text.
    private(set) var isInsideTab = false

    private(set) var nextNonspace = 0
    private(set) var nextNonspaceColumn = 0

    init(_ bytes: [UInt8], _ line: Range<Int>) {
        self.bytes = bytes
        offset = line.lowerBound
        end = line.upperBound
        findNextNonspace()
    }

    var indent: Int { nextNonspaceColumn - column }
    var isBlankLine: Bool { nextNonspace >= end }
    var isIndentedCode: Bool { indent >= 4 }
    /// The first byte that is no blank; 0 on a blank line.
    var firstByte: UInt8 { nextNonspace < end ? bytes[nextNonspace] : 0 }
    /// The line from its first byte that is no blank.
    var rest: ArraySlice<UInt8> { bytes[nextNonspace..<max(end, nextNonspace)] }

    var byte: UInt8? { offset < end ? bytes[offset] : nil }

    mutating func findNextNonspace() {
        var index = offset
        var columns = column
        while index < end, bytes[index].isBlank {
            columns += bytes[index] == 0x09 ? 4 - columns % 4 : 1
            index += 1
        }
        nextNonspace = index
        nextNonspaceColumn = columns
    }

    mutating func advanceToNonspace() {
        offset = nextNonspace
        column = nextNonspaceColumn
        isInsideTab = false
    }

    mutating func advance(bytes count: Int) {
        for _ in 0..<count where offset < end {
            if bytes[offset] == 0x09 { column += 4 - column % 4 } else { column += 1 }
            offset += 1
        }
        isInsideTab = false
        findNextNonspace()
    }

    mutating func advance(columns count: Int) {
        var left = count
        while left > 0, offset < end {
            if bytes[offset] == 0x09 {
                let toTab = 4 - column % 4
                isInsideTab = toTab > left
                let taken = min(left, toTab)
                column += taken
                if !isInsideTab { offset += 1 }
                left -= taken
            } else {
                isInsideTab = false
                offset += 1
                column += 1
                left -= 1
            }
        }
        findNextNonspace()
    }

    /// Takes one blank's columns if a blank comes next.
    mutating func skipOneBlank() {
        if let byte, byte.isBlank { advance(columns: 1) }
    }

    mutating func moveToEnd() {
        offset = end
        findNextNonspace()
    }

    /// What is left of the line, with the columns of a tab cut in two as spaces.
    func remainder() -> [UInt8] {
        guard isInsideTab, offset < end else { return Array(bytes[min(offset, end)..<end]) }
        return [UInt8](repeating: 0x20, count: 4 - column % 4) + bytes[offset + 1..<end]
    }
}
