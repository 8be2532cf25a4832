/// A table in comma-separated values (RFC 4180): quotes, line ends within them, CR LF or LF.
struct CSVTable {
    struct Field {
        let text: String
        /// Where the field's text begins.
        let offset: Int
    }

    private(set) var rows: [[Field]] = []

    private let source: SourceText
    private var index = 0

    init(_ source: SourceText, _ problems: inout Problems) {
        self.source = source
        while index < source.bytes.count {
            guard let row = readRow(&problems) else { break }
            if row.count > 1 || row.first?.text.isEmpty == false { rows.append(row) }
        }
    }

    /// nil after a quote that is never closed: what follows cannot be told apart.
    private mutating func readRow(_ problems: inout Problems) -> [Field]? {
        var row: [Field] = []
        while true {
            let isQuoted = index < source.bytes.count && source.bytes[index] == UInt8(ascii: "\"")
            guard let field = isQuoted ? readQuoted(&problems) : readPlain(&problems) else { return nil }
            row.append(field)
            guard index < source.bytes.count, source.bytes[index] == UInt8(ascii: ",") else { break }
            index += 1
        }
        if index < source.bytes.count, source.bytes[index] == 0x0D { index += 1 }
        if index < source.bytes.count, source.bytes[index] == 0x0A { index += 1 }
        return row
    }

    private mutating func readPlain(_ problems: inout Problems) -> Field {
        let start = index
        while index < source.bytes.count, !isEnd(source.bytes[index]) {
            if source.bytes[index] == UInt8(ascii: "\"") {
                problems.report(.csvStrayQuote, in: source, at: index, hint: .hintCSVQuote)
                skipToEnd()
                break
            }
            index += 1
        }
        return Field(text: source.string(source.trimmed(start..<index)), offset: start)
    }

    private mutating func readQuoted(_ problems: inout Problems) -> Field? {
        let quote = UInt8(ascii: "\"")
        let start = index
        index += 1
        var text: [UInt8] = []
        while index < source.bytes.count {
            let byte = source.bytes[index]
            index += 1
            guard byte == quote else {
                text.append(byte)
                continue
            }
            if index < source.bytes.count, source.bytes[index] == quote {
                text.append(quote)
                index += 1
                continue
            }
            if index < source.bytes.count, !isEnd(source.bytes[index]) {
                problems.report(.csvStrayQuote, in: source, at: index - 1, hint: .hintCSVQuote)
                skipToEnd()
            }
            return Field(text: String(decoding: text, as: UTF8.self), offset: start)
        }
        problems.report(.csvUnclosedQuote, in: source, at: start, hint: .hintCSVQuote)
        return nil
    }

    private func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D }

    private mutating func skipToEnd() {
        while index < source.bytes.count, !isEnd(source.bytes[index]) { index += 1 }
    }
}
