import Content
import JSON
import Service

/// What the commands that run without a daemon have in common: results as text or JSON, failures with their exit code.
struct ToolOutput {
    let sentences: Sentences
    let isJSON: Bool

    init(_ arguments: Arguments) {
        sentences = Sentences(environment: arguments.environment)
        isJSON = arguments.flag("--json")
    }

    /// The option that every one of them has.
    static let json = OptionSpecification(name: "--json", summary: .toolJSON)
    /// The option of those that read content.
    static let content = OptionSpecification(name: "--content", value: "DIR", byDefault: ".", summary: .serveContent)

    /// The option of those that talk with a person.
    static let language = OptionSpecification(
        name: "--language", value: Catalogue.languages.joined(separator: "|"), byDefault: "LANG",
        summary: .optionLanguage)

    /// Runs a command's work; what it throws is told with its exit code.
    func run(_ work: () throws(ToolFailure) -> ExitCode) -> ExitCode {
        do throws(ToolFailure) { return try work() } catch {
            switch error {
            case .noIntents(let folder): return fail(sentences(.toolNoIntents, ["folder": folder]), .settings)
            case .badContent(let problems):
                let texts = problems.map { TextStyle.harmless($0.rendered(language: sentences.language)) }
                StandardStream.error.write(texts.joined(separator: "\n") + "\n")
                return .badContent
            case .malformed(let path, let lines, let form):
                // A file of another kind has as many of them as it has lines.
                for line in lines.prefix(20) {
                    StandardStream.error.write(
                        "\(path):\(line): error: " + sentences(.toolMalformed, ["form": form.written(sentences)]) + "\n"
                    )
                }
                return .badContent
            case .unreadable(let path, let fault):
                return fail(
                    sentences(.toolUnreadable, ["path": path, "reason": fault.words(sentences.language)]), .inputOutput)
            case .cannotCreate(let path, let fault):
                return fail(
                    sentences(.toolCannotCreate, ["path": path, "reason": fault.words(sentences.language)]),
                    .cannotCreate)
            case .cannotWrite(let path, let fault):
                return fail(
                    sentences(.toolCannotWrite, ["path": path, "reason": fault.words(sentences.language)]), .inputOutput
                )
            }
        }
    }

    /// Tells why it did not work.
    func fail(_ reason: String, _ code: ExitCode) -> ExitCode {
        StandardStream.error.write("conserje: \(TextStyle.harmless(reason))\n")
        return code
    }

    /// Prints one JSON object on a line.
    /// - Returns: the code to end with: that of success, unless nobody reads.
    func write(success: ExitCode = .success, _ members: (inout JSONWriter) -> Void) -> ExitCode {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        writer.endObject()
        return write(String(decoding: writer.bytes, as: UTF8.self) + "\n", success: success)
    }

    /// Prints a result.
    /// - Returns: the code to end with: that of success, unless nobody reads.
    func write(_ text: String, success: ExitCode = .success) -> ExitCode {
        StandardStream.output.write(text) ? success : .inputOutput
    }
}

extension ToolFailure.Form {
    /// As it is written.
    fileprivate func written(_ sentences: Sentences) -> String {
        switch self {
        case .labelled: sentences(.toolLabelledForm)
        case .documents: #"{"id":…,"title":"…","body":"…"}"#
        case .queries: #"{"query":"…","relevant":[…]}"#
        }
    }
}
