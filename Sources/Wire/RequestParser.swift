import Checksums
import Events
import JSON
import Language

/// Reads a client's line: tags, verb, arguments. The line is UTF-8 without control characters but TAB.
public struct RequestParser: Sendable {
    /// Which listener's verbs it knows.
    public let role: Role
    private let names: [String]

    /// A parser for one listener.
    public init(role: Role) {
        self.role = role
        names = Verb.all(role).map(\.name)
    }

    /// - Parameter line: the bytes before the line end.
    /// - Throws: `WireError` with the answer that the line gets.
    public func parse(_ line: UnsafeBufferPointer<UInt8>) throws(WireError) -> Request {
        var words = Words(bytes: line)
        var tags = Tags()
        var seen: [String] = []
        while words.peek == UInt8(ascii: "@") { try readTag(words.next(), into: &tags, seen: &seen) }
        let body = words.restBytes
        let verb = words.next().uppercased()
        guard names.contains(verb) else { throw unknown(verb) }
        var arguments = Arguments(verb: verb, words: words, json: tags.json)
        let command = try command(verb, &arguments)
        if !arguments.isFinished {
            throw WireError(.badArgument, "\(verb) takes less: \(usage(verb)).")
        }
        return Request(tags: tags, command: command, tag: tags.id.map { Self.tag(id: $0, verb: verb, body: body) })
    }

    /// What an answer to a key that is none says.
    public static let badCaseKey =
        "This is no case key; check it letter by letter: CL- and twelve letters and figures."

    private static func tag(id: String, verb: String, body: Slice<UnsafeBufferPointer<UInt8>>) -> RequestTag {
        var digest = SHA256()
        digest.update(verb.utf8)
        digest.update(body.dropFirst(verb.utf8.count))
        return RequestTag(
            id: Hexadecimal.encode(SHA256.digest(id.utf8)),
            command: String(Hexadecimal.encode(digest.finish()).prefix(16)))
    }

    /// As a tag holds it.
    static func digest(_ text: String) -> String { String(Hexadecimal.encode(SHA256.digest(text.utf8)).prefix(16)) }

    private func unknown(_ verb: String) -> WireError {
        let nearest = EditDistance.nearest(verb, among: names) ?? "HELP"
        return WireError(
            .unknownCommand,
            "There is no command \(verb.prefix(40)) here; did you mean \(nearest)? HELP lists them all.",
            [.init("nearest", .string(nearest))])
    }

    private func usage(_ verb: String) -> String { Verb.all(role).first { $0.name == verb }?.usage ?? verb }

    private func readTag(_ word: String, into tags: inout Tags, seen: inout [String]) throws(WireError) {
        let parts = word.dropFirst().split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw WireError(.badTag, "A tag is @key=value; write it so, or leave it out.")
        }
        let (key, value) = (String(parts[0]), parts[1])
        if seen.contains(key) { throw WireError(.badTag, "The tag @\(key.prefix(40)) stands twice; give it once.") }
        seen.append(key)
        switch key {
        case "id":
            let allowed = value.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
            guard allowed, (1...64).contains(value.utf8.count) else {
                throw WireError(.badTag, "@id takes 1 to 64 of A-Z, a-z, 0-9, _ and -.")
            }
            tags.id = String(value)
        case "json":
            guard value == "1" || value == "0" else { throw WireError(.badTag, "@json takes 1 or 0.") }
            tags.json = value == "1"
        case "after":
            guard let number = Int(value), number >= 0 else {
                throw WireError(.badTag, "@after takes a message number.")
            }
            tags.after = number
        case "seq":
            guard let number = Int(value), number > 0 else { throw WireError(.badTag, "@seq takes a message number.") }
            tags.seq = number
        default: break
        }
    }

    private func command(_ verb: String, _ arguments: inout Arguments) throws(WireError) -> Command {
        switch verb {
        case "PING": return .ping
        case "HELP": return .help
        case "QUIT": return .quit
        case "TYPING": return role == .customer ? .typing : .typingTo(try arguments.conversation())
        default: return role == .customer ? try customer(verb, &arguments) : try agent(verb, &arguments)
        }
    }

    private func customer(_ verb: String, _ arguments: inout Arguments) throws(WireError) -> Command {
        switch verb {
        case "SAY": return .say(try arguments.text())
        case "HUMAN": return .human(reason: try arguments.optionalText())
        case "CANCEL": return .cancel
        case "EXPORT": return .export
        case "FORGET": return .forget
        case "CASE": return .caseState(try arguments.text())
        case "HELLO": return .hello(try arguments.hello())
        case "LANGUAGE": return .language(try arguments.word("language").lowercased())
        case "HISTORY":
            return .history(count: try arguments.number("count", in: 1...1000, default: 50))
        case "RESUME":
            let token = try arguments.word("token")
            return .resume(token: token, after: try arguments.number("after-seq", in: 0...Int.max, default: 0))
        default: return .rate(try arguments.rating())
        }
    }

    private func agent(_ verb: String, _ arguments: inout Arguments) throws(WireError) -> Command {
        switch verb {
        case "LOGIN":
            let name = try arguments.word("name")
            return .login(name: try arguments.agentName(name), token: arguments.optionalWord())
        case "READY":
            guard !arguments.isFinished else { return .ready(capacity: nil) }
            return .ready(capacity: try arguments.number("capacity", in: 0...1000, default: 0))
        case "AWAY": return .away
        case "LOGOUT": return .logout
        case "QUEUE": return .queue(team: arguments.optionalWord())
        case "CLAIM": return .claim(arguments.isFinished ? nil : try arguments.conversation())
        case "TELL": return .tell(try arguments.conversation(), text: try arguments.text())
        case "NOTE": return .note(try arguments.conversation(), text: try arguments.text())
        case "TRANSFER":
            return .transfer(
                try arguments.conversation(), target: try arguments.word("team-or-agent"),
                note: try arguments.optionalText())
        case "RETURN": return .giveBack(try arguments.conversation(), note: try arguments.optionalText())
        case "RESOLVE":
            let conversation = try arguments.conversation()
            let (outcome, tags) = try arguments.outcome()
            return .resolve(conversation, outcome: outcome, tags: tags)
        case "WATCH": return .watch(try arguments.conversation())
        case "UNWATCH": return .unwatch(try arguments.conversation())
        case "TAKE": return .take(try arguments.conversation())
        case "SHOW": return .show(try arguments.conversation())
        case "SUGGEST": return .suggest(try arguments.conversation())
        case "CASES": return .cases(team: arguments.optionalWord())
        case "ANSWER":
            let key = try arguments.caseKey()
            let (outcome, text) = try arguments.caseAnswer()
            return .answer(key, outcome: outcome, text: text)
        case "CALLBACKS": return .callbacks(team: arguments.optionalWord())
        case "CALLBACK":
            return .callback(
                try arguments.conversation(), time: try arguments.word("a time"), text: try arguments.text())
        case "LEADS": return .leads(team: arguments.optionalWord())
        case "STATUS": return .status
        case "RELOAD": return .reload
        default: return .explain(try arguments.text())
        }
    }
}
