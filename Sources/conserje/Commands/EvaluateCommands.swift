import Service

/// `conserje evaluate`: figures over files.
enum EvaluateCommands {
    private static let predictions = OptionSpecification(
        name: "--predictions", value: "FILE", summary: .evaluatePredictions)
    private static let test = OptionSpecification(name: "--test", value: "FILE", summary: .evaluateTest)

    static let intents = Command(
        specification: CommandSpecification(
            name: "evaluate intents", summary: .evaluateIntents,
            options: [
                OptionSpecification(name: "--train", value: "FILE", summary: .evaluateTrain), test, predictions,
                ToolOutput.json,
            ]),
        run: { arguments throws(UsageError) in
            let (train, test) = (try need("--train", arguments), try need("--test", arguments))
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                return output.write(
                    try EvaluationRun.intents(
                        train: train, test: test, predictions: arguments.value("--predictions")
                    ).named)
            }
        })

    static let content = Command(
        specification: CommandSpecification(
            name: "evaluate content", summary: .evaluateContent,
            options: [ToolOutput.content, test, predictions, ToolOutput.json]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                return output.write(
                    try EvaluationRun.content(
                        folder: arguments.value("--content") ?? ".", test: arguments.value("--test"),
                        predictions: arguments.value("--predictions")
                    ).named)
            }
        })

    static let search = Command(
        specification: CommandSpecification(
            name: "evaluate search", summary: .evaluateSearch,
            options: [
                OptionSpecification(name: "--documents", value: "FILE", summary: .evaluateDocuments),
                OptionSpecification(name: "--queries", value: "FILE", summary: .evaluateQueries),
                OptionSpecification(name: "--run", value: "FILE", summary: .evaluateRun), ToolOutput.json,
            ]),
        run: { arguments throws(UsageError) in
            let (documents, queries) = (try need("--documents", arguments), try need("--queries", arguments))
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                return output.write(
                    try EvaluationRun.search(documents: documents, queries: queries, run: arguments.value("--run"))
                        .named)
            }
        })

    private static func need(_ option: String, _ arguments: Arguments) throws(UsageError) -> String {
        guard let value = arguments.value(option) else {
            throw .missingOperand(option, command: arguments.command.name)
        }
        return value
    }
}
