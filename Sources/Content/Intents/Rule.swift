import Language

/// An editor's pattern: a message that it matches means its intent, whatever statistics say.
public struct Rule: Sendable, Equatable {
    /// As it is written.
    public let text: String
    /// What it looks for.
    public let pattern: RulePattern
    /// The file, relative to the content folder.
    public let path: String
    /// Counted from 1.
    public let line: Int
    /// In characters, counted from 1.
    public let column: Int

    /// The file and the line.
    public var place: String { "\(path):\(line)" }
}
