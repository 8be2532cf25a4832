/// A command's row in `HELP`.
public struct Verb: Sendable {
    /// In capitals.
    public let name: String
    /// With its arguments.
    public let usage: String
    /// One English sentence.
    public let does: String
    /// Whether its reply may hold a transcript or a queue: megabytes for a dozen bytes.
    let hasLongReply: Bool

    init(_ usage: String, _ does: String, hasLongReply: Bool = false) {
        name = String(usage.prefix { $0 != " " })
        self.usage = usage
        self.does = does
        self.hasLongReply = hasLongReply
    }

    /// With its arguments, where the shop speaks these languages.
    public func usage(languages: [String]) -> String {
        name == "LANGUAGE" ? "\(name) \(languages.joined(separator: "|"))" : usage
    }

    /// The verbs that a listener understands, in the order of `HELP`.
    public static func all(_ role: Role) -> [Verb] { role == .customer ? customer : agent }

    private static let shared = [
        Verb("PING", "answers, and does nothing else"), Verb("HELP", "lists the commands"),
        Verb("QUIT", "closes the connection"),
    ]

    private static let customer =
        [
            Verb("HELLO [json]", "opens a conversation: language, channel, name, contact, customer"),
            Verb("SAY text", "says something to the bot, or to the person who holds the conversation"),
            Verb("HUMAN [reason]", "asks for a person"), Verb("CANCEL", "leaves the queue, back to the bot"),
            Verb("RATE kind score [comment]", "rates: answer 0 or 1; once it is resolved csat 1-5, nps 0-10, ces 1-7"),
            Verb(
                "RESUME token [after-seq]", "takes a conversation up again and sends what was said since",
                hasLongReply: true),
            Verb("HISTORY [count]", "the last messages, oldest first", hasLongReply: true),
            Verb("TYPING", "tells the other side that something is being typed"),
            Verb("LANGUAGE code", "goes on in that language"),
            Verb("CASE key", "how a case stands, from any conversation"),
            Verb("EXPORT", "all that is held about this conversation", hasLongReply: true),
            Verb("FORGET", "erases the personal data of this conversation"),
        ] + shared

    private static let agent =
        [
            Verb("LOGIN name [token]", "says who works here"), Verb("READY [capacity]", "takes offers"),
            Verb("AWAY", "takes no offers"), Verb("LOGOUT", "stops working on this connection"),
            Verb("QUEUE [team]", "who waits, and what is yours", hasLongReply: true),
            Verb(
                "CLAIM [conversation]", "takes the named conversation, or the next one that waits", hasLongReply: true),
            Verb("TELL conversation text", "writes to the customer"),
            Verb("NOTE conversation text", "writes what agents alone see"),
            Verb("TRANSFER conversation team-or-agent [note]", "hands it to another team or agent"),
            Verb("RETURN conversation [note]", "gives it back to the bot"),
            Verb("RESOLVE conversation [outcome] [#tag…]", "finishes it"),
            Verb("WATCH conversation", "follows it silently", hasLongReply: true),
            Verb("UNWATCH conversation", "stops following it"),
            Verb(
                "TAKE conversation", "takes it out of the bot's hands or, as a supervisor, another agent's",
                hasLongReply: true),
            Verb("SHOW conversation", "its state, transcript and context", hasLongReply: true),
            Verb("TYPING conversation", "tells the customer that you are typing"),
            Verb("SUGGEST conversation", "sections that may answer what the customer asked last"),
            Verb("CASES [team]", "the cases that wait for an answer, by due date", hasLongReply: true),
            Verb(
                "ANSWER case-key [#accepted|#refused|#partly] text",
                "answers a case with reasons, which the customer gets in the conversation or on return"),
            Verb("CALLBACKS [team]", "the calls and follow-ups that are promised, by their time", hasLongReply: true),
            Verb(
                "CALLBACK conversation time text",
                "promises a follow-up: the conversation is in the queue at that time (2026-11-25T17:00)"),
            Verb("LEADS [team]", "the contacts that customers left, newest first", hasLongReply: true),
            Verb("STATUS", "waiting, agents, teams, content and journal", hasLongReply: true),
            Verb("RELOAD", "reads the content again"),
            Verb("EXPLAIN text", "what the bot would answer, and why"),
        ] + shared
}
