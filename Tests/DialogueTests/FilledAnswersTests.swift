import Events
import Testing

@testable import Dialogue

@Suite("Answers that are filled in once")
struct FilledAnswersTests {
    @Test("one is made for each intent, answer, language and product, and made once")
    func once() {
        let answers = FilledAnswers()
        var made = 0
        func answer(_ intent: Int, _ place: Int, _ language: String, _ product: String?) -> Wording {
            answers.wording(.init(intent: intent, answer: place, language: language, product: product)) {
                made += 1
                return Wording.Parts(text: "\(made)", kind: .answer, intent: "i", language: language)
            }
        }
        let first = answer(1, 0, "es", "CL-1")
        #expect(answer(1, 0, "es", "CL-1") === first && made == 1)
        let others = [
            answer(2, 0, "es", "CL-1"), answer(1, 1, "es", "CL-1"), answer(1, 0, "en", "CL-1"),
            answer(1, 0, "es", "CL-2"), answer(1, 0, "es", nil),
        ]
        #expect(others.map(\.parts.text) == ["2", "3", "4", "5", "6"])
    }

    @Test(
        "a shop of many products does not fill the memory: what is kept is let go, and made anew when it is asked for")
    func bounded() {
        let answers = FilledAnswers()
        var made = 0
        func ask(_ product: Int) {
            _ = answers.wording(.init(intent: 0, answer: 0, language: "es", product: "\(product)")) {
                made += 1
                return Wording.Parts(text: "", kind: .answer, intent: nil, language: "es")
            }
        }
        for product in 0..<5_000 { ask(product) }
        #expect(made == 5_000 && answers.count <= 2_048)
        ask(0)
        #expect(made == 5_001)
    }
}
