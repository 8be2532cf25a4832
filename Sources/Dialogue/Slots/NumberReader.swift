import Content

/// Reads what is made of digits, or of the words for numbers.
struct NumberReader {
    typealias Mention = SlotReader.Mention

    let words: SlotWords
    let orderNumber: OrderNumber

    /// Words between a number and the word that says what it is: "el número de mi pedido es el 10024".
    private static let cueReach = 4
    private static let largestQuantity = 999

    // MARK: - Orders

    /// Numbers in the form of the shop's orders, but those behind a word for a postcode.
    /// - Parameter isCued: only where one of them stands behind a word for an order, from that one on.
    func orders(_ text: SlotText, _ cues: Cues, isCued: Bool) -> [Mention] {
        var isCounted = !isCued
        return text.bytes.indices.compactMap { start in
            guard !text.isInWord(start - 1), let end = orderNumber.end(in: text.bytes, from: start),
                !text.isInWord(end), text.isFree(start..<end)
            else { return nil }
            let (order, postcode) = cues.distances(to: text.word(at: start))
            if let postcode, postcode < order ?? .max { return nil }
            isCounted = isCounted || order != nil
            guard isCounted else { return nil }
            return Mention(value: orderNumber.canonical(text.string(start..<end)), range: start..<end)
        }
    }

    /// Where words for orders and for postcodes end.
    struct Cues {
        private let orders, postcodes, numbers: [Bool]

        fileprivate init(_ text: SlotText, _ words: SlotWords) {
            numbers = text.words.map { $0.utf8.contains(where: \.isASCIIDigit) }
            orders = text.ends(of: words.orderCues)
            postcodes = text.ends(of: words.postcodeCues)
        }

        /// How many words before a place the last of either stands; nil where there is none near, or another number stands
        /// between: "mi pedido es el 10025, 08001".
        fileprivate func distances(to place: Int) -> (order: Int?, postcode: Int?) {
            func distance(_ ends: [Bool]) -> Int? {
                (1...NumberReader.cueReach).first { place >= $0 && ends[place - $0] }.flatMap { reach in
                    numbers[max(0, place - reach)..<min(place, numbers.count)].contains(true) ? nil : reach
                }
            }
            return (distance(orders), distance(postcodes))
        }
    }

    func cues(in text: SlotText) -> Cues { Cues(text, words) }

    // MARK: - Postcodes

    /// Five digits of a Spanish province (01…52), `1000-205` of Portugal, `AD500` of Andorra.
    /// - Parameter isAsked: whether it was asked for: else "el 10171" is something else that has that form.
    func postcodes(_ text: SlotText, _ cues: Cues, isCued: Bool, isAsked: Bool = false) -> [Mention] {
        text.bytes.indices.compactMap { start in
            guard !text.isInWord(start - 1), let (value, end) = postcode(text.bytes, start), !text.isInWord(end),
                text.isFree(start..<end)
            else { return nil }
            let hasForm = value.utf8.count != 5 || !value.utf8.allSatisfy(\.isASCIIDigit)
            if !hasForm {
                let (order, postcode) = cues.distances(to: text.word(at: start))
                if let order, order < postcode ?? .max { return nil }
                if isCued, postcode == nil { return nil }
                if !isAsked, postcode == nil, words.isArticle(text, before: text.word(at: start)) { return nil }
            }
            return Mention(value: value, range: start..<end)
        }
    }

    private func postcode(_ bytes: [UInt8], _ start: Int) -> (value: String, end: Int)? {
        if bytes.count >= start + 5, bytes[start] | 0x20 == UInt8(ascii: "a"),
            bytes[start + 1] | 0x20 == UInt8(ascii: "d"),
            bytes[(start + 2)..<(start + 5)].allSatisfy(\.isASCIIDigit), bytes[start + 3] == UInt8(ascii: "0")
        {
            return ("AD" + String(decoding: bytes[(start + 2)..<(start + 5)], as: UTF8.self), start + 5)
        }
        let digits = bytes[start...].prefix(while: \.isASCIIDigit)
        let end = start + digits.count
        let text = String(decoding: digits, as: UTF8.self)
        if digits.count == 4, bytes.count >= end + 4, bytes[end] == UInt8(ascii: "-"), text.first != "0",
            bytes[(end + 1)..<(end + 4)].allSatisfy(\.isASCIIDigit)
        {
            return (text + "-" + String(decoding: bytes[(end + 1)..<(end + 4)], as: UTF8.self), end + 4)
        }
        guard digits.count == 5, let province = Int(text.prefix(2)), (1...52).contains(province) else { return nil }
        return (text, end)
    }

