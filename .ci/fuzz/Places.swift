@testable import Content

/// Every problem stands at a place of its file and can be told in every language.
func requirePlaces(_ problems: [Diagnostic], in sources: [SourceText]) {
    // Writing sentences is slow beside reading.
    var rendered = 0
    for problem in problems {
        guard let source = sources.first(where: { $0.path == problem.path }) else { continue }
        let line = source.line(problem.line)
        require((1...max(1, source.lines.count)).contains(problem.line), "line \(problem.line): \(problem.key)")
        require((1...line.count + 1).contains(problem.column), "column \(problem.column): \(problem.key)")
        guard rendered < 10 else { continue }
        rendered += 1
        for language in Catalogue.languages {
            require(!problem.rendered(language: language).isEmpty, "no sentence for \(problem.key)")
        }
    }
}

/// Bytes as the loader hands them to the readers: UTF-8, what is none replaced.
func sourceText(_ path: String, _ bytes: some Collection<UInt8>) -> SourceText {
    SourceText(path: path, bytes: Array(String(decoding: bytes, as: UTF8.self).utf8))
}
