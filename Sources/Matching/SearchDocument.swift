/// A section of the knowledge base, as search reads it.
public struct SearchDocument: Sendable, Equatable {
    /// What the section is known by.
    public let id: String
    /// Its heading.
    public let title: String
    /// Its text.
    public let body: String
    /// Example questions, read as part of the heading.
    public let questions: [String]

    /// A section.
    public init(id: String, title: String, body: String, questions: [String] = []) {
        self.id = id
        self.title = title
        self.body = body
        self.questions = questions
    }
}

/// A section that a search found.
public struct SectionHit: Sendable, Equatable {
    /// Index of the section in ``SectionSearch/ids``.
    public let index: Int
    /// BM25F and character cosine, each divided by its maximum over all sections: in 0…1.6, comparable only among the
    /// hits of one search.
    public let score: Float
    /// How surely the section answers what was asked, in 0…1; see ``SectionSearch/search(_:limit:scratch:)``.
    public let confidence: Float
}
