/// `<https://…>` and `<name@example.com>` (CommonMark 6.4).
enum Autolink {
    struct Link {
        let text: String
        let destination: String
        /// Offset after the closing `>`.
        let end: Int
    }

    static func parse(_ bytes: [UInt8], at start: Int) -> Link? {
        var end = start + 1
        while end < bytes.count, bytes[end] > 0x20, bytes[end] != UInt8(ascii: "<"), bytes[end] != UInt8(ascii: ">") {
            end += 1
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">"), end > start + 1 else { return nil }
        let inside = bytes[start + 1..<end]
        let text = String(decoding: inside, as: UTF8.self)
        if hasScheme(inside) { return Link(text: text, destination: text, end: end + 1) }
        if isAddress(inside) { return Link(text: text, destination: "mailto:" + text, end: end + 1) }
        return nil
    }

    private static func hasScheme(_ text: ArraySlice<UInt8>) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), let first = text.first, first.isASCIILetter
        else { return false }
        let scheme = text[..<colon]
        return (2...32).contains(scheme.count)
            && scheme.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+.-".utf8.contains($0) }
    }

    private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
        guard let at = text.firstIndex(of: UInt8(ascii: "@")) else { return false }
        let isWord: (UInt8) -> Bool = { $0.isASCIILetter || $0.isASCIIDigit }
        let name = text[..<at]
        let labels = text[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return !name.isEmpty && name.allSatisfy { isWord($0) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains($0) }
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
                    && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            }
    }
}
