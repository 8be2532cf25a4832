/// Reads what stands after `si`/`if` in the heading of an answer.
struct ConditionReader {
    let source: SourceText
    let slots: SlotList
    /// The intent whose answers or steps depend on it.
    let intent: Intent

    /// Reports what is wrong and returns nil then.
    func read(_ range: Range<Int>, _ problems: inout Problems) -> Condition? {
        let words = tokens(range)
        guard !words.isEmpty else {
            problems.report(.conditionEmpty, in: source, at: range.lowerBound, hint: .hintCondition)
            return nil
        }
        var terms: [Condition.Term] = []
        for part in words.split(omittingEmptySubsequences: false, whereSeparator: isAnd) {
            guard let term = term(Array(part), range, &problems) else { return nil }
            terms.append(term)
        }
        return Condition(terms: terms)
    }

    private func isAnd(_ range: Range<Int>) -> Bool { Keyword.matches(source.string(range), .keywordAnd) }

    private func term(
        _ words: [Range<Int>], _ whole: Range<Int>, _ problems: inout Problems
    ) -> Condition.Term? {
        guard let first = words.first else {
            problems.report(.conditionMalformed, in: source, at: whole.lowerBound, hint: .hintCondition)
            return nil
        }
        if words.count == 2, Keyword.matches(source.string(first), .keywordWithout) {
            return name(words[1], slotOnly: true, &problems).map { .unknown($0.canonical) }
        }
        if words.count == 1 { return name(first, slotOnly: true, &problems).map { .known($0.canonical) } }
        guard words.count >= 3, let comparison = Condition.Comparison(rawValue: source.string(words[1])) else {
            problems.report(
                .conditionMalformed, in: source, at: words.count > 1 ? words[1].lowerBound : first.lowerBound,
                hint: .hintCondition)
            return nil
        }
        guard let name = name(first, slotOnly: false, &problems) else { return nil }
        let valueRange = words[2].lowerBound..<words[words.count - 1].upperBound
        let value = unquoted(source.string(valueRange))
        guard let value = checked(value, for: name, at: valueRange.lowerBound, &problems) else { return nil }
        if name == .verified || name == .supervisor {
            return (value == "yes") == (comparison != .notEqual) ? .known(name.canonical) : .unknown(name.canonical)
        }
        return .compare(name.canonical, comparison, Condition.Constant(value))
    }

    private func name(_ range: Range<Int>, slotOnly: Bool, _ problems: inout Problems) -> VariableName? {
        let written = source.string(range)
        let known =
            slots.names + VariableName.fields
            + (slotOnly ? [] : VariableName.facts.flatMap { Catalogue.names($0) })
        guard let name = VariableName(written) else {
            problems.reportUnknown(.variableUnknown, written, among: known, in: source, at: range.lowerBound)
            return nil
        }
        switch name {
        case .slot(let slot):
            return SlotCheck(source: source, slots: slots, intent: intent)
                .isUsable(slot, written, at: range.lowerBound, &problems) ? name : nil
        case .product:
            return SlotCheck(source: source, slots: slots, intent: intent)
                .isUsable(SlotList.product, written, at: range.lowerBound, &problems) ? name : nil
        case .order:
            return SlotCheck(source: source, slots: slots, intent: intent)
                .isVerified(at: range.lowerBound, &problems) ? name : nil
        case .shop: return name
        case .customer, .callBack: return name
        case .verified where slotOnly, .supervisor where slotOnly: return name
        case .hours, .language, .channel, .verified, .supervisor:
            if slotOnly {
                problems.report(.conditionMalformed, in: source, at: range.lowerBound, hint: .hintCondition)
                return nil
            }
            return name
        }
    }

    /// The value as it is compared: ids, codes and `open`/`closed` in one spelling.
    private func checked(
        _ value: String, for name: VariableName, at offset: Int, _ problems: inout Problems
    ) -> String? {
        switch name {
        case .hours:
            if Keyword.matches(value, .keywordOpen) { return "open" }
            if Keyword.matches(value, .keywordClosed) { return "closed" }
            problems.reportUnknown(
                .valueUnknown, value, among: Catalogue.names(.keywordOpen) + Catalogue.names(.keywordClosed),
                in: source, at: offset)
            return nil
        case .language:
            if let code = Keyword.language(value) { return code }
            problems.reportUnknown(.valueUnknown, value, among: Catalogue.languages, in: source, at: offset)
            return nil
        case .order(.state):
            if let state = Order.State(written: value) { return state.rawValue }
            problems.reportUnknown(
                .valueUnknown, value,
                among: Order.State.allCases.map(\.rawValue) + Catalogue.words(.orderStates), in: source, at: offset)
            return nil
        case .slot(SlotKind.agreement.rawValue), .order(.late), .verified, .supervisor:
            if Keyword.matches(value, .keywordYes) { return "yes" }
            if Keyword.matches(value, .keywordNo) { return "no" }
            problems.reportUnknown(
                .valueUnknown, value, among: Catalogue.names(.keywordYes) + Catalogue.names(.keywordNo), in: source,
                at: offset)
            return nil
        case .slot(let slotName):
            guard let slot = slots.slot(slotName), slot.value(value) == nil else { return value }
            problems.reportUnknown(.valueUnknown, value, among: slot.values.map(\.id), in: source, at: offset)
            return nil
        default: return value
        }
    }

    private func unquoted(_ text: String) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
    }

    /// Words, runs of comparison signs, and "quoted text".
    private func tokens(_ range: Range<Int>) -> [Range<Int>] {
        var tokens: [Range<Int>] = []
        var index = range.lowerBound
        let isSign: (UInt8) -> Bool = { "=!<>".utf8.contains($0) }
        while index < range.upperBound {
            let byte = source.bytes[index]
            if byte.isBlank {
                index += 1
                continue
            }
            let start = index
            if byte == UInt8(ascii: "\"") {
                index += 1
                while index < range.upperBound, source.bytes[index] != byte { index += 1 }
                index = min(index + 1, range.upperBound)
            } else if isSign(byte) {
                while index < range.upperBound, isSign(source.bytes[index]) { index += 1 }
            } else {
                while index < range.upperBound, !source.bytes[index].isBlank, !isSign(source.bytes[index]) {
                    index += 1
                }
            }
            tokens.append(start..<index)
        }
        return tokens
    }
}

/// Whether an intent may use a slot.
struct SlotCheck {
    let source: SourceText
    let slots: SlotList
    let intent: Intent

    /// Whether a step of the flow has an order proved.
    func isVerified(at offset: Int, _ problems: inout Problems) -> Bool {
        if !intent.verifiesOrder {
            problems.report(.orderUnverified, in: source, at: offset, hint: .hintOrderUnverified)
        }
        return intent.verifiesOrder
    }

    func isUsable(_ slot: String, _ written: String, at offset: Int, _ problems: inout Problems) -> Bool {
        guard slots.names.contains(slot) else {
            problems.reportUnknown(
                .variableUnknown, written, among: slots.names + VariableName.fields, in: source, at: offset)
            return false
        }
        guard intent.slots.contains(slot) else {
            problems.report(.slotNotDeclared, in: source, at: offset, ["name": slot], hint: .hintSlotNotDeclared)
            return false
        }
        return true
    }
}
