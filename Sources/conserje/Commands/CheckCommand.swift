import Service

/// `conserje check`: what is wrong with a content folder, all of it.
enum CheckCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "check", summary: .checkSummary, operands: [OperandSpecification(name: "DIR", isOptional: true)],
            options: [ToolOutput.json]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                let report = try ContentReport(folder: arguments.operands.first ?? ".")
                let language = output.sentences.language.rawValue
                if output.isJSON {
                    output.write { report.write(to: &$0, language: language) }
                } else {
                    for problem in report.problems {
                        StandardStream.output.write(problem.rendered(language: language) + "\n")
                    }
                }
                return report.errors == 0 ? .success : .badContent
            }
        })
}
