import Content
import Glibc
import Shop
import Wire

/// The executable: finds the command that was asked for and runs it.
enum Program {
    /// Every command, in the order that the help lists them. The first is run where none is named.
    static let commands: [Command] = [
        ServeCommand.command, TokenCommand.command, ChatCommand.command, DeskCommand.command, CheckCommand.command,
        ExplainCommand.command, TestCommand.command, EvaluateCommands.intents, EvaluateCommands.content,
        EvaluateCommands.search,
        JournalCommands.verify, JournalCommands.export,
    ]

    /// Runs what the words of the command line say.
    static func run(words: [String]) -> ExitCode {
        // A reader that goes away (`conserje chat | head`) is an error of write, not a signal.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that may not grow any more (`ulimit -f`): for the journal that is a full disk.
        signal(SIGXFSZ, SIG_IGN)
        // Not for people: the daemon runs itself so.
        if words == [WebFetch.word] { return WebFetch.run() ? .success : .usage }
        let environment = Environment.current()
        let parser = ArgumentParser(commands: commands.map(\.specification), environment: environment)
        let sentences = Sentences(environment: environment)
        do throws(UsageError) {
            switch try parser.parse(words) {
            case .help(let command):
                let help = Help(sentences: sentences)
                StandardStream.output.write(command.map(help.text) ?? help.overview(of: commands.map(\.specification)))
                return .success
            case .version:
                StandardStream.output.write("conserje \(ServerIdentity.version)\n")
                return .success
            case .run(let arguments):
                guard let command = commands.first(where: { $0.specification.name == arguments.command.name }) else {
                    throw .unknownCommand(arguments.command.name, nearest: nil)
                }
                return try command.run(arguments)
            }
        } catch {
            StandardStream.error.write("conserje: " + error.sentence(in: sentences) + "\n")
            return .usage
        }
    }
}

/// A command: what may be written after its name, and what it does.
struct Command: Sendable {
    /// Its name, options and operands.
    let specification: CommandSpecification
    /// Runs it; what it throws is told with exit code 64.
    let run: @Sendable (Arguments) throws(UsageError) -> ExitCode
}
