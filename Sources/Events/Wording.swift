import Checksums
import JSON

/// What a reply says whenever it is given: all of it but its number, its confidence and where a handoff stands.
/// Immutable, so that an answer that is the same for everybody exists once, with its JSON.
public final class Wording: Sendable, Equatable {
    /// What it is made of.
    public struct Parts: Sendable, Equatable {
        /// Markdown.
        public var text: String
        /// What kind it is.
        public var kind: ReplyKind
        /// The intent it belongs to.
        public var intent: String?
        /// The language's code.
        public var language: String
        /// Buttons.
        public var choices: [Choice]
        /// Sections it was taken from.
        public var sources: [Source]

        /// Words with what belongs to them.
        public init(
            text: String, kind: ReplyKind, intent: String?, language: String, choices: [Choice] = [],
            sources: [Source] = []
        ) {
            self.text = text
            self.kind = kind
            self.intent = intent
            self.language = language
            self.choices = choices
            self.sources = sources
        }
    }

    /// What it is made of.
    public let parts: Parts
    /// The members of its JSON, where they were written once for all.
    private let spelling: Spelling?

    /// A reply's members before and after its confidence.
    private struct Spelling {
        let before: Piece
        let after: Piece

        /// Bytes with their CRC-32C, so that the log need not read them again.
        struct Piece {
            let bytes: [UInt8]
            let checksum: UInt32

            init(_ write: (inout JSONWriter) -> Void) {
                var bytes: [UInt8] = []
                JSONWriter.append(to: &bytes, write)
                self.bytes = bytes
                checksum = CRC32C.checksum(bytes)
            }

            func write(to writer: inout JSONWriter) { writer.raw(bytes, checksum: checksum) }
        }
    }

    /// Words that are written seldom.
    public init(_ parts: Parts) {
        self.parts = parts
        spelling = nil
    }

    /// Words whose JSON is written now, for all who will write it.
    public init(spelling parts: Parts) {
        self.parts = parts
        spelling = Spelling(
            before: Spelling.Piece { parts.writeBefore(to: &$0) }, after: Spelling.Piece { parts.writeAfter(to: &$0) })
    }

    /// The same words with their JSON.
    public var spelled: Wording { spelling == nil ? Wording(spelling: parts) : self }

    /// Writes the members of a reply that come before its confidence.
    func writeBefore(to writer: inout JSONWriter) {
        if let spelling { spelling.before.write(to: &writer) } else { parts.writeBefore(to: &writer) }
    }

    /// Writes those that come after it.
    func writeAfter(to writer: inout JSONWriter) {
        if let spelling { spelling.after.write(to: &writer) } else { parts.writeAfter(to: &writer) }
    }

    /// Whether both say the same, spelled or not.
    public static func == (one: Wording, other: Wording) -> Bool { one === other || one.parts == other.parts }
}

extension Wording.Parts {
    fileprivate func writeBefore(to writer: inout JSONWriter) {
        writer.member("text", text)
        writer.member("kind", kind.rawValue)
        writer.name("intent")
        writer.value(intent)
    }

    fileprivate func writeAfter(to writer: inout JSONWriter) {
        writer.member("language", language)
        writer.member("choices", choices) { choice, writer in
            writer.member("label", choice.label)
            writer.member("say", choice.say)
        }
        writer.member("sources", sources) { source, writer in
            writer.member("title", source.title)
            writer.member("path", source.path)
        }
    }
}
