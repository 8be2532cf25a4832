/// The Snowball Spanish stemmer (https://snowballstem.org/algorithms/spanish/stemmer.html).
///
/// While it works each letter is one byte: á é í ó ú ü ñ are held as A E I O U W N, in the tables too.
enum SpanishStemmer {
    private static let pronouns = SuffixTable([
        "selas", "selos", "sela", "selo", "las", "les", "los", "nos", "me", "se", "la", "le", "lo",
    ])
    /// What a pronoun may be attached to, and what it becomes: the accent was there because of the pronoun.
    private static let pronounHosts: [(suffix: Affix, plain: Affix)] = [
        ("iEndo", "iendo"), ("iendo", "iendo"), ("yendo", "yendo"), ("Ando", "ando"), ("ando", "ando"),
        ("Ar", "ar"), ("Er", "er"), ("Ir", "ir"), ("ar", "ar"), ("er", "er"), ("ir", "ir"),
    ]

    /// What else is done about a noun or adjective suffix once it is found.
    private enum Group {
        case plain, beforeIC, log, u, ente, amente, mente, idad, iva
    }

    /// Longest first.
    private static let standardSuffixes: SuffixTable<Group> = sorted([
        (["anza", "anzas", "ico", "ica", "icos", "icas", "ismo", "ismos", "able", "ables"], .plain),
        (["ible", "ibles", "ista", "istas", "oso", "osa", "osos", "osas"], .plain),
        (["amiento", "amientos", "imiento", "imientos"], .plain),
        (["adora", "ador", "aciOn", "adoras", "adores", "aciones", "ante", "antes", "ancia"], .beforeIC),
        (["ancias", "acion"], .beforeIC), (["logIa", "logIas"], .log), (["uciOn", "ucion", "uciones"], .u),
        (["encia", "encias"], .ente), (["amente"], .amente), (["mente"], .mente), (["idad", "idades"], .idad),
        (["iva", "ivo", "ivas", "ivos"], .iva),
    ])

    private static let yVerbSuffixes = SuffixTable([
        "yeron", "yendo", "yamos", "yais", "yan", "yen", "yas", "yes", "ya", "ye", "yo", "yO",
    ])

    /// Endings of verbs; of the first four a u that is written only after g goes too.
    private static let verbSuffixesAfterG: [Affix] = ["en", "es", "Eis", "emos"]
    private static let verbSuffixes: SuffixTable<Void> = longestFirst([
        "en", "es", "Eis", "emos",
        "arIan", "arIas", "arAn", "arAs", "arIais", "arIa", "arEis", "arIamos", "aremos", "arA", "arE",
        "erIan", "erIas", "erAn", "erAs", "erIais", "erIa", "erEis", "erIamos", "eremos", "erA", "erE",
        "irIan", "irIas", "irAn", "irAs", "irIais", "irIa", "irEis", "irIamos", "iremos", "irA", "irE",
        "aba", "ada", "ida", "Ia", "ara", "iera", "ad", "ed", "id", "ase", "iese", "aste", "iste", "an", "aban",
        "Ian", "aran", "ieran", "asen", "iesen", "aron", "ieron", "ado", "ido", "ando", "iendo", "iO", "ar", "er",
        "ir", "as", "abas", "adas", "idas", "Ias", "aras", "ieras", "ases", "ieses", "Is", "Ais", "abais", "Iais",
        "arais", "ierais", "aseis", "ieseis", "asteis", "isteis", "ados", "idos", "amos", "Abamos", "Iamos",
        "imos", "Aramos", "iEramos", "iEsemos", "Asemos",
    ])

    private static let residues = SuffixTable(["os", "a", "o", "A", "I", "O", "e", "E"])

    static func stem(_ word: inout [UInt8]) {
        compact(&word)
        let rv = verbRegion(word)
        let r1 = regionStart(word, from: 0)
        let r2 = regionStart(word, from: r1)
        removePronoun(&word, rv)
        if !removeStandardSuffix(&word, r1, r2), !removeYVerbSuffix(&word, rv) { removeVerbSuffix(&word, rv) }
        removeResidue(&word, rv)
        expand(&word)
    }

    // MARK: Letters and regions

    /// á → A and so on: one byte a letter.
    private static func compact(_ word: inout [UInt8]) {
        guard word.contains(0xC3) else { return }
        var length = 0
        var index = 0
        while index < word.count {
            var byte = word[index]
            if byte == 0xC3, index + 1 < word.count, let letter = letter(word[index + 1]) {
                byte = letter
                index += 1
            }
            word[length] = byte
            length += 1
            index += 1
        }
        word.removeLast(word.count - length)
    }

    private static func letter(_ second: UInt8) -> UInt8? {
        switch second {
        case 0xA1: UInt8(ascii: "A")
        case 0xA9: UInt8(ascii: "E")
        case 0xAD: UInt8(ascii: "I")
        case 0xB3: UInt8(ascii: "O")
        case 0xBA: UInt8(ascii: "U")
        case 0xBC: UInt8(ascii: "W")
        case 0xB1: UInt8(ascii: "N")
        default: nil
        }
    }

    /// Acute accents go; ü and ñ get their two bytes back.
    private static func expand(_ word: inout [UInt8]) {
        var index = 0
        while index < word.count {
            switch word[index] {
            case UInt8(ascii: "A"), UInt8(ascii: "E"), UInt8(ascii: "I"), UInt8(ascii: "O"), UInt8(ascii: "U"):
                word[index] |= 0x20
            case UInt8(ascii: "W"), UInt8(ascii: "N"):
                word.insert(word[index] == UInt8(ascii: "N") ? 0xB1 : 0xBC, at: index + 1)
                word[index] = 0xC3
                index += 1
            default: break
            }
            index += 1
        }
    }

