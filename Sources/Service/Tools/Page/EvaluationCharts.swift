import Matching

/// The pictures of an evaluation.
enum EvaluationCharts {
    /// Share of right answers over confidence, with the diagonal on which a confidence means what it says.
    static func reliability(_ reliability: Reliability) -> Drawing {
        let steps = reliability.bins.filter { $0.lines > 0 }.map { bin in
            "Confidence \(PageParts.decimals(bin.from, 1)) to \(PageParts.decimals(bin.to, 1)): "
                + "\(PageParts.percent(bin.accuracy ?? 0)) right of \(bin.lines)."
        }
        var drawing = Drawing(
            height: 280, title: "Reliability curve",
            description: steps.isEmpty ? "No lines." : steps.joined(separator: " "))
        let plot = Plot(top: 10, bottom: 236)
        plot.drawShares(on: &drawing)
        for bin in reliability.bins {
            guard let accuracy = bin.accuracy, let confidence = bin.confidence else { continue }
            drawing.bar(
                x: plot.x(bin.from) + 2, y: plot.y(accuracy), width: plot.x(bin.to) - plot.x(bin.from) - 4,
                height: plot.bottom - plot.y(accuracy), kind: "right soft",
                tip: "\(PageParts.percent(accuracy)) right of \(bin.lines), mean confidence "
                    + PageParts.decimals(confidence, 2))
        }
        drawing.line(from: (plot.x(0), plot.y(0)), to: (plot.x(1), plot.y(1)), kind: "ideal")
        plot.drawConfidences(on: &drawing, below: plot.bottom)
        return drawing
    }

    /// How many lines there are of each confidence: those with an intent upwards, those out of scope downwards,
    /// each side to its own scale, since one has often many more.
    static func histogram(_ confidences: ConfidenceHistogram, threshold: Double) -> Drawing {
        let highest = zip(confidences.right, confidences.wrong).map(+).max() ?? 0
        let lowest = confidences.outOfScope.max() ?? 0
        let below = confidences.outOfScope.reduce(0, +)
        let base = below > 0 ? 162.0 : 242.0
        let unit = (base - 16) / Double(max(highest, 1))
        let lowerUnit = (242 - base) / Double(max(lowest, 1))
        var drawing = Drawing(
            height: 280, title: "Lines by confidence",
            description: "\(confidences.right.reduce(0, +)) lines with the right intent and "
                + "\(confidences.wrong.reduce(0, +)) with a wrong one upwards, \(below) out of scope downwards, in "
                + "steps of \(PageParts.decimals(1 / Double(ConfidenceHistogram.binCount), 2)); the bot answers from "
                + "\(PageParts.decimals(threshold, 2)) on.")
        let plot = Plot(top: 16, bottom: 242)
        let width = (plot.right - plot.left) / Double(ConfidenceHistogram.binCount)
        for index in 0..<ConfidenceHistogram.binCount {
            let x = plot.left + Double(index) * width + 1
            var y = base
            for (count, kind) in [(confidences.right[index], "right"), (confidences.wrong[index], "wrong")]
            where count > 0 {
                let height = unit * Double(count)
                y -= height
                drawing.bar(x: x, y: y, width: width - 2, height: height, kind: kind, tip: "\(count) \(kind)")
            }
            let count = confidences.outOfScope[index]
            if count > 0 {
                drawing.bar(
                    x: x, y: base, width: width - 2, height: lowerUnit * Double(count), kind: "oos",
                    tip: "\(count) out of scope")
            }
        }
        drawing.line(from: (plot.left, base), to: (plot.right, base), kind: "axis")
        drawing.words("\(highest)", x: plot.left - 4, y: plot.top + 8, anchor: "end")
        drawing.words("0", x: plot.left - 4, y: base + 4, anchor: "end")
        if lowest > 0 { drawing.words("\(lowest)", x: plot.left - 4, y: plot.bottom, anchor: "end") }
        drawing.line(from: (plot.x(threshold), plot.top - 4), to: (plot.x(threshold), plot.bottom), kind: "mark")
        drawing.words(
            "answers from \(PageParts.decimals(threshold, 2))", x: plot.x(threshold) + 4, y: plot.top + 6,
            anchor: "start", kind: "strong")
        plot.drawConfidences(on: &drawing, below: plot.bottom)
        return drawing
    }

    /// Accuracy over phrases an intent, a step for each choice of phrases.
    static func learningCurve(_ curve: [LearningPoint]) -> Drawing {
        var drawing = Drawing(
            height: 280, title: "Learning curve",
            description: curve.map {
                "\(PageParts.decimals($0.phrases, 1)) phrases: \(PageParts.percent($0.accuracy)) right, "
                    + "\(PageParts.percent($0.inScopeKept)) right and answered."
            }.joined(separator: " "))
        let plot = Plot(top: 10, bottom: 236)
        plot.drawShares(on: &drawing)
        let places = curve.indices.map { plot.x((Double($0) + 0.5) / Double(curve.count)) }
        for (kind, share) in [("right", { $0.accuracy }), ("wrong", { $0.inScopeKept })]
            as [(String, (LearningPoint) -> Double)]
        {
            let points = zip(places, curve).map { (x: $0, y: plot.y(share($1))) }
            drawing.polyline(points, kind: kind)
            for (point, step) in zip(points, curve) {
                drawing.dot(
                    x: point.x, y: point.y, radius: 3.5, kind: kind,
                    tip: "\(PageParts.decimals(step.phrases, 1)) phrases: \(PageParts.percent(share(step)))")
            }
        }
        for (place, step) in zip(places, curve) {
            drawing.words(step.limit.map { "\($0)" } ?? "all", x: place, y: plot.bottom + 15)
        }
        drawing.words("most phrases an intent", x: (plot.left + plot.right) / 2, y: plot.bottom + 31)
        return drawing
    }

    /// How many questions are answered at each rank.
    static func ranks(_ report: SearchReport) -> Drawing {
        let counts = report.ranks + [report.notFound]
        let names = report.ranks.indices.map { "\($0 + 1)" } + ["none"]
        let highest = Double(max(counts.max() ?? 0, 1))
        var drawing = Drawing(
            height: 280, title: "First relevant section by rank",
            description: zip(names, counts).map { "Rank \($0): \($1)." }.joined(separator: " "))
        let plot = Plot(top: 20, bottom: 236)
        let width = (plot.right - plot.left) / Double(counts.count)
        for (index, count) in counts.enumerated() {
            let x = plot.left + Double(index) * width
            let y = plot.y(Double(count) / highest)
            drawing.bar(
                x: x + 3, y: y, width: width - 6, height: plot.bottom - y,
                kind: index < report.ranks.count ? "right" : "wrong", tip: "\(count) at rank \(names[index])")
            drawing.words("\(count)", x: x + width / 2, y: y - 4, kind: "strong")
            drawing.words(names[index], x: x + width / 2, y: plot.bottom + 15)
        }
        drawing.line(from: (plot.left, plot.bottom), to: (plot.right, plot.bottom), kind: "axis")
        drawing.words("rank of the first relevant section", x: (plot.left + plot.right) / 2, y: plot.bottom + 31)
        return drawing
    }
}
