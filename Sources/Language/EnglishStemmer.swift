/// The Snowball English stemmer, version 3 of the algorithm (https://snowballstem.org/algorithms/english/stemmer.html).
///
/// A `Y` in the working bytes is a y that acts as a consonant.
enum EnglishStemmer {
    /// What a suffix becomes, and what must stand before it.
    private typealias Rule = (suffix: Affix, replacement: Affix)

    /// Words that the steps would spoil.
    private static let exceptions: [Rule] = [
        ("skis", "ski"), ("skies", "sky"), ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"),
        ("early", "earli"), ("only", "onli"), ("singly", "singl"), ("sky", "sky"), ("news", "news"),
        ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"), ("andes", "andes"),
    ]
    /// Beginnings whose end is where region 1 starts, against the general rule.
    private static let regionPrefixes: [Affix] = [
        "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
    ]
    private static let doubles: [Affix] = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"]
    private static let wholeBeforeING: [Affix] = ["inn", "out", "cann", "herr", "earr", "even"]
    private static let wholeBeforeEED: [Affix] = ["proc", "exc", "succ"]

    private static let step1b = SuffixTable(["eedly", "ingly", "edly", "eed", "ing", "ed"])
    /// Longest suffix first, as in every table here: the first that fits is the only one tried.
    private static let step2 = SuffixTable<Affix>([
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
        ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"), ("entli", "ent"), ("ation", "ate"),
        ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"), ("ogist", "og"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"),
        ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ])
    private static let step3 = SuffixTable<Affix>([
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""),
        ("ical", "ic"), ("ness", ""), ("ful", ""),
    ])
    private static let step4 = SuffixTable<Void>([
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
        "ion", "al", "er", "ic",
    ])

    static func stem(_ word: inout [UInt8]) {
        // An exception has eight letters at most: the tail is all of it.
        let tail = word.tail().letters
        for (whole, stem) in exceptions where tail == whole.letters && word.count == whole.count {
            word.replaceEnd(word.count, with: stem)
            return
        }
        guard letterCount(word) > 2 else { return }
        if word[0] == UInt8(ascii: "'") { word.removeFirst() }
        markConsonantY(&word)
        let (r1, r2) = regions(word)
        step1a(&word)
        step1b(&word, r1)
        step1c(&word)
        applyStep2(&word, r1)
        applyStep3(&word, r1, r2)
        applyStep4(&word, r2)
        step5(&word, r1, r2)
        for index in word.indices where word[index] == UInt8(ascii: "Y") { word[index] = UInt8(ascii: "y") }
    }

    private static func letterCount(_ word: [UInt8]) -> Int {
        word.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    private static func isVowel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }

    private static func markConsonantY(_ word: inout [UInt8]) {
        for index in word.indices where word[index] == UInt8(ascii: "y") {
            if index == 0 || isVowel(word[index - 1]) { word[index] = UInt8(ascii: "Y") }
        }
    }

    /// Where regions 1 and 2 start: behind the first consonant that follows a vowel, and again from there.
    private static func regions(_ word: [UInt8]) -> (Int, Int) {
        let length = Swift.min(word.count, 8)
        let head = word.tail(before: length).letters
        let prefix = regionPrefixes.first {
            $0.count <= length && head &>> UInt64(8 * (length - $0.count)) == $0.letters
        }
        let r1 = prefix?.count ?? regionStart(word, from: 0)
        return (r1, regionStart(word, from: r1))
    }

    private static func regionStart(_ word: [UInt8], from: Int) -> Int {
        var index = from
        while index < word.count, !isVowel(word[index]) { index += 1 }
        while index < word.count, isVowel(word[index]) { index += 1 }
        return Swift.min(index + 1, word.count)
    }

    private static func hasVowel(_ word: [UInt8], before end: Int) -> Bool { word[..<end].contains(where: isVowel) }

    /// Whether the first `end` bytes end in a short syllable.
    private static func isShort(_ word: [UInt8], before end: Int) -> Bool {
        if word.ends(in: "past", before: end) { return true }
        guard end >= 2, isVowel(word[end - 2]), !isVowel(word[end - 1]) else { return false }
        if end == 2 { return true }
        let last = word[end - 1]
        return !isVowel(word[end - 3]) && last != UInt8(ascii: "w") && last != UInt8(ascii: "x")
            && last != UInt8(ascii: "Y")
    }

    private static func step1a(_ word: inout [UInt8]) {
        for suffix: Affix in ["'s'", "'s", "'"] where word.ends(in: suffix) {
            word.replaceEnd(suffix.count)
            break
        }
        let tail = word.tail()
        if tail.ends(in: "sses") {
            word.replaceEnd(2)
        } else if tail.ends(in: "ied") || tail.ends(in: "ies") {
            word.replaceEnd(word.count > 4 ? 2 : 1)
        } else if tail.ends(in: "us") || tail.ends(in: "ss") {
            return
        } else if tail.ends(in: "s"), word.count >= 2, hasVowel(word, before: word.count - 2) {
            word.replaceEnd(1)
        }
    }

    private static func step1b(_ word: inout [UInt8], _ r1: Int) {
        guard let suffix = step1b.first(in: word)?.suffix else { return }
        let start = word.count - suffix.count
        let tail = word.tail()
        if tail.ends(in: "eed") || tail.ends(in: "eedly") {
            let before = Array(word[..<start])
            if wholeBeforeEED.contains(where: { before.equals($0) }) { return }
            if start >= r1 { word.replaceEnd(word.count - start, with: "ee") }
            return
        }
        if tail.ends(in: "ing") {
            let before = Array(word[..<start])
            // dying → die, but not paying → pay
            if start == 2, word[1] == UInt8(ascii: "y"), !isVowel(word[0]) {
                word.replaceEnd(4, with: "ie")
                return
            }
            if wholeBeforeING.contains(where: { before.equals($0) }) { return }
        }
        guard hasVowel(word, before: start) else { return }
        word.replaceEnd(word.count - start)
        let rest = word.tail()
        if rest.ends(in: "at") || rest.ends(in: "bl") || rest.ends(in: "iz") {
            word.append(UInt8(ascii: "e"))
        } else if doubles.contains(where: { rest.ends(in: $0) }) {
            let first = word[0]
            let isWhole = word.count == 3
            let keepsDouble =
                isWhole && (first == UInt8(ascii: "a") || first == UInt8(ascii: "e") || first == UInt8(ascii: "o"))
            if !keepsDouble { word.removeLast() }
        } else if word.count == r1, isShort(word, before: word.count) {
            word.append(UInt8(ascii: "e"))
        }
    }

    private static func step1c(_ word: inout [UInt8]) {
        guard word.count > 2, word.ends(in: "y") || word.ends(in: "Y"), !isVowel(word[word.count - 2]) else { return }
        word[word.count - 1] = UInt8(ascii: "i")
    }

    private static func applyStep2(_ word: inout [UInt8], _ r1: Int) {
        guard let (suffix, replacement) = step2.first(in: word) else { return }
        let length = suffix.count
        let start = word.count - length
        guard start >= r1 else { return }
        if word.ends(in: "ogi") {
            guard start > 0, word[start - 1] == UInt8(ascii: "l") else { return }
        } else if length == 2 {
            guard start > 0, "cdeghkmnrt".utf8.contains(word[start - 1]) else { return }
        }
        word.replaceEnd(length, with: replacement)
    }

    private static func applyStep3(_ word: inout [UInt8], _ r1: Int, _ r2: Int) {
        guard let (suffix, replacement) = step3.first(in: word) else { return }
        let start = word.count - suffix.count
        guard start >= r1 else { return }
        if word.ends(in: "ative"), start < r2 { return }
        word.replaceEnd(suffix.count, with: replacement)
    }

    private static func applyStep4(_ word: inout [UInt8], _ r2: Int) {
        guard let suffix = step4.first(in: word)?.suffix else { return }
        let start = word.count - suffix.count
        guard start >= r2 else { return }
        if word.ends(in: "ion") {
            guard start > 0, word[start - 1] == UInt8(ascii: "s") || word[start - 1] == UInt8(ascii: "t") else {
                return
            }
        }
        word.replaceEnd(suffix.count)
    }

    private static func step5(_ word: inout [UInt8], _ r1: Int, _ r2: Int) {
        let start = word.count - 1
        if word.ends(in: "e") {
            guard start >= r2 || (start >= r1 && !isShort(word, before: start)) else { return }
            word.removeLast()
        } else if word.ends(in: "ll"), start >= r2 {
            word.removeLast()
        }
    }
}
