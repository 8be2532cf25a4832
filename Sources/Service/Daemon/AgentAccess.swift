import Checksums
import Content
import Desk

/// Who may work as an agent: the settings' agents, or those of a file with salted hashes of their tokens.
///
/// A line of the file: `name role teams languages capacity salt hash`; teams and languages are lists with commas or `*`,
/// salt is hexadecimal, hash the SHA-256 of salt and token.
struct AgentAccess: Sendable {
    private struct Row {
        let agent: Agent
        let salt: [UInt8]
        let hash: [UInt8]
    }

    private let rows: [String: Row]?

    /// Why a file of tokens can't be used.
    enum Failure: Error, CustomStringConvertible {
        case file(PrivateFile.Failure)
        case badLine(path: String, line: Int, reason: String)

        var description: String {
            switch self {
            case .file(let failure): failure.description
            case .badLine(let path, let line, let reason): "\(path):\(line): error: \(reason)"
            }
        }
    }

    /// A name is enough.
    init() { rows = nil }

    /// Names need the tokens of a file.
    init(file path: String) throws(Failure) {
        let bytes: [UInt8]
        do throws(PrivateFile.Failure) { bytes = try PrivateFile.read(path) } catch { throw .file(error) }
        var rows: [String: Row] = [:]
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" || $0 == "\r" }
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            func bad(_ reason: String) -> Failure { .badLine(path: path, line: index + 1, reason: reason) }
            guard words.count == 7 else {
                throw bad("a line has seven words: name role teams languages capacity salt hash")
            }
            guard let role = Agent.Role(rawValue: String(words[1])) else {
                throw bad("the role is agent or supervisor")
            }
            guard let capacity = Int(words[4]), (0...1000).contains(capacity) else {
                throw bad("the capacity is a number from 0 to 1000")
            }
            guard let salt = Hexadecimal.decode(words[5].utf8), let hash = Hexadecimal.decode(words[6].utf8),
                hash.count == 32
            else { throw bad("salt and hash are hexadecimal digits, the hash 64 of them") }
            let name = String(words[0])
            guard rows[name] == nil else { throw bad("\(name) stands twice") }
            rows[name] = Row(
                agent: Agent(
                    name: name, role: role, teams: Self.list(words[2]), languages: Self.list(words[3]),
                    capacity: capacity),
                salt: salt, hash: hash)
        }
        self.rows = rows
    }

    private static func list(_ word: Substring) -> [String]? {
        word == "*" ? nil : word.split(separator: ",").map(String.init)
    }

    /// The agent who logs in, nil where the token is not the agent's.
    func agent(_ name: String, token: String?, settings: Settings) -> Agent? {
        guard let rows else { return agent(named: name, settings: settings) ?? Self.unknown(name) }
        // A name that is not there costs the same as one that is.
        let row = rows[name]
        let digest = SHA256.digest((row?.salt ?? []) + Array((token ?? "").utf8))
        guard constantTimeEqual(digest, row?.hash ?? [UInt8](repeating: 0, count: 32)), let row else { return nil }
        return row.agent
    }

    /// What is known of an agent who is not there.
    func agent(named name: String, settings: Settings) -> Agent? {
        if let rows { return rows[name]?.agent }
        guard let known = settings.agents.first(where: { $0.name == name }) else { return nil }
        return Agent(
            name: name, role: known.role == .supervisor ? .supervisor : .agent,
            teams: known.teams.isEmpty ? nil : known.teams,
            languages: known.languages.isEmpty ? nil : known.languages, capacity: known.capacity)
    }

    /// Whom the settings don't know, on a socket that its owner alone can open.
    private static func unknown(_ name: String) -> Agent {
        Agent(name: name, role: .supervisor, teams: nil, languages: nil, capacity: 3)
    }
}
