import Content
import Service

/// `conserje test`: the conversations and questions that editors wrote down.
enum TestCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "test", summary: .testSummary,
            operands: [OperandSpecification(name: "FILE", isOptional: true, repeats: true)],
            options: [
                ToolOutput.content, OptionSpecification(name: "--verbose", summary: .testVerbose), ToolOutput.json,
            ]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            return output.run { () throws(ToolFailure) in
                let report = try ContentTestReport(
                    folder: arguments.value("--content") ?? ".", files: arguments.operands)
                let code = report.failures.isEmpty ? ExitCode.success : .badContent
                let language = output.sentences.language
                if output.isJSON { return output.write(success: code) { report.write(to: &$0, language: language) } }
                let isVerbose = arguments.flag("--verbose")
                let texts = report.runs.filter { isVerbose || $0.outcome != .passed }.map { run in
                    isVerbose ? run.transcript(language) : run.diagnostic(language).rendered(language: language) + "\n"
                }
                StandardStream.error.write(summary(report, output.sentences) + "\n")
                return output.write(texts.map(TextStyle.harmless).joined(), success: code)
            }
        })

    private static func summary(_ report: ContentTestReport, _ sentences: Sentences) -> String {
        let questions = report.runs.count { $0.test.isQuestion }
        return sentences(
            .testCounts,
            [
                "conversations": "\(report.runs.count - questions)", "questions": "\(questions)",
                "seconds": "\((report.seconds * 100).rounded() / 100)",
                "passed": "\(report.count(.passed) + report.count(.mended))", "failed": "\(report.count(.failed))",
                "known": "\(report.count(.known))",
            ])
    }
}
