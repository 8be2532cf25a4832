/// The line that a person is typing, edited by the bytes of the keyboard. It is kept here, not in the terminal, so
/// that it can be taken away, something printed, and put back.
struct LineEditor {
    /// What the bytes meant.
    enum Key: Equatable {
        case line(String)
        case edited
        /// Ctrl-D on an empty line.
        case end
        /// Ctrl-C on an empty line.
        case interrupt
    }

    private(set) var text: [Character] = []
    private(set) var cursor = 0
    /// Whether the line is shown as dots and not remembered.
    var isSecret = false
    private var pending: [UInt8] = []
    private var history: [String] = []
    private var place = 0
    private var draft: [Character] = []

    /// Takes bytes of the keyboard; unfinished sequences wait for the rest.
    mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
        pending.append(contentsOf: bytes)
        var keys: [Key] = []
        while let length = Self.sequenceLength(pending[...]) {
            let sequence = Array(pending[..<length])
            pending.removeFirst(length)
            if let key = press(sequence), !(key == .edited && keys.last == .edited) { keys.append(key) }
        }
        return keys
    }

    /// The line on one row of the terminal, the cursor put where it belongs. What does not fit is scrolled away.
    func rendered(prompt: String, width: Int) -> String {
        let room = max(10, width - DisplayWidth.of(prompt) - 1)
        let shown = isSecret ? text.map { _ in "•" } : text
        var start = 0
        while shown[start..<cursor].reduce(0, { $0 + DisplayWidth.of($1) }) > room { start += 1 }
        var end = start
        var used = 0
        while end < shown.count, used + DisplayWidth.of(shown[end]) <= room {
            used += DisplayWidth.of(shown[end])
            end += 1
        }
        let column = DisplayWidth.of(prompt) + shown[start..<cursor].reduce(0) { $0 + DisplayWidth.of($1) }
        return "\r\u{1B}[K" + prompt + String(shown[start..<end]) + "\r" + (column > 0 ? "\u{1B}[\(column)C" : "")
    }

    /// Bytes of the first key in the buffer, nil while it is unfinished.
    private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if first == 0x1B {
            guard bytes.count > 1 else { return nil }
            let second = bytes[bytes.startIndex + 1]
            guard second == UInt8(ascii: "[") || second == UInt8(ascii: "O") else { return 2 }
            let final = bytes.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }
            if let final { return final - bytes.startIndex + 1 }
            // Longer than any key: not one.
            return bytes.count > 16 ? 2 : nil
        }
        let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return bytes.count >= length ? length : nil
    }

    private mutating func press(_ sequence: [UInt8]) -> Key? {
        switch sequence {
        case [0x0D], [0x0A]: return enter()
        case [0x03]:
            if text.isEmpty { return .interrupt }
            replace([])
        case [0x04]:
            if text.isEmpty { return .end }
            delete(at: cursor)
        case [0x7F], [0x08]: if cursor > 0 { delete(at: cursor - 1) }
        case Array("\u{1B}[3~".utf8): delete(at: cursor)
        case [0x01], Array("\u{1B}[H".utf8), Array("\u{1B}[1~".utf8), Array("\u{1B}OH".utf8): cursor = 0
        case [0x05], Array("\u{1B}[F".utf8), Array("\u{1B}[4~".utf8), Array("\u{1B}OF".utf8): cursor = text.count
        case [0x02], Array("\u{1B}[D".utf8), Array("\u{1B}OD".utf8): cursor = max(0, cursor - 1)
        case [0x06], Array("\u{1B}[C".utf8), Array("\u{1B}OC".utf8): cursor = min(text.count, cursor + 1)
        case [0x10], Array("\u{1B}[A".utf8), Array("\u{1B}OA".utf8): recall(place - 1)
        case [0x0E], Array("\u{1B}[B".utf8), Array("\u{1B}OB".utf8): recall(place + 1)
        case [0x0B]: text.removeSubrange(cursor...)
        case [0x15]:
            text.removeSubrange(..<cursor)
            cursor = 0
        case [0x17]: deleteWord()
        case [0x09]: insert(" ")
        default:
            guard let first = sequence.first, first >= 0x20, let added = String(validating: sequence, as: UTF8.self)
            else { return nil }
            insert(added)
        }
        return .edited
    }

    /// A combining mark joins the character before it.
    private mutating func insert(_ added: String) {
        let head = Array(String(text[..<cursor]) + added)
        text = head + text[cursor...]
        cursor = head.count
    }

    private mutating func delete(at index: Int) {
        guard text.indices.contains(index) else { return }
        text.remove(at: index)
        cursor = index
    }

    private mutating func deleteWord() {
        var start = cursor
        while start > 0, text[start - 1] == " " { start -= 1 }
        while start > 0, text[start - 1] != " " { start -= 1 }
        text.removeSubrange(start..<cursor)
        cursor = start
    }

    private mutating func enter() -> Key {
        let line = String(text)
        if !isSecret, !line.isEmpty, history.last != line { history.append(line) }
        place = history.count
        replace([])
        return .line(line)
    }

    private mutating func recall(_ index: Int) {
        guard !isSecret, (0...history.count).contains(index), index != place else { return }
        if place == history.count { draft = text }
        place = index
        replace(index == history.count ? draft : Array(history[index]))
    }

    private mutating func replace(_ line: [Character]) {
        text = line
        cursor = line.count
    }
}
