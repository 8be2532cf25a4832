/// `conserje chat`: a customer in the terminal.
enum ChatCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "chat", summary: .chatSummary,
            options: [
                OptionSpecification(name: "--to", value: "ADDR", byDefault: "127.0.0.1:7411", summary: .chatTo),
                ToolOutput.language,
            ]),
        run: { arguments throws(UsageError) in
            let sentences = try arguments.sentences()
            let destination = try arguments.destination("--to", byDefault: "127.0.0.1:7411")
            let console = Console(environment: arguments.environment)
            return TerminalLoop.run(ChatSession(console: console, destination: destination, sentences: sentences))
        })
}
