/// The items of a list that editors write as data: phrases, choices, slot values, teams.
struct ListItems {
    /// Where each item's text stands; an item may go on over indented lines.
    private(set) var items: [Range<Int>] = []
    /// Lines that belong to no item.
    private(set) var strayLines: [Range<Int>] = []

    init(_ source: SourceText, _ lines: Range<Int>) {
        var isOpen = false
        for index in lines {
            let line = source.lines[index]
            let text = source.trimmed(line)
            if text.isEmpty {
                isOpen = false
            } else if let item = Self.item(source, text) {
                items.append(item)
                isOpen = true
            } else if isOpen, source.bytes[line.lowerBound].isBlank, let last = items.popLast() {
                items.append(last.lowerBound..<text.upperBound)
            } else {
                strayLines.append(text)
                isOpen = false
            }
        }
    }

    /// An item's text on one line.
    static func text(_ source: SourceText, _ range: Range<Int>) -> String {
        let isBreak: (UInt8) -> Bool = { $0 <= 0x20 }
        // Most items are words with one space between.
        var previous: UInt8 = 0
        let isPlain = source.bytes[range].allSatisfy { byte in
            defer { previous = byte }
            return !isBreak(byte) || (byte == 0x20 && previous != 0x20)
        }
        if isPlain { return source.string(range) }
        return source.bytes[range].split(whereSeparator: isBreak).map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: " ")
    }

    /// Splits `key: rest`; without a colon the whole is the key.
    static func keyAndRest(_ source: SourceText, _ item: Range<Int>) -> (key: Range<Int>, rest: Range<Int>?) {
        guard let colon = item.first(where: { source.bytes[$0] == UInt8(ascii: ":") }) else { return (item, nil) }
        return (source.trimmed(item.lowerBound..<colon), source.trimmed(colon + 1..<item.upperBound))
    }

    private static func item(_ source: SourceText, _ text: Range<Int>) -> Range<Int>? {
        let first = source.bytes[text.lowerBound]
        var marker = text.lowerBound + 1
        if first.isASCIIDigit {
            while marker < text.upperBound, source.bytes[marker].isASCIIDigit { marker += 1 }
            guard marker < text.upperBound,
                source.bytes[marker] == UInt8(ascii: ".") || source.bytes[marker] == UInt8(ascii: ")")
            else { return nil }
            marker += 1
        } else if !"-*+".utf8.contains(first) {
            return nil
        }
        guard marker == text.upperBound || source.bytes[marker].isBlank else { return nil }
        return source.trimmed(marker..<text.upperBound)
    }
}
