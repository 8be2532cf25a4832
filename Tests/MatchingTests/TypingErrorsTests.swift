import Language
import Testing

@testable import Matching

@Suite("Typing errors")
struct TypingErrorsTests {
    private static let sentence = "¿cuándo llegará mi pedido? lo compré ayer, y aún no sé nada del envío"

    /// Many sentences, and what became of each of their words.
    private static let words: [(clean: String, misspelt: String)] = {
        var errors = TypingErrors()
        return (0..<1_000).flatMap { _ in
            zip(split(sentence), split(errors.misspell(sentence))).map { (clean: $0, misspelt: $1) }
        }
    }()

    private static func split(_ text: String) -> [String] { text.split { !$0.isLetter }.map(String.init) }

    @Test("a seed fixes them, another makes others")
    func seeded() {
        let texts = (0..<50).map { _ in Self.sentence }
        func misspelt(_ seed: UInt64) -> [String] {
            var errors = TypingErrors(seed: seed)
            return texts.map { errors.misspell($0) }
        }
        #expect(misspelt(7) == misspelt(7))
        #expect(misspelt(7) != misspelt(8))
        #expect(misspelt(TypingErrors.defaultSeed) != texts)
    }

    @Test("three in ten words of more than three letters are misspelt, shorter ones never")
    func rate() {
        let long = Self.words.filter { $0.clean.count > 3 }
        let changed = long.count { $0.clean != $0.misspelt }
        // 7,000 words: the standard error is 0.006.
        #expect(long.count == 7_000)
        #expect(abs(Double(changed) / Double(long.count) - 0.3) < 0.025)
        #expect(Self.words.allSatisfy { $0.clean.count > 3 || $0.clean == $0.misspelt })
    }

    @Test("a misspelt word is one edit away; each of the four kinds makes a quarter of them")
    func edits() {
        let changed = Self.words.filter { $0.clean != $0.misspelt }
        #expect(changed.allSatisfy { EditDistance.distance($0.clean, $0.misspelt) == 1 })
        let shorter = changed.count { $0.misspelt.count < $0.clean.count }
        let longer = changed.count { $0.misspelt.count > $0.clean.count }
        let swapped = changed.count {
            $0.misspelt.count == $0.clean.count && $0.misspelt.sorted() == $0.clean.sorted()
        }
        for count in [shorter, longer, swapped, changed.count - shorter - longer - swapped] {
            #expect(abs(Double(count) / Double(changed.count) - 0.25) < 0.05)
        }
    }

    @Test("every edit changes the word, also where all its letters are the same", arguments: TypingErrors.Edit.allCases)
    func changes(edit: TypingErrors.Edit) {
        var errors = TypingErrors()
        for word in ["aaaa", "llll", "abba"] {
            for _ in 0..<50 {
                let result = String(errors.apply(edit, to: Array(word)))
                #expect(EditDistance.distance(word, result) == 1)
            }
        }
    }

    @Test("what stands between words stays, and a text without long words stays whole")
    func between() {
        var errors = TypingErrors()
        for _ in 0..<200 {
            let misspelt = errors.misspell(Self.sentence)
            #expect(misspelt.filter { !$0.isLetter } == Self.sentence.filter { !$0.isLetter })
        }
        #expect((0..<100).allSatisfy { _ in errors.misspell("a 50 € o no, x2 123456") == "a 50 € o no, x2 123456" })
        #expect(errors.misspell("") == "")
    }

    @Test("lines keep their labels")
    func lines() {
        var errors = TypingErrors()
        let lines = [LabelledText(label: "pedido", text: "hola"), LabelledText(label: "oos", text: "adiós")]
        #expect(errors.misspell(lines).map(\.label) == ["pedido", "oos"])
    }
}
