import Content
import JSON

/// What was promised to customers, and the contacts that they left.
extension DeskSession {
    /// What is promised and still to come.
    func show(callbacks value: JSONValue) {
        let promises = value["callbacks"]?.array ?? []
        if promises.isEmpty { notice(.deskNoCallbacks) }
        for promise in promises { console.print(promised(.deskCallback, promise)) }
    }

    /// Who wants to hear of something.
    func show(leads value: JSONValue) {
        let leads = value["leads"]?.array ?? []
        if leads.isEmpty { notice(.deskNoLeads) }
        for lead in leads { console.print(promised(.deskLead, lead)) }
    }

    /// A promise, or a contact, in a sentence.
    func promised(_ sentence: SentenceKey, _ value: JSONValue) -> String {
        func member(_ name: String) -> String { value[name]?.string?.replacing("\n", with: " ") ?? "" }
        let names = ["name", "phone", "email", "team", "language", "text"]
        var words = Dictionary(uniqueKeysWithValues: names.map { ($0, member($0)) })
        // A call is promised by the shop's clock, and told by it.
        words["when"] = value["local"]?.string?.replacing("T", with: " ") ?? Span.moment(member("at"))
        words["conversation"] = sentence == .deskCallbackDue ? label(member("conversation")) : member("conversation")
        return TextStyle.harmless(sentences(sentence, words))
    }
}
