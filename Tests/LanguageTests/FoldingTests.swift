import Testing

@testable import Language

@Suite("Folding")
struct FoldingTests {
    @Test(
        "case, accents, ligatures and widths are folded away",
        arguments: [
            ("¿Cuánto CUESTA?", "cuanto cuesta"), ("AVERÍA", "averia"), ("pingüino", "pinguino"),
            ("ﬁnal oﬃce ﬂat", "final office flat"), ("œuvre Æon", "oeuvre aeon"), ("Straße STRAẞE", "strasse strasse"),
            ("Ｈｏｌａ　１２３", "hola 123"), ("İstanbul ılık", "istanbul ilik"), ("Łódź Ørsted", "lodz orsted"),
            ("ế ự Ǆ", "e u dz"), ("m² 1º", "m2 1o"), ("", ""), ("…!? —", ""),
        ])
    func folds(text: String, folded: String) {
        #expect(Folding.fold(text) == folded)
    }

    @Test("ñ stays ñ, in one scalar or in two, in upper case too")
    func enye() {
        #expect(Folding.fold("año AÑO an\u{303}o AN\u{303}O") == "año año año año")
        #expect(Folding.fold("a\u{301}n\u{301}") == "an")
    }

    @Test("accents can be kept, however they are written")
    func accentsKept() {
        #expect(Folding.fold("Avería e\u{301}l U\u{308}", accents: .kept) == "avería él ü")
    }

    @Test("apostrophes join, zero-width characters and variation selectors vanish, emoji separate")
    func invisible() {
        #expect(Folding.fold("don't don’t l`eau") == "dont dont leau")
        #expect(Folding.fold("pe\u{200B}di\u{FEFF}do\u{AD}s") == "pedidos")
        #expect(Folding.fold("hola👋🏽mundo ❤️x👨‍👩‍👧y") == "hola mundo x y")
    }

    @Test("other scripts keep their letters in lower case")
    func otherScripts() {
        #expect(Folding.fold("ПРИВЕТ 東京") == "привет 東京")
        #expect(Folding.fold("١٢٣") == "123")
    }

    @Test("what is folded with its accents kept folds to the same as what it was")
    func keptFirst() {
        for value in (UInt32(0x80)...0xFFFF) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in ["n\(scalar)b", "u\(scalar)"] {
                let kept = Folding.fold(text, accents: .kept)
                #expect(Folding.fold(kept) == Folding.fold(text), "U+\(value)")
            }
        }
    }

    @Test("every scalar folds to valid UTF-8 that folds to itself")
    func everyScalar() {
        for value in (UInt32(0)...0x2FFFF) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let folded = Folding.fold("a\(scalar)b")
            #expect(folded.unicodeScalars.allSatisfy { $0 != "\u{FFFD}" } || value == 0xFFFD, "U+\(value)")
            #expect(Folding.fold(folded) == folded, "\(value)")
        }
    }
}
