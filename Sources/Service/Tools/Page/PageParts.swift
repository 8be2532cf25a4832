import Matching

/// Pieces that the pages are made of.
enum PageParts {
    /// A card with a heading and a sentence on what it shows.
    static func card(_ heading: String, _ explanation: String, isWide: Bool = false, _ content: [Markup]) -> Markup {
        .element(
            "section", isWide ? ["class": "wide"] : [:],
            [.element("h2", [:], heading), .element("p", [:], explanation)] + content)
    }

    /// A table that scrolls sideways where the screen is narrower; keys can scroll it too.
    static func table(
        _ name: String, kind: String = "", head: [Markup], rows: [[Markup]], caption: String? = nil
    ) -> Markup {
        let captions = caption.map { [Markup.element("caption", [:], $0)] } ?? []
        let parts: [Markup] =
            captions + [
                .element("thead", [:], [.element("tr", [:], head)]),
                .element("tbody", [:], rows.map { .element("tr", [:], $0) }),
            ]
        return .element(
            "div", ["class": "scroll", "role": "region", "aria-label": name, "tabindex": "0"],
            [.element("table", ["class": kind], parts)])
    }

    /// The head of a column.
    static func column(_ text: String, isText: Bool = false) -> Markup {
        .element("th", isText ? ["scope": "col", "class": "text"] : ["scope": "col"], text)
    }

    /// The head of a row.
    static func row(_ text: String) -> Markup { .element("th", ["scope": "row"], text) }

    /// Figures side by side: as they are, and with typing errors where there are any.
    static func summary(_ figures: [NamedFigure], _ misspelt: [NamedFigure]?) -> Markup {
        let columns = [column("figure", isText: true), column("value")]
        let rows = figures.map { figure in
            let cells = [row(figure.title), Markup.element("td", [:], rounded(figure))]
            guard let misspelt else { return cells }
            let other = misspelt.first { $0.name == figure.name }
            return cells + [Markup.element("td", [:], other.map(rounded) ?? "")]
        }
        return table(
            "Summary", head: columns + (misspelt == nil ? [] : [column("with typing errors")]), rows: rows)
    }

    /// A key to the colours of a drawing.
    static func key(_ entries: [(kind: String, text: String)]) -> Markup {
        .element(
            "ul", ["class": "key"],
            entries.map { entry in
                .element("li", [:], [.element("span", ["class": entry.kind]), .text(entry.text)])
            })
    }

    /// Three decimals: more than the lines of a test can tell apart.
    static func rounded(_ figure: NamedFigure) -> String {
        figure.value == figure.value.rounded() ? figure.digits : decimals(figure.value, 3)
    }

    /// A share in whole percents.
    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    /// A number with so many decimals.
    static func decimals(_ value: Double, _ count: Int) -> String {
        let scale = (0..<count).reduce(1) { scale, _ in scale * 10 }
        let whole = Int((abs(value) * Double(scale)).rounded())
        let fraction = "\(whole % scale)"
        return (value < 0 ? "-" : "") + "\(whole / scale)."
            + String(repeating: "0", count: count - fraction.count) + fraction
    }
}
