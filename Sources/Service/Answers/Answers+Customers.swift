import Content
import Dialogue
import Events
import JSON

extension Answers {
    /// `verified`: whether the website vouches for the customer; nil where it says nothing of one.
    static func opened(
        _ id: ConversationID, token: String, language: String, greeting: Reply, verified: Bool?,
        to bytes: inout [UInt8]
    ) {
        ok(&bytes) { writer in
            writer.member("conversation", id.description)
            writer.member("resume", token)
            writer.member("language", language)
            writer.name("greeting")
            greeting.write(to: &writer)
            if let verified {
                writer.name("verified")
                writer.value(verified)
            }
        }
    }

    /// `opened`: the conversation that the command opened by itself, with its token, so that it can be resumed.
    static func replied(
        _ seq: Int, _ reply: Reply, opened: (ConversationID, token: String)? = nil, to bytes: inout [UInt8]
    ) {
        ok(&bytes) { writer in
            writer.member("seq", seq)
            writer.name("reply")
            reply.write(to: &writer)
            if let opened {
                writer.member("conversation", opened.0.description)
                writer.member("resume", opened.token)
            }
        }
    }

    static func delivered(_ seq: Int, to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.member("seq", seq)
            writer.name("delivered")
            writer.value(true)
        }
    }

    static func numbered(_ seq: Int, to bytes: inout [UInt8]) { ok(&bytes) { $0.member("seq", seq) } }

    /// The first answer to a command that was sent again.
    static func again(_ answer: Conversation.AnsweredRequest.Answer, to bytes: inout [UInt8]) {
        switch answer {
        case .done: bytes += empty
        case .delivered(let seq): delivered(seq, to: &bytes)
        case .replied(let seq, let reply): replied(seq, reply, to: &bytes)
        case .numbered(let seq): numbered(seq, to: &bytes)
        case .language(let code): language(code, to: &bytes)
        }
    }

    static func resumed(_ conversation: Conversation, to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.member("conversation", conversation.id.description)
            writer.member("state", conversation.state.rawValue)
            writer.member("language", conversation.language)
        }
    }

    static func messages(_ messages: some Sequence<Message>, to bytes: inout [UInt8]) {
        ok(&bytes) { $0.member("messages", messages) }
    }

    static func language(_ code: String, to bytes: inout [UInt8]) { ok(&bytes) { $0.member("language", code) } }

    static func kept(_ what: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        ok(&bytes) { $0.member("kept", what) }
        return bytes
    }

    /// All that is held about a conversation, but agents' notes.
    static func export(_ transcript: Transcript, to bytes: inout [UInt8]) {
        let conversation = transcript.conversation
        ok(&bytes) { writer in
            writer.name("export")
            writer.beginObject()
            writer.member("conversation", conversation.id.description)
            writer.member("state", conversation.state.rawValue)
            writer.member("language", conversation.language)
            writer.optional("channel", conversation.channel)
            writer.optional("name", conversation.name)
            writer.optional("contact", conversation.contact)
            writer.optional("customer", conversation.vouchedFor)
            writer.ratings(conversation.ratings)
            writer.name("opened")
            writer.value(conversation.opened)
            writer.member("messages", transcript.messages.filter { !$0.isNote })
            writer.name("cases")
            writer.beginArray()
            for told in conversation.cases {
                writer.beginObject()
                told.writeMembers(to: &writer)
                writer.endObject()
            }
            writer.endArray()
            if let callback = conversation.callback {
                writer.name("callback")
                writer.object { callback.writeMembers(to: &$0) }
            }
            writer.name("leads")
            writer.beginArray()
            for lead in conversation.leads { writer.object { write(lead, to: &$0) } }
            writer.endArray()
            writer.name("events")
            writer.beginArray()
            for event in transcript.events {
                if case .agentNoted = event.body { continue }
                writer.beginObject()
                event.writeMembers(to: &writer)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }

    static func push(_ message: Message, to bytes: inout [UInt8]) {
        push("message", &bytes) { message.writeMembers(to: &$0) }
    }

    /// A reply that answers no command of its own: what the bot waited for has come.
    static func push(_ reply: Reply, at moment: Timestamp, to bytes: inout [UInt8]) {
        push("message", &bytes) { writer in
            Message(seq: reply.seq, at: moment, from: .bot, text: reply.text).writeMembers(to: &writer)
            writer.name("reply")
            reply.write(to: &writer)
        }
    }

    static func place(_ position: Int, estimate: Int?, to bytes: inout [UInt8]) {
        push("queue", &bytes) { writer in
            writer.member("position", position)
            writer.member("estimated_wait", estimate)
        }
    }

    static func agentJoined(_ name: String, to bytes: inout [UInt8]) {
        push("agent_joined", &bytes) { $0.member("name", name) }
    }

    static let agentLeft = Array(#"* {"type":"agent_left"}"#.utf8)

    /// It is resolved; what the customer is asked about it.
    static func resolved(_ survey: [SurveyKind], to bytes: inout [UInt8]) {
        push("resolved", &bytes) { $0.member("survey", survey.map(\.rawValue)) }
    }

    static func typing(_ id: ConversationID?, from: String, to bytes: inout [UInt8]) {
        push("typing", &bytes) { writer in
            writer.optional("conversation", id?.description)
            writer.member("from", from)
        }
    }
}
