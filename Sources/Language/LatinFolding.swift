/// Folded forms of the Latin letters beyond ASCII, worked out once from their Unicode names:
/// LATIN SMALL LETTER A WITH ACUTE is an a.
enum LatinFolding {
    private static let blocks: [ClosedRange<UInt32>] = [0xA0...0x24F, 0x1E00...0x1EFF]

    /// Where the tables hold `scalar`, nil outside the Latin blocks.
    @inline(__always)
    static func index(of scalar: UInt32) -> Int? {
        if scalar >= 0xA0, scalar <= 0x24F { return Int(scalar - 0xA0) }
        if scalar >= 0x1E00, scalar <= 0x1EFF { return Int(scalar - 0x1E00 + 0x1B0) }
        return nil
    }

    /// Without accents, packed; ñ stays.
    static let unaccented = blocks.flatMap { $0.map { entry($0, accents: .folded) } }
    /// Lower case with its accents, packed.
    static let lowercased = blocks.flatMap { $0.map { entry($0, accents: .kept) } }

    private static func entry(_ value: UInt32, accents: Folding.Accents) -> UInt32 {
        guard let scalar = Unicode.Scalar(value) else { return Folding.separator }
        switch value {
        case 0xAD: return Folding.dropped  // soft hyphen
        case 0xB4: return Folding.dropped  // acute accent typed for an apostrophe
        case 0xAA: return Folding.pack("a")
        case 0xBA: return Folding.pack("o")
        case 0xB9: return Folding.pack("1")
        case 0xB2: return Folding.pack("2")
        case 0xB3: return Folding.pack("3")
        case 0xB5: return Folding.packed(0x3BC)
        case 0x130, 0x131: return Folding.pack("i")
        default: break
        }
        guard scalar.properties.isAlphabetic else { return Folding.separator }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
        if accents == .kept || lower == 0xF1 { return Folding.packed(lower) }
        guard index(of: lower) != nil, let letter = Unicode.Scalar(lower) else { return Folding.packed(lower) }
        // LATIN SMALL LETTER X WITH …, LATIN SMALL LIGATURE OE, LATIN SMALL LETTER SHARP S
        let words = (letter.properties.name ?? "").split(separator: " ")
        guard words.count > 3, words[0] == "LATIN" else { return Folding.packed(lower) }
        switch words[3] {
        case "SHARP": return Folding.pack("ss")
        case "ETH": return Folding.pack("d")
        case "THORN": return Folding.pack("th")
        case "ENG": return Folding.pack("n")
        case "LONG": return Folding.pack("s")
        case let letters where letters.utf8.count <= 2: return Folding.pack(letters.lowercased())
        default: return Folding.packed(lower)
        }
    }
}

extension Folding {
    /// A Latin letter beyond ASCII in lower case without its accents, as up to four bytes of UTF-8 packed low byte
    /// first: á is `a`, ß is `ss`, ñ stays. Nil for everything else.
    public static func latinLetter(_ scalar: Unicode.Scalar) -> UInt32? {
        guard let index = LatinFolding.index(of: scalar.value) else { return nil }
        let letter = LatinFolding.unaccented[index]
        // ² and its like are read as digits in what customers write; letters they are not.
        return letter == separator || letter == dropped || letter & 0xFF < 0x41 ? nil : letter
    }
}
