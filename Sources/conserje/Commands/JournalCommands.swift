import Events
import Journal

/// `conserje journal`: looks into a log that no daemon need serve.
enum JournalCommands {
    private static let data = OptionSpecification(
        name: "--data", value: "DIR", byDefault: ".conserje", summary: .serveData)

    static let verify = Command(
        specification: CommandSpecification(
            name: "journal verify", summary: .journalVerify, options: [data, ToolOutput.json]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            do throws(JournalError) {
                let report = try JournalReader(DiskFolder(path: folder(arguments))).verify()
                if output.isJSON {
                    output.write { report.write(to: &$0) }
                } else {
                    for damage in report.damages { StandardStream.output.write("\(damage)\n") }
                    let words = [
                        "segments": "\(report.segments)", "events": "\(report.events)", "bytes": "\(report.bytes)",
                        "damages": "\(report.damages.count)",
                    ]
                    StandardStream.output.write(output.sentences(.journalVerified, words) + "\n")
                }
                return report.damages.isEmpty ? .success : .badContent
            } catch {
                return output.fail(error.description, .inputOutput)
            }
        })

    static let export = Command(
        specification: CommandSpecification(
            name: "journal export", summary: .journalExport,
            operands: [OperandSpecification(name: "CONVERSATION", isOptional: true)],
            options: [OptionSpecification(name: "--all", summary: .journalAll), data]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            var stream: StreamID?
            if !arguments.flag("--all") {
                guard let word = arguments.operands.first else {
                    throw .missingOperand("CONVERSATION", command: arguments.command.name)
                }
                guard let id = ConversationID(word) else {
                    throw .badValue(option: "CONVERSATION", value: word, expected: .usageConversation)
                }
                stream = .conversation(id)
            }
            do {
                try JournalReader(DiskFolder(path: folder(arguments))).export(stream) { line in
                    StandardStream.output.write(String(decoding: line, as: UTF8.self) + "\n")
                }
                return .success
            } catch {
                return output.fail("\(error)", .inputOutput)
            }
        })

    private static func folder(_ arguments: Arguments) -> String { arguments.value("--data") ?? ".conserje" }
}
