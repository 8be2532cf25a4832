import Language

extension RuleParser {
    /// A gap that the rule begins with and that excludes words tells what does not stand right before it.
    func takeBefore(_ parts: inout [Part]) -> RulePattern.Before? {
        guard !startsMessage, case .gap(let most, let words)? = parts.first?.element, !words.isEmpty else { return nil }
        parts.removeFirst()
        return RulePattern.Before(words, within: most)
    }

    /// A gap that excludes words does so only between others: one that may stand at an end is left out at will.
    mutating func checkGaps(_ parts: [Part], _ problems: inout Problems) {
        for (index, part) in parts.enumerated() {
            guard case .gap(_, let words) = part.element, !words.isEmpty else { continue }
            let isInside = [(parts[..<index], startsMessage), (parts[(index + 1)...], endOffset != nil)]
                .allSatisfy { rest, isAnchored in isAnchored || Self.sequence(Array(rest)).fewestNeeded > 0 }
            if !isInside { report(.ruleGapUseless, at: part.offset, hint: .hintRuleGap, &problems) }
        }
    }

    /// A gap at an end says nothing: a rule matches anywhere in a message.
    mutating func checkEnds(_ parts: [Part], _ problems: inout Problems) {
        for (part, isAnchored) in [(parts.first, startsMessage), (parts.last, endOffset != nil)] {
            guard let part, case .gap(let most, let words) = part.element, words.isEmpty,
                most == nil || !isAnchored
            else { continue }
            report(.ruleGapUseless, at: part.offset, hint: .hintRuleGap, &problems)
            // Alone it stands at both ends.
            if parts.count == 1 { return }
        }
    }
}
