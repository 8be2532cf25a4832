/// What a Spanish word sounds like, in one letter a sound, so that those who write as they hear find what they mean:
/// *resivo* is *recibo*, *keria* is *quería*, *aser* is *hacer*.
///
/// After the letters that Spanish spelling tells apart and (almost) no speaker does: *b* and *v*; *c*, *s*, *x* and *z*
/// (seseo); *c*, *k* and *qu*; *g* and *j*; *ll* and *y*; *m* and *n* before *b* and *p*; a silent *h*; double letters
/// (Real Academia Española, *Ortografía de la lengua española*, 2010, chapter I). And after what easy speech drops or
/// melts: the *d* of *-ado*; *bue*, *hue* and *we*.
public enum SpanishSound {
    /// Replaces folded letters by those of their sound, in place.
    public static func reduce(_ letters: inout [UInt32]) {
        var kept = 0
        var position = 0
        while position < letters.count {
            let letter = letters[position]
            let next = position + 1 < letters.count ? letters[position + 1] : 0
            let afterNext = position + 2 < letters.count ? letters[position + 2] : 0
            var sound = letter
            switch letter {
            case "h": sound = 0
            case "b" where isDiphthong(next, afterNext), "v" where isDiphthong(next, afterNext): sound = 0
            case "w" where isOne(of: "e", next): sound = Sound.u
            case "v", "w": sound = Sound.b
            case "d" where isOfParticiple(letters, position): sound = 0
            case "z", "x": sound = Sound.s
            case "c" where isOne(of: "h", next):
                sound = Sound.ch
                position += 1
            case "c": sound = isFront(next) ? Sound.s : Sound.k
            case "q":
                sound = Sound.k
                if isOne(of: "u", next), isFront(afterNext) { position += 1 }
            case "l" where next == letter:
                sound = Sound.y
                position += 1
            case "y" where !isVowel(next): sound = Sound.i
            case "g" where isFront(next): sound = Sound.j
            case "g" where isOne(of: "u", next) && isFront(afterNext): position += 1
            case "m" where isOne(of: "bpv", next): sound = Sound.n
            default: break
            }
            position += 1
            guard sound != 0, kept == 0 || letters[kept - 1] != sound else { continue }
            letters[kept] = sound
            kept += 1
        }
        letters.removeLast(letters.count - kept)
    }

    /// *ue*, before which most speakers say much the same for *b*, *h* and *w*.
    private static func isDiphthong(_ letter: UInt32, _ next: UInt32) -> Bool {
        isOne(of: "u", letter) && isOne(of: "e", next)
    }

    /// Whether the *d* at a place is that of a word's end in *-ado* or *-ados*, which is seldom heard.
    private static func isOfParticiple(_ letters: [UInt32], _ place: Int) -> Bool {
        let end = letters.last.map { isOne(of: "s", $0) } ?? false ? letters.count - 1 : letters.count
        return place >= 2 && place == end - 2 && isOne(of: "a", letters[place - 1]) && isOne(of: "o", letters[end - 1])
    }

    private static func isFront(_ letter: UInt32) -> Bool { isOne(of: "ei", letter) }

    private static func isVowel(_ letter: UInt32) -> Bool { isOne(of: "aeiou", letter) }

    private static func isOne(of letters: StaticString, _ letter: UInt32) -> Bool {
        (0..<letters.utf8CodeUnitCount).contains { UInt32(letters.utf8Start[$0]) == letter }
    }

    /// The letters that stand for the sounds of several.
    private enum Sound {
        static let b = UInt32(UInt8(ascii: "b"))
        static let ch = UInt32(UInt8(ascii: "%"))
        static let i = UInt32(UInt8(ascii: "i"))
        static let j = UInt32(UInt8(ascii: "j"))
        static let k = UInt32(UInt8(ascii: "k"))
        static let n = UInt32(UInt8(ascii: "n"))
        static let s = UInt32(UInt8(ascii: "s"))
        static let u = UInt32(UInt8(ascii: "u"))
        static let y = UInt32(UInt8(ascii: "y"))
    }
}

private func ~= (scalar: Unicode.Scalar, letter: UInt32) -> Bool { scalar.value == letter }
