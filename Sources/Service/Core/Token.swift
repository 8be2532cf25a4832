import Checksums
import Events

/// A resume token: 128 random bits in base 32. The customer alone has it; the log has its SHA-256.
struct Token {
    /// What the customer gets, 26 digits.
    let text: String

    init(high: UInt64, low: UInt64) {
        text = ConversationID(bits: high).description + ConversationID(bits: low).description
    }

    /// 64 hexadecimal digits.
    var digest: String { Self.digest(of: text) }

    /// The digest of what a client sent, in whatever letter case.
    static func digest(of text: String) -> String { Hexadecimal.encode(SHA256.digest(text.lowercased().utf8)) }
}
