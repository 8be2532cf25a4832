/// One thing that is wrong, or doubtful, in the editors' files, with its place and a way out.
public struct Diagnostic: Sendable, Equatable {
    /// An error keeps the old content in use; a warning does not.
    public enum Severity: String, Sendable {
        case error
        case warning
    }

    /// The file, relative to the content folder.
    public let path: String
    /// Counted from 1.
    public let line: Int
    /// In characters, counted from 1.
    public let column: Int
    /// Whether the content can be used all the same.
    public let severity: Severity
    /// What is wrong.
    public let key: SentenceKey
    /// What is filled into the message and the hint.
    public let arguments: [String: String]
    /// The line of the file that the problem stands in; may be empty.
    public let source: String
    /// What to do about it.
    public let hint: SentenceKey?
    /// Why the system would not give the file.
    public let fault: SystemFault?

    /// A problem at a place that the caller knows.
    public init(
        path: String, line: Int, column: Int, severity: Severity = .error, key: SentenceKey,
        arguments: [String: String] = [:], source: String = "", hint: SentenceKey? = nil, fault: SystemFault? = nil
    ) {
        self.path = path
        self.line = line
        self.column = column
        self.severity = severity
        self.key = key
        self.arguments = arguments
        self.source = source
        self.hint = hint
        self.fault = fault
    }

    /// The message alone, in the reader's language.
    public func message(language: String) -> String {
        var arguments = arguments
        if let fault { arguments["reason"] = fault.words(language) }
        return Catalogue.sentence(key, language, textArguments: arguments)
    }

    /// The hint alone, in the reader's language.
    public func hintText(language: String) -> String? {
        hint.map { Catalogue.sentence($0, language, textArguments: arguments) }
    }

    /// `path:line:column: error: message`, the offending line and the hint, each on a line of its own.
    public func rendered(language: String) -> String {
        var text = "\(path):\(line):\(column): \(severity.rawValue): \(message(language: language))"
        if !source.isEmpty { text += "\n    \(source)" }
        if let hint = hintText(language: language) { text += "\n    \(hint)" }
        return text
    }
}

extension [Diagnostic] {
    /// By path, line and column; those of one place in their order.
    public func sortedByPlace() -> [Diagnostic] {
        enumerated().sorted { first, second in
            let (a, b) = (first.element, second.element)
            if a.path != b.path { return a.path.utf8.lexicographicallyPrecedes(b.path.utf8) }
            return (a.line, a.column, first.offset) < (b.line, b.column, second.offset)
        }.map(\.element)
    }
}
