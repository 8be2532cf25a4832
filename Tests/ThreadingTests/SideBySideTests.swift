import Testing

@testable import Threading

@Suite("Work side by side")
struct SideBySideTests {
    @Test("results stand in the order in which they were asked for", arguments: [0, 1, 2, 7, 100])
    func order(count: Int) {
        let results = SideBySide.map(count) { number in
            // The first ones take longest.
            (0..<(count - number) * 1_000).reduce("\(number)") { text, _ in text }
        }
        #expect(results == (0..<count).map { "\($0)" })
    }

    @Test("two of different kinds, and some from within")
    func both() {
        let (words, numbers) = SideBySide.run(
            { ["a", "b"].map { $0 + $0 } }, { SideBySide.map(3) { $0 * $0 } })
        #expect(words == ["aa", "bb"])
        #expect(numbers == [0, 1, 4])
    }
}
