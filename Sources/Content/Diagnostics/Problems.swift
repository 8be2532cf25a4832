/// Collects what is wrong while files are read, so that all of it is told in one go.
struct Problems {
    private(set) var list: [Diagnostic] = []

    /// A hostile file must not make a report without end.
    static let limitPerFile = 200
    private var counts: [String: Int] = [:]

    var hasErrors: Bool { list.contains { $0.severity == .error } }

    mutating func add(_ diagnostic: Diagnostic) {
        let count = counts[diagnostic.path, default: 0]
        // Errors come through beyond the limit only until there is one, so that a broken file never counts as sound.
        guard count < Self.limitPerFile || (diagnostic.severity == .error && !hasErrors) else { return }
        counts[diagnostic.path] = count + 1
        list.append(diagnostic)
    }

    /// Adds what was found elsewhere.
    mutating func add(_ others: Problems) {
        for diagnostic in others.list { add(diagnostic) }
    }

    mutating func report(
        _ key: SentenceKey, in source: SourceText, at offset: Int, _ arguments: [String: String] = [:],
        hint: SentenceKey? = nil, severity: Diagnostic.Severity = .error
    ) {
        let position = source.position(of: offset)
        add(
            Diagnostic(
                path: source.path, line: position.line, column: position.column, severity: severity, key: key,
                arguments: arguments, source: shortened(source.line(position.line)), hint: hint))
    }

    /// A name that nobody knows, with the nearest one as hint or, without any near, the list of those there are.
    mutating func reportUnknown(
        _ key: SentenceKey, _ name: String, among known: [String], in source: SourceText, at offset: Int,
        _ more: [String: String] = [:]
    ) {
        var arguments = more
        arguments["name"] = name
        if let nearest = Spelling.nearest(name, among: known) {
            arguments["nearest"] = nearest
            report(key, in: source, at: offset, arguments, hint: .hintNearest)
        } else {
            arguments["known"] = known.prefix(40).joined(separator: ", ")
            report(key, in: source, at: offset, arguments, hint: known.isEmpty ? nil : .hintKnown)
        }
    }

    /// Sorted by path, line and column, errors of a place before its warnings.
    func sorted() -> [Diagnostic] { list.sortedByPlace() }

    private func shortened(_ line: String) -> String {
        line.utf8.count <= 240 ? line : String(line.prefix(200)) + "…"
    }
}
