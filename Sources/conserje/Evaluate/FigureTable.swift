import Service

/// Figures with their names, and beside them those of the same lines with typing errors.
struct FigureTable {
    let figures: [NamedFigure]
    var misspelt: [NamedFigure]?

    /// A line a figure, with all digits.
    var lines: [String] {
        let width = figures.map { DisplayWidth.of($0.title) }.max() ?? 0
        let values = figures.map(\.digits)
        let column = max(20, values.map(\.count).max() ?? 0)
        let rows = zip(figures, values).map { figure, value in
            let row = DisplayWidth.pad(figure.title, to: width) + "  "
            guard let misspelt else { return row + value }
            let other = misspelt.first { $0.name == figure.name }?.digits ?? ""
            return row + (other.isEmpty ? value : DisplayWidth.pad(value, to: column) + "  " + other)
        }
        guard misspelt != nil else { return rows }
        return [String(repeating: " ", count: width + 2) + DisplayWidth.pad("clean", to: column) + "  typing errors"]
            + rows
    }
}
