/// Fills the placeholders of a sentence.
enum SentenceTemplate {
    static func fill(_ template: String, _ argument: (String) -> SentenceArgument?) -> String {
        guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
        var result = ""
        for part in parts(template) {
            switch part {
            case .literal(let text): result += text
            case .placeholder(let written, let name, let forms):
                guard let value = argument(name) else {
                    result += "{" + written + "}"
                    continue
                }
                guard !forms.isEmpty else {
                    result += value.written
                    continue
                }
                let form = value.number == 1 ? forms[0] : forms[forms.count - 1]
                result += form.split(separator: "#", omittingEmptySubsequences: false).joined(separator: value.written)
            }
        }
        return result
    }

    /// The names of the placeholders, each once, sorted.
    static func placeholders(_ template: String) -> [String] {
        var names: Set<String> = []
        for case .placeholder(_, let name, _) in parts(template) { names.insert(name) }
        return names.sorted()
    }

    private enum Part {
        case literal(String)
        case placeholder(written: String, name: String, forms: [String])
    }

    private static func parts(_ template: String) -> [Part] {
        var parts: [Part] = []
        var rest = template[...]
        // Bytes, since to find where characters end takes longer than all else.
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
            let close = rest.utf8[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            let inside = rest[rest.utf8.index(after: open)..<close]
            let pieces = inside.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            parts.append(.placeholder(written: String(inside), name: pieces[0], forms: Array(pieces.dropFirst())))
            rest = rest[rest.utf8.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        return parts
    }
}
