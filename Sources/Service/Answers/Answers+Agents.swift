import Content
import Desk
import Dialogue
import Events
import JSON

extension Answers {
    static func login(_ agent: Agent, _ settings: Settings, to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.member("agent", agent.name)
            writer.member("role", agent.role.rawValue)
            writer.member("teams", agent.teams ?? settings.teams.map(\.id))
            writer.member("languages", agent.languages ?? settings.languages)
            writer.member("capacity", agent.capacity)
        }
    }

    private static func writeMembers(_ entry: QueueEntry, _ view: EntryView, state: String, to writer: inout JSONWriter)
    {
        writer.member("conversation", entry.conversation.description)
        writer.member("state", state)
        writer.member("position", view.position)
        writer.member("waited", view.waited)
        writer.member("due_in", view.dueIn)
        writer.member("reason", entry.reason.rawValue)
        writer.member("priority", entry.priority)
        writer.member("team", entry.team)
        writer.member("language", entry.language)
        writer.name("name")
        writer.value(entry.name)
        writer.member("last", entry.last)
        writer.name("verified")
        writer.value(view.isVerified)
        writer.optional("to", entry.addressee)
        if entry.needsSupervisor {
            writer.name("supervisor")
            writer.value(true)
        }
    }

    static func queue(
        _ waiting: [(QueueEntry, EntryView)], _ mine: [(QueueEntry, EntryView)], to bytes: inout [UInt8]
    ) {
        ok(&bytes) { writer in
            writer.name("waiting")
            writer.beginArray()
            for (entry, view) in waiting {
                writer.beginObject()
                writeMembers(entry, view, state: entry.state.rawValue, to: &writer)
                writer.endObject()
            }
            writer.endArray()
            writer.name("mine")
            writer.beginArray()
            for (entry, view) in mine {
                writer.beginObject()
                writeMembers(entry, view, state: ConversationState.withAgent.rawValue, to: &writer)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    static func claimed(
        _ conversation: Conversation, _ messages: [Message], _ context: ContextView, to bytes: inout [UInt8]
    ) {
        ok(&bytes) { writer in
            writer.member("conversation", conversation.id.description)
            writer.member("transcript", messages)
            writer.name("context")
            context.write(to: &writer)
        }
    }

    static func shown(
        _ conversation: Conversation, _ messages: [Message], _ context: ContextView, to bytes: inout [UInt8]
    ) {
        ok(&bytes) { writer in
            writer.member("conversation", conversation.id.description)
            writer.member("state", conversation.state.rawValue)
            writer.name("holder")
            switch conversation.holder {
            case .bot: writer.value("bot" as StaticString)
            case .queue: writer.value("queue" as StaticString)
            case .agent(let name, _): writer.value(name)
            case .resolved, .closed: writer.null()
            }
            writer.member("transcript", messages)
            writer.name("context")
            context.write(to: &writer)
        }
    }

    static func transcript(_ messages: [Message], to bytes: inout [UInt8]) {
        ok(&bytes) { $0.member("transcript", messages) }
    }

    static func suggestions(_ suggestions: [Suggestion], to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.name("suggestions")
            writer.beginArray()
            for suggestion in suggestions {
                writer.beginObject()
                writer.member("title", suggestion.title)
                writer.member("text", suggestion.text)
                writer.member("path", suggestion.path)
                writer.name("confidence")
                writer.value(suggestion.confidence, decimals: 4)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    static func waiting(_ entry: QueueEntry, _ view: EntryView, to bytes: inout [UInt8]) {
        push("waiting", &bytes) { writeMembers(entry, view, state: entry.state.rawValue, to: &$0) }
    }

    static func overdue(_ entry: QueueEntry, _ view: EntryView, to bytes: inout [UInt8]) {
        push("overdue", &bytes) { writeMembers(entry, view, state: entry.state.rawValue, to: &$0) }
    }

    static func claimed(_ id: ConversationID, by agent: String, to bytes: inout [UInt8]) {
        push("claimed", &bytes) {
            $0.member("conversation", id.description); $0.member("by", agent)
        }
    }

    static func taken(_ id: ConversationID, by agent: String, to bytes: inout [UInt8]) {
        push("taken", &bytes) {
            $0.member("conversation", id.description); $0.member("by", agent)
        }
    }

    static func resolved(_ id: ConversationID, by agent: String, to bytes: inout [UInt8]) {
        push("resolved", &bytes) {
            $0.member("conversation", id.description); $0.member("by", agent)
        }
    }

    static func left(_ id: ConversationID, why: String, to bytes: inout [UInt8]) {
        push("customer_left", &bytes) {
            $0.member("conversation", id.description); $0.member("why", why)
        }
    }

    static func push(_ message: Message, of id: ConversationID, to bytes: inout [UInt8]) {
        push("message", &bytes) { writer in
            writer.member("conversation", id.description)
            message.writeMembers(to: &writer)
        }
    }

    /// A message as a JSON value, for an error's members.
    static func value(_ message: Message) -> JSONValue {
        var writer = JSONWriter()
        message.write(to: &writer)
        return (try? JSONValue.parse(writer.bytes)) ?? .null
    }

    /// The files as they are now can't be used; the old content goes on answering.
    static func contentInvalid(_ problems: [String], to bytes: inout [UInt8]) {
        push("content_invalid", &bytes) { $0.member("problems", problems) }
    }

    static func reloaded(_ content: Interpreter, to bytes: inout [UInt8]) {
        ok(&bytes) { writer in
            writer.name("content")
            writeContent(content, problems: [], to: &writer)
        }
    }

    private static func writeContent(_ content: Interpreter, problems: [String], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("version", content.version)
        writer.member("intents", content.intentCount)
        writer.member("sections", content.sectionCount)
        writer.member("problems", problems)
        writer.endObject()
    }

    static func status(_ core: Core, to bytes: inout [UInt8]) {
        let facts = core.statusFacts()
        ok(&bytes) { writer in
            writer.member("waiting", core.desk.queue.count)
            writer.member("with_agents", core.desk.heldCount)
            writer.name("agents")
            writer.beginArray()
            for agent in core.desk.agents.values.sorted(by: { $0.name < $1.name }) where !agent.connections.isEmpty {
                writer.beginObject()
                writer.member("name", agent.name)
                writer.member("role", agent.role.rawValue)
                writer.name("ready")
                writer.value(agent.isReady)
                writer.member("teams", agent.teams ?? core.content.settings.teams.map(\.id))
                writer.member("languages", agent.languages ?? core.content.settings.languages)
                writer.member("capacity", agent.capacity)
                writer.member("holds", core.desk.conversations(of: agent.name).count)
                writer.endObject()
            }
            writer.endArray()
            writer.name("teams")
            writer.beginArray()
            for team in core.content.settings.teams {
                writer.beginObject()
                writer.member("team", team.id)
                writer.member("waiting", core.desk.queue.ordered(team: team.id).count)
                writer.member(
                    "ready", core.desk.agents.values.filter { $0.attends && $0.serves(team: team.id) }.count)
                writer.endObject()
            }
            writer.endArray()
            let cases = core.cases.counts(at: core.now)
            writer.name("cases")
            writer.beginObject()
            writer.member("open", cases.open)
            writer.member("overdue", cases.overdue)
            writer.endObject()
            writer.name("callbacks")
            writer.object { $0.member("coming", core.followUps.coming().count) }
            writer.member("leads", core.followUps.contacts().count)
            writer.name("content")
            writeContent(core.content, problems: facts.contentProblems, to: &writer)
            writer.name("journal")
            writer.beginObject()
            writer.member("seq", facts.position)
            writer.member("synced", facts.synced)
            writer.member("problem", facts.journalProblem)
            writer.optional("verified", facts.verified)
            writer.endObject()
            writer.name("orders")
            writer.object { writer in
                writer.member("source", facts.orders.source)
                writer.member("state", facts.orders.state)
                writer.optional("problem", facts.orders.problem)
            }
            writer.member("conversations", core.directory.count)
            writer.member("in_memory", core.conversations.count)
            writer.member("connections", core.sessions.count)
        }
    }
}

/// What `STATUS` tells of the log and of content that could not be taken into use.
struct StatusFacts: Sendable {
    var position = 0
    var synced = 0
    /// Why nothing can be stored now.
    var journalProblem: String?
    /// What the check of the sealed segments found.
    var verified: String?
    var contentProblems: [String] = []
    var orders = OrderStatus()
}

extension JSONWriter {
    /// A member with a text, or null.
    mutating func member(_ name: StaticString, _ text: String?) {
        self.name(name)
        value(text)
    }
}