    private static func isVowel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "A"), UInt8(ascii: "E"), UInt8(ascii: "I"), UInt8(ascii: "O"), UInt8(ascii: "U"),
            UInt8(ascii: "W"):
            true
        default: false
        }
    }

    private static func regionStart(_ word: [UInt8], from: Int) -> Int {
        let vowel = past(word, from: from) { isVowel($0) }
        return past(word, from: vowel ?? word.count) { !isVowel($0) } ?? word.count
    }

    /// Behind the first letter from `from` on for which `holds`; nil where there is none.
    private static func past(_ word: [UInt8], from: Int, _ holds: (UInt8) -> Bool) -> Int? {
        guard from < word.count, let index = word[from...].firstIndex(where: holds) else { return nil }
        return index + 1
    }

    /// Where region V starts: behind the vowel after a second consonant, behind the consonant after two vowels,
    /// else behind the third letter.
    private static func verbRegion(_ word: [UInt8]) -> Int {
        guard word.count >= 2 else { return word.count }
        switch (isVowel(word[0]), isVowel(word[1])) {
        case (_, false): return past(word, from: 2) { isVowel($0) } ?? word.count
        case (true, true): return past(word, from: 2) { !isVowel($0) } ?? word.count
        case (false, true): return Swift.min(3, word.count)
        }
    }

    // MARK: Steps

    private static func removePronoun(_ word: inout [UInt8], _ rv: Int) {
        guard let pronoun = pronouns.first(in: word) else { return }
        let end = word.count - pronoun.suffix.count
        let host = word.tail(before: end)
        guard let (suffix, plain) = pronounHosts.first(where: { host.ends(in: $0.suffix) }) else { return }
        let start = end - suffix.count
        guard start >= rv else { return }
        if host.ends(in: "yendo"), start == 0 || word[start - 1] != UInt8(ascii: "u") { return }
        word.replaceEnd(word.count - start, with: plain)
    }

    /// - Returns: whether a suffix was removed.
    private static func removeStandardSuffix(_ word: inout [UInt8], _ r1: Int, _ r2: Int) -> Bool {
        guard let (suffix, group) = standardSuffixes.first(in: word) else { return false }
        let length = suffix.count
        guard word.count - length >= (group == .amente ? r1 : r2) else { return false }
        switch group {
        case .log: word.replaceEnd(length, with: "log")
        case .u: word.replaceEnd(length, with: "u")
        case .ente: word.replaceEnd(length, with: "ente")
        default: word.replaceEnd(length)
        }
        switch group {
        case .plain, .log, .u, .ente: break
        case .beforeIC: remove(["ic"], from: &word, r2)
        case .amente:
            let isIV = word.ends(in: "iv")
            if remove(["iv", "os", "ic", "ad"], from: &word, r2), isIV { remove(["at"], from: &word, r2) }
        case .mente: remove(["ante", "able", "ible"], from: &word, r2)
        case .idad: remove(["abil", "ic", "iv"], from: &word, r2)
        case .iva: remove(["at"], from: &word, r2)
        }
        return true
    }

    /// Removes the first of `suffixes` that fits if it lies in the region.
    @discardableResult
    private static func remove(_ suffixes: [Affix], from word: inout [UInt8], _ region: Int) -> Bool {
        let tail = word.tail()
        guard let suffix = suffixes.first(where: { tail.ends(in: $0) }),
            word.count - suffix.count >= region
        else { return false }
        word.replaceEnd(suffix.count)
        return true
    }

    private static func removeYVerbSuffix(_ word: inout [UInt8], _ rv: Int) -> Bool {
        guard let suffix = yVerbSuffixes.first(in: word, after: rv)?.suffix else { return false }
        let start = word.count - suffix.count
        guard start > 0, word[start - 1] == UInt8(ascii: "u") else { return false }
        word.replaceEnd(suffix.count)
        return true
    }

    private static func removeVerbSuffix(_ word: inout [UInt8], _ rv: Int) {
        guard let suffix = verbSuffixes.first(in: word, after: rv)?.suffix else { return }
        let isAfterG = verbSuffixesAfterG.contains { $0.letters == suffix.letters }
        word.replaceEnd(suffix.count)
        if isAfterG, word.ends(in: "gu") { word.removeLast() }
    }

    private static func removeResidue(_ word: inout [UInt8], _ rv: Int) {
        guard let suffix = residues.first(in: word)?.suffix else { return }
        let isE = word.ends(in: "e") || word.ends(in: "E")
        guard word.count - suffix.count >= rv else { return }
        word.replaceEnd(suffix.count)
        if isE, word.ends(in: "gu"), word.count - 1 >= rv { word.removeLast() }
    }

    // MARK: Tables

    private static func sorted(_ groups: [(suffixes: [Affix], group: Group)]) -> SuffixTable<Group> {
        SuffixTable(
            groups.flatMap { entry in entry.suffixes.map { ($0, entry.group) } }
                .sorted { $0.0.count > $1.0.count })
    }

    private static func longestFirst(_ suffixes: [Affix]) -> SuffixTable<Void> {
        SuffixTable(suffixes.sorted { $0.count > $1.count })
    }
}
