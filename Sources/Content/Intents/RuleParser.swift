import Language

/// Reads one rule by recursive descent.
struct RuleParser {
    /// Words, slots, brackets and words of gaps in a rule: more would be a text, not a pattern.
    private static let most = 100
    private static let deepest = 10
    private static let widestGap = 20
    private static let signs = Array("()[]{}|*^$!".utf8)

    private let source: SourceText
    private let item: Range<Int>
    private let slots: SlotList
    private var position: Int
    private var depth = 0
    private var count = 0
    private var isSound = true
    /// Whether the rest is not read, since there is too much.
    private var isGivenUp = false
    var startsMessage = false
    /// Where `$` stands.
    var endOffset: Int?
    private var excluded: [String] = []

    typealias Part = (element: RuleElement, offset: Int)

    init(source: SourceText, item: Range<Int>, slots: SlotList) {
        self.source = source
        self.item = item
        self.slots = slots
        position = item.lowerBound
    }

    /// - Returns: nil where something is wrong, which is reported then.
    mutating func parse(_ problems: inout Problems) -> RulePattern? {
        var parts = alternatives(openedBy: nil, at: item.lowerBound, &problems)[0]
        var before: RulePattern.Before?
        if isSound {
            before = takeBefore(&parts)
            checkEnds(parts, &problems)
            checkGaps(parts, &problems)
            let fewest = Self.sequence(parts).fewestNeeded
            if isSound, fewest == 0 {
                let isEmpty = parts.isEmpty && before == nil && excluded.isEmpty
                report(
                    isEmpty ? .ruleEmpty : .ruleNeedsNothing, at: item.lowerBound,
                    hint: isEmpty ? .hintRule : .hintRuleNeedsNothing, &problems)
            }
        }
        guard isSound else { return nil }
        return RulePattern(
            Self.sequence(parts), before: before, startsMessage: startsMessage, endsMessage: endOffset != nil,
            excluded: excluded)
    }

    /// Reads up to the bracket that closes, or to the end of the rule.
    private mutating func alternatives(
        openedBy open: UInt8?, at start: Int, _ problems: inout Problems
    ) -> [[Part]] {
        var found: [[Part]] = [[]]
        let close = open.map { $0 == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]") }
        while true {
            while position < item.upperBound, source.bytes[position] <= 0x20 { position += 1 }
            guard position < item.upperBound else {
                if let open, !isGivenUp { reportSign(.ruleBracketUnclosed, open, at: start, &problems) }
                return found
            }
            let offset = position
            let byte = source.bytes[offset]
            if byte == close {
                position += 1
                checkAlternative(found, at: offset, &problems)
                return found
            }
            if byte == UInt8(ascii: "|"), open != nil {
                position += 1
                checkAlternative(found, at: offset, &problems)
                found.append([])
            } else {
                let elements = part(byte, isInside: open != nil, &problems)
                if open == nil, let endOffset, !elements.isEmpty {
                    report(.ruleEndMisplaced, at: endOffset, hint: .hintRule, &problems)
                    self.endOffset = nil
                }
                found[found.count - 1] += elements.map { ($0, offset) }
                count += elements.count
                if count > Self.most { giveUp(at: offset, &problems) }
                if byte == UInt8(ascii: "^") { takeStart(isFirst: open == nil && found[0].isEmpty, offset, &problems) }
            }
        }
    }

    private mutating func checkAlternative(_ found: [[Part]], at offset: Int, _ problems: inout Problems) {
        if found[found.count - 1].isEmpty { report(.ruleAlternativeEmpty, at: offset, hint: .hintRule, &problems) }
    }

    /// Reads what begins with that byte.
    private mutating func part(_ byte: UInt8, isInside: Bool, _ problems: inout Problems) -> [RuleElement] {
        let offset = position
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["):
            let choice = group(byte, &problems)
            return [byte == UInt8(ascii: "[") ? .optional(choice) : choice]
        case UInt8(ascii: "{"): return slot(&problems).map { [$0] } ?? []
        case UInt8(ascii: "*"): return gap(isInside: isInside, &problems).map { [$0] } ?? []
        case UInt8(ascii: "!"):
            if isInside { report(.ruleExclusionInside, at: offset, hint: .hintRule, &problems) }
            excluded += exclusion(&problems)
            return []
        case UInt8(ascii: "^"):
            position += 1
            return []
        case UInt8(ascii: "$"):
            position += 1
            if isInside {
                report(.ruleEndMisplaced, at: offset, hint: .hintRule, &problems)
            } else {
                endOffset = offset
            }
            return []
        case UInt8(ascii: "|"):
            position += 1
            report(.ruleBarOutside, at: offset, hint: .hintRule, &problems)
            return []
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            position += 1
            reportSign(.ruleBracketUnopened, byte, at: offset, &problems)
            return []
        default: return words().map { .word($0) }
        }
    }

