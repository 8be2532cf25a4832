/// Colours and weights of a terminal; writes plain text where nobody would see them.
struct TextStyle: Sendable {
    /// What can be shown differently.
    enum Kind: String, Sendable {
        case bold = "1"
        case dim = "2"
        case italic = "3"
        case underlined = "4"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }

    /// Whether escape sequences are written.
    let isOn: Bool

    /// On for a terminal, unless `NO_COLOR` (no-color.org) holds anything or `TERM` is `dumb`.
    static func suited(isTerminal: Bool, environment: [String: String]) -> TextStyle {
        TextStyle(
            isOn: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb")
    }

    /// The text so styled.
    func callAsFunction(_ kind: Kind, _ text: String) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(kind.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Text of somebody else without control characters, so that it cannot steer the terminal.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isHarmful($0) }))
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }
}
