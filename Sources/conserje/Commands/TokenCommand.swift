import Checksums
import Content
import Glibc

/// `conserje token NAME`: a token for an agent. Standard output gets two lines: the token, then the line for the
/// agents' file, which holds only a salted hash of it.
enum TokenCommand {
    static let command = Command(
        specification: CommandSpecification(
            name: "token", summary: .tokenSummary, operands: [OperandSpecification(name: "NAME")],
            options: [
                OptionSpecification(
                    name: "--role", value: "agent|supervisor", byDefault: "agent", summary: .tokenRole),
                OptionSpecification(name: "--teams", value: "TEAM,…", byDefault: "*", summary: .tokenTeams),
                OptionSpecification(name: "--languages", value: "CODE,…", byDefault: "*", summary: .tokenLanguages),
                OptionSpecification(name: "--capacity", value: "N", byDefault: "3", summary: .tokenCapacity),
            ]),
        run: { arguments throws(UsageError) in
            let agent = try AgentLine(arguments)
            let sentences = Sentences(environment: arguments.environment)
            guard let token = randomBytes(16), let salt = randomBytes(16) else {
                StandardStream.error.write("conserje: " + sentences(.tokenNoRandom) + "\n")
                return .inputOutput
            }
            let text = Hexadecimal.encode(token)
            StandardStream.error.write(sentences(.tokenNote) + "\n")
            let isWritten = StandardStream.output.write(text + "\n" + agent.line(token: text, salt: salt) + "\n")
            return isWritten ? .success : .inputOutput
        })

    /// Bytes from the system's generator; `getentropy` is `getrandom` for up to 256 bytes.
    static func randomBytes(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return getentropy(&bytes, count) == 0 ? bytes : nil
    }
}

/// A line of the agents' file: `name role teams languages capacity salt hash`.
struct AgentLine: Sendable, Equatable {
    var name: String
    var role: String
    var teams: String
    var languages: String
    var capacity: Int

    /// Reads operand and options of a command line.
    init(_ arguments: Arguments) throws(UsageError) {
        name = arguments.operands.first ?? ""
        guard Self.isWord(name), !name.hasPrefix("#") else {
            throw .badValue(option: "NAME", value: name, expected: .usageName)
        }
        role = arguments.value("--role") ?? "agent"
        guard ["agent", "supervisor"].contains(role) else {
            throw .badValue(option: "--role", value: role, expected: .usageRole)
        }
        teams = arguments.value("--teams") ?? "*"
        languages = arguments.value("--languages") ?? "*"
        for (option, list) in [("--teams", teams), ("--languages", languages)] where !Self.isList(list) {
            throw .badValue(option: option, value: list, expected: .usageList)
        }
        let capacity = arguments.value("--capacity") ?? "3"
        guard let number = Int(capacity), (1...1000).contains(number) else {
            throw .badValue(option: "--capacity", value: capacity, expected: .usageCapacity)
        }
        self.capacity = number
    }

    /// The line, with the hash in hexadecimal: SHA-256 of the salt's bytes followed by the token's characters.
    func line(token: String, salt: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(salt)
        digest.update(token.utf8)
        let fields = [
            name, role, teams, languages, String(capacity), Hexadecimal.encode(salt),
            Hexadecimal.encode(digest.finish()),
        ]
        return fields.joined(separator: " ")
    }

    /// Whether a text is one word of the agents' file and of `LOGIN`.
    static func isWord(_ text: String) -> Bool {
        let isPlain = text.unicodeScalars.allSatisfy {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .control
        }
        return isPlain && !text.isEmpty && text.utf8.count <= 64
    }

    private static func isList(_ text: String) -> Bool {
        isWord(text) && text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
}
