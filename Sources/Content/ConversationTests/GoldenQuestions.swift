/// Reads the questions below `## Tests`: each must be answered by what the file holds, or, behind `No:`, by something
/// else. `Known:` below one says why it is not so yet.
struct GoldenQuestions {
    let source: SourceText
    let settings: Settings
    /// The intent that must answer, if the file names one.
    let intent: String?
    /// The article that may answer.
    var article: String?

    func read(_ lines: Range<Int>, _ problems: inout Problems) -> [ConversationTest] {
        let list = ListItems(source, lines)
        for stray in list.strayLines {
            problems.report(.listExpected, in: source, at: stray.lowerBound, hint: .hintListExpected)
        }
        var tests: [ConversationTest] = []
        for item in list.items {
            let (key, rest) = ListItems.keyAndRest(source, item)
            if let rest, !rest.isEmpty, !tests.isEmpty, Keyword.matches(source.string(key), .keywordKnown) {
                tests[tests.count - 1].known = ListItems.text(source, rest)
                continue
            }
            let isNegative = rest != nil && Keyword.matches(source.string(key), .keywordNo)
            let range = isNegative ? rest ?? item : item
            let text = ListItems.text(source, range)
            guard !text.isEmpty else {
                problems.report(.phraseEmpty, in: source, at: item.lowerBound)
                continue
            }
            tests.append(test(text, at: range.lowerBound, isNegative: isNegative))
        }
        return tests
    }

    private func test(_ text: String, at offset: Int, isNegative: Bool) -> ConversationTest {
        let place = source.position(of: offset)
        var test = ConversationTest(
            path: source.path, place: place, title: text, isQuestion: true, settings: settings)
        let check: ConversationTest.Check =
            isNegative
            ? .notAnswered(intent: intent, article: article) : .answered(intent: intent, article: article)
        test.steps = [.says(text), .expects(check)].map { act in
            ConversationTest.Step(line: place.line, column: place.column, text: text, act: act)
        }
        return test
    }

    /// Takes the sections of questions out of an article: nobody is to be quoted them.
    /// - Returns: the file's lines, those of the questions empty, and the questions.
    func takeOut(from first: Int, _ problems: inout Problems) -> (lines: [Range<Int>], tests: [ConversationTest]) {
        var lines = source.lines
        var tests: [ConversationTest] = []
        for section in HeadingSection.split(source, from: first).sections
        where Keyword.matches(source.string(section.heading), .keywordTests) {
            tests += read(section.lines, &problems)
            for index in section.lines.lowerBound - 1..<section.lines.upperBound {
                lines[index] = lines[index].lowerBound..<lines[index].lowerBound
            }
        }
        return (lines, tests)
    }
}
