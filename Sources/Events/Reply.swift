import JSON

/// What kind of reply the bot gave.
public enum ReplyKind: String, Sendable {
    case answer, clarify, ask, order, smalltalk, handoff, fallback
}

/// A button under a reply.
public struct Choice: Sendable, Equatable {
    /// What stands on it.
    public var label: String
    /// What is said when it is pressed.
    public var say: String

    /// A button.
    public init(label: String, say: String) {
        self.label = label
        self.say = say
    }
}

/// Where an answer was taken from.
public struct Source: Sendable, Equatable {
    /// The section's title.
    public var title: String
    /// The file with its anchor: `KnowledgeBase/es/envios.md#plazos`.
    public var path: String

    /// A section's place.
    public init(title: String, path: String) {
        self.title = title
        self.path = path
    }
}

/// Why a conversation goes to a person.
public enum HandoffReason: String, Sendable, CaseIterable {
    case lowConfidence = "low_confidence"
    case asked, complaint, policy
    case failedVerification = "failed_verification"
    case repeated, error
    /// The time of a promised call or follow-up has come.
    case callback
}

/// Where a handoff stands, as a reply tells it.
public struct Handoff: Sendable, Equatable {
    /// `waiting`, `with_agent` or `message_taken`.
    public var state: ConversationState
    /// Place in the team's queue from 1; nil once a person has it.
    public var position: Int?
    /// Seconds; nil until five waits are known.
    public var estimatedWait: Int?
    /// Why.
    public var reason: HandoffReason
    /// The team that was asked.
    public var team: String

    /// A handoff's standing.
    public init(
        state: ConversationState, position: Int?, estimatedWait: Int?, reason: HandoffReason, team: String
    ) {
        self.state = state
        self.position = position
        self.estimatedWait = estimatedWait
        self.reason = reason
        self.team = team
    }
}

/// Who holds a conversation.
public enum ConversationState: String, Sendable {
    case bot, waiting
    case messageTaken = "message_taken"
    case withAgent = "with_agent"
    case resolved, closed
}

/// What the bot says, with why.
public struct Reply: Sendable, Equatable {
    /// The message's number in the conversation.
    public var seq: Int
    /// 0…1.
    public let confidence: Double
    /// Present on a handoff.
    public var handoff: Handoff?
    /// Present where it tells of a case. A reference, since few replies do and all are handed on several times.
    private var caseTold: CaseTold?
    /// All else.
    public internal(set) var wording: Wording

    private final class CaseTold: Sendable, Equatable {
        let value: Case

        init(_ value: Case) { self.value = value }

        static func == (one: CaseTold, other: CaseTold) -> Bool { one.value == other.value }
    }

    /// A reply.
    public init(
        seq: Int = 0, text: String, kind: ReplyKind, intent: String?, confidence: Double, language: String,
        choices: [Choice] = [], sources: [Source] = [], handoff: Handoff? = nil
    ) {
        self.init(
            Wording(
                .init(
                    text: text, kind: kind, intent: intent, language: language, choices: choices, sources: sources)),
            seq: seq, confidence: confidence)
        self.handoff = handoff
    }

    /// A reply whose words are at hand.
    public init(_ wording: Wording, seq: Int = 0, confidence: Double) {
        self.seq = seq
        // As it is written, so that what is folded at once equals what is folded from the log.
        self.confidence = (confidence * 10_000).rounded() / 10_000
        self.wording = wording
    }

    /// The case that it tells of.
    public var told: Case? {
        get { caseTold?.value }
        set { caseTold = newValue.map(CaseTold.init) }
    }

    /// Markdown.
    public var text: String {
        get { wording.parts.text }
        set { change { $0.text = newValue } }
    }

    /// Buttons.
    public var choices: [Choice] {
        get { wording.parts.choices }
        set { change { $0.choices = newValue } }
    }

    /// Sections it was taken from.
    public var sources: [Source] {
        get { wording.parts.sources }
        set { change { $0.sources = newValue } }
    }

    /// What kind it is.
    public var kind: ReplyKind { wording.parts.kind }
    /// The intent it belongs to.
    public var intent: String? { wording.parts.intent }
    /// The language's code.
    public var language: String { wording.parts.language }

    private mutating func change(_ body: (inout Wording.Parts) -> Void) {
        var parts = wording.parts
        body(&parts)
        wording = Wording(parts)
    }
}
