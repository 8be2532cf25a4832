import JSON

/// A conversation's id: 64 random bits, written as 13 digits of Crockford's base 32 in lower case.
public struct ConversationID: Hashable, Sendable, CustomStringConvertible {
    /// The bits.
    public let bits: UInt64

    /// The id with these bits.
    public init(bits: UInt64) { self.bits = bits }

    /// Takes the place of `hash(into:)` in tables: random bits need no SipHash, which is ten times this work.
    public func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: bits) ^ seed }

    /// Reads 13 digits of base 32 in either case, nil for anything else.
    public init?(_ text: String) {
        var text = text
        guard let bits = text.withUTF8({ Self.bits(UnsafeRawBufferPointer($0)) }) else { return nil }
        self.bits = bits
    }

    /// The bits of 13 digits.
    static func bits(_ text: UnsafeRawBufferPointer) -> UInt64? {
        guard text.count == 13 else { return nil }
        var bits: UInt64 = 0
        for index in 0..<13 {
            let value = values[Int(text[index])]
            guard value < (index == 0 ? 16 : 32) else { return nil }
            bits = bits << 5 | UInt64(value)
        }
        return bits
    }

    /// The 13 digits.
    public var description: String {
        String(unsafeUninitializedCapacity: 13) { buffer in
            write(to: buffer, at: 0)
            return 13
        }
    }

    /// Writes the 13 digits from a place on.
    func write(to text: UnsafeMutableBufferPointer<UInt8>, at place: Int) {
        let digits = Self.digits.utf8Start
        for index in 0..<13 { text[place + index] = digits[Int((bits >> UInt64(60 - index * 5)) & 31)] }
    }

    private static var digits: StaticString { "0123456789abcdefghjkmnpqrstvwxyz" }

    /// A digit's value by its byte, in either case; 255 for what is no digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.description.utf8.enumerated() {
            values[Int(digit)] = UInt8(value)
            if digit >= UInt8(ascii: "a") { values[Int(digit & 0xDF)] = UInt8(value) }
        }
        return values
    }()
}

/// A stream of the log: what one version number counts.
public enum StreamID: Hashable, Sendable {
    /// `c:<conversation>`
    case conversation(ConversationID)
    /// `agent:<name>`
    case agent(String)
    /// `content`
    case content

    /// Reads the form that `text` writes.
    public init?(_ text: String) {
        var text = text
        let bits: UInt64? = text.withUTF8 { bytes in
            guard bytes.count == 15, bytes[0] == UInt8(ascii: "c"), bytes[1] == UInt8(ascii: ":") else { return nil }
            return ConversationID.bits(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[2...]))
        }
        if let bits {
            self = .conversation(ConversationID(bits: bits))
        } else if text == "content" {
            self = .content
        } else if text.hasPrefix("agent:") {
            self = .agent(String(text.dropFirst(6)))
        } else {
            return nil
        }
    }

    func write(to writer: inout JSONWriter) {
        guard case .conversation(let id) = self else { return writer.value(text) }
        writer.value(atMost: 15) { text in
            text[0] = UInt8(ascii: "c")
            text[1] = UInt8(ascii: ":")
            id.write(to: text, at: 2)
            return 15
        }
    }

    /// As it stands in the log.
    public var text: String {
        switch self {
        case .conversation(let id): "c:\(id)"
        case .agent(let name): "agent:\(name)"
        case .content: "content"
        }
    }
}

/// An event's id, chosen once: the random number of the command that made it, and its place in the command's group.
public struct EventID: Hashable, Sendable {
    /// Random bits of the command.
    public let command: UInt64
    /// From 0, within the group.
    public let index: Int

    /// The id of the event at `index` in the group of a command.
    public init(command: UInt64, index: Int) {
        self.command = command
        self.index = index
    }

    /// Reads the form that `text` writes.
    public init?(_ text: String) {
        var text = text
        let parsed: (UInt64, Int)? = text.withUTF8 { bytes in
            guard bytes.count > 14, bytes.count < 24, bytes[13] == UInt8(ascii: "-"),
                let command = ConversationID.bits(
                    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<13]))
            else { return nil }
            var index = 0
            for position in 14..<bytes.count {
                guard (0x30...0x39).contains(bytes[position]) else { return nil }
                index = index * 10 + Int(bytes[position] - 0x30)
            }
            return (command, index)
        }
        guard let parsed else { return nil }
        self.init(command: parsed.0, index: parsed.1)
    }

    func write(to writer: inout JSONWriter) {
        guard (0..<10).contains(index) else { return writer.value(text) }
        writer.value(atMost: 15) { text in
            ConversationID(bits: command).write(to: text, at: 0)
            text[13] = UInt8(ascii: "-")
            text[14] = 0x30 + UInt8(truncatingIfNeeded: index)
            return 15
        }
    }

    /// The command in base 32, a hyphen, the index.
    public var text: String { "\(ConversationID(bits: command))-\(index)" }
}
