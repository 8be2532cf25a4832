import Testing

@testable import Language

@Suite("Keyboard")
struct KeyboardTests {
    private func neighbours(of letter: Unicode.Scalar) -> String {
        let letters = "abcdefghijklmnñopqrstuvwxyz".unicodeScalars
        return String(String.UnicodeScalarView(letters.filter { Keyboard.areNeighbours($0.value, letter.value) }))
    }

    @Test(
        "a key's neighbours stand beside, above and below it",
        arguments: [("g", "bfhtvy"), ("q", "aw"), ("ñ", "lp"), ("z", "asx"), ("p", "lño"), ("m", "jkn"), ("é", "")])
    func sides(letter: Unicode.Scalar, expected: String) { #expect(neighbours(of: letter) == expected) }
}
