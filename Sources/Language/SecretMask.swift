/// Hides what customers should not have typed, before anybody stores it: numbers of payment cards, and passwords.
///
/// A card number has 13 to 19 digits, in any groups, begins as the networks' do (ISO/IEC 7812: 2 to 6) and ends with
/// Luhn's check digit (annex B); its last four digits stay, so that people can tell which card it was. A password is
/// what follows a word for it and a colon, or a word for it, a form of *to be*, and has a digit, a sign or a capital
/// inside: "mi contraseña es incorrecta" tells none.
public struct SecretMask: Sendable {
    /// Words for a password, folded.
    private let words: Set<String>
    /// Forms of *to be* between the word and the password, folded.
    private let links: Set<String>
    /// What the words begin with: most messages have none of these.
    private let beginnings: Set<UInt8>

    private static let cardLengths = 13...19
    private static let keptDigits = 4
    private static let dot = Array("•".utf8)

    /// A mask with the words of all languages that customers write in.
    public init(words: [String], links: [String]) {
        self.words = Set(words.compactMap(Self.folded))
        self.links = Set(links.compactMap(Self.folded))
        beginnings = Set(self.words.compactMap(\.utf8.first))
    }

    /// The text with its secrets hidden; nil where it has none.
    /// - Complexity: O(bytes); a text with fewer digits than a card and no word for a password is only looked through.
    public func masked(_ text: String) -> String? {
        var bytes = Array(text.utf8)
        var hidden: [Range<Int>] = []
        let found = (passwords(text, bytes) + cards(bytes)).sorted { $0.lowerBound < $1.lowerBound }
        for range in found where range.lowerBound >= hidden.last?.upperBound ?? 0 { hidden.append(range) }
        guard !hidden.isEmpty else { return nil }
        for range in hidden.reversed() { bytes.replaceSubrange(range, with: Self.dot) }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Cards

    /// Each digit to hide, by its place.
    private func cards(_ bytes: [UInt8]) -> [Range<Int>] {
        guard bytes.lazy.filter(\.isDigit).count >= Self.cardLengths.lowerBound else { return [] }
        var hidden: [Range<Int>] = []
        var run: [[Int]] = []
        func flush() {
            var start = 0
            while start < run.count {
                let end = (start..<run.count).reversed().first { isCard(bytes, run[start...$0]) }
                if let end {
                    hidden += run[start...end].joined().dropLast(Self.keptDigits).map { $0..<($0 + 1) }
                    start = end + 1
                } else {
                    start += 1
                }
            }
            run = []
        }
        var offset = 0
        while offset < bytes.count {
            guard bytes[offset].isDigit else {
                offset += 1
                continue
            }
            let start = offset
            while offset < bytes.count, bytes[offset].isDigit { offset += 1 }
            if let last = run.last?.last, !bytes[(last + 1)..<start].isSeparator { flush() }
            run.append(Array(start..<offset))
        }
        flush()
        return hidden
    }

    private func isCard(_ bytes: [UInt8], _ groups: ArraySlice<[Int]>) -> Bool {
        guard Self.cardLengths.contains(groups.reduce(0) { $0 + $1.count }) else { return false }
        let digits = groups.joined().map { Int(bytes[$0] - 0x30) }
        guard let first = digits.first, (2...6).contains(first) else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let doubled = digit.offset % 2 == 0 ? digit.element : digit.element * 2
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum % 10 == 0
    }

    // MARK: - Passwords

    private func passwords(_ text: String, _ bytes: [UInt8]) -> [Range<Int>] {
        guard bytes.contains(where: { beginnings.contains($0 | 0x20) || $0 >= 0x80 }) else { return [] }
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        var hidden: [Range<Int>] = []
        for place in buffer.tokens.indices where words.contains(buffer.word(place)) {
            var start = Int(buffer.tokens[place].origin.upperBound)
            var isTold = false
            if place + 1 < buffer.tokens.count, links.contains(buffer.word(place + 1)) {
                start = Int(buffer.tokens[place + 1].origin.upperBound)
            }
            while start < bytes.count, bytes[start] == 0x20 || Self.marks.contains(bytes[start]) {
                isTold = isTold || Self.marks.contains(bytes[start])
                start += 1
            }
            var end = start
            while end < bytes.count, bytes[end] != 0x20 { end += 1 }
            while end > start, Self.ends.contains(bytes[end - 1]) { end -= 1 }
            let isLinked = start > Int(buffer.tokens[place].origin.upperBound) + 1
            if end > start, isTold || isLinked && isSecret(bytes[start..<end]) { hidden.append(start..<end) }
        }
        return hidden
    }

    /// Whether a word looks as no ordinary one does.
    private func isSecret(_ word: ArraySlice<UInt8>) -> Bool {
        word.contains { $0.isDigit || $0 < 0x80 && !$0.isLetter }
            || word.dropFirst().contains { $0 >= 0x41 && $0 <= 0x5A }
    }

    private static let marks: Set<UInt8> = [UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "\"")]
    private static let ends: Set<UInt8> = [UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "\"")]

    private static func folded(_ word: String) -> String? {
        var buffer = TokenBuffer()
        buffer.tokenize(word)
        return buffer.tokens.isEmpty ? nil : buffer.word(0)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    fileprivate var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
}

extension ArraySlice<UInt8> {
    /// Whether it may stand between two groups of one number.
    fileprivate var isSeparator: Bool { count <= 2 && allSatisfy { $0 == 0x20 || $0 == 0x2D || $0 == 0x2E } }
}
