/// The rows of a table whose first line names its columns.
struct CSVRecords {
    struct Record {
        fileprivate let fields: [CSVTable.Field]
        fileprivate let columns: [String: Int]

        /// The field of that column.
        func field(_ column: String) -> CSVTable.Field {
            guard let index = columns[column], fields.indices.contains(index) else {
                return CSVTable.Field(text: "", offset: offset)
            }
            return fields[index]
        }

        func text(_ column: String) -> String { field(column).text }

        var offset: Int { fields.first?.offset ?? 0 }
    }

    private(set) var records: [Record] = []

    /// Reports missing and unknown columns, and rows that have more or fewer fields than columns.
    /// - Parameter optional: columns that may be there or not.
    init(_ source: SourceText, columns expected: [String], optional: [String] = [], _ problems: inout Problems) {
        let table = CSVTable(source, &problems)
        guard let header = table.rows.first else {
            problems.report(
                .csvHeaderMissing, in: source, at: 0, ["columns": expected.joined(separator: ",")],
                hint: .hintCSVHeader)
            return
        }
        var columns: [String: Int] = [:]
        for (index, field) in header.enumerated() {
            if expected.contains(field.text) || optional.contains(field.text), columns[field.text] == nil {
                columns[field.text] = index
            } else {
                problems.reportUnknown(.csvColumnUnknown, field.text, among: expected, in: source, at: field.offset)
            }
        }
        for name in expected where columns[name] == nil {
            problems.report(
                .csvColumnMissing, in: source, at: 0, ["name": name, "columns": expected.joined(separator: ",")],
                hint: .hintCSVHeader)
        }
        for row in table.rows.dropFirst() {
            guard row.count == header.count else {
                problems.report(
                    .csvColumnCount, in: source, at: row.first?.offset ?? 0,
                    ["count": String(row.count), "expected": String(header.count)], hint: .hintCSVColumnCount)
                continue
            }
            records.append(Record(fields: row, columns: columns))
        }
    }
}
