import Language

@testable import Matching

/// A matcher with rules, asked about messages.
struct RuledShop {
    let matcher: IntentMatcher
    /// Mentions of the slots `product` and `zone`, by the words that make them.
    private let values: [[[String]]] = [[["horno"], ["horno", "de", "gas"], ["sarten"]], [["canarias"]]]
    static let slots = ["product", "zone"]

    init(_ rules: [RulePattern]) {
        matcher = IntentMatcher(
            examples: Array(Shop.phrases.prefix(12)), language: "es", rules: rules, slots: Self.slots)
    }

    init(_ bodies: RuleElement...) { self.init(bodies.map { RulePattern($0) }) }

    func match(_ text: String, _ scratch: inout MatchScratch) -> Int? {
        scratch.read(text)
        matcher.readWords(&scratch)
        let words = scratch.text.tokens.indices.map { scratch.text.word($0) }
        return matcher.rules[0].match(&scratch) { slot, found in find(slot, words, &found) }
    }

    func match(_ text: String) -> Int? {
        var scratch = MatchScratch()
        return match(text, &scratch)
    }

    /// The rules that hold a message back that none decides about.
    func heldBack(_ text: String, _ scratch: inout MatchScratch) -> [Int] {
        guard match(text, &scratch) == nil else { return [] }
        let words = scratch.text.tokens.indices.map { scratch.text.word($0) }
        return matcher.rules[0].heldBack(&scratch) { slot, found in find(slot, words, &found) }
    }

    func tried(_ text: String) -> [(rule: Int, outcome: RuleSet.Outcome)] {
        var scratch = MatchScratch()
        scratch.read(text)
        matcher.readWords(&scratch)
        let words = scratch.text.tokens.indices.map { scratch.text.word($0) }
        return matcher.rules[0].tried(&scratch) { slot, found in find(slot, words, &found) }
    }

    private func find(_ slot: Int, _ words: [String], _ found: inout [SlotMention]) {
        for start in words.indices {
            for value in values[slot] where words[start...].starts(with: value) {
                found.append(SlotMention(start: start, end: start + value.count))
            }
        }
    }
}

extension RuleElement {
    /// Words, one behind the other; `*` is a gap.
    static func words(_ text: String) -> RuleElement {
        .sequence(text.split(separator: " ").map { $0 == "*" ? .gap(atMost: nil) : .word(String($0)) })
    }
}
