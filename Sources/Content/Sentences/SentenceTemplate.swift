/// Fills the placeholders of a sentence.
enum SentenceTemplate {
    static func fill(_ template: String, _ argument: (String) -> SentenceArgument?) -> String {
        guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
        var result = ""
        read(template) { literal, placeholder in
            result += literal
            guard let placeholder else { return }
            guard let value = argument(placeholder.name) else {
                result += "{" + placeholder.written + "}"
                return
            }
            let forms = placeholder.forms
            guard !forms.isEmpty else {
                result += value.written
                return
            }
            let form = value.number == 1 ? forms[0] : forms[forms.count - 1]
            result += form.split(separator: "#", omittingEmptySubsequences: false).joined(separator: value.written)
        }
        return result
    }

    /// The names of the placeholders, each once, sorted.
    static func placeholders(_ template: String) -> [String] {
        var names: Set<String> = []
        read(template) { _, placeholder in
            if let placeholder { names.insert(placeholder.name) }
        }
        return names.sorted()
    }

    private struct Placeholder {
        let written: Substring
        let name: String
        let forms: [String]
    }

    /// Reads a template piece by piece: text, and the placeholder behind it.
    private static func read(_ template: String, _ piece: (Substring, Placeholder?) -> Void) {
        var rest = template[...]
        // Bytes, since to find where characters end takes longer than all else.
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
            let close = rest.utf8[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            let inside = rest[rest.utf8.index(after: open)..<close]
            var forms: [String] = []
            if inside.utf8.contains(UInt8(ascii: "|")) {
                forms = inside.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
                    .map { String(Substring($0)) }
            }
            let name = forms.isEmpty ? String(inside) : forms.removeFirst()
            piece(rest[..<open], Placeholder(written: inside, name: name, forms: forms))
            rest = rest[rest.utf8.index(after: close)...]
        }
        piece(rest, nil)
    }
}
