import Content

/// Why a command line cannot be followed.
enum UsageError: Error, Equatable {
    case missingCommand
    case unknownCommand(String, nearest: String?)
    case unknownOption(String, nearest: String?)
    case missingValue(option: String, value: String)
    case unwantedValue(option: String)
    case badValue(option: String, value: String, expected: SentenceKey)
    case missingOperand(String, command: String)
    case extraOperand(String, command: String)

    /// One sentence that names the thing and the remedy.
    func sentence(in sentences: Sentences) -> String {
        switch self {
        case .missingCommand:
            sentences(.usageNoCommand)
        case .unknownCommand(let name, let nearest):
            sentences(.usageUnknownCommand, ["name": name, "nearest": nearest ?? "--help"])
        case .unknownOption(let name, let nearest):
            sentences(.usageUnknownOption, ["name": name, "nearest": nearest ?? "--help"])
        case .missingValue(let option, let value):
            sentences(.usageMissingValue, ["option": option, "value": value])
        case .unwantedValue(let option):
            sentences(.usageUnwantedValue, ["option": option])
        case .badValue(let option, let value, let expected):
            sentences(
                .usageBadValue,
                ["option": option, "value": value, "expected": sentences(expected, Sentences.languageList)])
        case .missingOperand(let name, let command):
            sentences(.usageMissingOperand, ["name": name, "command": command])
        case .extraOperand(let text, let command):
            sentences(.usageExtraOperand, ["text": text, "command": command])
        }
    }
}
