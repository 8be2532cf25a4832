import JSON

/// Writes commands of the line protocol.
struct ProtocolCommand {
    /// The most bytes that a line may hold before its end.
    static let longestLine = 8192

    /// The line, without its end.
    private(set) var line: String

    /// A verb with arguments that hold no line breaks.
    init(_ verb: String, _ arguments: String...) {
        line = ([verb] + arguments.filter { !$0.isEmpty }).joined(separator: " ")
    }

    /// A verb whose last argument is text of a person. As a JSON string it needs no trimming and may hold anything;
    /// what the protocol forbids even then (control characters but line breaks and tabulators) becomes a space.
    init(_ verb: String, _ arguments: [String] = [], text: String) {
        var writer = JSONWriter()
        writer.value(String(String.UnicodeScalarView(text.unicodeScalars.map(Self.allowed))))
        let json = String(decoding: writer.bytes, as: UTF8.self)
        line = (["@json=1", verb] + arguments + [json]).joined(separator: " ")
    }

    /// The same with a tag in front.
    func tagged(_ name: String, _ value: String) -> ProtocolCommand {
        var result = self
        result.line = "@\(name)=\(value) " + line
        return result
    }

    /// Whether the daemon would refuse it unread.
    var isTooLong: Bool { line.utf8.count > Self.longestLine }

    private static func allowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t" ? " " : scalar
    }
}

/// Makes the `@id`s under which commands may be sent again: unique among all terminals by 64 random bits.
struct CommandIdentifiers {
    private let prefix = String(UInt64.random(in: .min ... .max), radix: 36)
    private var count = 0

    /// The next one, at most 33 characters.
    mutating func next() -> String {
        count += 1
        return prefix + "-" + String(count)
    }
}
