/// Reads what a customer is called, and whether they agree.
struct NameReader {
    typealias Mention = SlotReader.Mention

    let words: SlotWords

    private static let mostWords = 5

    /// Behind "me llamo", or the whole message where it was asked for: up to five words of letters, as written.
    func names(_ text: SlotText, isAsked: Bool) -> [Mention] {
        for place in text.words.indices {
            guard let cue = text.longest(of: words.nameCues, at: place) else { continue }
            return name(text, from: place + words.nameCues[cue].count, needsCapital: !isAsked).map { [$0] } ?? []
        }
        guard isAsked, let name = name(text, from: 0, needsCapital: false),
            name.range.upperBound == text.origins.last?.upperBound
        else { return [] }
        return [name]
    }

    /// Whether a text may tell a name that nobody asked for: one begins with a capital, behind another word.
    static func mayName(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            // Letters beyond ASCII, capitals too, begin with a byte of their own.
            bytes.indices.dropFirst().contains { place in
                let byte = bytes[place]
                return (byte >= 0x41 && byte <= 0x5A || byte >= 0xC3) && !bytes[place - 1].isWordByte
            }
        }
    }

    private func name(_ text: SlotText, from start: Int, needsCapital: Bool) -> Mention? {
        var end = start
        while end < text.words.count, end - start < Self.mostWords, isName(text, end),
            end == start || isBlank(text, between: end - 1, and: end)
        { end += 1 }
        guard end > start else { return nil }
        let range = text.range(ofWords: start..<end)
        let written = text.string(range)
        // "soy de Madrid" and "soy cliente" name nobody.
        if needsCapital, written.first?.isUppercase != true { return nil }
        return Mention(value: written.first?.isUppercase == true ? written : Self.capitalized(written), range: range)
    }

    private func isName(_ text: SlotText, _ place: Int) -> Bool {
        let word = text.string(text.origins[place])
        return text.isFree(text.origins[place]) && word.count >= 2 && !words.common.contains(text.words[place])
            && word.allSatisfy { $0.isLetter || $0 == "'" || $0 == "’" }
    }

    private func isBlank(_ text: SlotText, between one: Int, and next: Int) -> Bool {
        text.bytes[text.origins[one].upperBound..<text.origins[next].lowerBound].allSatisfy {
            $0 == 0x20 || $0 == UInt8(ascii: "-")
        }
    }

    private static func capitalized(_ name: String) -> String {
        name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }

    // MARK: - Agreement

    /// `yes` or `no`, as the message's first words say it; "espera", "pues" and the like may come before.
    func agreement(_ text: SlotText) -> [Mention] {
        var start = 0
        while start < Self.mostHesitation, let run = text.longest(of: words.hesitations, at: start) {
            start += words.hesitations[run].count
        }
        for (runs, others, value) in [(words.no, words.yes, "no"), (words.yes, words.no + words.doubts, "yes")] {
            guard let run = text.longest(of: runs, at: start) else { continue }
            let end = start + runs[run].count
            // More than a few words tell more than a yes or a no, and what speaks for both is neither.
            let rest = end..<text.words.count
            guard rest.count <= Self.mostBehind, !rest.contains(where: { text.longest(of: others, at: $0) != nil }),
                value == "yes" || isPlainNo(text, at: end)
            else { return [] }
            return [Mention(value: value, range: text.range(ofWords: start..<end))]
        }
        return []
    }

    /// Whether a no ends there, is followed by a pause, or by words that only strengthen it.
    private func isPlainNo(_ text: SlotText, at end: Int) -> Bool {
        guard end < text.words.count else { return true }
        let gap = text.bytes[text.origins[end - 1].upperBound..<text.origins[end].lowerBound]
        return gap.contains { ",.;:!".utf8.contains($0) } || text.longest(of: words.noFollowers, at: end) != nil
    }

    /// Words behind a yes or a no.
    private static let mostBehind = 6

    /// Words before a yes or a no.
    private static let mostHesitation = 4
}
