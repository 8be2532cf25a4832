import Content
import Testing

/// A mistake, and what must be told about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let shop: SmallShop
    let path: String
    let line: Int
    let column: Int
    let key: SentenceKey
    var severity = Diagnostic.Severity.error
    /// Part of the hint in English.
    var hint: String?

    init(
        _ name: String, _ shop: SmallShop, _ path: String, _ line: Int, _ column: Int,
        _ key: SentenceKey, severity: Diagnostic.Severity = .error, hint: String? = nil
    ) {
        (testDescription, self.shop, self.path, self.line, self.column) = (name, shop, path, line, column)
        (self.key, self.severity, self.hint) = (key, severity, hint)
    }

    /// A mistake in the intent's file.
    init(
        _ name: String, _ shop: SmallShop, _ line: Int, _ column: Int, _ key: SentenceKey,
        severity: Diagnostic.Severity = .error, hint: String? = nil
    ) {
        self.init(name, shop, SmallShop.price, line, column, key, severity: severity, hint: hint)
    }
}

@Suite("Mistakes of editors")
struct DiagnosticTests {
    @Test("the tests' own shop has none")
    func sound() { #expect(SmallShop().problems().map { $0.rendered(language: "en") } == []) }

    @Test("each mistake is told with its place and a way out", arguments: Mistakes.all)
    func told(mistake: Mistake) {
        let problems = mistake.shop.problems()
        let found = problems.first { $0.key == mistake.key }
        let all = Comment(rawValue: problems.map { $0.rendered(language: "en") }.joined(separator: "\n"))
        #expect(found != nil, all)
        #expect(found?.path == mistake.path, all)
        #expect(found?.line == mistake.line, all)
        #expect(found?.column == mistake.column, all)
        #expect(found?.severity == mistake.severity, all)
        if let hint = mistake.hint { #expect(found?.hintText(language: "en")?.contains(hint) == true, all) }
        for problem in problems {
            for language in Catalogue.languages {
                let text = problem.rendered(language: language)
                #expect(!text.contains("{name}") && !text.contains("{value}"), "\(text)")
            }
        }
    }

    @Test("all mistakes of all files are told at once")
    func allAtOnce() {
        let shop = SmallShop().replacing("team: ventas", with: "teem: ventas")
            .replacing("## Answer\n", with: "## Anser\n").replacing(
                "CL-0002,,", with: "CL-0009,,", in: "KnowledgeBase/products.csv")
        let keys = Set(shop.problems().map(\.key))
        #expect(keys.isSuperset(of: [.frontMatterUnknownKey, .sectionUnknown, .answerMissing, .skuUnknown]))
    }

    @Test("a problem is written with its line and hint in the reader's language")
    func rendered() {
        let problem = SmallShop().replacing("team: ventas", with: "teem: ventas").problems()[0]
        #expect(
            problem.rendered(language: "es") == """
                Intents/pre-sale/price.md:4:1: error: no hay ninguna clave «teem»
                    teem: ventas
                    ¿Querías decir «team»?
                """)
        #expect(problem.rendered(language: "en").contains("error: there is no key \"teem\""))
    }

    @Test("a phrase in two intents names both places")
    func twoPlaces() {
        let other = SmallShop().files[SmallShop.price]?.replacing("cuánto cuesta?", with: "x?") ?? ""
        let problems = SmallShop().adding("Intents/pre-sale/second.md", other.replacing("- precio", with: "- ¡PRECIO!"))
            .problems()
        let problem = problems.first { $0.key == .phraseInTwoIntents && $0.line == 12 }
        #expect(problem?.path == "Intents/pre-sale/second.md")
        #expect(problem?.message(language: "en").contains("Intents/pre-sale/price.md:12") == true)
    }

    @Test("a byte that is not UTF-8 is told with line and column")
    func notUTF8() {
        var files = SmallShop().files.map { (path: $0.key, bytes: Array($0.value.utf8)) }
        files.append((path: "KnowledgeBase/es/malo.md", bytes: Array("año\nñu".utf8) + [0xFF] + Array(" fin".utf8)))
        guard case .failure(.invalid(let problems)) = ContentLoader.load(files: files) else {
            Issue.record("sound")
            return
        }
        let problem = problems.first { $0.key == .notUTF8 }
        #expect(problem.map { [$0.line, $0.column] } == [2, 3])
        #expect(problem?.path == "KnowledgeBase/es/malo.md")
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        var result = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(old) {
                result += new
                rest = rest.dropFirst(old.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
