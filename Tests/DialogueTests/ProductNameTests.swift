import Content
import Testing

@testable import Dialogue

@Suite("Products' names as written")
struct ProductNameTests {
    @Test("a word of a product's name is not taken for a misspelt word of a phrase; another is")
    func names() throws {
        var files = Shop.files
        // One letter from a product's name, and from what is none.
        files["Intents/pre-sale/price.md"] = files["Intents/pre-sale/price.md"].map {
            $0.replacing("- ¿cuánto cuesta?\n", with: "- ¿cuánto cuesta?\n- ¿cuánto cuesta la martina?\n")
        }
        let content = Interpreter(try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get())
        for (written, read) in [("matina", "matina"), ("Matina", "matina"), ("maartina", "martina")] {
            let words = content.explain("cuánto cuesta la \(written)", language: "es").words
            #expect(words.last?.read == read, "\(written)")
        }
    }
}
