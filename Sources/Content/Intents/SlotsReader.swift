/// Reads `Intents/slots.md`: `# slot`, below it a `## Language` each with `- id: shown, other names`.
struct SlotsReader {
    private let source: SourceText
    private var list = SlotList()

    static func read(_ source: SourceText, languages: [String], _ problems: inout Problems) -> SlotList {
        var reader = SlotsReader(source: source)
        reader.readSections(languages, &problems)
        return reader.list
    }

    private init(source: SourceText) { self.source = source }

    private mutating func readSections(_ languages: [String], _ problems: inout Problems) {
        let front = FrontMatter(source, &problems)
        for entry in front.entries {
            problems.reportUnknown(.frontMatterUnknownKey, entry.key, among: [], in: source, at: entry.keyOffset)
        }
        let (preamble, sections) = HeadingSection.split(source, from: front.bodyLine)
        for line in preamble where !source.trimmed(source.lines[line]).isEmpty {
            problems.report(
                .slotsTextOutside, in: source, at: source.trimmed(source.lines[line]).lowerBound,
                hint: .hintSlotsTextOutside)
            break
        }
        var current: (index: Int, offset: Int, seen: Set<String>)?
        for section in sections {
            if section.level == 1 {
                reportMissing(current, languages, &problems)
                current = begin(section, &problems)
                continue
            }
            guard let slot = current else {
                problems.report(
                    .slotsTextOutside, in: source, at: section.heading.lowerBound, hint: .hintSlotsTextOutside)
                continue
            }
            let name = source.string(section.heading)
            guard let language = Keyword.language(name) else {
                problems.reportUnknown(
                    .languageUnknown, name, among: Keyword.languageHints, in: source, at: section.heading.lowerBound)
                continue
            }
            current?.seen.insert(language)
            readValues(section.lines, slot.index, language, &problems)
        }
        reportMissing(current, languages, &problems)
    }

    private mutating func begin(
        _ section: HeadingSection, _ problems: inout Problems
    ) -> (index: Int, offset: Int, seen: Set<String>)? {
        let offset = section.heading.lowerBound
        let name = SlotList.canonicalName(source.string(section.heading))
        let isWord =
            !name.isEmpty
            && name.utf8.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
        let taken: [SentenceKey] = [.keywordProduct] + VariableName.facts
        guard isWord, SlotKind(rawValue: name) == nil, !taken.contains(where: { Keyword.matches(name, $0) }) else {
            problems.report(.slotBadName, in: source, at: offset, ["name": name], hint: .hintSlotBadName)
            return nil
        }
        guard list.slot(name) == nil else {
            problems.report(.slotRepeated, in: source, at: offset, ["name": name])
            return nil
        }
        list.slots.append(SlotList.Slot(name: name, values: []))
        return (list.slots.count - 1, offset, [])
    }

    private mutating func readValues(
        _ lines: Range<Int>, _ slot: Int, _ language: String, _ problems: inout Problems
    ) {
        let found = ListItems(source, lines)
        for stray in found.strayLines {
            problems.report(.slotValueMalformed, in: source, at: stray.lowerBound, hint: .hintSlotValueMalformed)
        }
        for item in found.items {
            let (key, rest) = ListItems.keyAndRest(source, item)
            let names = rest.map { range in
                source.split(range, at: UInt8(ascii: ",")).map { ListItems.text(source, $0) }.filter { !$0.isEmpty }
            }
            let id = source.string(key)
            guard let names, !names.isEmpty, !id.isEmpty else {
                problems.report(.slotValueMalformed, in: source, at: item.lowerBound, hint: .hintSlotValueMalformed)
                continue
            }
            guard let index = list.slots[slot].values.firstIndex(where: { $0.id == id }) else {
                list.slots[slot].values.append(SlotList.Value(id: id, names: [language: names]))
                continue
            }
            guard list.slots[slot].values[index].names[language] == nil else {
                problems.report(.slotValueRepeated, in: source, at: key.lowerBound, ["name": id])
                continue
            }
            list.slots[slot].values[index].names[language] = names
        }
    }

    private func reportMissing(
        _ slot: (index: Int, offset: Int, seen: Set<String>)?, _ languages: [String], _ problems: inout Problems
    ) {
        guard let slot else { return }
        for language in languages {
            let missing = list.slots[slot.index].values.filter { $0.names[language] == nil }.map(\.id)
            guard !missing.isEmpty || !slot.seen.contains(language) else { continue }
            problems.report(
                .slotValueUntranslated, in: source, at: slot.offset,
                [
                    "name": list.slots[slot.index].name, "language": language,
                    "values": missing.prefix(10).joined(separator: ", "),
                ], severity: .warning)
        }
    }
}
