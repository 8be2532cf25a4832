/// An answer or a question as its editor wrote it, parsed once into text and variables.
public struct AnswerTemplate: Sendable, Equatable {
    /// A piece of a line.
    public enum Part: Sendable, Equatable {
        case literal(String)
        /// The variable's name in its English spelling.
        case variable(String)
    }

    struct Line: Sendable, Equatable {
        let parts: [Part]
        /// The line of a list: left out where a variable of it is empty.
        let isListLine: Bool
    }

    let lines: [Line]
    /// What its text depends on besides content and language.
    public let dependence: Dependence

    /// What an answer's text may depend on.
    public enum Dependence: Sendable, Equatable {
        /// It has no variables but the shop's.
        case nothing
        /// It has the product's too.
        case product
        /// It has others.
        case conversation
    }

    init(lines: [Line]) {
        self.lines = lines
        var dependence = Dependence.nothing
        for case .variable(let name) in lines.flatMap(\.parts) where ShopField(variable: name) == nil {
            if ProductField(variable: name) == nil {
                dependence = .conversation
            } else if dependence == .nothing {
                dependence = .product
            }
        }
        self.dependence = dependence
    }

    /// Whether a variable stands in it.
    public func names(_ variable: String) -> Bool {
        lines.contains { $0.parts.contains(.variable(variable)) }
    }

    /// Markdown with the variables filled. Values are text, never markup.
    public func rendered(language: String, _ lookup: (String) -> ContentValue?) -> String {
        var text = ""
        var needsLineEnd = false
        // After a list line is left out, a blank line may stand beside another one.
        var leftOut = false
        var previousIsBlank = true
        for line in lines {
            if line.isListLine, line.hasEmptyVariable(lookup) {
                leftOut = true
                continue
            }
            if line.parts.isEmpty, leftOut, previousIsBlank { continue }
            if needsLineEnd { text += "\n" }
            line.append(to: &text, language, lookup)
            previousIsBlank = line.parts.isEmpty
            needsLineEnd = true
        }
        if leftOut {
            while text.hasSuffix("\n") { text.removeLast() }
        }
        return text
    }
}

extension AnswerTemplate.Line {
    fileprivate func hasEmptyVariable(_ lookup: (String) -> ContentValue?) -> Bool {
        parts.contains { part in
            if case .variable(let name) = part { lookup(name)?.isEmpty ?? true } else { false }
        }
    }

    fileprivate func append(to text: inout String, _ language: String, _ lookup: (String) -> ContentValue?) {
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .variable(let name):
                // A line end within a value would begin a new block.
                let value = lookup(name)?.formatted(language) ?? ""
                let line = value.utf8.contains(0x0A) ? value.lines(omittingEmpty: true).joined(separator: " ") : value
                text += MarkdownEscape.text(line)
            }
        }
    }
}
