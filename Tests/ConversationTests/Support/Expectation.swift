import JSON

/// What a line beginning with `<` asks of an answer.
enum Expectation {
    /// Why the answer is not as expected; nil where it is.
    static func fault(_ text: String, in answer: JSONValue) -> String? {
        let words = text.split(separator: " ").map(String.init)
        let reply = answer["reply"] ?? .null
        guard let first = words.first else { return "an empty expectation" }
        let rest = words.dropFirst(2).joined(separator: " ")
        switch (first, words.count > 1 ? words[1] : "") {
        case ("delivered", _): return answer["delivered"]?.bool == true ? nil : "it is not delivered"
        case ("error", let code): return answer["code"]?.string == code ? nil : "no error \(code)"
        case ("ok", _): return answer["code"] == nil ? nil : "an error"
        case ("text", "contains"):
            return folded(reply["text"]?.string).contains(folded(rest)) ? nil : "the text lacks “\(rest)”"
        case ("text", "lacks"):
            return folded(reply["text"]?.string).contains(folded(rest)) ? "the text has “\(rest)”" : nil
        case ("choices", "contain"):
            let labels = (reply["choices"]?.array ?? []).compactMap { $0["label"]?.string }
            return labels.contains { folded($0).contains(folded(rest)) } ? nil : "no choice “\(rest)” in \(labels)"
        case ("source", "contains"):
            let paths = (reply["sources"]?.array ?? []).compactMap { $0["path"]?.string }
            return paths.contains { $0.contains(rest) } ? nil : "it comes from \(paths)"
        case ("language", let code):
            return reply["language"]?.string == code ? nil : "it speaks \(reply["language"]?.string ?? "")"
        case ("reason", let reason):
            return reply["handoff"]?["reason"]?.string == reason
                ? nil : "the reason is \(reply["handoff"]?["reason"]?.string ?? "")"
        case ("state", let state):
            return reply["handoff"]?["state"]?.string == state
                ? nil : "the state is \(reply["handoff"]?["state"]?.string ?? "")"
        case ("case", let kind):
            let told = answer["case"] ?? reply["case"] ?? .null
            let found = "\(told["kind"]?.string ?? "no kind") \(told["state"]?.string ?? "no state")"
            return found == "\(kind) \(rest)" ? nil : "the case is \(found)"
        case ("unsure", _):
            let kind = reply["kind"]?.string ?? ""
            return ["fallback", "clarify"].contains(kind) || kind == "handoff" ? nil : "it answers with confidence"
        case (let kinds, let intents):
            let kind = reply["kind"]?.string ?? ""
            guard kinds.split(separator: "|").contains(Substring(kind)) else { return "the kind is \(kind)" }
            let intent = reply["intent"]?.string ?? "-"
            return intents.isEmpty || intents.split(separator: "|").contains(Substring(intent))
                ? nil : "the intent is \(intent)"
        }
    }

    /// One line of what was answered.
    static func summary(_ answer: JSONValue) -> String {
        guard let reply = answer["reply"] else {
            return answer["code"]?.string ?? (answer["delivered"] == nil ? "ok" : "delivered")
        }
        let confidence = reply["confidence"]?.double ?? 0
        let path = reply["sources"]?.array?.first?["path"]?.string ?? ""
        let choices = (reply["choices"]?.array ?? []).compactMap { $0["label"]?.string }.joined(separator: " | ")
        let text = (reply["text"]?.string ?? "").split(separator: "\n").joined(separator: " ⏎ ").prefix(110)
        return
            "\(reply["kind"]?.string ?? "") \(reply["intent"]?.string ?? "-") \(confidence) \(path) “\(text)” [\(choices)]"
    }

    private static func folded(_ text: String?) -> String {
        (text ?? "").lowercased().replacing("\u{A0}", with: " ")
    }
}
