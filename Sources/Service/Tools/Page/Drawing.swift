/// A picture of lines, bars and words, in SVG: as wide as a telephone's screen, so that words stay readable there.
struct Drawing {
    /// Units across.
    static let width = 360.0

    /// Units down.
    let height: Double
    /// What the picture shows, for those who don't see it.
    let title: String
    /// What can be read from it, in a sentence.
    let description: String
    private var parts: [Markup] = []

    init(height: Double, title: String, description: String) {
        self.height = height
        self.title = title
        self.description = description
    }

    /// The picture as an element.
    var markup: Markup {
        .element(
            "svg",
            [
                "role": "img", "aria-label": title,
                "viewBox": "0 0 \(Self.number(Self.width)) \(Self.number(height))",
            ], [.element("title", [:], title), .element("desc", [:], description)] + parts)
    }

    /// A bar; what it stands for is told where a pointer rests on it.
    mutating func bar(
        x: Double, y: Double, width: Double, height: Double, kind: String, tip: String? = nil
    ) {
        parts.append(
            .element(
                "rect",
                [
                    "class": kind, "x": Self.number(x), "y": Self.number(y), "width": Self.number(max(width, 0)),
                    "height": Self.number(max(height, 0)),
                ], Self.tip(tip)))
    }

    /// A straight line.
    mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), kind: String) {
        parts.append(
            .element(
                "line",
                [
                    "class": kind, "x1": Self.number(start.x), "y1": Self.number(start.y), "x2": Self.number(end.x),
                    "y2": Self.number(end.y),
                ]))
    }

    /// A line through points.
    mutating func polyline(_ points: [(x: Double, y: Double)], kind: String) {
        let places = points.map { Self.number($0.x) + "," + Self.number($0.y) }.joined(separator: " ")
        parts.append(.element("polyline", ["class": kind, "points": places]))
    }

    /// A round mark.
    mutating func dot(x: Double, y: Double, radius: Double, kind: String, tip: String? = nil) {
        parts.append(
            .element(
                "circle", ["class": kind, "cx": Self.number(x), "cy": Self.number(y), "r": Self.number(radius)],
                Self.tip(tip)))
    }

    /// Words; `anchor` is `start`, `middle` or `end`.
    mutating func words(_ text: String, x: Double, y: Double, anchor: String = "middle", kind: String = "label") {
        parts.append(
            .element("text", ["class": kind, "x": Self.number(x), "y": Self.number(y), "text-anchor": anchor], text))
    }

    private static func tip(_ text: String?) -> [Markup] { text.map { [.element("title", [:], $0)] } ?? [] }

    /// One decimal is a third of a pixel on a large screen.
    private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}

/// The area of a drawing that figures are drawn in, with its axes.
struct Plot {
    let left = 44.0
    let right = Drawing.width - 8
    let top: Double
    let bottom: Double

    /// Where a share of the width stands.
    func x(_ share: Double) -> Double { left + share * (right - left) }
    /// Where a share of the height stands.
    func y(_ share: Double) -> Double { bottom - share * (bottom - top) }

    /// Lines across at quarters of 0…1 with their figures.
    func drawShares(on drawing: inout Drawing) {
        for quarter in 0...4 {
            let share = Double(quarter) / 4
            drawing.line(from: (left, y(share)), to: (right, y(share)), kind: quarter == 0 ? "axis" : "grid")
            drawing.words("\(quarter * 25) %", x: left - 4, y: y(share) + 4, anchor: "end")
        }
    }

    /// Figures of confidence below.
    func drawConfidences(on drawing: inout Drawing, below y: Double) {
        for tenth in stride(from: 0, through: 10, by: 2) {
            drawing.words(tenth == 10 ? "1" : "0.\(tenth)", x: x(Double(tenth) / 10), y: y + 15)
        }
        drawing.words("confidence", x: (left + right) / 2, y: y + 31)
    }
}
