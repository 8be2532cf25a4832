/// How the shop writes the numbers of its orders: `#` stands for a digit, `@` for a letter, anything else for itself.
/// Blanks, hyphens and points may be left out or put in between; letter case does not matter.
public struct OrderNumber: Sendable, Equatable {
    /// As the settings have it: `#####`, `ES-@@-######`.
    public let pattern: String
    private let parts: [UInt8]

    /// Five digits.
    public static let standard = OrderNumber(parts: Array("#####".utf8), pattern: "#####")

    /// A pattern of ASCII with at least three digits or letters; nil for anything else.
    public init?(_ pattern: String) {
        let parts = pattern.utf8.filter { !Self.isSeparator($0) }
        guard parts.allSatisfy({ Self.isPlaceholder($0) || $0.isASCIILetter || $0.isASCIIDigit }),
            parts.filter(Self.isPlaceholder).count >= 3, parts.count <= 40
        else { return nil }
        self.init(parts: parts, pattern: pattern)
    }

    private init(parts: [UInt8], pattern: String) {
        self.parts = parts
        self.pattern = pattern
    }

    /// Where a number that begins at an offset ends; nil where none does.
    public func end(in bytes: [UInt8], from start: Int) -> Int? {
        var offset = start
        for (index, part) in parts.enumerated() {
            if index > 0, !isPlain { while offset < bytes.count, Self.isSeparator(bytes[offset]) { offset += 1 } }
            guard offset < bytes.count, Self.fits(bytes[offset], part) else { return nil }
            offset += 1
        }
        return offset
    }

    /// Whether a text is such a number and nothing else.
    public func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return end(in: bytes, from: 0) == bytes.count
    }

    /// The number as the shop writes it: letters in upper case, its own separators.
    public func canonical(_ written: String) -> String {
        var rest = written.utf8.filter { !Self.isSeparator($0) }[...]
        let bytes = pattern.utf8.compactMap { part -> UInt8? in
            Self.isSeparator(part) ? part : rest.popFirst().map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Digits alone: separators inside would join two numbers.
    private var isPlain: Bool { parts.allSatisfy { $0 == UInt8(ascii: "#") } }

    private static func isPlaceholder(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@") }

    private static func isSeparator(_ byte: UInt8) -> Bool { " -.".utf8.contains(byte) }

    private static func fits(_ byte: UInt8, _ part: UInt8) -> Bool {
        switch part {
        case UInt8(ascii: "#"): byte.isASCIIDigit
        case UInt8(ascii: "@"): byte.isASCIILetter
        default: byte == part || (byte ^ part == 0x20 && byte.isASCIILetter)
        }
    }
}
