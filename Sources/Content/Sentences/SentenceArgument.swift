/// What fills a placeholder.
public enum SentenceArgument: Sendable, Equatable, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    case text(String)
    case number(Int)

    /// Text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(value) }

    var written: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        }
    }

    var number: Int? {
        switch self {
        case .text(let text): Int(text)
        case .number(let number): number
        }
    }
}
