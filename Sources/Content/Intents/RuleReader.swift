/// Reads the list of an intent's rules: words, `(a | b)`, `[…]`, `*` and `*3`, `{slot}`, `^`, `$` and `!word`.
struct RuleReader {
    let source: SourceText
    let slots: SlotList

    /// The rules of a section; what is wrong is reported and left out.
    func rules(in lines: Range<Int>, _ problems: inout Problems) -> [Rule] {
        let list = ListItems(source, lines)
        for stray in list.strayLines {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintListExpected)
        }
        return list.items.compactMap { item in
            var parser = RuleParser(source: source, item: item, slots: slots)
            guard let pattern = parser.parse(&problems) else { return nil }
            let position = source.position(of: item.lowerBound)
            return Rule(
                text: ListItems.text(source, item), pattern: pattern, path: source.path, line: position.line,
                column: position.column)
        }
    }
}
