/// `conserje desk`: an agent in the terminal. The token stands in `CONSERJE_TOKEN`; a command line can be read by
/// everybody on the machine, so that there is no option for it.
enum DeskCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "desk", summary: .deskSummary,
            options: [
                OptionSpecification(
                    name: "--to", value: "ADDR", byDefault: "unix:.conserje/agents.sock", summary: .deskTo),
                OptionSpecification(name: "--name", value: "NAME", byDefault: "USER", summary: .deskName),
                ToolOutput.language,
            ]),
        run: { arguments throws(UsageError) in
            let sentences = try arguments.sentences()
            let destination = try arguments.destination("--to", byDefault: "unix:.conserje/agents.sock")
            let name = arguments.value("--name") ?? arguments.environment["USER"] ?? ""
            guard AgentLine.isWord(name) else {
                throw .badValue(option: "--name", value: name, expected: .usageName)
            }
            let token = arguments.environment["CONSERJE_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
            let console = Console(environment: arguments.environment)
            return TerminalLoop.run(
                DeskSession(
                    console: console, destination: destination, sentences: sentences, name: name, token: token))
        })
}
