import Matching

/// A page that tells an evaluation with pictures: one file that needs no other.
struct EvaluationPage {
    /// How many pairs of confused intents are shown with examples.
    private static let shownConfusions = 20

    let report: EvaluationReport
    let title: String

    init(_ report: EvaluationReport, title: String) {
        self.report = report
        self.title = title
    }

    /// The page, with doctype.
    var markup: Markup {
        var cards = [
            PageParts.card(
                "Summary", "Shares of the lines that were asked.",
                [PageParts.summary(report.figures.named, report.typos?.quality)])
        ]
        if !report.languages.isEmpty { cards.append(languages) }
        cards.append(reliability)
        cards.append(histogram)
        if !report.curve.isEmpty { cards.append(curve) }
        if !report.confusions.isEmpty { cards += [matrix, confusions] }
        cards.append(intents)
        return .page(
            title: title, style: Markup.pageStyle,
            body: [.element("h1", [:], title), .element("div", ["class": "cards"], cards)])
    }

    private var languages: Markup {
        let rows = report.languages.map { code, figures in
            [PageParts.row(code)]
                + [
                    "\(figures.inScopeLines)", PageParts.decimals(figures.accuracy, 3),
                    PageParts.decimals(figures.inScopeKept, 3), PageParts.decimals(figures.sureWrong, 3),
                    PageParts.decimals(figures.calibrationError, 3),
                ].map { Markup.element("td", [:], $0) }
        }
        let head = ["lines", "best intent is right", "right and answered", "wrong and answered", "ECE"]
        return PageParts.card(
            "Languages", "The same figures for the phrases of each language.",
            [
                PageParts.table(
                    "Languages", head: [PageParts.column("language", isText: true)] + head.map { PageParts.column($0) },
                    rows: rows)
            ])
    }

    private var reliability: Markup {
        PageParts.card(
            "Reliability",
            "How many of the lines of each confidence are right; on the dashed line a confidence is what it says. "
                + "Mean distance (ECE): \(PageParts.decimals(report.reliability.expectedError, 3)).",
            [EvaluationCharts.reliability(report.reliability).markup])
    }

    private var histogram: Markup {
        let threshold = Double(report.figures.threshold)
        let hasBoth = report.figures.outOfScopeLines > 0
        let entries = [("right", "right intent"), ("wrong", "wrong intent"), ("oos", "out of scope")]
        return PageParts.card(
            "Confidence",
            "Lines by confidence; right of the dashed line the bot answers."
                + (hasBoth ? " Lines out of scope have a scale of their own." : ""),
            [
                EvaluationCharts.histogram(report.confidences, threshold: threshold).markup,
                PageParts.key(hasBoth ? entries : entries.dropLast()),
            ])
    }

    private var curve: Markup {
        PageParts.card(
            "Learning curve", "What more phrases an intent are worth: a curve that still climbs asks for more.",
            [
                EvaluationCharts.learningCurve(report.curve).markup,
                PageParts.key([("right", "best intent is right"), ("wrong", "right and answered")]),
            ])
    }

    private var matrix: Markup {
        let matrix = ConfusionMatrix(report)
        return PageParts.card(
            "Confusion matrix",
            "The \(matrix.names.count) intents with the most confusions; on the diagonal the lines that are right.",
            isWide: true, [matrix.markup])
    }

    private var confusions: Markup {
        let pairs = report.confusions.prefix(Self.shownConfusions).map { confusion in
            let lines = confusion.lines == 1 ? "1 line" : "\(confusion.lines) lines"
            let examples = confusion.examples.map { example in
                Markup.element("li", [:], "\(example.text) (\(PageParts.decimals(Double(example.confidence), 2)))")
            }
            return Markup.element(
                "div", ["class": "pair"],
                [
                    .element("h3", [:], "\(confusion.gold) taken for \(confusion.best): \(lines)"),
                    .element("ul", [:], examples),
                ])
        }
        return PageParts.card(
            "Most confused", "Examples with their confidence, the most confident first.", isWide: true,
            [.element("div", ["class": "pairs"], Array(pairs))])
    }

    private var intents: Markup {
        let rows = report.worstIntents.map { intent in
            let figures = [intent.f1, intent.precision, intent.recall, intent.kept].map { share in
                Markup.element("td", [:], share.map { PageParts.decimals($0, 2) } ?? "–")
            }
            let track = Markup.element(
                "td", ["class": "track", "aria-hidden": "true"],
                [.element("span", ["class": "meter", "style": "width:\(PageParts.decimals(intent.f1 * 100, 1))%"])])
            return [PageParts.row(intent.intent), track] + figures
                + [
                    .element("td", [:], "\(intent.wrongAnswers)"), .element("td", [:], "\(intent.lines)"),
                ]
        }
        let head = ["F1", "precision", "recall", "right and answered", "wrong answers", "lines"]
        return PageParts.card(
            "Intents", "The worst first, by the harmonic mean (F1) of precision and recall of the best intent.",
            isWide: true,
            [
                PageParts.table(
                    "Figures of each intent",
                    head: [
                        PageParts.column("intent", isText: true),
                        .element("td", ["aria-hidden": "true"]),
                    ] + head.map { PageParts.column($0) }, rows: rows)
            ])
    }
}

/// A page that tells a search's evaluation with a picture.
struct SearchPage {
    let report: SearchReport
    let title: String

    init(_ report: SearchReport, title: String) {
        self.report = report
        self.title = title
    }

    /// The page, with doctype.
    var markup: Markup {
        let cards = [
            PageParts.card(
                "Summary", "Means over the questions.",
                [PageParts.summary(report.figures.named, report.typos?.named)]),
            PageParts.card(
                "Ranks", "How many questions have their first relevant section at each rank.",
                [EvaluationCharts.ranks(report).markup]),
        ]
        return .page(
            title: title, style: Markup.pageStyle,
            body: [.element("h1", [:], title), .element("div", ["class": "cards"], cards)])
    }
}
