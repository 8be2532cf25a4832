import SeededRandom
import Testing

@testable import Language

@Suite("Tokens")
struct TokenBufferTests {
    @Test("words are runs of letters, digits and underscores, each between spaces")
    func words() {
        var buffer = TokenBuffer()
        buffer.tokenize("¿Dónde está el pedido_nº 12-A?")
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == " donde esta el pedido_no 12 a ")
        #expect(buffer.tokens.indices.map { buffer.word($0) } == ["donde", "esta", "el", "pedido_no", "12", "a"])
    }

    @Test("a word knows the bytes that it was written with")
    func origins() {
        let text = "¡HOLA, n\u{303}oño’s ﬁn!"
        var buffer = TokenBuffer()
        buffer.tokenize(text)
        let origins = buffer.tokens.map { String(decoding: Array(text.utf8)[$0.origin], as: UTF8.self) }
        #expect(origins == ["HOLA", "n\u{303}oño’s", "ﬁn"])
    }

    @Test("words are put in the place of others, each with its place and the bytes that those were written with")
    func replacing() {
        let text = "¡Señor, el comprobante de compra, ya!"
        var (buffer, other) = (TokenBuffer(), TokenBuffer())
        for (words, with) in [
            (2..<5, "recibo"), (2..<5, "un papel pequeño así de alto"), (0..<1, "ñu"), (5..<6, "a b"),
        ] {
            buffer.tokenize(text)
            other.tokenize(with)
            let all = buffer.tokens.indices.map { buffer.word($0) }
            buffer.replace(words, with: other)
            let expected =
                all[..<words.lowerBound] + other.tokens.indices.map { other.word($0) }
                + all[words.upperBound...]
            #expect(buffer.tokens.indices.map { buffer.word($0) } == Array(expected))
            let bytes = buffer.bytes
            #expect(String(decoding: bytes, as: UTF8.self) == " " + expected.joined(separator: " ") + " ")
            #expect(buffer.tokens.allSatisfy { $0.key == StableHash.of(bytes[$0.range]) })
        }
        buffer.tokenize(text)
        other.tokenize("recibo")
        buffer.replace(2..<5, with: other)
        let origins = buffer.tokens.map { String(decoding: Array(text.utf8)[$0.origin], as: UTF8.self) }
        #expect(origins == ["Señor", "el", "comprobante de compra", "ya"])
        // «¡Señor, el recibo, ya!»: before the first word, the second, the last and the end.
        #expect(buffer.pauses == [0, 1, 3, 4])
    }

    @Test("punctuation marks and line breaks part words; blanks, hyphens and apostrophes do not")
    func pauses() {
        var buffer = TokenBuffer()
        func pauses(_ text: String) -> [Int] {
            buffer.tokenize(text)
            return buffer.pauses
        }
        #expect(pauses("No, quiero cancelar. ¡Ya!\nGracias") == [1, 3, 4])
        #expect(pauses("no me llega…quiero – sí —cancelar(ya)") == [3, 4, 5, 6, 7])
        #expect(pauses("no quiero e-mail don't don’t  ñu") == [])
        #expect(pauses("¿qué?") == [0, 1] && pauses("") == [] && pauses("?!") == [0])
    }

    @Test(
        "two texts have the same words whatever their case, accents, signs and ways of composing letters",
        arguments: [
            ("Hablar con una persona", "¡hablar con UNA persona!"), ("n\u{303}u", "Ñu"), ("Ñu", "n\u{303}u"),
            ("ȺȾȺ", "ⱥⱦⱥ"), ("1", "1."), ("'quita", "quita"), ("árbol", "arbol"), ("", "?!"),
            ("¿Cuánto cuesta?", "cuanto cuesta"), ("¡¿n\u{303}u?!", "Ñu"), ("¿", ""),
        ])
    func same(one: String, other: String) {
        var buffer = TokenBuffer()
        buffer.tokenize(other)
        #expect(TokenBuffer.isSame(one, as: buffer.bytes))
        buffer.tokenize(other + " no")
        #expect(!TokenBuffer.isSame(one, as: buffer.bytes))
        buffer.tokenize("x" + other)
        #expect(!TokenBuffer.isSame(one, as: buffer.bytes))
    }

    @Test("a word's key is the hash of its folded letters")
    func keys() {
        var buffer = TokenBuffer()
        buffer.tokenize("¿Dónde está n\u{303}u, don’t ﬁn?")
        #expect(buffer.tokens.map(\.key) == ["donde", "esta", "ñu", "dont", "fin"].map { StableHash.of($0.utf8) })
    }

    @Test("a text tells whether its words lost accents")
    func accents() {
        var buffer = TokenBuffer()
        for text in ["¿Que tal, don’t? Año 😀 中", "plain", "a\u{308}"] {
            buffer.tokenize(text)
            #expect(!buffer.mayHaveAccents, "\(text)")
        }
        for text in ["qué", "e\u{301}l", "ß"] {
            buffer.tokenize(text)
            #expect(buffer.mayHaveAccents, "\(text)")
        }
        buffer.tokenize("uno dos", limit: 1)
        #expect(!buffer.mayHaveAccents)
        buffer.tokenize("uno dós", limit: 1)
        #expect(buffer.mayHaveAccents)
    }

    @Test("reading stops at the limit, and a buffer forgets its last text")
    func limit() {
        var buffer = TokenBuffer()
        buffer.tokenize("a b c d", limit: 2)
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == " a b ")
        buffer.tokenize("e")
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == " e ")
        buffer.tokenize("?!")
        #expect(buffer.bytes.isEmpty && buffer.tokens.isEmpty)
    }

    @Test("bytes that are no UTF-8 separate words and never crash", arguments: [1, 2, 3] as [UInt64])
    func invalidBytes(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var buffer = TokenBuffer()
        for _ in 0..<5_000 {
            let length = Int.random(in: 0...40, using: &generator)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            bytes.withUnsafeBufferPointer { buffer.tokenize($0) }
            let folded = String(validating: buffer.bytes, as: UTF8.self)
            #expect(folded != nil, "seed \(seed): \(bytes)")
            #expect(buffer.tokens.allSatisfy { $0.origin.upperBound <= length }, "seed \(seed)")
        }
        [UInt8]("a".utf8 + [0xFF, 0xC3] + "b".utf8 + [0xE2, 0x80]).withUnsafeBufferPointer { buffer.tokenize($0) }
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == " a b ")
    }
}
