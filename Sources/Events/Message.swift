import JSON

/// Who wrote a message.
public enum Author: String, Sendable, CaseIterable {
    case customer, bot, agent, system
}

/// One line of a conversation. All lines count in one sequence from 1, agents' notes too.
public struct Message: Sendable, Equatable {
    /// Number within the conversation, from 1.
    public var seq: Int
    /// When it was stored.
    public var at: Timestamp
    /// Who wrote it.
    public var from: Author
    /// The agent's name, where an agent wrote it.
    public var name: String?
    /// Markdown from the bot, plain text from anybody else.
    public var text: String
    /// Whether agents alone may see it.
    public var isNote: Bool

    /// A message.
    public init(seq: Int, at: Timestamp, from: Author, name: String? = nil, text: String, isNote: Bool = false) {
        self.seq = seq
        self.at = at
        self.from = from
        self.name = name
        self.text = text
        self.isNote = isNote
    }

    /// Writes the members of the protocol's `Message`, without the braces.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.name("seq")
        writer.value(seq)
        writer.name("at")
        writer.value(at)
        writer.name("from")
        writer.value(from.rawValue)
        if let name {
            writer.name("name")
            writer.value(name)
        }
        writer.name("text")
        writer.value(text)
        if isNote {
            writer.name("note")
            writer.value(true)
        }
    }

    /// Writes the protocol's `Message`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }
}

extension JSONWriter {
    /// A moment as an RFC 3339 string.
    public mutating func value(_ moment: Timestamp) {
        value(atMost: 24) { text in
            moment.write(to: text)
            return 24
        }
    }
}