    // MARK: - Money

    /// `45 €`, `€45.90`, `1.234,50 euros`, `20 pavos`; where it was asked for, a bare number too.
    func amounts(_ text: SlotText, isAsked: Bool) -> [Mention] {
        numbers(text).compactMap { number in
            guard text.isFree(number.range) else { return nil }
            var range = number.range
            let before = text.bytes[..<range.lowerBound].reversed().drop { $0 == 0x20 }
            let after = text.bytes[range.upperBound...].drop { $0 == 0x20 }
            let sign = Array("€".utf8)
            let next = text.word(at: range.upperBound)
            let unit = text.longest(of: words.euros, at: next)
            if after.starts(with: sign) {
                range = range.lowerBound..<(after.startIndex + sign.count)
            } else if before.starts(with: sign.reversed()) {
                range = (text.bytes[..<range.lowerBound].lastIndex(of: sign[0]) ?? range.lowerBound)..<range.upperBound
            } else if let unit, next < text.words.count,
                text.bytes[range.upperBound..<text.origins[next].lowerBound].allSatisfy({ $0 == 0x20 })
            {
                range = range.lowerBound..<text.origins[next + words.euros[unit].count - 1].upperBound
            } else if !isAsked {
                return nil
            }
            return number.cents.map { Mention(value: String($0), range: range) }
        }
    }

    // MARK: - Quantities

    /// `2 unidades`, `x3`, `dos`; a bare number only where it was asked for.
    func quantities(_ text: SlotText, isAsked: Bool) -> [Mention] {
        text.words.indices.compactMap { place in
            let origin = text.origins[place]
            guard text.isFree(origin) else { return nil }
            let word = text.words[place]
            let isTimes = word.utf8.count > 1 && word.hasPrefix("x") && Int(word.dropFirst()) != nil
            let number = isTimes ? Int(word.dropFirst()).map { ($0, 1) } : words.number(in: text, at: place)
            guard let (value, length) = number, (1...Self.largestQuantity).contains(value) else { return nil }
            let unit = text.longest(of: words.units, at: place + length)
            guard isTimes || unit != nil || isAsked else { return nil }
            return Mention(value: String(value), range: text.range(ofWords: place..<(place + length)))
        }
    }

    // MARK: - Numbers

    /// A number in digits or in a word, with the cents it is as money.
    private struct Number {
        let cents: Int?
        let range: Range<Int>
    }

    private func numbers(_ text: SlotText) -> [Number] {
        var numbers: [Number] = []
        var offset = 0
        while offset < text.bytes.count {
            guard text.bytes[offset].isASCIIDigit, !text.isInWord(offset - 1) else {
                offset += 1
                continue
            }
            let start = offset
            while offset < text.bytes.count,
                text.bytes[offset].isASCIIDigit
                    || ".,".utf8.contains(text.bytes[offset]) && offset + 1 < text.bytes.count
                        && text.bytes[offset + 1].isASCIIDigit
            { offset += 1 }
            numbers.append(Number(cents: Self.cents(text.string(start..<offset)), range: start..<offset))
        }
        for place in text.words.indices where Int(text.words[place]) == nil {
            guard let (value, length) = words.number(in: text, at: place) else { continue }
            numbers.append(Number(cents: value * 100, range: text.range(ofWords: place..<(place + length))))
        }
        return numbers.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// `1.234,50`, `1,234.50`, `12,5`, `12.50`, `1.234`: the last mark is the decimal one where one or two digits follow.
    static func cents(_ written: String) -> Int? {
        let groups = written.split(whereSeparator: { ".,".contains($0) })
        guard let last = groups.last, groups.count <= 4 else { return nil }
        let hasDecimals = groups.count > 1 && last.count <= 2
        let whole = (hasDecimals ? groups.dropLast() : groups[...])
        guard whole.dropFirst().allSatisfy({ $0.count == 3 }), whole.joined().count <= 9,
            let units = Int(whole.joined())
        else { return nil }
        guard hasDecimals, let decimals = Int(last) else { return units * 100 }
        return units * 100 + (last.count == 1 ? decimals * 10 : decimals)
    }
}
