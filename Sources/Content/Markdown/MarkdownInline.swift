/// A piece of running text. Nesting is told by pairs of `open` and `close`, so that no depth of it costs stack.
public enum MarkdownInline: Sendable, Equatable {
    /// What encloses other text.
    public enum Mark: Sendable, Equatable {
        case emphasis
        case strong
        case link(destination: String, title: String)
    }

    case text(String)
    case code(String)
    case softBreak
    case hardBreak
    case open(Mark)
    case close(Mark)
}

extension Sequence<MarkdownInline> {
    /// The text alone; breaks become a space (soft) or a line end (hard).
    public var plainText: String {
        var text = ""
        for inline in self {
            switch inline {
            case .text(let part), .code(let part): text += part
            case .softBreak: text += " "
            case .hardBreak: text += "\n"
            case .open, .close: break
            }
        }
        return text
    }
}
