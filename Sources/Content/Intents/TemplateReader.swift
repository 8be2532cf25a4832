/// Reads the text of an answer or a question.
///
/// Each variable becomes one private-use character while the Markdown is read, so that `**{product.name}**` is bold
/// whatever stands in it.
struct TemplateReader {
    let source: SourceText
    let slots: SlotList
    let intent: Intent

    private static let firstMark: UInt32 = 0xF_0000
    private static let mostMarks = 4096

    /// nil where there is no text, or where something was reported.
    func read(_ lines: Range<Int>, _ problems: inout Problems, _ links: inout LinkCollector) -> AnswerTemplate? {
        var marks: [AnswerTemplate.Part] = []
        var isSound = true
        var text: [UInt8] = []
        for index in lines {
            isSound = appendLine(source.lines[index], to: &text, &marks, &problems) && isSound
            text.append(0x0A)
        }
        let document = MarkdownDocument(text, lines: SourceText.lineRanges(text)[...])
        for line in document.unclosedFences {
            problems.report(
                .fenceUnclosed, in: source, at: source.lines[lines.lowerBound + line - 1].lowerBound,
                hint: .hintFenceUnclosed, severity: .warning)
        }
        links.collect(document.blocks, in: source, lineOffset: lines.lowerBound)
        guard isSound, !document.blocks.isEmpty else { return nil }
        return AnswerTemplate(
            lines: document.markdown.lines(omittingEmpty: false).map { line in
                AnswerTemplate.Line(parts: Self.parts(line, marks), isListLine: Self.isListLine(line))
            })
    }

    private func appendLine(
        _ line: Range<Int>, to text: inout [UInt8], _ marks: inout [AnswerTemplate.Part], _ problems: inout Problems
    ) -> Bool {
        var isSound = true
        var index = line.lowerBound
        while index < line.upperBound {
            let byte = source.bytes[index]
            let next = index + 1 < line.upperBound ? source.bytes[index + 1] : 0
            if byte == UInt8(ascii: "\\"), next == UInt8(ascii: "{") || next == UInt8(ascii: "}") {
                isSound = mark(.literal(next == UInt8(ascii: "{") ? "{" : "}"), &text, &marks) && isSound
                index += 2
            } else if byte == UInt8(ascii: "\\"), index + 1 < line.upperBound {
                text += [byte, next]
                index += 2
            } else if byte == UInt8(ascii: "{") {
                guard let end = source.bytes[index..<line.upperBound].firstIndex(of: UInt8(ascii: "}")) else {
                    problems.report(.braceUnclosed, in: source, at: index, hint: .hintBraceUnclosed)
                    return false
                }
                if let name = variable(source.trimmed(index + 1..<end), at: index, &problems) {
                    isSound = mark(.variable(name), &text, &marks) && isSound
                } else {
                    isSound = false
                }
                index = end + 1
            } else if byte == 0xF3, next >= 0xB0, index + 4 <= line.upperBound {
                text += Array("\u{FFFD}".utf8)  // somebody's own private-use character would be taken for a mark
                index += 4
            } else {
                text.append(byte)
                index += 1
            }
        }
        return isSound
    }

    private func mark(_ part: AnswerTemplate.Part, _ text: inout [UInt8], _ marks: inout [AnswerTemplate.Part]) -> Bool
    {
        guard marks.count < Self.mostMarks, let scalar = Unicode.Scalar(Self.firstMark + UInt32(marks.count))
        else { return false }
        marks.append(part)
        text += Array(String(Character(scalar)).utf8)
        return true
    }

    private func variable(_ range: Range<Int>, at offset: Int, _ problems: inout Problems) -> String? {
        let written = source.string(range)
        let known = slots.names.filter { $0 != SlotList.product } + VariableName.fields
        let check = SlotCheck(source: source, slots: slots, intent: intent)
        switch VariableName(written) {
        case .product(let field)?:
            guard check.isUsable(SlotList.product, written, at: offset, &problems) else { return nil }
            return VariableName.product(field).canonical
        case .order(let field)?:
            return check.isVerified(at: offset, &problems) ? VariableName.order(field).canonical : nil
        case .shop(let field)?: return VariableName.shop(field).canonical
        case .customer?: return VariableName.customer.canonical
        case .callBack?: return VariableName.callBack.canonical
        case .slot(let slot)? where slot != SlotList.product && slots.names.contains(slot):
            return check.isUsable(slot, written, at: offset, &problems) ? slot : nil
        case .slot? where Keyword.matches(written, .keywordCase): return CaseVariable.key
        case .slot? where Keyword.matches(written, .keywordDue): return CaseVariable.due
        default:
            problems.reportUnknown(.variableUnknown, written, among: known, in: source, at: offset)
            return nil
        }
    }

    private static func parts(_ line: String, _ marks: [AnswerTemplate.Part]) -> [AnswerTemplate.Part] {
        var parts: [AnswerTemplate.Part] = []
        var literal = String.UnicodeScalarView()
        func flush() {
            if !literal.isEmpty { parts.append(.literal(String(literal))) }
            literal.removeAll()
        }
        for scalar in line.unicodeScalars {
            let index = Int(scalar.value) - Int(firstMark)
            guard marks.indices.contains(index) else {
                literal.append(scalar)
                continue
            }
            switch marks[index] {
            case .literal(let text): literal.append(contentsOf: text.unicodeScalars)
            case .variable:
                flush()
                parts.append(marks[index])
            }
        }
        flush()
        return parts
    }

    private static func isListLine(_ line: String) -> Bool {
        let text = line.utf8.drop { $0 == 0x20 || $0 == UInt8(ascii: ">") }
        let digits = text.prefix { $0.isASCIIDigit }.count
        let rest = text.dropFirst(digits)
        guard let marker = rest.first, rest.dropFirst().first == 0x20 else { return false }
        return (digits > 0 ? ".)" : "-*").utf8.contains(marker)
    }
}
