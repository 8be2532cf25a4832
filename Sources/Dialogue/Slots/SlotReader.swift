import Content
import Language

/// Reads what a message says of slots of the mechanism's own kinds. Pure.
///
/// A byte is read once: the surest form takes it first (an address before a telephone number, a number with `€` before
/// a bare one, one behind the word for it before any other), so that `10024` is one thing alone.
struct SlotReader {
    /// Of the languages' words for numbers, days and things.
    let words: SlotWords
    /// How the shop numbers its orders.
    let orderNumber: OrderNumber
    /// The day, in the shop's time zone.
    let today: CalendarDay
    /// The present; nil where no moment is to be read.
    var clock: MomentReader.Clock?

    /// - Parameters:
    ///   - wanted: what to look for.
    ///   - asked: what the bot has just asked for: then a bare number or word is enough.
    /// - Returns: at most one value of each kind; where a message corrects itself, the later one.
    func read(_ text: String, _ wanted: [SlotKind], asked: SlotKind? = nil) -> [Understanding.Found] {
        var text = SlotText(text)
        // Whatever numbers stand in what a customer tells at length, they are part of it.
        if asked == .reason {
            return text.firstWords.map { [Understanding.Found(slot: SlotKind.reason.rawValue, values: [$0])] } ?? []
        }
        var found: [SlotKind: String] = [:]
        func keep(_ kind: SlotKind, _ mentions: [Mention], in text: SlotText) {
            guard wanted.contains(kind), found[kind] == nil, let mention = meant(mentions, in: text) else { return }
            found[kind] = mention.value
        }
        // Of numbers that may be several things the one that is meant is taken alone.
        func keepOne(_ kind: SlotKind, _ mentions: [Mention]) {
            guard wanted.contains(kind), found[kind] == nil, let mention = meant(mentions, in: text) else { return }
            found[kind] = mention.value
            text.take(mention.range)
        }
        let hasDigits = text.bytes.contains(where: \.isASCIIDigit)
        if text.bytes.contains(UInt8(ascii: "@")) {
            keep(.email, claim(ContactReader.emails(text), &text), in: text)
        }
        // Whatever has a form of its own is taken out first, wanted or not, so that no digit of it is anything else.
        if hasDigits { keep(.phone, claim(ContactReader.phones(text, known: orderNumber), &text), in: text) }
        if wanted.contains(.moment), let clock {
            let reader = MomentReader(words: words, clock: clock, isAsked: asked == .moment)
            keep(.moment, claim(reader.moment(text, meant).map { [$0] } ?? [], &text), in: text)
        }
        let isCounted = hasDigits || wanted.contains(.quantity)
        if isCounted || wanted.contains(.date) {
            keep(.date, claim(DateReader(words: words, today: today).dates(text), &text), in: text)
        }
        let numbers = NumberReader(words: words, orderNumber: orderNumber)
        if isCounted || wanted.contains(.amount) {
            keep(.amount, claim(numbers.amounts(text, isAsked: false), &text), in: text)
        }
        if asked == .amount { keep(.amount, claim(numbers.amounts(text, isAsked: true), &text), in: text) }
        if hasDigits {
            let cues = numbers.cues(in: text)
            for (kind, isCued) in [
                (SlotKind.postcode, true), (.order, true), (asked ?? .order, false), (.order, false),
                (.postcode, false),
            ] {
                switch kind {
                case .order: keepOne(.order, numbers.orders(text, cues, isCued: isCued))
                case .postcode:
                    keepOne(.postcode, numbers.postcodes(text, cues, isCued: isCued, isAsked: asked == .postcode))
                default: break
                }
            }
        }
        if wanted.contains(.quantity) {
            keep(.quantity, claim(numbers.quantities(text, isAsked: asked == .quantity), &text), in: text)
        }
        let names = NameReader(words: words)
        if wanted.contains(.name) { keep(.name, names.names(text, isAsked: asked == .name), in: text) }
        if wanted.contains(.agreement) { keep(.agreement, names.agreement(text), in: text) }
        return wanted.compactMap { kind in
            found[kind].map { Understanding.Found(slot: kind.rawValue, values: [$0]) }
        }
    }

    /// What a text says, and where.
    struct Mention: Equatable {
        let value: String
        let range: Range<Int>
    }

    private func claim(_ mentions: [Mention], _ text: inout SlotText) -> [Mention] {
        for mention in mentions { text.take(mention.range) }
        return mentions
    }

    /// The first, or the one behind the last word that takes something back: "el 10023, perdona, el 10024".
    private func meant(_ mentions: [Mention], in text: SlotText) -> Mention? {
        guard let first = mentions.first else { return nil }
        var meant = first
        for next in mentions.dropFirst() {
            let between = text.word(at: meant.range.upperBound)..<text.word(at: next.range.lowerBound)
            if between.contains(where: { text.longest(of: words.corrections, at: $0) != nil }) { meant = next }
        }
        return meant
    }
}
