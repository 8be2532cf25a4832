import Desk
import Dialogue
import Events
import JSON

/// The protocol's answers and pushes, written as lines without their end.
enum Answers {
    /// `OK {}`
    static let empty = Array("OK {}".utf8)

    /// Writes `OK` and one JSON object.
    static func ok(_ bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        write("OK ", &bytes, members)
    }

    /// Writes `*` and one JSON object with its type.
    static func push(_ type: StaticString, _ bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        write("* ", &bytes) { writer in
            writer.name("type")
            writer.value(type)
            members(&writer)
        }
    }

    private static func write(
        _ head: StaticString, _ bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void
    ) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: head.utf8Start, count: head.utf8CodeUnitCount))
        JSONWriter.append(to: &bytes) { writer in
            writer.beginObject()
            members(&writer)
            writer.endObject()
        }
    }
}

extension JSONWriter {
    /// A member with a text.
    mutating func member(_ name: StaticString, _ text: String) {
        self.name(name)
        value(text)
    }

    /// A member with a text, left away where there is none.
    mutating func optional(_ name: StaticString, _ text: String?) {
        if let text { member(name, text) }
    }

    /// A member with a number, or null.
    mutating func member(_ name: StaticString, _ number: Int?) {
        self.name(name)
        value(number)
    }

    /// A member with a list of texts.
    mutating func member(_ name: StaticString, _ texts: [String]) {
        self.name(name)
        beginArray()
        for text in texts { value(text) }
        endArray()
    }

    /// A member with a list of messages.
    mutating func member(_ name: StaticString, _ messages: some Sequence<Message>) {
        self.name(name)
        beginArray()
        for message in messages { message.write(to: &self) }
        endArray()
    }
}
