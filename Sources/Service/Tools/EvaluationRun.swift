import Content
import Dialogue
import JSON
import Matching

/// Measures over files: `conserje evaluate`.
public enum EvaluationRun {
    /// Learns from a file of `label TAB text` lines and predicts another.
    /// - Parameter predictions: where a line goes for each of the test's; nil for nowhere.
    public static func intents(
        train: String, test: String, predictions path: String?
    ) throws(ToolFailure) -> EvaluationFigures {
        let (train, test) = (try labelled(train), try labelled(test))
        return try writing(path) {
            let (figures, predictions) = Evaluation.intents(train: train, test: test)
            return (figures, predictions.map(\.line))
        }
    }

    /// Asks the content of a folder what a file's lines mean, or each of its own phrases with a tenth held back.
    public static func content(
        folder: String, test: String?, predictions path: String?
    ) throws(ToolFailure) -> EvaluationFigures {
        let bundle: ContentBundle
        switch ContentLoader.load(folder) {
        case .success(let loaded): bundle = loaded
        case .failure(let failure): throw ToolFailure(failure)
        }
        let lines = try test.map { path throws(ToolFailure) in try labelled(path) }
        return try writing(path) {
            let (figures, predictions) = ContentEvaluation.evaluate(bundle, lines)
            return (figures, predictions.map(\.line))
        }
    }

    /// Indexes the sections of a file and asks it another's questions.
    /// - Parameter path: where the ranks go; nil for nowhere.
    public static func search(
        documents: String, queries: String, run path: String?
    ) throws(ToolFailure) -> SearchFigures {
        let documents = try objects(documents, .documents) { object -> SearchDocument? in
            guard let id = object["id"].flatMap(identifier), let title = object["title"]?.string,
                let body = object["body"]?.string
            else { return nil }
            return SearchDocument(id: id, title: title, body: body)
        }
        let queries = try objects(queries, .queries) { object -> SearchQuery? in
            guard let text = object["query"]?.string, let relevant = object["relevant"]?.array else { return nil }
            let ids = relevant.compactMap(identifier)
            return ids.count == relevant.count ? SearchQuery(text: text, relevant: Set(ids)) : nil
        }
        return try writing(path) {
            let (figures, run) = SearchEvaluation.search(documents: documents, queries: queries)
            return (figures, run.map(\.line))
        }
    }

    private static func writing<Figures>(
        _ path: String?, _ work: () -> (Figures, [String])
    ) throws(ToolFailure) -> Figures {
        guard let path else { return work().0 }
        let file = try OutputFile(path)
        let (figures, lines) = work()
        try file.write(lines)
        return figures
    }

    private static func labelled(_ path: String) throws(ToolFailure) -> [LabelledText] {
        let (texts, malformed) = LabelledText.parse(String(decoding: try TextFile.read(path), as: UTF8.self))
        if !malformed.isEmpty { throw .malformed(path: path, lines: malformed, form: .labelled) }
        return texts
    }

    private static func objects<Element>(
        _ path: String, _ form: ToolFailure.Form, _ read: (JSONValue) -> Element?
    ) throws(ToolFailure) -> [Element] {
        var elements: [Element] = []
        var malformed: [Int] = []
        let lines = try TextFile.read(path).split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
            if let object = try? JSONValue.parse(Array(line)), let element = read(object) {
                elements.append(element)
            } else {
                malformed.append(index + 1)
            }
        }
        if !malformed.isEmpty { throw .malformed(path: path, lines: malformed, form: form) }
        return elements
    }

    /// An id is a text or a whole number.
    private static func identifier(_ value: JSONValue) -> String? {
        value.string ?? value.integer.map { String($0) }
    }
}
