import Dialogue
import Events
import LineServer
import Wire

/// What one connection is to the service.
struct Session {
    /// Which listener it came to.
    let role: Role
    /// Where it came from.
    let origin: ConnectionOrigin
    /// Tells an agent's connections apart.
    let number: UInt64
    /// The customer's conversation.
    var conversation: ConversationID?
    /// The language that the customer chose.
    var language: String?
    /// Who logged in.
    var agent: String?
    /// Conversations that an agent follows.
    var watching: Set<ConversationID> = []
    /// Answers to commands with an `@id` for which there is no conversation.
    var answered: [String: PlainAnswer] = [:]
    /// Jobs that wait until something was read from the log; their order is the connection's.
    var backlog: [Job]?

    /// An answer that is kept as it was.
    struct PlainAnswer {
        let command: String
        let line: [UInt8]
    }

    init(role: Role, origin: ConnectionOrigin, number: UInt64) {
        self.role = role
        self.origin = origin
        self.number = number
    }
}

/// One command on its way through the decider. A reference: it is handed on several times.
final class Job: Sendable {
    /// Whose.
    let connection: ConnectionHandle
    /// Where the reply belongs.
    let slot: ReplySlot
    /// The command.
    let request: Request
    /// What the content makes of the text, where the command has one for the bot.
    let understanding: Understanding?
    /// The content that made it: an understanding counts intents by their place, so that it means nothing to another.
    let content: Interpreter?

    init(
        connection: ConnectionHandle, slot: ReplySlot, request: Request, understanding: Understanding? = nil,
        content: Interpreter? = nil
    ) {
        self.connection = connection
        self.slot = slot
        self.request = request
        self.understanding = understanding
        self.content = content
    }
}
