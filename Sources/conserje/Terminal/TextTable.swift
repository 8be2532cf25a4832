/// Rows in aligned columns.
struct TextTable {
    /// The titles of the columns.
    let header: [String]
    /// As many cells as the header.
    private(set) var rows: [[String]] = []

    init(header: [String]) { self.header = header }

    /// Adds a row below.
    mutating func append(_ row: [String]) { rows.append(row) }

    /// The table, a line a row; the last column is cut to what remains of the width.
    func rendered(width: Int, style: TextStyle) -> String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        let taken = widths.dropLast().reduce(0) { $0 + $1 + 2 }
        let lines = all.enumerated().map { index, row in
            let cells = row.enumerated().map { column, cell in
                column < row.count - 1
                    ? DisplayWidth.pad(cell, to: widths[column]) : DisplayWidth.fit(cell, into: max(20, width - taken))
            }
            let line = cells.joined(separator: "  ")
            return index == 0 ? style(.dim, line) : line
        }
        return lines.joined(separator: "\n")
    }
}
