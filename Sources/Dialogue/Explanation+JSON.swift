import JSON
import Matching

extension Explanation {
    /// Writes its members into an object that was begun: what `EXPLAIN` answers and `conserje explain --json` prints.
    /// Shares have six decimals and add up to the score; those of the confidence add up to its log-odds.
    public func write(to writer: inout JSONWriter) {
        writer.name("text")
        writer.value(text)
        writer.name("language")
        writer.value(language)
        writer.name("language_log_odds")
        writer.value(languageLogOdds, decimals: 3)
        writer.name("words")
        writer.list(words) { word, writer in
            writer.name("text")
            writer.value(word.text)
            if word.read != word.text {
                writer.name("read")
                writer.value(word.read)
            }
            writer.name("stem")
            writer.value(word.stem)
            writer.name("known")
            writer.value(word.isKnown)
        }
        writer.name("rules")
        writer.list(rules) { rule, writer in
            writer.name("rule")
            writer.value(rule.text)
            writer.name("intent")
            writer.value(rule.intent)
            writer.name("place")
            writer.value(rule.place)
            writer.name("outcome")
            writer.value(rule.outcome.rawValue)
        }
        writer.name("held_back")
        writer.list(heldBack) { rule, writer in
            writer.name("intent")
            writer.value(rule.intent)
            writer.name("rule")
            writer.value(rule.text)
            writer.name("place")
            writer.value(rule.place)
        }
        writer.name("intents")
        writer.list(candidates) { candidate, writer in
            writer.name("intent")
            writer.value(candidate.intent)
            writer.name("confidence")
            writer.value(candidate.confidence, decimals: 6)
            writer.name("score")
            writer.value(candidate.score, decimals: 6)
            writer.name("held_back")
            writer.value(candidate.isHeldBack)
            writer.name("terms")
            writer.shares(candidate.terms)
        }
        if let margin {
            writer.name("margin")
            writer.value(margin, decimals: 6)
        }
        writer.name("threshold")
        writer.value(threshold, decimals: 6)
        writer.name("clear")
        writer.value(isClear)
        writer.name("confidence_terms")
        writer.shares(confidenceTerms)
        writer.name("angry")
        writer.value(isAngry)
        writer.name("slots")
        writer.beginObject()
        for found in slots {
            writer.name(dynamic: found.slot)
            writer.beginArray()
            for value in found.values { writer.value(value) }
            writer.endArray()
        }
        writer.endObject()
        writeSections(to: &writer)
        writer.name("decides")
        writer.value(decides)
        writer.name("intent")
        writer.value(intent)
    }

    private func writeSections(to writer: inout JSONWriter) {
        func members(_ section: Section, _ writer: inout JSONWriter) {
            writer.name("path")
            writer.value(section.path)
            writer.name("title")
            writer.value(section.title)
            writer.name("intent")
            writer.value(section.intent)
            writer.name("confidence")
            writer.value(section.confidence, decimals: 6)
        }
        if let best = sections.first {
            writer.name("section")
            writer.beginObject()
            members(best, &writer)
            writer.name("threshold")
            writer.value(sectionThreshold)
            writer.endObject()
        }
        writer.name("sections")
        writer.list(sections, members)
    }
}

extension JSONWriter {
    fileprivate mutating func shares(_ shares: [ExplainedShare]) {
        list(shares) { share, writer in
            writer.name("kind")
            writer.value(share.kind.rawValue)
            writer.name("text")
            writer.value(share.text)
            writer.name("share")
            writer.value(share.share, decimals: 6)
        }
    }
}
