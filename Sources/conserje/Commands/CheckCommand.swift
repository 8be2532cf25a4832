import Content
import Service

/// `conserje check`: what is wrong with a content folder, all of it.
enum CheckCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "check", summary: .checkSummary, operands: [OperandSpecification(name: "DIR", isOptional: true)],
            options: [
                ToolOutput.content, OptionSpecification(name: "--deep", summary: .checkDeep), ToolOutput.json,
            ]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            let folder = arguments.operands.first ?? arguments.value("--content") ?? "."
            return output.run { () throws(ToolFailure) in
                let report = try ContentReport(folder: folder, isDeep: arguments.flag("--deep"))
                let language = output.sentences.language
                let code = report.errors == 0 ? ExitCode.success : .badContent
                if output.isJSON { return output.write(success: code) { report.write(to: &$0, language: language) } }
                let texts = report.problems.map { TextStyle.harmless($0.rendered(language: language)) + "\n" }
                StandardStream.error.write(summary(report, output.sentences) + "\n")
                return output.write(texts.joined(), success: code)
            }
        })

    private static func summary(_ report: ContentReport, _ sentences: Sentences) -> String {
        var words = ["errors": "\(report.errors)", "warnings": "\(report.warnings)"]
        guard let counts = report.counts else { return sentences(.checkBroken, words) }
        words["intents"] = "\(counts.intents)"
        words["articles"] = "\(counts.articles)"
        words["products"] = "\(counts.products)"
        guard let findings = report.findings else { return sentences(.checkSound, words) }
        let found = [
            "near": "\(findings.nearDuplicates)", "strangers": "\(findings.strangers)", "few": "\(findings.fewPhrases)",
            "climbing": "\(findings.climbing)",
        ]
        return sentences(.checkSound, words) + " " + sentences(.checkDeepFound, found)
    }
}
