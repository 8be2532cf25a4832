import Content
import JSON

/// An `ERR` of the daemon.
struct Refusal: Equatable {
    /// The code in snake case.
    let code: String
    /// The daemon's sentence, in English.
    let message: String
    /// All that came with it.
    let details: JSONValue

    init(_ value: JSONValue) {
        code = value["code"]?.string ?? ""
        message = value["message"]?.string ?? ""
        details = value
    }

    /// Who has what was asked for, where that is the reason.
    var holder: String? { details["by"]?.string }
}

extension Sentences {
    /// Why something was not done: the words for the code or, where there are none, the daemon's own sentence.
    func explanation(of refusal: Refusal) -> String {
        let values = [
            "name": TextStyle.harmless(refusal.holder ?? "?"), "message": TextStyle.harmless(refusal.message),
            "wait": Span.words(refusal.details["retry_after"]?.integer ?? 1),
        ]
        return self(SentenceKey("refused", code: refusal.code) ?? .refusedOther, values)
    }
}
