/// Reads the values at the top of an intent's file.
struct IntentFrontMatter {
    let source: SourceText
    let known: IntentReader.Surroundings

    static let keys = ["team", "kind", "handoff", "reason", "case", "priority", "threshold", "slots", "takes"]

    func apply(_ front: FrontMatter, to intent: inout Intent, _ problems: inout Problems) {
        for entry in front.entries {
            let offset = entry.valueRange.lowerBound
            switch entry.key {
            case "team":
                let teams = known.settings.teams.map(\.id)
                if teams.contains(entry.value) {
                    intent.team = entry.value
                } else {
                    problems.reportUnknown(.teamUnknown, entry.value, among: teams, in: source, at: offset)
                }
            case "kind": choose(entry, &problems) { intent.kind = $0 }
            case "handoff": choose(entry, &problems) { intent.handoff = $0 }
            case "reason": choose(entry, &problems) { intent.reason = $0 }
            case "case": choose(entry, &problems) { intent.caseKind = $0 }
            case "priority":
                if let number = Int(entry.value), (-100...100).contains(number) {
                    intent.priority = number
                } else {
                    outOfRange(entry, "-100", "100", &problems)
                }
            case "threshold":
                if let number = Double(entry.value), (0...1).contains(number) {
                    intent.threshold = number
                } else {
                    outOfRange(entry, "0", "1", &problems)
                }
            case "takes":
                if SlotKind(written: entry.value) == .order {
                    intent.takesOrder = true
                } else {
                    problems.reportUnknown(
                        .valueUnknown, entry.value, among: [SlotKind.order.rawValue], in: source, at: offset)
                }
            case "slots": readSlots(entry, &intent, &problems)
            default: readTitle(entry, &intent, &problems)
            }
        }
    }

    private func choose<Value: RawRepresentable & CaseIterable>(
        _ entry: FrontMatter.Entry, _ problems: inout Problems, _ use: (Value) -> Void
    ) where Value.RawValue == String {
        if let value = Value(rawValue: entry.value) {
            use(value)
        } else {
            problems.reportUnknown(
                .valueUnknown, entry.value, among: Value.allCases.map(\.rawValue), in: source,
                at: entry.valueRange.lowerBound)
        }
    }

    private func outOfRange(_ entry: FrontMatter.Entry, _ low: String, _ high: String, _ problems: inout Problems) {
        problems.report(
            .valueOutOfRange, in: source, at: entry.valueRange.lowerBound,
            ["name": entry.key, "value": entry.value, "low": low, "high": high])
    }

    private func readSlots(_ entry: FrontMatter.Entry, _ intent: inout Intent, _ problems: inout Problems) {
        for range in source.split(entry.valueRange, at: UInt8(ascii: ",")) where !range.isEmpty {
            let slot = SlotList.canonicalName(source.string(range))
            guard known.slots.names.contains(slot) else {
                problems.reportUnknown(
                    .slotUnknown, source.string(range), among: known.slots.names, in: source, at: range.lowerBound)
                continue
            }
            if !intent.slots.contains(slot) { intent.slots.append(slot) }
        }
    }

    private func readTitle(_ entry: FrontMatter.Entry, _ intent: inout Intent, _ problems: inout Problems) {
        let titles = Catalogue.languages.map { "title_" + $0 }
        guard titles.contains(entry.key) else {
            problems.reportUnknown(
                .frontMatterUnknownKey, entry.key, among: titles + Self.keys, in: source, at: entry.keyOffset)
            return
        }
        guard !entry.value.isEmpty else {
            problems.report(.valueEmpty, in: source, at: entry.keyOffset, ["name": entry.key])
            return
        }
        intent.titles[String(entry.key.dropFirst("title_".count))] = entry.value
    }
}
