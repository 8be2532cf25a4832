/// A conversation as editors say that it must go, or a question and what must answer it.
public struct ConversationTest: Sendable, Equatable {
    /// The file, relative to the content folder.
    public let path: String
    /// Of its heading or its question, counted from 1.
    public let line: Int
    /// In characters, counted from 1.
    public let column: Int
    /// Its heading, or the question itself.
    public let title: String
    /// Whether it is one question of an intent's file or an article.
    public let isQuestion: Bool
    /// Why it does not go so yet, where editors know.
    public internal(set) var known: String?
    /// The language that the customer chose before the first word; nil: the bot finds out.
    public internal(set) var language: String?
    /// When it begins, in milliseconds since 1970.
    public internal(set) var moment: Int64
    /// What is done and what is expected, in order.
    public internal(set) var steps: [Step] = []

    /// A line of a conversation.
    public struct Step: Sendable, Equatable {
        /// Counted from 1.
        public let line: Int
        /// In characters, counted from 1.
        public let column: Int
        /// As it is written.
        public let text: String
        /// What it means.
        public let act: Act
    }

    /// What a line means.
    public enum Act: Sendable, Equatable {
        /// The customer writes that.
        case says(String)
        /// The customer asks for a person with the button that is always there.
        case asksForPerson(String?)
        /// The customer leaves the queue.
        case cancels
        /// The customer rates: the protocol's kind and a score.
        case rates(kind: String, score: Int)
        /// The customer asks how the case stands that was told last.
        case looksAtCase
        /// The customer goes on in another language.
        case chooses(language: String)
        /// The customer leaves and begins anew.
        case beginsAnew
        /// An agent does something.
        case agent(String, AgentAct)
        /// What the answer to the last of the customer's lines must be.
        case expects(Check)
    }

    /// What an agent does with the customer's conversation.
    public enum AgentAct: Sendable, Equatable {
        case comesIn, leaves, takes
        case tells(String)
        case notes(String)
        case transfers(to: String)
        case returns, resolves
        /// Answers the case that was told last; the outcome is the protocol's word.
        case answersCase(outcome: String?, String)
    }

    /// The kinds of reply that can be expected, in the order in which the catalogue names them.
    public enum Kind: String, Sendable, CaseIterable {
        case answer, ask, clarify, handoff, order, smalltalk, fallback
        /// No answer with confidence: `clarify`, `fallback`, or a handoff.
        case unsure
        /// The bot says nothing: a person reads it.
        case silent
    }

    /// One thing that must hold of an answer.
    public enum Check: Sendable, Equatable {
        /// One of these kinds and one of these intents; where there are none, any.
        case reply(kinds: [Kind], intents: [String])
        case says(String)
        case lacks(String)
        case choice(String)
        case noChoice(String)
        /// A file of the knowledge base, or a part of its path.
        case source(String)
        /// A language's code.
        case language(String)
        /// The protocol's word for a handoff's reason.
        case reason(String)
        /// The protocol's word for where a handoff stands.
        case state(String)
        /// A team's id.
        case team(String)
        /// The case that was told last, by the protocol's words; nil: any.
        case caseTold(kind: String?, state: String?)
        /// Answered by that intent, or from that article.
        case answered(intent: String?, article: String?)
        /// By neither.
        case notAnswered(intent: String?, article: String?)
    }

    /// The reasons for a handoff, as the protocol writes them.
    public static let reasons = [
        "low_confidence", "asked", "complaint", "policy", "failed_verification", "repeated", "error",
        "callback",
    ]
    /// Where a handoff may stand, in the order in which the catalogue names them.
    public static let states = ["waiting", "message_taken"]

    /// The states of a case and the outcomes of its answer, as the protocol writes them.
    static let caseStates = ["open", "answered", "closed"]
    static let caseOutcomes = ["accepted", "refused", "partly"]

    /// Tuesday, 24 November 2026, 11:00: when a conversation begins that says nothing else.
    static let usualDay = CalendarDay(number: 20_781)
    static let usualMinute = 11 * 60

    init(path: String, place: SourceText.Position, title: String, isQuestion: Bool, settings: Settings) {
        self.path = path
        (line, column) = (place.line, place.column)
        self.title = title
        self.isQuestion = isQuestion
        moment = settings.moment(Self.usualDay, minute: Self.usualMinute)
    }
}

extension Settings {
    /// A time of a day in the shop, in milliseconds since 1970.
    func moment(_ day: CalendarDay, minute: Int) -> Int64 {
        Int64(timeZone.unixSeconds(local: day.number * 86_400 + minute * 60)) * 1000
    }
}
