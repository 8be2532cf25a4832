/// Why bytes are no JSON: what was wrong, and the offset of the byte where it was seen.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What can be wrong.
    public enum Reason: String, Sendable {
        case unexpectedEnd = "the text ends in the middle of a value"
        case unexpectedByte = "a character stands where none of its kind may"
        case badNumber = "a number is malformed"
        case badEscape = "an escape in a string is malformed"
        case controlCharacter = "a control character stands unescaped in a string"
        case badUTF8 = "a string is not UTF-8"
        case tooDeep = "values are nested too deeply"
        case trailingBytes = "something follows the value"
    }

    /// What was wrong.
    public let reason: Reason
    /// Offset in bytes from the start of the text.
    public let offset: Int

    /// One sentence with the place.
    public var description: String { "\(reason.rawValue), at byte \(offset + 1)" }
}
