import Content

/// Writes the help from the table of commands.
struct Help: Sendable {
    let sentences: Sentences

    /// What `conserje --help` prints.
    func overview(of commands: [CommandSpecification]) -> String {
        var text = sentences(.helpOverview) + "\n\n"
        text += columns(commands.map { (usage($0), sentences($0.summary)) })
        return text + "\n" + sentences(.helpMore) + "\n"
    }

    /// What `conserje NAME --help` prints.
    func text(of command: CommandSpecification) -> String {
        var text = "conserje " + usage(command) + "\n\n" + sentences(command.summary) + "\n\n"
        text += columns(
            command.options.map { option in
                let name = option.name + (option.value.map { " " + $0 } ?? "")
                var summary = sentences(option.summary)
                if option.repeats { summary += " " + sentences(.helpRepeats) }
                if let byDefault = option.byDefault { summary += " " + sentences(.helpDefault, ["value": byDefault]) }
                return (name, summary + " [\(option.variable)]")
            } + [("--help", sentences(.helpHelp)), ("--version", sentences(.helpVersion))])
        return text
    }

    private func usage(_ command: CommandSpecification) -> String {
        var words = [command.name]
        words += command.options.map { option in
            "[" + option.name + (option.value.map { " " + $0 } ?? "") + "]" + (option.repeats ? "…" : "")
        }
        words += command.operands.map { operand in
            let name = operand.name + (operand.repeats ? "…" : "")
            return operand.isOptional ? "[" + name + "]" : name
        }
        return words.joined(separator: " ")
    }

    /// A long left side gets a line of its own.
    private func columns(_ rows: [(String, String)]) -> String {
        let width = 26
        return rows.map { left, right in
            let gap =
                left.count + 2 > width
                ? "\n" + String(repeating: " ", count: width + 2) : String(repeating: " ", count: width - left.count)
            return "  " + left + gap + right + "\n"
        }.joined()
    }
}
