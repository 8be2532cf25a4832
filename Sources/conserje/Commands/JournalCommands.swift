import Events
import Journal

/// `conserje journal`: looks into a log, whether a daemon writes to it or not.
enum JournalCommands {
    private static let data = OptionSpecification(
        name: "--data", value: "DIR", byDefault: ".conserje", summary: .serveData)

    static let verify = Command(
        specification: CommandSpecification(
            name: "journal verify", summary: .journalVerify, options: [data, ToolOutput.json]),
        run: { arguments throws(UsageError) in
            let output = ToolOutput(arguments)
            let folder = folder(arguments)
            do throws(JournalError) {
                let report = try JournalReader(DiskFolder(path: folder)).verify()
                let code = report.damages.isEmpty ? ExitCode.success : .badContent
                if output.isJSON { return output.write(success: code) { report.write(to: &$0) } }
                let words = [
                    "segments": "\(report.segments)", "events": "\(report.events)", "bytes": "\(report.bytes)",
                    "damages": "\(report.damages.count)", "lost": "\(report.lost)",
                    "incomplete": "\(report.incomplete)",
                ]
                var lines = report.damages.map { "\(folder)/\($0)" }
                lines.append(output.sentences(.journalVerified, words))
                if report.lost > 0 { lines.append(output.sentences(.journalLost, words)) }
                if report.incomplete > 0 { lines.append(output.sentences(.journalIncomplete, words)) }
                return output.write(lines.joined(separator: "\n") + "\n", success: code)
            } catch {
                return output.fail("\(folder): \(error)", .inputOutput)
            }
        })

    static let export = Command(
        specification: CommandSpecification(
            name: "journal export", summary: .journalExport,
            operands: [OperandSpecification(name: "CONVERSATION", isOptional: true)],
            options: [OptionSpecification(name: "--all", summary: .journalAll), data]),
        run: { arguments throws(UsageError) in
            let stream = try stream(arguments)
            let output = ToolOutput(arguments)
            let folder = folder(arguments)
            let reader = JournalReader(DiskFolder(path: folder))
            do {
                let count = try LineExport.run(reader, stream)
                if let word = arguments.operands.first, count == 0 {
                    StandardStream.error.write(
                        "conserje: " + output.sentences(.journalNone, ["name": word, "folder": folder]) + "\n")
                }
                // What is damaged is not in the export: it must not look whole.
                let damages = try reader.verify().damages
                for damage in damages { StandardStream.error.write("\(folder)/\(damage)\n") }
                return damages.isEmpty ? .success : .badContent
            } catch is LineExport.NobodyReads {
                return .inputOutput
            } catch {
                return output.fail("\(folder): \(error)", .inputOutput)
            }
        })

    /// nil for all.
    private static func stream(_ arguments: Arguments) throws(UsageError) -> StreamID? {
        let word = arguments.operands.first
        if arguments.flag("--all") {
            if let word { throw .extraOperand(word, command: arguments.command.name + " --all") }
            return nil
        }
        guard let word else { throw .missingOperand("CONVERSATION", command: arguments.command.name) }
        guard let id = ConversationID(word) else {
            throw .badValue(option: "CONVERSATION", value: word, expected: .usageConversation)
        }
        return .conversation(id)
    }

    private static func folder(_ arguments: Arguments) -> String { arguments.value("--data") ?? ".conserje" }
}

/// Prints lines of the log in large pieces.
private struct LineExport {
    /// Standard output is closed.
    struct NobodyReads: Error {}

    private var count = 0
    private var bytes: [UInt8] = []
    private static let pieceBytes = 1 << 16

    /// - Returns: how many lines were printed.
    static func run(_ reader: JournalReader, _ stream: StreamID?) throws -> Int {
        var export = LineExport()
        try reader.export(stream) { line in
            export.count += 1
            export.bytes += line
            if export.bytes.count >= Self.pieceBytes { try export.flush() }
        }
        try export.flush()
        return export.count
    }

    private mutating func flush() throws(NobodyReads) {
        guard StandardStream.output.write(bytes) else { throw NobodyReads() }
        bytes.removeAll(keepingCapacity: true)
    }
}
