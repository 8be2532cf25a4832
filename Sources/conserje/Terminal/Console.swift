import Glibc

/// What a person types and sees. On a terminal the line being typed stays at the bottom, whole, while things are
/// printed above it; with pipes lines are read and written as they are.
final class Console {
    /// What came from the person.
    enum Input: Equatable {
        case line(String)
        /// The line being typed has changed.
        case edited
        /// Nothing more will come.
        case end
        case interrupt
    }

    /// Styles for standard output.
    let style: TextStyle
    /// Whether keys are read one by one.
    let isInteractive: Bool
    /// What stands before the line being typed.
    var prompt = "> " {
        didSet { if prompt != oldValue { redraw() } }
    }
    /// Whether more can come from standard input.
    private(set) var isEnded = false
    /// Whether nobody reads standard output any more.
    private(set) var isBroken = false
    private var editor = LineEditor()
    private var unfinished: [UInt8] = []
    private var inputs: [Input] = []

    /// Takes over standard input and output.
    init(environment: [String: String]) {
        let isTerminal = StandardStream.output.isTerminal
        style = .suited(isTerminal: isTerminal, environment: environment)
        isInteractive = isTerminal && environment["TERM"] != "dumb" && TerminalMode.readKeys()
    }

    /// Gives the terminal back. Nothing is printed afterwards.
    func finish() {
        if isInteractive { StandardStream.output.write("\r\u{1B}[K") }
        TerminalMode.restore()
    }

    /// Columns of the terminal, nil where output is none.
    var width: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Markdown for this terminal.
    var markdown: Markdown { Markdown(style: style, width: width) }

    /// Prints a result, above the line being typed.
    func print(_ text: String) { write(text, to: .output) }

    /// Tells something about the program itself, on standard error.
    func tell(_ text: String) { write(text, to: .error) }

    /// Shows the next line typed as dots, or no longer.
    func hide(_ isSecret: Bool) {
        editor.isSecret = isSecret
        redraw()
    }

    /// Puts the line being typed back where it stood.
    func redraw() {
        guard isInteractive else { return }
        StandardStream.output.write(editor.rendered(prompt: prompt, width: width ?? 80))
    }

    /// Takes the oldest of what was read.
    func nextInput() -> Input? { inputs.isEmpty ? nil : inputs.removeFirst() }

    /// Reads what is there; to be called when `poll` says so.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            isEnded = true
            let rest = isInteractive ? [] : unfinished
            unfinished = []
            if !rest.isEmpty { inputs.append(.line(String(decoding: rest, as: UTF8.self))) }
            inputs.append(.end)
            return
        }
        inputs += isInteractive ? keys(buffer[..<count]) : lines(buffer[..<count])
    }

    private func keys(_ bytes: ArraySlice<UInt8>) -> [Input] {
        let inputs = editor.feed(bytes).map { key -> Input in
            switch key {
            case .line(let text):
                // The line stays on the screen as what was said.
                let shown = editor.isSecret ? "" : text
                StandardStream.output.write("\r\u{1B}[K" + prompt + shown + "\n")
                return .line(text)
            case .edited: return .edited
            case .interrupt: return .interrupt
            case .end:
                isEnded = true
                return .end
            }
        }
        redraw()
        return inputs
    }

    private func lines(_ bytes: ArraySlice<UInt8>) -> [Input] {
        unfinished.append(contentsOf: bytes)
        var result: [Input] = []
        while let end = unfinished.firstIndex(of: UInt8(ascii: "\n")) {
            var line = unfinished[..<end]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            result.append(.line(String(decoding: line, as: UTF8.self)))
            unfinished.removeSubrange(...end)
        }
        return result
    }

    private func write(_ text: String, to stream: StandardStream) {
        if isInteractive { StandardStream.output.write("\r\u{1B}[K") }
        if !stream.write(text + "\n") { isBroken = true }
        redraw()
    }
}
