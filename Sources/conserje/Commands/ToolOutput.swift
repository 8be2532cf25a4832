import JSON
import Service

/// What the commands that run without a daemon have in common: results as text or JSON, failures with their exit code.
struct ToolOutput {
    let sentences: Sentences
    let isJSON: Bool

    init(_ arguments: Arguments) {
        sentences = Sentences(.preferred(option: nil, environment: arguments.environment))
        isJSON = arguments.flag("--json")
    }

    /// The option that every one of them has.
    static let json = OptionSpecification(name: "--json", summary: .toolJSON)
    /// The option of those that read content.
    static let content = OptionSpecification(name: "--content", value: "DIR", byDefault: ".", summary: .serveContent)

    /// Runs a command's work; what it throws is told with its exit code.
    func run(_ work: () throws(ToolFailure) -> ExitCode) -> ExitCode {
        do throws(ToolFailure) { return try work() } catch {
            switch error {
            case .noIntents(let folder): return fail(sentences(.toolNoIntents, ["folder": folder]), .settings)
            case .badContent(let problems):
                for problem in problems {
                    StandardStream.error.write(problem.rendered(language: sentences.language.rawValue) + "\n")
                }
                return .badContent
            case .malformed(let path, let lines, let form):
                let numbers = lines.prefix(10).map(String.init).joined(separator: ", ")
                return fail(
                    sentences(.toolMalformed, ["path": path, "lines": numbers, "form": form.rawValue]), .badContent)
            case .unreadable(let path, let reason): return fail("\(path): \(reason)", .inputOutput)
            case .cannotCreate(let path, let reason): return fail("\(path): \(reason)", .cannotCreate)
            case .cannotWrite(let path, let reason): return fail("\(path): \(reason)", .inputOutput)
            }
        }
    }

    /// Tells why it did not work.
    func fail(_ reason: String, _ code: ExitCode) -> ExitCode {
        StandardStream.error.write("conserje: \(reason)\n")
        return code
    }

    /// Prints one JSON object on a line.
    func write(_ members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        writer.endObject()
        StandardStream.output.write(String(decoding: writer.bytes, as: UTF8.self) + "\n")
    }

    /// Prints figures, with all their digits.
    func write(_ figures: [NamedFigure]) {
        if isJSON {
            return write { writer in
                for figure in figures {
                    writer.name(figure.name)
                    writer.value(figure.value)
                }
            }
        }
        let width = figures.map(\.name.count).max() ?? 0
        for figure in figures {
            let name = figure.name + String(repeating: " ", count: width - figure.name.count)
            StandardStream.output.write("\(name)  \(figure.value)\n")
        }
    }
}
