import Dialogue
import Events

/// What the shop's hours say of one minute, kept for all who ask within it: hours begin and end with a minute, and to
/// find the next opening takes longer than all else about a handoff.
struct HoursThisMinute {
    /// Whether the shop's people work.
    let isOpen: Bool
    private let minute: Int64
    private let content: Interpreter
    private let moment: Timestamp
    /// By language.
    private var messageTaken: [String: String] = [:]

    init(_ content: Interpreter, _ now: Timestamp) {
        self.content = content
        moment = now
        minute = Self.minute(now)
        isOpen = content.serviceHours.isOpen(at: now.milliseconds)
    }

    /// Whether this is still that minute and that content.
    func holds(for content: Interpreter, _ now: Timestamp) -> Bool {
        self.content === content && minute == Self.minute(now)
    }

    /// Where a customer who waits stands, in a sentence.
    mutating func sentence(_ handoff: Handoff, _ language: String) -> String {
        guard handoff.state == .messageTaken else {
            return content.handoffSentence(handoff, now: moment, language: language)
        }
        if let known = messageTaken[language] { return known }
        let sentence = content.handoffSentence(handoff, now: moment, language: language)
        messageTaken[language] = sentence
        return sentence
    }

    private static func minute(_ moment: Timestamp) -> Int64 { moment.milliseconds / 60_000 }
}
