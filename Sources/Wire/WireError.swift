import JSON

/// An `ERR` line: a code that programs read, a sentence for people and logs, and what the code carries.
public struct WireError: Error, Equatable, Sendable {
    /// The codes of the protocol.
    public enum Code: String, Sendable, CaseIterable {
        case lineTooLong = "line_too_long"
        case badUTF8 = "bad_utf8"
        case badText = "bad_text"
        case badTag = "bad_tag"
        case idReused = "id_reused"
        case unknownCommand = "unknown_command"
        case badArgument = "bad_argument"
        case badJSON = "bad_json"
        case noConversation = "no_conversation"
        case noSuchConversation = "no_such_conversation"
        case notLoggedIn = "not_logged_in"
        case notAllowed = "not_allowed"
        case notYours = "not_yours"
        case alreadyClaimed = "already_claimed"
        case queueEmpty = "queue_empty"
        case atCapacity = "at_capacity"
        case stale
        case badToken = "bad_token"
        case badCaseKey = "bad_case_key"
        case noSuchCase = "no_such_case"
        case rateLimited = "rate_limited"
        case tooMany = "too_many"
        case storageUnavailable = "storage_unavailable"
        case contentInvalid = "content_invalid"
    }

    /// What went wrong.
    public var code: Code
    /// One English sentence that says what to do.
    public var message: String
    /// Further members.
    public var members: [JSONValue.Member]

    /// An error with its sentence.
    public init(_ code: Code, _ message: String, _ members: [JSONValue.Member] = []) {
        self.code = code
        self.message = message
        self.members = members
    }

    /// The whole line, without its end.
    public var line: [UInt8] {
        var line = Array("ERR ".utf8)
        JSONWriter.append(to: &line) { writer in
            writer.beginObject()
            writer.name("code")
            writer.value(code.rawValue)
            writer.name("message")
            writer.value(message)
            for member in members {
                writer.name(dynamic: member.name)
                writer.value(member.value)
            }
            writer.endObject()
        }
        return line
    }
}
