import Content
import Dialogue
import Matching

/// An explanation for a person at a terminal: sentences, and a bar for every number.
struct ExplanationDrawing {
    private let explanation: Explanation
    private let sentences: Sentences
    private let style: TextStyle

    /// Columns of a bar that means 1.
    private static let barWidth = 20

    init(_ explanation: Explanation, sentences: Sentences, style: TextStyle) {
        self.explanation = explanation
        self.sentences = sentences
        self.style = style
    }

    /// All of it, without a line break at the end.
    var text: String {
        let parts = [reading, rules, intents, shares, confidence, sections, [decision]]
        return TextStyle.harmless(explanation.text) + "\n\n"
            + parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    /// The language and the words as they were read.
    private var reading: [String] {
        let odds = Self.digits(explanation.languageLogOdds, decimals: 1)
        var lines = [title(.explainLanguage, ["language": explanation.language, "odds": odds])]
        let width = explanation.words.map { DisplayWidth.of($0.text) }.max() ?? 0
        for word in explanation.words {
            var line = "  " + DisplayWidth.pad(word.text, to: width) + "  "
            if word.read != word.text { line += sentences(.explainRead, ["word": word.read]) + "  " }
            line += style(.dim, word.isKnown ? word.stem : sentences(.explainUnknown, ["stem": word.stem]))
            lines.append(line)
        }
        return lines
    }

    /// What became of each rule that was tried, and where it stands.
    private var rules: [String] {
        guard !explanation.rules.isEmpty else { return [] }
        return [title(.explainRules)]
            + explanation.rules.flatMap { rule in
                let outcome = sentences(SentenceKey(rule.outcome))
                let drawn = style(rule.outcome == .decides ? .green : .dim, outcome)
                return [
                    "  " + TextStyle.harmless(rule.text) + "  " + drawn,
                    "    " + style(.dim, "\(rule.place), \(rule.intent)"),
                ]
            }
    }

    private var intents: [String] {
        guard !explanation.candidates.isEmpty else { return [title(.explainNoIntents)] }
        let threshold = Self.digits(explanation.threshold, decimals: 2)
        return [title(.explainIntents, ["threshold": threshold])]
            + rows(
                explanation.candidates.map { candidate in
                    let note = candidate.isHeldBack ? " " + sentences(.explainHeldBackMark) : ""
                    return (candidate.intent + note, candidate.confidence, !candidate.isHeldBack)
                }, threshold: explanation.threshold)
    }

    /// What each word and pair adds to the best intent's score or takes from it, in written order.
    private var shares: [String] {
        guard let best = explanation.candidates.first else { return [] }
        var heading = title(
            .explainShares, ["intent": best.intent, "score": Self.digits(best.score, decimals: 3)])
        if let margin = explanation.margin, explanation.candidates.count > 1 {
            let words = ["margin": Self.digits(margin, decimals: 3), "intent": explanation.candidates[1].intent]
            heading += " " + sentences(.explainMargin, words)
        }
        return [heading]
            + signed(
                best.terms.filter { $0.kind != .pair || $0.share != 0 }.map {
                    ($0.kind == .base ? evidence("base") : $0.text, $0.share)
                })
    }

    private var confidence: [String] {
        guard !explanation.confidenceTerms.isEmpty else { return [] }
        return [title(.explainConfidence)]
            + signed(explanation.confidenceTerms.map { (evidence($0.text), $0.share) })
    }

    private var sections: [String] {
        guard !explanation.sections.isEmpty else { return [title(.explainNoSections)] }
        let threshold = Self.digits(explanation.sectionThreshold, decimals: 2)
        return [title(.explainSections, ["threshold": threshold])]
            + rows(
                explanation.sections.map { ($0.path, $0.confidence, true) },
                threshold: explanation.sectionThreshold)
    }

    private var decision: String {
        var lines: [String] = []
        for slot in explanation.slots {
            let words = ["slot": slot.slot, "values": slot.values.joined(separator: ", ")]
            lines.append(sentences(.explainSlot, words))
        }
        if explanation.isAngry { lines.append(sentences(.explainAngry)) }
        for rule in explanation.heldBack {
            let words = ["intent": rule.intent, "rule": TextStyle.harmless(rule.text), "place": rule.place]
            lines.append(sentences(.explainHeldBack, words))
        }
        if let rule = explanation.decidingRule {
            let words = ["intent": rule.intent, "rule": TextStyle.harmless(rule.text), "place": rule.place]
            return (lines + [style(.bold, sentences(.explainByRule, words))]).joined(separator: "\n")
        }
        let sentence: SentenceKey =
            switch explanation.decision {
            case .intent: .explainByIntent
            case .anger: .explainByAnger
            case .section: .explainBySection
            case .question where explanation.isInDoubt: .explainByDoubt
            case .question: .explainByQuestion
            }
        let candidates = explanation.answerable
        let words = [
            "intent": (explanation.isInDoubt ? candidates.first?.intent : explanation.intent) ?? "–",
            "other": candidates.dropFirst().first?.intent ?? "–",
            "section": explanation.sections.first?.path ?? "–",
        ]
        return (lines + [style(.bold, sentences(sentence, words))]).joined(separator: "\n")
    }

    /// A name, a bar of 0…1 and its number; full colour from the threshold on, for what may answer.
    private func rows(_ rows: [(name: String, value: Double, mayAnswer: Bool)], threshold: Double) -> [String] {
        let width = rows.map { DisplayWidth.of($0.name) }.max() ?? 0
        return rows.map { name, value, mayAnswer in
            let bar = Self.bar(value, columns: Self.barWidth)
            let drawn = style(mayAnswer && value >= threshold ? .green : .dim, DisplayWidth.pad(bar, to: Self.barWidth))
            return "  " + DisplayWidth.pad(name, to: width) + "  " + drawn + "  " + Self.digits(value, decimals: 3)
        }
    }

    /// Bars to both sides of a line: what speaks against to the left, what speaks for to the right.
    private func signed(_ rows: [(name: String, value: Double)]) -> [String] {
        let width = rows.map { DisplayWidth.of($0.name) }.max() ?? 0
        let half = Self.barWidth / 2
        let largest = max(rows.map { abs($0.value) }.max() ?? 0, 1e-9)
        return rows.map { name, value in
            let bar = String(repeating: "█", count: Int((abs(value) / largest * Double(half)).rounded()))
            let gap = String(repeating: " ", count: half - bar.count)
            let drawn =
                value < 0
                ? gap + style(.red, bar) + "│" + String(repeating: " ", count: half)
                : String(repeating: " ", count: half) + "│" + style(.green, bar) + gap
            let number = (value < 0 ? "" : "+") + Self.digits(value, decimals: 3)
            return "  " + DisplayWidth.pad(name, to: width) + "  " + drawn + "  " + number
        }
    }

    private func title(_ sentence: SentenceKey, _ words: [String: String] = [:]) -> String {
        style(.bold, sentences(sentence, words))
    }

    private func evidence(_ name: String) -> String { sentences.word("evidence", for: name) }

    /// Eighths of a column, so that near values look different.
    static func bar(_ share: Double, columns: Int) -> String {
        let eighths = Int((min(max(share, 0), 1) * Double(columns * 8)).rounded())
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }

    /// A number with exactly that many decimals.
    static func digits(_ number: Double, decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
        guard number.isFinite, abs(number) < 1e12 else { return "\(number)" }
        let scaled = Int((number * Double(scale)).rounded())
        let rest = String(abs(scaled) % scale)
        let sign = scaled < 0 ? "-" : ""
        return "\(sign)\(abs(scaled) / scale)." + String(repeating: "0", count: decimals - rest.count) + rest
    }
}

extension SentenceKey {
    /// The words for what became of a rule.
    fileprivate init(_ outcome: RuleSet.Outcome) {
        self =
            switch outcome {
            case .decides: .explainRuleDecides
            case .outranked: .explainRuleOutranked
            case .excluded: .explainRuleExcluded
            case .unmatched: .explainRuleUnmatched
            }
    }
}
