import Content

/// What a command line asks for.
enum Invocation: Sendable {
    case run(Arguments)
    /// The help of one command, or of all.
    case help(CommandSpecification?)
    case version
}

/// A command with what was written after it. Options come before the environment; settings and defaults are the
/// caller's: `arguments.value("--web") ?? settings.web ?? "off"`.
struct Arguments: Sendable {
    /// The command that was asked for.
    let command: CommandSpecification
    /// What was written without dashes, in order; the number that the table asks for.
    let operands: [String]
    /// The environment of the process.
    let environment: [String: String]
    let given: [String: [String]]

    /// The last value of an option, from the command line or else from the environment.
    func value(_ option: String) -> String? { values(option).last }

    /// All values of an option that may be repeated; in the environment they are parted by white space.
    func values(_ option: String) -> [String] {
        if let values = given[option] { return values }
        guard let specification = command.options.first(where: { $0.name == option }),
            let text = environment[specification.variable], !text.isEmpty
        else { return [] }
        return specification.repeats ? text.split(whereSeparator: \.isWhitespace).map(String.init) : [text]
    }

    /// Whether a flag was given, or the environment says so: anything but nothing, `0`, `no` and `off`.
    func flag(_ option: String) -> Bool {
        if given[option] != nil { return true }
        guard let text = value(option)?.lowercased() else { return false }
        return !["0", "no", "off", "false"].contains(text)
    }

    /// The language for the person: `--language`, its variable, or what the system is set to.
    func sentences() throws(UsageError) -> Sentences {
        let option = value("--language")
        guard let option else { return Sentences(environment: environment) }
        guard Catalogue.languages.contains(option) else {
            throw .badValue(option: "--language", value: option, expected: .usageLanguage)
        }
        return Sentences(option)
    }

    /// An option's value as an address.
    func destination(_ option: String, byDefault: String) throws(UsageError) -> Destination {
        let text = value(option) ?? byDefault
        guard let destination = Destination(text) else {
            throw .badValue(option: option, value: text, expected: .usageAddress)
        }
        return destination
    }
}
