import Testing

@testable import Content

@Suite("Comma-separated values")
struct CSVTests {
    private func rows(_ text: String) -> [[String]] {
        var problems = Problems()
        let rows = CSVTable(SourceText(path: "t.csv", bytes: Array(text.utf8)), &problems).rows
        #expect(problems.list.isEmpty)
        return rows.map { $0.map(\.text) }
    }

    @Test("quotes hold commas, quotes and line ends")
    func quotes() {
        #expect(rows("a,b\n\"x, \"\"y\"\"\nz\",2\n") == [["a", "b"], ["x, \"y\"\nz", "2"]])
    }

    @Test("lines end in LF or CR LF, the last one also in nothing")
    func lineEnds() { #expect(rows("a,b\r\n\"1\",2\r\n3,") == [["a", "b"], ["1", "2"], ["3", ""]]) }

    @Test("empty fields count and empty lines do not")
    func empty() { #expect(rows(",,\n\n\n,x,\n") == [["", "", ""], ["", "x", ""]]) }

    @Test("a quote in the middle of a field is told with its place")
    func strayQuote() {
        var problems = Problems()
        _ = CSVTable(SourceText(path: "t.csv", bytes: Array("a,b\nñ,b\"c,d\n".utf8)), &problems)
        #expect(problems.list.map { [$0.line, $0.column] } == [[2, 4]])
        #expect(problems.list.map(\.key) == [.csvStrayQuote])
    }
}
