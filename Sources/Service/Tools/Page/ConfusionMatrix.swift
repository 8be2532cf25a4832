import Matching

/// The intents that are confused most, as a table whose cells are the darker the more lines they stand for.
struct ConfusionMatrix {
    /// More don't fit on a screen; what is left out is confused less.
    static let most = 16
    /// The darkest cell: its figure must stay readable.
    private static let darkest = 0.55

    /// What was meant, from top to bottom, and what it was taken for, from left to right.
    let names: [String]
    private let counts: [[Int]]
    /// Nothing is taken for out of scope: what is not answered is not a confusion.
    private var columns: [Int] { names.indices.filter { names[$0] != Prediction.outOfScope } }

    /// Counts up predictions; lines out of scope count with the intents that they are answered with.
    init(_ report: EvaluationReport) {
        // The most confused pairs, both intents of each.
        var chosen: Set<String> = []
        for confusion in report.confusions {
            let more = chosen.union([confusion.gold, confusion.best])
            if more.count <= Self.most { chosen = more }
        }
        let names =
            chosen.subtracting([Prediction.outOfScope]).sorted()
            + (chosen.contains(Prediction.outOfScope) ? [Prediction.outOfScope] : [])
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var counts = names.map { _ in names.map { _ in 0 } }
        for confusion in report.confusions {
            guard let row = places[confusion.gold], let column = places[confusion.best] else { continue }
            counts[row][column] = confusion.lines
        }
        for intent in report.intents {
            guard let place = places[intent.intent], let recall = intent.recall else { continue }
            counts[place][place] = Int((recall * Double(intent.lines)).rounded())
        }
        self.names = names
        self.counts = counts
    }

    /// The table.
    var markup: Markup {
        let highest =
            names.indices.flatMap { row in
                names.indices.filter { $0 != row }.map { counts[row][$0] }
            }.max() ?? 0
        let rows = names.indices.map { row in
            [PageParts.row(names[row])]
                + columns.map { column in
                    cell(counts[row][column], isRight: row == column, highest: max(highest, 1))
                }
        }
        return PageParts.table(
            "Confusion matrix", kind: "matrix",
            head: [.element("td", [:], "meant ↓ taken for →")] + columns.map { PageParts.column(names[$0]) }, rows: rows
        )
    }

    private func cell(_ count: Int, isRight: Bool, highest: Int) -> Markup {
        if isRight { return .element("td", ["class": "same"], count == 0 ? "" : "\(count)") }
        if count == 0 { return .element("td") }
        let share = Self.darkest * Double(count) / Double(highest)
        return .element(
            "td", ["style": "background:rgba(var(--heat),\(PageParts.decimals(share, 2)))"], "\(count)")
    }
}
