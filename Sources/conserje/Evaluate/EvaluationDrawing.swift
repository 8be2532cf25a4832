import Matching
import Service

/// An evaluation in a terminal of 80 columns: a summary, then what to look at first.
struct EvaluationDrawing {
    static let width = 80
    /// How many intents and pairs are shown; `--json` and `--html` have all.
    private static let shown = 10
    private static let barWidth = 40

    let report: EvaluationReport

    init(_ report: EvaluationReport) { self.report = report }

    /// All of it, a blank line between the parts.
    var text: String {
        var parts = [FigureTable(figures: report.figures.named, misspelt: report.typos?.quality).lines]
        if !report.languages.isEmpty { parts.append(languages) }
        if !report.intents.isEmpty { parts.append(intents) }
        if !report.confusions.isEmpty { parts.append(confusions) }
        parts.append(reliability)
        if !report.curve.isEmpty { parts.append(curve) }
        return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var languages: [String] {
        let head = row("Languages", ["right", "answered", "sure wrong", "ECE", "lines"])
        return [head]
            + report.languages.map { code, figures in
                row(
                    "  " + code,
                    [figures.accuracy, figures.inScopeKept, figures.sureWrong, figures.calibrationError].map {
                        Self.share($0)
                    } + ["\(figures.inScopeLines)"])
            }
    }

    private var intents: [String] {
        let worst = report.worstIntents.prefix(Self.shown)
        let head = row("Worst intents", ["F1", "precision", "recall", "wrong ans.", "lines"])
        return [head]
            + worst.map { intent in
                row(
                    "  " + intent.intent,
                    [intent.f1, intent.precision, intent.recall].map { $0.map { Self.share($0) } ?? "-" }
                        + ["\(intent.wrongAnswers)", "\(intent.lines)"])
            }
    }

    private var confusions: [String] {
        ["Most confused: meant > taken for, lines; examples with their confidence"]
            + report.confusions.prefix(Self.shown).flatMap { confusion in
                [fit("  \(confusion.gold) > \(confusion.best)  \(confusion.lines)")]
                    + confusion.examples.map { example in
                        let confidence = Self.share(Double(example.confidence))
                        return fit("    \(confidence) \(TextStyle.harmless(example.text))")
                    }
            }
    }

    private var reliability: [String] {
        ["Reliability: share of right answers by confidence, ECE \(Self.share(report.reliability.expectedError))"]
            + report.reliability.bins.map { bin in
                let name = "  \(Self.tenth(bin.from))-\(Self.tenth(bin.to)) "
                guard let accuracy = bin.accuracy, let confidence = bin.confidence else { return name + "no line" }
                return name + bar(accuracy, mark: confidence) + " \(Self.share(accuracy)) of \(bin.lines)"
            } + ["  | is where the bar would end if confidence were right"]
    }

    private var curve: [String] {
        ["Learning curve: most phrases an intent, best intent right; right and answered"]
            + report.curve.map { point in
                let name = point.limit.map { "\($0)" } ?? "all"
                return "  " + String(repeating: " ", count: max(0, 7 - name.count)) + name + " "
                    + bar(point.accuracy) + " \(Self.share(point.accuracy))  \(Self.share(point.inScopeKept))"
            }
    }

    /// A name and five figures in columns.
    private func row(_ name: String, _ cells: [String]) -> String {
        let columns = cells.map { String(repeating: " ", count: max(1, 11 - DisplayWidth.of($0))) + $0 }.joined()
        let room = Self.width - DisplayWidth.of(columns)
        return DisplayWidth.pad(DisplayWidth.fit(name, into: room), to: room) + columns
    }

    private func fit(_ line: String) -> String { DisplayWidth.fit(line, into: Self.width) }

    /// A share of 0…1 as a bar, with a mark where it should end.
    private func bar(_ share: Double, mark: Double? = nil) -> String {
        func cells(_ share: Double) -> Int { Int((min(max(share, 0), 1) * Double(Self.barWidth)).rounded()) }
        let length = cells(share)
        let place = mark.map { min(cells($0), Self.barWidth - 1) }
        return String((0..<Self.barWidth).map { $0 == place ? "|" : $0 < length ? "█" : "·" })
    }

    private static func tenth(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    /// Three decimals.
    private static func share(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let fraction = "\(thousandths % 1000)"
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}

/// A search's evaluation in a terminal.
struct SearchDrawing {
    let report: SearchReport

    init(_ report: SearchReport) { self.report = report }

    /// All of it.
    var text: String {
        let ranks = report.ranks.enumerated().map { ("\($0 + 1)", $1) } + [("none", report.notFound)]
        let highest = max(ranks.map(\.1).max() ?? 0, 1)
        let lines =
            FigureTable(figures: report.figures.named, misspelt: report.typos?.named).lines
            + ["", "Rank of the first relevant section, questions"]
            + ranks.map { name, count in
                let bar = String(repeating: "█", count: count * 50 / highest)
                return "  " + String(repeating: " ", count: 4 - name.count) + "\(name) \(bar) \(count)"
            }
        return lines.joined(separator: "\n") + "\n"
    }
}
