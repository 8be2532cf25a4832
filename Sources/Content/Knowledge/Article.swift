/// A file of the knowledge base.
public struct Article: Sendable, Equatable {
    /// The file, relative to the content folder.
    public let path: String
    /// The title in the front matter, else the first `#` heading, else the file's name.
    public let title: String
    /// Code of its language.
    public let language: String
    /// The intent that an answer from here belongs to.
    public let intent: String?
    /// The same article in another language.
    public let translation: String?
    /// What can be found and quoted, in the order of the file.
    public internal(set) var sections: [Section]
    /// Questions that it must answer, or must not.
    var tests: [ConversationTest] = []
}

/// What a search finds and a reply quotes: the text below one heading.
public struct Section: Sendable, Equatable {
    /// The file, relative to the content folder.
    public let path: String
    /// Of the heading within the file; empty for the text before the first heading.
    public let anchor: String
    /// The article's title, then the headings down to this one.
    public let titlePath: [String]
    /// Code of the article's language.
    public let language: String
    /// The intent that an answer from here belongs to.
    public let intent: String?
    /// Normalised Markdown, without heading and example questions.
    public let body: String
    /// The same without marks.
    public let plainText: String
    /// The body by block: what an answer may be cut down to.
    public let paragraphs: [String]
    /// Other ways to ask for the section; not shown.
    public let exampleQuestions: [String]

    /// The last of the title path.
    public var title: String { titlePath.last ?? "" }
    /// `path#anchor`, as a reply names its source.
    public var source: String { anchor.isEmpty ? path : path + "#" + anchor }
}
