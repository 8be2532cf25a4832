/// The key of a case: 55 random bits, which nobody guesses, and a check character, so that a mistyped key is told apart
/// from an unknown one. `CL-7K3M-Q2X8-F4T9`: twelve digits of Crockford's base 32 in groups of four.
public struct CaseKey: Hashable, Sendable, CustomStringConvertible {
    /// The 55 bits.
    public let bits: UInt64

    /// The key with these bits; of more than 55 the lower ones.
    public init(bits: UInt64) { self.bits = bits & (1 << 55 - 1) }

    /// Why a text is no key.
    public enum Fault: Error, Equatable, Sendable {
        /// It has not the form of one: other characters, or more or fewer of them.
        case malformed
        /// It has the form, and its check character does not fit.
        case mistyped
    }

    /// Reads a key in either letter case, with or without `CL`, hyphens and blanks; O stands for 0, I and L for 1.
    public init(_ text: String) throws(Fault) {
        var digits: [UInt8] = []
        for byte in text.utf8 where !Self.isSeparator(byte) {
            let value = Self.values[Int(byte)]
            guard value < 32, digits.count < 14 else { throw .malformed }
            digits.append(value)
        }
        if digits.count == 14, digits[0] == 12, digits[1] == 1 { digits.removeFirst(2) }
        guard digits.count == 12 else { throw .malformed }
        guard Self.check(digits) == 0 else { throw .mistyped }
        bits = digits.dropLast().reduce(0) { $0 << 5 | UInt64($1) }
    }

    /// As it is told.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.length) { text in
            _ = text.initialize(from: "CL-0000-0000-0000".utf8)
            var (sum, place) = (UInt8(0), 3)
            for index in 0..<12 {
                // The last digit makes the sum zero.
                sum = Self.times24(sum)
                let digit = index < 11 ? UInt8(truncatingIfNeeded: bits >> UInt64(50 - index * 5)) & 31 : sum
                sum ^= digit
                text[place] = Self.digits[Int(digit)]
                place += index % 4 == 3 ? 2 : 1
            }
            return Self.length
        }
    }

    private static let length = "CL-0000-0000-0000".utf8.count

    /// Whether a text has it as it is told.
    public func stands(in text: String) -> Bool {
        let key = Array(description.utf8)
        var text = text
        return text.withUTF8 { text in
            text.count >= key.count
                && (0...(text.count - key.count)).contains { start in
                    text[start] == key[0] && text[start..<(start + key.count)].elementsEqual(key)
                }
        }
    }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// A digit's value by its byte; 255 for what is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() {
            values[Int(digit)] = UInt8(value)
            if digit >= UInt8(ascii: "A") { values[Int(digit | 0x20)] = UInt8(value) }
        }
        for (letter, value) in [("O", 0), ("o", 0), ("I", 1), ("i", 1), ("L", 1), ("l", 1)] as [(String, UInt8)] {
            values[Int(letter.utf8.first ?? 0)] = value
        }
        return values
    }()

    /// The sum that is zero for a key whose last digit is right: over the field of 32 elements (modulo x⁵ + x² + 1) each
    /// digit counts by another power of a generator, so that one wrong digit, and two that changed places, are always
    /// seen. The generator, 24, is one by which the protocol's own example is right.
    private static func check(_ digits: [UInt8]) -> UInt8 { digits.reduce(0) { times24($0) ^ $1 } }

    /// 24 is x⁴ + x³.
    private static func times24(_ value: UInt8) -> UInt8 {
        func doubled(_ value: UInt8) -> UInt8 { value & 16 == 0 ? value << 1 : value << 1 ^ 0b100101 }
        let eightfold = doubled(doubled(doubled(value)))
        return doubled(eightfold) ^ eightfold
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == 0x20 }
}

extension CaseKey {
    /// What a sentence says of a key.
    public enum Mention: Equatable, Sendable {
        case key(CaseKey)
        /// It was meant for one and is mistyped.
        case mistyped
    }

    /// The first key in a sentence, or what was meant for one: `CL` and the twelve digits, with hyphens or blanks between
    /// the groups. What has fewer digits, as a product's number has, is none.
    public static func mentioned(in text: String) -> Mention? {
        var text = text
        return text.withUTF8 { bytes in
            var place = 0
            while place + 13 < bytes.count {
                let isStart = place == 0 || !isWord(bytes[place - 1])
                if isStart, bytes[place] | 0x20 == UInt8(ascii: "c"), values[Int(bytes[place + 1])] == 1,
                    let mention = mention(bytes, at: place)
                {
                    return mention
                }
                place += 1
            }
            return nil
        }
    }

    private static func mention(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Mention? {
        var place = start + 2
        var written: [UInt8] = []
        var hasHyphen = false
        while place < bytes.count, written.count < 12 {
            if isSeparator(bytes[place]), written.count.isMultiple(of: 4), !isSeparator(bytes[place - 1]) {
                hasHyphen = hasHyphen || bytes[place] == UInt8(ascii: "-")
            } else if isAlphanumeric(bytes[place]) {
                written.append(bytes[place])
            } else {
                return nil
            }
            place += 1
        }
        guard written.count == 12, place == bytes.count || !isWord(bytes[place]) else { return nil }
        do throws(Fault) { return .key(try CaseKey(String(decoding: written, as: UTF8.self))) } catch {
            // Without a hyphen and a figure these are words.
            return hasHyphen && written.contains { (0x30...0x39).contains($0) } ? .mistyped : nil
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func isWord(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte >= 0x80 }
}
