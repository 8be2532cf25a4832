import Checksums
import Events

/// Checks what a website says of its customer: an HMAC-SHA256 over `id|name|expires` under a secret that shop and daemon
/// share.
public struct Vouching: Sendable {
    private let secret: [UInt8]

    /// The longest that a website may vouch, in seconds: whoever gets hold of what it says can be that customer so long.
    public static let longest = 3_600

    /// By a secret.
    public init(secret: [UInt8]) { self.secret = secret }

    /// Whether the website vouches for the customer now.
    /// - Parameters:
    ///   - id: of the customer in the website; not empty and without `|`, which would let one customer's name make up
    ///     another's id.
    ///   - name: the customer's.
    ///   - expires: seconds since 1970, or RFC 3339 in UTC with milliseconds.
    ///   - signature: in hexadecimal digits.
    public func vouches(id: String, name: String, expires: String, signature: String, now: Timestamp) -> Bool {
        let expected = HMACSHA256.code(of: "\(id)|\(name)|\(expires)".utf8, key: secret)
        let given = Hexadecimal.decode(signature.utf8) ?? []
        let isSigned = constantTimeEqual(expected, given)
        guard isSigned, !id.isEmpty, !id.utf8.contains(UInt8(ascii: "|")), let end = Self.moment(expires) else {
            return false
        }
        return now < end && end <= now + Self.longest
    }

    private static func moment(_ text: String) -> Timestamp? {
        guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return Timestamp(text)
        }
        return Int64(text).map { Timestamp(milliseconds: $0 * 1000) }
    }
}