    private mutating func takeStart(isFirst: Bool, _ offset: Int, _ problems: inout Problems) {
        if isFirst {
            startsMessage = true
        } else {
            report(.ruleStartMisplaced, at: offset, hint: .hintRule, &problems)
        }
    }

    private mutating func group(_ open: UInt8, _ problems: inout Problems) -> RuleElement {
        let start = position
        position += 1
        depth += 1
        if depth > Self.deepest { giveUp(at: start, &problems) }
        let found = alternatives(openedBy: open, at: start, &problems).map(Self.sequence)
        depth -= 1
        return found.count == 1 ? found[0] : .alternatives(found)
    }

    /// Reads up to the next sign or blank; "e-mail" is two words.
    private mutating func words() -> [String] {
        let start = position
        while position < item.upperBound, source.bytes[position] > 0x20, !Self.signs.contains(source.bytes[position]) {
            position += 1
        }
        var buffer = TokenBuffer()
        buffer.tokenize(source.string(start..<position))
        return buffer.tokens.indices.map { buffer.word($0) }
    }

    /// Reads `*` or `*3`, also with the words that it leaves out: `*3!no`.
    private mutating func gap(isInside: Bool, _ problems: inout Problems) -> RuleElement? {
        let offset = position
        position += 1
        let start = position
        while position < item.upperBound, source.bytes[position].isASCIIDigit { position += 1 }
        var most: Int?
        if start < position {
            let written = source.string(start..<position)
            guard let number = Int(written), (1...Self.widestGap).contains(number) else {
                isSound = false
                problems.report(
                    .valueOutOfRange, in: source, at: offset,
                    ["name": "*", "value": written, "low": "1", "high": String(Self.widestGap)])
                return nil
            }
            count += number - 1
            most = number
        }
        // Inside brackets `!` is a mistake that is told where it stands.
        guard !isInside, position < item.upperBound, source.bytes[position] == UInt8(ascii: "!") else {
            return .gap(atMost: most)
        }
        return .gap(atMost: most, without: exclusion(&problems))
    }

    private mutating func slot(_ problems: inout Problems) -> RuleElement? {
        let offset = position
        guard let close = (offset..<item.upperBound).first(where: { source.bytes[$0] == UInt8(ascii: "}") }) else {
            reportSign(.ruleBracketUnclosed, UInt8(ascii: "{"), at: offset, &problems)
            position = item.upperBound
            isGivenUp = true
            return nil
        }
        position = close + 1
        let name = source.trimmed(offset + 1..<close)
        let written = source.string(name)
        let slot = SlotList.canonicalName(written)
        guard slots.listNames.contains(slot) else {
            isSound = false
            if SlotKind(rawValue: slot) != nil {
                problems.report(
                    .slotNotInRules, in: source, at: name.lowerBound, ["name": written], hint: .hintSlotNotInRules)
            } else {
                problems.reportUnknown(.slotUnknown, written, among: slots.listNames, in: source, at: name.lowerBound)
            }
            return nil
        }
        return .slot(slot)
    }

    /// Reads `!word` or `!(a | b)`: the words of it.
    private mutating func exclusion(_ problems: inout Problems) -> [String] {
        let offset = position
        position += 1
        var excluded: [String] = []
        var found: [[RuleElement]] = [[]]
        if position < item.upperBound, source.bytes[position] == UInt8(ascii: "(") {
            position += 1
            found = alternatives(openedBy: UInt8(ascii: "("), at: position - 1, &problems).map { $0.map(\.element) }
        } else {
            found = [words().map { .word($0) }]
        }
        for alternative in found {
            guard alternative.count == 1, case .word(let word) = alternative[0] else {
                report(.ruleExclusionMalformed, at: offset, hint: .hintRuleExclusion, &problems)
                return []
            }
            excluded.append(word)
            count += 1
        }
        return excluded
    }

    static func sequence(_ parts: [Part]) -> RuleElement {
        parts.count == 1 ? parts[0].element : .sequence(parts.map(\.element))
    }

    private mutating func giveUp(at offset: Int, _ problems: inout Problems) {
        guard !isGivenUp else { return }
        isGivenUp = true
        position = item.upperBound
        report(.ruleTooLong, at: offset, hint: .hintRuleTooLong, &problems)
    }

    private mutating func reportSign(_ key: SentenceKey, _ sign: UInt8, at offset: Int, _ problems: inout Problems) {
        isSound = false
        let sign = String(decoding: [sign], as: UTF8.self)
        problems.report(key, in: source, at: offset, ["sign": sign], hint: .hintRule)
    }

    mutating func report(
        _ key: SentenceKey, at offset: Int, hint: SentenceKey, _ problems: inout Problems
    ) {
        isSound = false
        problems.report(key, in: source, at: offset, hint: hint)
    }
}
