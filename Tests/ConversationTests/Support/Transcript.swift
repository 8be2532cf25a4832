import Foundation

/// A conversation as it should go, in plain text: what the customer writes, and what is expected of each answer.
///
///     # Pregunta un precio y elige el modelo
///     > cuanto vale la batidora
///     < ask price
///     < choices contain Tromba
///     > 2
///     < answer price
///
/// `>` the customer says, `!` the customer's command, `@ana` an agent's command (`$` stands for the conversation,
/// `{key}` for the key of the case that was told last),
/// `<` what the answer before must be, `known:` why it does not go so yet.
struct Transcript: Sendable, CustomStringConvertible {
    enum Step: Sendable {
        case customer(String)
        case agent(String, String)
        case expect(String)
    }

    let name: String
    var title = ""
    var known: String?
    var steps: [(line: Int, step: Step)] = []

    var description: String { "\(name): \(title)" }

    init(name: String, text: String) {
        self.name = name
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let rest = String(line.dropFirst(2))
            switch line.first {
            case "#": title = rest
            case ">": steps.append((index + 1, .customer("SAY " + rest)))
            case "!": steps.append((index + 1, .customer(rest)))
            case "<": steps.append((index + 1, .expect(rest)))
            case "@":
                let parts = line.dropFirst().split(separator: " ", maxSplits: 1)
                steps.append((index + 1, .agent(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")))
            case "k" where line.hasPrefix("known: "): known = String(line.dropFirst(7))
            default: break
            }
        }
    }

    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// All transcripts, by name.
    static let all: [Transcript] = {
        let folder = root + "/Tests/ConversationTests/Transcripts"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
            guard let text = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8) else { return nil }
            return Transcript(name: String(name.dropLast(4)), text: text)
        }
    }()
}
