import Content
import JSON

/// The service's answer to a line of a conversation, as its customer's channel would read it.
struct TestAnswer: Sendable {
    private let json: JSONValue
    private let reply: JSONValue

    init(_ json: JSONValue) {
        self.json = json
        reply = json["reply"] ?? .null
    }

    /// Why the line was refused.
    var refusal: (code: String, message: String)? {
        json["code"]?.string.map { ($0, json["message"]?.string ?? "") }
    }

    /// Whether it is more than that the line was done.
    var isReply: Bool { reply != .null || told != nil || json["delivered"] != nil || refusal != nil }

    /// Whether it is as expected.
    func satisfies(_ check: ConversationTest.Check) -> Bool {
        switch check {
        case .reply(let kinds, let intents):
            (kinds.isEmpty ? kind != nil || told != nil : kinds.contains(where: isOf))
                && (intents.isEmpty || intent.map(intents.contains) ?? false)
        case .says(let part): says(part)
        case .lacks(let part): !says(part)
        case .choice(let part): choices.contains { Self.holds($0, part) }
        case .noChoice(let part): !choices.contains { Self.holds($0, part) }
        case .source(let part): sources.contains { $0.contains(part) }
        case .language(let code): reply["language"]?.string == code
        case .reason(let code): reply["handoff"]?["reason"]?.string == code
        case .state(let state): reply["handoff"]?["state"]?.string == state
        case .team(let team): reply["handoff"]?["team"]?.string == team
        case .caseTold(let kind, let state): isTold(kind, state)
        case .answered(let intent, let article): isAnswered(intent, article)
        case .notAnswered(let intent, let article): !isAnswered(intent, article)
        }
    }

    private func isOf(_ expected: ConversationTest.Kind) -> Bool {
        switch expected {
        case .unsure: [.clarify, .fallback, .handoff].contains(kind)
        case .silent: json["delivered"]?.bool == true
        default: kind == expected
        }
    }

    /// Whether the intent or the article took the question: a question back between intents is no answer.
    private func isAnswered(_ intent: String?, _ article: String?) -> Bool {
        let isLost = reply["handoff"]?["reason"]?.string == "low_confidence"
        guard let kind, ![.clarify, .fallback].contains(kind), !isLost else { return false }
        if let intent, intent == self.intent { return true }
        return article.map { article in sources.contains { $0.prefix { $0 != "#" } == article } } ?? false
    }

    private func isTold(_ kind: String?, _ state: String?) -> Bool {
        guard let told else { return false }
        return (kind == nil || told["kind"]?.string == kind) && (state == nil || told["state"]?.string == state)
    }

    /// The key of the case that it tells of.
    var caseKey: String? { told?["key"]?.string }

    private var told: JSONValue? { json["case"] ?? reply["case"] }
    private var kind: ConversationTest.Kind? { reply["kind"]?.string.flatMap(ConversationTest.Kind.init) }
    private var intent: String? { reply["intent"]?.string }
    private var text: String { reply["text"]?.string ?? "" }
    private var choices: [String] { (reply["choices"]?.array ?? []).compactMap { $0["label"]?.string } }
    private var sources: [String] { (reply["sources"]?.array ?? []).compactMap { $0["path"]?.string } }

    /// Marks count for nothing: editors quote what a customer reads.
    private func says(_ part: String) -> Bool {
        Self.holds(text, part) || Self.holds(MarkdownDocument(text).plainText, part)
    }

    /// Whether a text holds another, whatever the case and the blanks.
    private static func holds(_ text: String, _ part: String) -> Bool { plain(text).contains(plain(part)) }

    private static func plain(_ text: String) -> String {
        text.lowercased().split { $0.isWhitespace }.joined(separator: " ")
    }

    // MARK: - Shown

    private var caseSummary: String {
        ["key", "kind", "state"].compactMap { told?[$0]?.string }.joined(separator: " ")
    }

    /// What came, in one line.
    func summary(_ sentences: Sentences, textLimit: Int = 140) -> String {
        if let refusal { return sentences(.testRefused, ["code": refusal.code, "message": refusal.message]) }
        if reply == .null, told != nil { return sentences(.testCame, ["reply": caseSummary]) }
        guard let kind, let place = ConversationTest.Kind.allCases.firstIndex(of: kind) else {
            return sentences(.testNoReply)
        }
        let words = Catalogue.words(.testReplies, sentences.language)
        var parts = [String((words.indices.contains(place) ? words[place] : kind.rawValue).prefix { $0 != "/" })]
        if let intent { parts.append(intent) }
        if let confidence = reply["confidence"]?.double { parts.append("(\(confidence))") }
        let line = text.split(separator: "\n").joined(separator: " ⏎ ")
        parts.append(sentences(.quoted, ["text": line.count > textLimit ? line.prefix(textLimit) + "…" : line]))
        if !choices.isEmpty { parts.append("[" + choices.joined(separator: " | ") + "]") }
        parts += sources.prefix(1)
        let handoff = reply["handoff"].map { handoff in
            ["reason", "team", "state"].compactMap { handoff[$0]?.string }.joined(separator: ", ")
        }
        parts += handoff.map { [$0] } ?? []
        if told != nil { parts.append(caseSummary) }
        return sentences(.testCame, ["reply": parts.joined(separator: " ")])
    }
}
