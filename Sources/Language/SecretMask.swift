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
    /// The letters without accents that the words begin with: a message that has none of these tells no password.
    private let beginnings: [[UInt8]]
    /// The first of these letters, in both cases.
    private let isBeginning: [Bool]

    private static let cardLengths = 13...19
    private static let keptDigits = 4
    private static let dot = Array("•".utf8)

    /// A mask with the words of all languages that customers write in.
    public init(words: [String], links: [String]) {
        self.words = Set(words.compactMap(Self.folded))
        self.links = Set(links.compactMap(Self.folded))
        let beginnings = self.words.sorted().map { Array($0.utf8.prefix(while: \.isASCIILetter)) }
        self.beginnings = beginnings
        isBeginning = (0..<256).map { byte in beginnings.contains { $0.first == UInt8(byte) | 0x20 } }
    }

    /// The text with its secrets hidden; nil where it has none.
    /// - Complexity: O(bytes); a text with fewer digits than a card and no word for a password is only looked through.
    public func masked(_ text: String) -> String? {
        var text = text
        let (mayHaveCard, mayHavePassword) = text.withUTF8 { bytes in
            (bytes.count(where: \.isASCIIDigit) >= Self.cardLengths.lowerBound, hasBeginning(bytes))
        }
        guard mayHaveCard || mayHavePassword else { return nil }
        var bytes = Array(text.utf8)
        var hidden: [Range<Int>] = []
        let found = ((mayHavePassword ? passwords(text, bytes) : []) + (mayHaveCard ? cards(bytes) : [])).sorted {
            $0.lowerBound < $1.lowerBound
        }
        for range in found where range.lowerBound >= hidden.last?.upperBound ?? 0 { hidden.append(range) }
        guard !hidden.isEmpty else { return nil }
        for range in hidden.reversed() { bytes.replaceSubrange(range, with: Self.dot) }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Cards

    /// Each digit to hide, by its place.
    private func cards(_ bytes: [UInt8]) -> [Range<Int>] {
        var hidden: [Range<Int>] = []
        // The places of one run's digits, and where its groups begin and end among them.
        var digits: [Int] = []
        var borders = [0]
        func flush() {
            var start = 0
            while start < borders.count - 1 {
                if let end = cardEnd(bytes, digits, borders, from: start) {
                    let card = digits[borders[start]..<borders[end]]
                    hidden += card.dropLast(Self.keptDigits).map { $0..<($0 + 1) }
                    start = end
                } else {
                    start += 1
                }
            }
            (digits, borders) = ([], [0])
        }
        var offset = 0
        while offset < bytes.count {
            guard bytes[offset].isASCIIDigit else {
                offset += 1
                continue
            }
            if let last = digits.last, !bytes[(last + 1)..<offset].isSeparator { flush() }
            while offset < bytes.count, bytes[offset].isASCIIDigit {
                digits.append(offset)
                offset += 1
            }
            borders.append(digits.count)
        }
        flush()
        return hidden
    }

    /// The border behind the longest card number that begins at a border.
    private func cardEnd(_ bytes: [UInt8], _ digits: [Int], _ borders: [Int], from start: Int) -> Int? {
        guard (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(bytes[digits[borders[start]]]) else { return nil }
        var found: Int?
        for end in (start + 1)..<borders.count {
            let count = borders[end] - borders[start]
            if count > Self.cardLengths.upperBound { break }
            if count >= Self.cardLengths.lowerBound, isChecked(bytes, digits[borders[start]..<borders[end]]) {
                found = end
            }
        }
        return found
    }

    /// Whether the last digit is Luhn's.
    private func isChecked(_ bytes: [UInt8], _ digits: ArraySlice<Int>) -> Bool {
        var (sum, isDoubled) = (0, false)
        for place in digits.reversed() {
            let digit = Int(bytes[place] - 0x30) * (isDoubled ? 2 : 1)
            sum += digit > 9 ? digit - 9 : digit
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }

    // MARK: - Passwords

    private func hasBeginning(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.indices.contains { start in
            isBeginning[Int(bytes[start])] && (start == 0 || !bytes[start - 1].isASCIILetter)
                && beginnings.contains { beginning in
                    start + beginning.count <= bytes.count
                        && beginning.indices.allSatisfy { bytes[start + $0] | 0x20 == beginning[$0] }
                }
        }
    }

    private func passwords(_ text: String, _ bytes: [UInt8]) -> [Range<Int>] {
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
        word.contains { $0.isASCIIDigit || $0 < 0x80 && !$0.isASCIILetter }
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

extension ArraySlice<UInt8> {
    /// Whether it may stand between two groups of one number.
    fileprivate var isSeparator: Bool { count <= 2 && allSatisfy { $0 == 0x20 || $0 == 0x2D || $0 == 0x2E } }
}
