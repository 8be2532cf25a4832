import Events
import JSON

/// A stream as the index knows it: conversations are many and are held by their bits, others are few and have names.
enum StreamKey: Hashable, Sendable {
    case conversation(UInt64)
    case named(String)

    init(_ stream: StreamID) {
        switch stream {
        case .conversation(let id): self = .conversation(id.bits)
        default: self = .named(stream.text)
        }
    }

    /// Reads a name as it stands in a line, escapes included.
    init(_ name: UnsafeRawBufferPointer) {
        if name.count == 15, name[0] == UInt8(ascii: "c"), name[1] == UInt8(ascii: ":"), let bits = Self.bits(name) {
            self = .conversation(bits)
        } else {
            var text = String(decoding: name, as: UTF8.self)
            if name.contains(UInt8(ascii: "\\")) {
                let quoted = [UInt8(ascii: "\"")] + Array(name) + [UInt8(ascii: "\"")]
                text = (try? JSONValue.parse(quoted).string) ?? text
            }
            // Another spelling of a stream, such as an id in capitals, is the same stream.
            self = StreamID(text).map { StreamKey($0) } ?? .named(text)
        }
    }

    /// The stream, nil for a kind that this version doesn't know.
    var stream: StreamID? {
        switch self {
        case .conversation(let bits): .conversation(ConversationID(bits: bits))
        case .named(let name): StreamID(name)
        }
    }

    /// As it stands in the log.
    var text: String {
        switch self {
        case .conversation(let bits): StreamID.conversation(ConversationID(bits: bits)).text
        case .named(let name): name
        }
    }

    private static func bits(_ name: UnsafeRawBufferPointer) -> UInt64? {
        var bits: UInt64 = 0
        for index in 2..<15 {
            let value = digitValues[Int(name[index])]
            guard value < 32, index > 2 || value < 16 else { return nil }
            bits = bits << 5 | UInt64(value)
        }
        return bits
    }

    /// Crockford's base 32 in lower case; 255 for what is no digit.
    private static let digitValues: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in "0123456789abcdefghjkmnpqrstvwxyz".utf8.enumerated() {
            values[Int(digit)] = UInt8(value)
        }
        return values
    }()
}
