/// A conversation's id: 64 random bits, written as 13 digits of Crockford's base 32 in lower case.
public struct ConversationID: Hashable, Sendable, CustomStringConvertible {
    /// The bits.
    public let bits: UInt64

    /// The id with these bits.
    public init(bits: UInt64) { self.bits = bits }

    /// Reads 13 digits of base 32 in either case, nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 13 else { return nil }
        var bits: UInt64 = 0
        for (index, byte) in text.utf8.enumerated() {
            let lower = byte | 0x20
            guard let digit = Self.digits.firstIndex(where: { $0 == (byte < 0x40 ? byte : lower) }) else { return nil }
            if index == 0, digit > 15 { return nil }
            bits = bits << 5 | UInt64(digit)
        }
        self.bits = bits
    }

    /// The 13 digits.
    public var description: String {
        String(unsafeUninitializedCapacity: 13) { buffer in
            for index in 0..<13 { buffer[index] = Self.digits[Int((bits >> UInt64(60 - index * 5)) & 31)] }
            return 13
        }
    }

    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
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
        if text == "content" {
            self = .content
        } else if text.hasPrefix("c:"), let id = ConversationID(String(text.dropFirst(2))) {
            self = .conversation(id)
        } else if text.hasPrefix("agent:") {
            self = .agent(String(text.dropFirst(6)))
        } else {
            return nil
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
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let command = ConversationID(String(parts[0])), let index = Int(parts[1]), index >= 0
        else { return nil }
        self.init(command: command.bits, index: index)
    }

    /// The command in base 32, a hyphen, the index.
    public var text: String { "\(ConversationID(bits: command))-\(index)" }
}
