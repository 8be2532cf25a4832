import Matching
import Service

/// `conserje evaluate`: figures over files.
enum EvaluateCommands {
    private static let predictions = OptionSpecification(
        name: "--predictions", value: "FILE", summary: .evaluatePredictions)
    private static let test = OptionSpecification(name: "--test", value: "FILE", summary: .evaluateTest)
    private static let curve = OptionSpecification(name: "--curve", summary: .evaluateCurve)
    /// What all three have.
    private static let common = [
        OptionSpecification(name: "--typos", summary: .evaluateTypos),
        OptionSpecification(
            name: "--seed", value: "N", byDefault: "\(TypingErrors.defaultSeed)", summary: .evaluateSeed),
        OptionSpecification(name: "--html", value: "FILE", summary: .evaluateHtml),
        ToolOutput.json,
    ]

    static let intents = Command(
        specification: CommandSpecification(
            name: "evaluate intents", summary: .evaluateIntents,
            options: [
                OptionSpecification(name: "--train", value: "FILE", summary: .evaluateTrain), test, predictions, curve,
            ] + common),
        run: { arguments throws(UsageError) in
            let (train, test) = (try need("--train", arguments), try need("--test", arguments))
            let run = try run(arguments, predictions: "--predictions")
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                return write(try run.intents(train: train, test: test), to: output)
            }
        })

    static let content = Command(
        specification: CommandSpecification(
            name: "evaluate content", summary: .evaluateContent,
            options: [ToolOutput.content, test, predictions, curve] + common),
        run: { arguments throws(UsageError) in
            let run = try run(arguments, predictions: "--predictions")
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                let folder = arguments.value("--content") ?? "."
                return write(try run.content(folder: folder, test: arguments.value("--test")), to: output)
            }
        })

    static let search = Command(
        specification: CommandSpecification(
            name: "evaluate search", summary: .evaluateSearch,
            options: [
                OptionSpecification(name: "--documents", value: "FILE", summary: .evaluateDocuments),
                OptionSpecification(name: "--queries", value: "FILE", summary: .evaluateQueries),
                OptionSpecification(name: "--run", value: "FILE", summary: .evaluateRun),
            ] + common),
        run: { arguments throws(UsageError) in
            let (documents, queries) = (try need("--documents", arguments), try need("--queries", arguments))
            let run = try run(arguments, predictions: "--run")
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                let report = try run.search(documents: documents, queries: queries)
                if output.isJSON { return output.write { report.write(to: &$0) } }
                return output.write(SearchDrawing(report).text)
            }
        })

    private static func write(_ report: EvaluationReport, to output: ToolOutput) -> ExitCode {
        if output.isJSON { return output.write { report.write(to: &$0) } }
        return output.write(EvaluationDrawing(report).text)
    }

    /// What the options ask for; `--curve` only where the command has it.
    private static func run(_ arguments: Arguments, predictions: String) throws(UsageError) -> EvaluationRun {
        var run = EvaluationRun()
        run.predictions = arguments.value(predictions)
        run.page = arguments.value("--html")
        run.extras.learningCurve = arguments.flag("--curve")
        var seed = TypingErrors.defaultSeed
        if let text = arguments.value("--seed") {
            guard let number = UInt64(text) else {
                throw .badValue(option: "--seed", value: text, expected: .usageNumber)
            }
            seed = number
        }
        if arguments.flag("--typos") { run.extras.typingErrors = seed }
        return run
    }

    private static func need(_ option: String, _ arguments: Arguments) throws(UsageError) -> String {
        guard let value = arguments.value(option) else {
            throw .missingOperand(option, command: arguments.command.name)
        }
        return value
    }
}
