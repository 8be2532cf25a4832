import Testing

@testable import Content

@Suite("Words, anchors and places")
struct TextTests {
    @Test("an anchor is lower case without accents, with ñ, and dashes between words")
    func anchors() {
        #expect(Anchor.slug("¿Cuánto tarda? Año nuevo") == "cuanto-tarda-año-nuevo")
        #expect(Anchor.slug("  Plazos de entrega (24–48 h)  ") == "plazos-de-entrega-24-48-h")
        #expect(Anchor.slug("An\u{303}o, pingu\u{308}ino") == "año-pinguino")
        #expect(Anchor.slug("…") == "")
        #expect(Anchor.slug("STRASSE Straße, ÑU, Łódź, Œuvre ¿eh?") == "strasse-strasse-ñu-lodz-oeuvre-eh")
        #expect(Anchor.slug("10 m² de ПРИВЕТ") == "10-m-de-привет")
    }

    @Test("phrases are the same whatever their case, accents and marks")
    func phraseKeys() {
        #expect(Anchor.phraseKey("¿Cuánto CUESTA, eh?") == Anchor.phraseKey("cuanto cuesta eh"))
        #expect(Anchor.phraseKey("Mañana") == "manana")
        #expect(Anchor.fold("¿Dirección-Ñ_1?") == "¿direccion-n_1?")
    }

    @Test("the nearest word is found over swaps and accents, and none where all are far")
    func nearest() {
        #expect(Spelling.nearest("tema", among: ["kind", "team"]) == "team")
        #expect(Spelling.nearest("Respuésta", among: ["Frases", "Respuesta"]) == "Respuesta")
        #expect(Spelling.nearest("zzzzzz", among: ["kind", "team"]) == nil)
    }

    @Test("columns count characters, lines end in LF, CR LF or CR")
    func positions() {
        let source = SourceText(path: "a", bytes: Array("\u{FEFF}año\r\nb👩‍🍳c\rd".utf8))
        #expect(source.lines.count == 3)
        #expect(source.position(of: 4) == SourceText.Position(line: 1, column: 4))
        let hat = source.bytes.lastIndex(of: UInt8(ascii: "c")) ?? 0
        #expect(source.position(of: hat) == SourceText.Position(line: 2, column: 3))
        #expect(source.position(of: source.bytes.count) == SourceText.Position(line: 3, column: 2))
    }

    @Test(
        "what is no UTF-8 is found where it begins",
        arguments: [
            ([0x61, 0x80], 1), ([0xC0, 0xAF], 0), ([0xE0, 0x80, 0xAF], 0), ([0xED, 0xA0, 0x80], 0),
            ([0xF4, 0x90, 0x80, 0x80], 0), ([0xC3], 0), ([0x61, 0xE2, 0x82], 1), ([0xF5, 0x80, 0x80, 0x80], 0),
        ] as [([UInt8], Int)])
    func invalidUTF8(bytes: [UInt8], offset: Int) { #expect(SourceText.firstInvalidByte(bytes) == offset) }

    @Test("valid UTF-8 of every length passes")
    func validUTF8() { #expect(SourceText.firstInvalidByte(Array("añ€👩‍🍳\u{10FFFF}\u{D7FF}\u{E000}".utf8)) == nil) }

    @Test("days convert both ways and know what does not exist")
    func days() {
        for number in stride(from: -800_000, to: 800_000, by: 97) {
            let day = CalendarDay(number: number)
            if day.year > 0 { #expect(CalendarDay(day.iso)?.number == number) }
        }
        #expect(CalendarDay("2027-02-29") == nil)
        #expect(CalendarDay("2028-02-29")?.weekday == 1)
        #expect(CalendarDay("2026-11-24")?.weekday == 1)
        #expect(CalendarDay("2026-1-2") == nil)
    }
}
