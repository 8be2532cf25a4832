import Language

/// Reads command lines by a table of commands.
struct ArgumentParser: Sendable {
    /// The first is meant where none is named.
    let commands: [CommandSpecification]
    /// Where options that were not given are looked up later.
    let environment: [String: String]

    /// Reads the words after the program's name.
    func parse(_ words: [String]) throws(UsageError) -> Invocation {
        var rest = words[...]
        let command = try takeCommand(&rest)
        var given: [String: [String]] = [:]
        var operands: [String] = []
        var optionsEnded = false
        while let word = rest.popFirst() {
            if optionsEnded || !word.hasPrefix("-") || word == "-" {
                operands.append(word)
                continue
            }
            switch word {
            case "--": optionsEnded = true
            case "--help", "-h": return .help(command ?? (words.count == rest.count + 1 ? nil : commands.first))
            case "--version": return .version
            default:
                guard let command = command ?? commands.first else { throw .unknownOption(word, nearest: nil) }
                let (option, value) = try takeOption(word, of: command, &rest)
                given[option, default: []].append(value)
            }
        }
        guard let command = command ?? commands.first else { throw .missingCommand }
        try check(operands, of: command)
        return .run(Arguments(command: command, operands: operands, environment: environment, given: given))
    }

    /// Takes the command's name, two words before one; nil where the line begins with an option or is empty.
    private func takeCommand(_ words: inout ArraySlice<String>) throws(UsageError) -> CommandSpecification? {
        guard let first = words.first, !first.hasPrefix("-") else { return nil }
        for count in [2, 1] where words.count >= count {
            let name = words.prefix(count).joined(separator: " ")
            if let command = commands.first(where: { $0.name == name }) {
                words = words.dropFirst(count)
                return command
            }
        }
        let inner = commands.filter { $0.name.hasPrefix(first + " ") }
        if !inner.isEmpty {
            let name = words.prefix(2).joined(separator: " ")
            throw .unknownCommand(name, nearest: EditDistance.nearest(name, among: inner.map(\.name)))
        }
        throw .unknownCommand(first, nearest: EditDistance.nearest(first, among: commands.map(\.name)))
    }

    private func takeOption(
        _ word: String, of command: CommandSpecification, _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> (name: String, value: String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = command.options.first(where: { $0.name == parts[0] }) else {
            let names = command.options.map(\.name) + ["--help", "--version"]
            throw .unknownOption(parts[0], nearest: EditDistance.nearest(parts[0], among: names))
        }
        guard option.value != nil else {
            if parts.count > 1 { throw .unwantedValue(option: option.name) }
            return (option.name, "")
        }
        if parts.count > 1 { return (option.name, parts[1]) }
        guard let value = rest.first, !value.hasPrefix("--") else {
            throw .missingValue(option: option.name, value: option.value ?? "")
        }
        rest = rest.dropFirst()
        return (option.name, value)
    }

    private func check(_ operands: [String], of command: CommandSpecification) throws(UsageError) {
        let needed = command.operands.prefix { !$0.isOptional }
        if operands.count < needed.count {
            throw .missingOperand(needed[operands.count].name, command: command.name)
        }
        if operands.count > command.operands.count, command.operands.last?.repeats != true {
            throw .extraOperand(operands[command.operands.count], command: command.name)
        }
    }
}
