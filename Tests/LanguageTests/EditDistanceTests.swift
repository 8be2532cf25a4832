import SeededRandom
import Testing

@testable import Language

@Suite("Edit distance")
struct EditDistanceTests {
    @Test(
        "one edit is recognised, none and two are not",
        arguments: [
            ("tranfer", "transfer", .change), ("transferr", "transfer", .change), ("transfar", "transfer", .change),
            ("tarnsfer", "transfer", .swap), ("aa", "aab", .change), ("abcd", "badc", nil), ("ab", "ba", .swap),
            ("abc", "cba", nil), ("fsctura", "factura", .slip), ("tamano", "tamaño", .slip), ("same", "same", nil),
            ("a", "abc", nil), ("", "a", .change), ("", "", nil),
        ] as [(String, String, EditDistance.OneEdit?)])
    func oneEdit(one: String, other: String, edit: EditDistance.OneEdit?) {
        #expect(EditDistance.oneEdit(one.unicodeScalars.map(\.value), other.unicodeScalars.map(\.value)) == edit)
        #expect(EditDistance.oneEdit(other.unicodeScalars.map(\.value), one.unicodeScalars.map(\.value)) == edit)
    }

    @Test("one edit and the full distance agree on random words", arguments: [11] as [UInt64])
    func agreement(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<20_000 {
            let words = (0..<2).map { _ in
                String(
                    (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                        "ab".randomElement(using: &generator) ?? "a"
                    })
            }
            let edit = EditDistance.oneEdit(words[0].unicodeScalars.map(\.value), words[1].unicodeScalars.map(\.value))
            #expect((edit != nil) == (EditDistance.distance(words[0], words[1]) == 1), "seed \(seed): \(words)")
        }
    }

    @Test("a misspelt key gets the likely known one, a strange one gets none")
    func likely() {
        let keys = ["title_es", "team", "threshold", "handoff"]
        #expect(EditDistance.likely("treshhold", among: keys) == "threshold")
        #expect(EditDistance.likely("Handof", among: keys) == "handoff")
        #expect(EditDistance.likely("taem", among: keys) == "team")
        #expect(EditDistance.likely("colour", among: keys) == nil)
        #expect(EditDistance.likely("x", among: ["y", "xyz", "xy"]) == "xy")
        #expect(EditDistance.likely("zz", among: ["ab"]) == nil)
        #expect(EditDistance.likely("team", among: keys) == "team")
    }

    @Test("the nearest word is always named: the first of equal ones, however far, however long the word")
    func nearest() {
        #expect(EditDistance.nearest("calim", among: ["QUEUE", "CLAIM"]) == "CLAIM")
        #expect(EditDistance.nearest("zzzz", among: ["abcd", "efgh"]) == "abcd")
        #expect(EditDistance.nearest(String(repeating: "x", count: 8000), among: ["abcd"]) == "abcd")
        #expect(EditDistance.nearest("x", among: []) == nil)
    }
}
