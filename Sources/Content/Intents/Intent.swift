/// What a customer may want, with what the bot says to it: one file `Intents/<phase>/<id>.md`.
///
/// `@unchecked Sendable`: its reader alone changes it, before anybody else has it.
public final class Intent: @unchecked Sendable {
    /// Where in a purchase the intent belongs: the folder's name.
    public enum Phase: String, Sendable, CaseIterable {
        case smallTalk = "small-talk"
        case preSale = "pre-sale"
        case order
        case afterSale = "after-sale"
    }

    /// What an answer is about.
    public enum Kind: String, Sendable, CaseIterable {
        /// The shop.
        case answer
        /// Just manners.
        case smalltalk
        /// Why the bot said what it said last; what is written is said where it has said nothing yet.
        case explanation
        /// That what was begun is not wanted any more.
        case abandon
        /// That no pictures and files are taken; said too where somebody pastes one.
        case attachment
        /// How a case stands; what is written is said where none is known.
        case caseStatus = "case_status"

        /// Whether it is about the shop, and no mere manners.
        public var isAboutShop: Bool { self == .answer || self == .attachment || self == .caseStatus }
    }

    /// Whether a person comes in.
    public enum HandoffPolicy: String, Sendable, CaseIterable {
        /// The bot answers.
        case never
        /// The answer comes with the choice of a person.
        case offer
        /// The answer is said while handing over.
        case always
    }

    /// Why `handoff: always` hands over.
    public enum HandoffReason: String, Sendable, CaseIterable {
        case asked
        case complaint
        case policy
    }

    /// What a case that an intent opens is about.
    public enum CaseKind: String, Sendable, CaseIterable {
        case complaint
        case billing
        case incident
        case request
    }

    /// An answer and when it is given.
    public struct Answer: Sendable, Equatable {
        /// nil: always. The last answer has none.
        public let condition: Condition?
        /// What is said.
        public let template: AnswerTemplate
    }

    /// A button that is offered with an answer.
    public struct Choice: Sendable, Equatable {
        /// What stands on it.
        public let label: String
        /// What is said when it is pressed.
        public let say: String
    }

    /// A place in the intent's file.
    public struct Place: Sendable, Equatable {
        /// Counted from 1.
        public let line: Int
        /// In characters, counted from 1.
        public let column: Int
    }

    /// The file's name without `.md`.
    public let id: String
    /// The file, relative to the content folder.
    public let path: String
    /// The folder.
    public let phase: Phase
    /// What a customer sees on a button, by language.
    public internal(set) var titles: [String: String] = [:]
    /// Id of the team that a handoff goes to.
    public internal(set) var team: String
    /// What an answer is about.
    public internal(set) var kind = Kind.answer
    /// Whether a person comes in.
    public internal(set) var handoff = HandoffPolicy.never
    /// Why, with `handoff: always`.
    public internal(set) var reason = HandoffReason.policy
    /// What the case is about that its answer opens.
    public internal(set) var caseKind: CaseKind?
    /// Whether a message of little but an order's number is for it.
    public internal(set) var takesOrder = false
    /// −100…100, of a handoff that this intent leads to.
    public internal(set) var priority = 0
    /// 0…1, instead of the one the matcher computes.
    public internal(set) var threshold: Double?
    /// Names of the slots that are looked for in what the customer writes.
    public internal(set) var slots: [String] = []
    /// Example utterances by language.
    public internal(set) var phrases: [String: [String]] = [:]
    /// Where each of `phrases` stands in the file, in the same order.
    public internal(set) var phrasePlaces: [String: [Place]] = [:]
    /// Patterns that decide before any statistics, by language.
    public internal(set) var rules: [String: [Rule]] = [:]
    /// What to ask when a slot is not known, by language and slot.
    public internal(set) var questions: [String: [String: AnswerTemplate]] = [:]
    /// What helps who cannot answer a question, by language and slot.
    public internal(set) var helps: [String: [String: AnswerTemplate]] = [:]
    /// What the steps of the flow may say, by language and folded name.
    public internal(set) var texts: [String: [String: AnswerTemplate]] = [:]
    /// The steps by which it is done; nil where an answer is all there is.
    public internal(set) var flow: Flow?
    /// Whether a step has an order proved, so that answers may tell of it.
    var verifiesOrder = false
    /// Answers by language, in the order in which their conditions are tried.
    public internal(set) var answers: [String: [Answer]] = [:]
    /// Buttons by language.
    public internal(set) var choices: [String: [Choice]] = [:]

    /// Questions that it must answer, or must not.
    var tests: [ConversationTest] = []

    init(id: String, path: String, phase: Phase, team: String) {
        self.id = id
        self.path = path
        self.phase = phase
        self.team = team
    }

    /// The same with some of its example phrases.
    /// - Parameter kept: which of each language's.
    convenience init(_ intent: Intent, keeping kept: [String: [Int]]) {
        self.init(id: intent.id, path: intent.path, phase: intent.phase, team: intent.team)
        (titles, kind, handoff, reason) = (intent.titles, intent.kind, intent.handoff, intent.reason)
        (caseKind, takesOrder, helps) = (intent.caseKind, intent.takesOrder, intent.helps)
        (priority, threshold, slots) = (intent.priority, intent.threshold, intent.slots)
        (questions, answers, choices) = (intent.questions, intent.answers, intent.choices)
        (rules, texts, flow) = (intent.rules, intent.texts, intent.flow)
        for (language, kept) in kept {
            guard let phrases = intent.phrases[language], let places = intent.phrasePlaces[language] else { continue }
            self.phrases[language] = kept.map { phrases[$0] }
            phrasePlaces[language] = kept.map { places[$0] }
        }
    }

    /// The first answer whose condition holds, and where it stands among the language's.
    public func answer(
        _ language: String, _ lookup: (String) -> ContentValue?
    ) -> (place: Int, template: AnswerTemplate)? {
        guard let answers = answers[language],
            let place = answers.firstIndex(where: { $0.condition?.holds(lookup) ?? true })
        else { return nil }
        return (place, answers[place].template)
    }
}
