import Content

/// What may be written after a command's name: the table from which parsing and help are made.
struct CommandSpecification: Sendable {
    /// One word, or two for a command of a command (`journal verify`).
    let name: String
    /// What it does, a line.
    let summary: SentenceKey
    /// What stands without dashes, in order.
    var operands: [OperandSpecification] = []
    /// What begins with two dashes, in the order of the help.
    var options: [OptionSpecification] = []
}

/// An operand of a command.
struct OperandSpecification: Sendable {
    /// How the help calls it: `NAME`.
    let name: String
    /// Whether it may be left away.
    var isOptional = false
    /// Whether there may be more of it. Only the last operand of a command.
    var repeats = false
}

/// An option of a command.
struct OptionSpecification: Sendable {
    /// With its dashes: `--to`.
    let name: String
    /// How the help calls its value, nil for a flag.
    var value: String?
    /// Whether each mention adds a value; otherwise the last one counts.
    var repeats = false
    /// What is taken where neither option nor environment nor settings say anything, as the help tells it.
    var byDefault: String?
    /// What it is for.
    let summary: SentenceKey

    /// The environment variable that stands for it: `CONSERJE_AGENT_TOKENS`.
    var variable: String {
        "CONSERJE_" + name.dropFirst(2).uppercased().replacing("-", with: "_")
    }
}
