import Content
import Dialogue
import JSON
import Matching

/// Measures over files: `conserje evaluate`.
public struct EvaluationRun: Sendable {
    /// Where a line for each prediction, or for each rank of a search, goes; nil for nowhere.
    public var predictions: String?
    /// Where a page with pictures goes; nil for nowhere.
    public var page: String?
    /// What is measured beside the figures.
    public var extras = EvaluationReport.Extras()

    /// Figures alone, until more is asked for.
    public init() {}

    /// Learns from a file of `label TAB text` lines and predicts another.
    public func intents(train: String, test: String) throws(ToolFailure) -> EvaluationReport {
        let (learned, asked) = (try Self.labelled(train), try Self.labelled(test))
        return try writing {
            let report = Evaluation.report(train: learned, test: asked, extras: extras)
            let title = "Intents: \(Self.name(test)), learned from \(Self.name(train))"
            return (report, report.predictions.map(\.line), { EvaluationPage(report, title: title).markup })
        }
    }

    /// Asks the content of a folder what a file's lines mean, or each of its own phrases with a tenth held back.
    public func content(folder: String, test: String?) throws(ToolFailure) -> EvaluationReport {
        let bundle: ContentBundle
        switch ContentLoader.load(folder) {
        case .success(let loaded): bundle = loaded
        case .failure(let failure): throw ToolFailure(failure)
        }
        let lines = try test.map { path throws(ToolFailure) in try Self.labelled(path) }
        return try writing {
            let report = ContentEvaluation.report(bundle, lines, extras: extras)
            let title = "Content of \(bundle.settings.shopName): \(test.map(Self.name) ?? "its own phrases, ten-fold")"
            return (report, report.predictions.map(\.line), { EvaluationPage(report, title: title).markup })
        }
    }

    /// Indexes the sections of a file and asks it another's questions.
    public func search(documents: String, queries: String) throws(ToolFailure) -> SearchReport {
        let sections = try Self.objects(documents, .documents) { object -> SearchDocument? in
            guard let id = object["id"].flatMap(Self.identifier), let title = object["title"]?.string,
                let body = object["body"]?.string
            else { return nil }
            return SearchDocument(id: id, title: title, body: body)
        }
        let questions = try Self.objects(queries, .queries) { object -> SearchQuery? in
            guard let text = object["query"]?.string, let relevant = object["relevant"]?.array else { return nil }
            let ids = relevant.compactMap(Self.identifier)
            return ids.count == relevant.count ? SearchQuery(text: text, relevant: Set(ids)) : nil
        }
        return try writing {
            let report = SearchEvaluation.report(
                documents: sections, queries: questions, typingErrors: extras.typingErrors)
            let title = "Search: \(Self.name(queries)) in \(Self.name(documents))"
            return (report, report.run.map(\.line), { SearchPage(report, title: title).markup })
        }
    }

    private func writing<Report>(
        _ work: () -> (report: Report, lines: [String], page: () -> Markup)
    ) throws(ToolFailure) -> Report {
        // Made before the work, so that a bad path is told at once.
        let lineFile = try predictions.map(OutputFile.init)
        let pageFile = try page.map(OutputFile.init)
        let (report, lines, page) = work()
        try lineFile?.write(lines)
        try pageFile?.write(CollectionOfOne(page().html))
        return report
    }

    /// A file's name without its folder.
    private static func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

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
