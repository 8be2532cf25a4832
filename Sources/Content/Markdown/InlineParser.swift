/// Reads running text (CommonMark 0.30, appendix "A parsing strategy", phase 2) in linear time.
struct InlineParser {
    private enum Item {
        case inline(MarkdownInline)
        case run(Int)
    }

    private struct Bracket {
        let item: Int
        /// The last delimiter run before the bracket.
        let delimiter: Int
    }

    private let bytes: [UInt8]
    private var index = 0
    private var textStart = 0
    private var items: [Item] = []
    private var delimiters = DelimiterList()
    private var brackets: [Bracket] = []
    /// Brackets below this index stand around a link and cannot become one.
    private var inactiveBrackets = 0
    /// For each length of a run of backticks: where the runs of that length begin, in order.
    private let backtickRuns: [Int: [Int]]

    /// Lines end in LF, without indentation; blanks at the very end are dropped.
    static func parse(_ text: [UInt8]) -> [MarkdownInline] {
        var end = text.count
        while end > 0, text[end - 1].isBlank || text[end - 1] == 0x0A { end -= 1 }
        var parser = InlineParser(Array(text[..<end]))
        return parser.run()
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        backtickRuns = Self.backtickRuns(bytes)
    }

    private mutating func run() -> [MarkdownInline] {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): readEscape()
            case UInt8(ascii: "&"): readEntity()
            case UInt8(ascii: "`"): readCode()
            case UInt8(ascii: "<"): readAutolink()
            case UInt8(ascii: "*"), UInt8(ascii: "_"): readDelimiters()
            case UInt8(ascii: "["):
                flush()
                brackets.append(Bracket(item: items.count, delimiter: delimiters.last))
                append(.text("["))
            case UInt8(ascii: "]"): readClosingBracket()
            case 0x0A: readLineEnd()
            default: index += 1
            }
        }
        flush()
        delimiters.process(above: -1)
        return assembled()
    }

    // MARK: - Pieces

    private mutating func flush() {
        if textStart < index {
            items.append(.inline(.text(String(decoding: bytes[textStart..<index], as: UTF8.self))))
        }
        textStart = index
    }

    /// Appends an inline that takes `length` bytes.
    private mutating func append(_ inline: MarkdownInline, length: Int = 1) {
        flush()
        items.append(.inline(inline))
        index += length
        textStart = index
    }

    private mutating func readEscape() {
        guard index + 1 < bytes.count else {
            index += 1
            return
        }
        let next = bytes[index + 1]
        if next == 0x0A {
            append(.hardBreak, length: 2)
            skipBlanks()
        } else if next.isASCIIPunctuation {
            append(.text(String(Unicode.Scalar(next))), length: 2)
        } else {
            index += 1
        }
    }

    private mutating func readEntity() {
        if let entity = InlineText.entity(bytes[index...]) {
            append(.text(entity.text), length: entity.length)
        } else {
            index += 1
        }
    }

    private mutating func readCode() {
        let start = index
        let length = bytes[start...].prefix { $0 == UInt8(ascii: "`") }.count
        guard let closing = backtickRun(of: length, after: start) else {
            index += length
            return
        }
        var code = bytes[start + length..<closing].map { $0 == 0x0A ? 0x20 : $0 }
        if code.count >= 2, code.first == 0x20, code.last == 0x20, code.contains(where: { $0 != 0x20 }) {
            code = Array(code.dropFirst().dropLast())
        }
        append(.code(String(decoding: code, as: UTF8.self)), length: closing + length - start)
    }

    private mutating func readAutolink() {
        guard let link = Autolink.parse(bytes, at: index) else {
            index += 1
            return
        }
        let mark = MarkdownInline.Mark.link(destination: link.destination, title: "")
        append(.open(mark), length: 0)
        items.append(.inline(.text(link.text)))
        items.append(.inline(.close(mark)))
        index = link.end
        textStart = index
    }

    private mutating func readDelimiters() {
        flush()
        let mark = bytes[index]
        var end = index
        while end < bytes.count, bytes[end] == mark { end += 1 }
        delimiters.append(bytes, index..<end, item: items.count)
        items.append(.run(delimiters.runs.count - 1))
        index = end
        textStart = index
    }

    private mutating func readClosingBracket() {
        guard let bracket = brackets.popLast() else {
            index += 1
            return
        }
        let isActive = brackets.count >= inactiveBrackets
        inactiveBrackets = min(inactiveBrackets, brackets.count)
        guard isActive, let target = LinkTarget.parse(bytes, at: index + 1) else {
            index += 1
            return
        }
        flush()
        delimiters.process(above: bracket.delimiter)
        let mark = MarkdownInline.Mark.link(destination: target.destination, title: target.title)
        items[bracket.item] = .inline(.open(mark))
        items.append(.inline(.close(mark)))
        inactiveBrackets = brackets.count
        index = target.end
        textStart = index
    }

    private mutating func readLineEnd() {
        var end = index
        while end > textStart, bytes[end - 1].isBlank { end -= 1 }
        let isHard = index - end >= 2 && bytes[index - 1] == 0x20 && bytes[index - 2] == 0x20
        if textStart < end { items.append(.inline(.text(String(decoding: bytes[textStart..<end], as: UTF8.self)))) }
        items.append(.inline(isHard ? .hardBreak : .softBreak))
        index += 1
        skipBlanks()
    }

    private mutating func skipBlanks() {
        while index < bytes.count, bytes[index].isBlank { index += 1 }
        textStart = index
    }

    // MARK: - Assembly

    /// Runs become marks and text; neighbouring text becomes one piece.
    private func assembled() -> [MarkdownInline] {
        var result: [MarkdownInline] = []
        var text = ""
        func flushText() {
            if !text.isEmpty { result.append(.text(text)) }
            text = ""
        }
        func add(_ inline: MarkdownInline) {
            if case .text(let part) = inline {
                text += part
            } else {
                flushText()
                result.append(inline)
            }
        }
        for item in items {
            switch item {
            case .inline(let inline): add(inline)
            case .run(let number):
                let run = delimiters.runs[number]
                for mark in run.closes { add(.close(mark)) }
                if run.left > 0 { text += String(repeating: Character(Unicode.Scalar(run.mark)), count: run.left) }
                for mark in run.opens.reversed() { add(.open(mark)) }
            }
        }
        flushText()
        return result
    }

    /// The next run of that length. A run may begin in the middle of a longer one whose first backtick is escaped.
    private func backtickRun(of length: Int, after start: Int) -> Int? {
        guard let runs = backtickRuns[length] else { return nil }
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle] > start { high = middle } else { low = middle + 1 }
        }
        return low < runs.count ? runs[low] : nil
    }

    private static func backtickRuns(_ bytes: [UInt8]) -> [Int: [Int]] {
        var runs: [Int: [Int]] = [:]
        var index = 0
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index] == UInt8(ascii: "`") { index += 1 }
            if index > start { runs[index - start, default: []].append(start) } else { index += 1 }
        }
        return runs
    }
}
