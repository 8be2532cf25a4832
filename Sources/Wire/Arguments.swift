import Events
import JSON

/// The words of a line; spaces alone separate them.
struct Words {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        skipSpaces()
    }

    /// First byte of the next word.
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// All that is left.
    var restBytes: Slice<UnsafeBufferPointer<UInt8>> { bytes[position...] }

    /// The next word, empty at the end.
    mutating func next() -> String {
        let start = position
        while position < bytes.count, bytes[position] != 0x20 { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        skipSpaces()
        return word
    }

    /// The rest of the line, trimmed at both ends; the words are used up.
    mutating func rest() -> Slice<UnsafeBufferPointer<UInt8>> {
        var end = bytes.count
        while position < end, Self.isSpace(bytes[position]) { position += 1 }
        while end > position, Self.isSpace(bytes[end - 1]) { end -= 1 }
        let start = position
        position = bytes.count
        return bytes[start..<end]
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == 0x20 { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

/// Takes a command's arguments one after the other, each fault told with what is wanted.
struct Arguments {
    let verb: String
    private var words: Words
    private let json: Bool

    init(verb: String, words: Words, json: Bool) {
        self.verb = verb
        self.words = words
        self.json = json
    }

    /// Whether nothing is left.
    var isFinished: Bool { words.peek == nil }

    mutating func word(_ name: String) throws(WireError) -> String {
        guard let word = optionalWord() else { throw WireError(.badArgument, "\(verb) needs \(name).") }
        return word
    }

    mutating func optionalWord() -> String? {
        isFinished ? nil : words.next()
    }

    mutating func number(
        _ name: String, in range: ClosedRange<Int>, default fallback: Int
    ) throws(WireError) -> Int {
        guard let word = optionalWord() else { return fallback }
        guard let number = Int(word), range.contains(number) else {
            let upper = range.upperBound == .max ? "" : " to \(range.upperBound)"
            throw WireError(.badArgument, "\(name) is a whole number from \(range.lowerBound)\(upper).")
        }
        return number
    }

    mutating func conversation() throws(WireError) -> ConversationID {
        let text = try word("a conversation")
        guard let id = ConversationID(text) else {
            throw WireError(
                .noSuchConversation, "There is no conversation \(text.prefix(40)); QUEUE lists those that wait.")
        }
        return id
    }

    mutating func caseKey() throws(WireError) -> CaseKey {
        let written = try word("a case key")
        do throws(CaseKey.Fault) { return try CaseKey(written) } catch {
            throw WireError(.badCaseKey, RequestParser.badCaseKey)
        }
    }

    /// `[#accepted|#refused|#partly] text`: any other word behind `#` belongs to the text.
    mutating func caseAnswer() throws(WireError) -> (CaseOutcome?, String) {
        let text = try text()
        let first = text.prefix { $0 != " " && $0 != "\t" && $0 != "\n" }
        guard first.hasPrefix("#"), let outcome = CaseOutcome(rawValue: first.dropFirst().lowercased()) else {
            return (nil, text)
        }
        let reasons = Self.trim(String(text.dropFirst(first.count)))
        guard !reasons.isEmpty else {
            throw WireError(.badArgument, "\(verb) needs the reasons, behind #\(outcome.rawValue).")
        }
        return (outcome, reasons)
    }

    func agentName(_ name: String) throws(WireError) -> String {
        let allowed = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
                || "._-".unicodeScalars.contains($0)
        }
        guard allowed, name.utf8.count <= 64 else {
            throw WireError(.badArgument, "A name is at most 64 bytes of letters, digits, dot, underscore and hyphen.")
        }
        return name
    }

    mutating func text() throws(WireError) -> String {
        guard let text = try optionalText() else { throw WireError(.badArgument, "\(verb) needs a text.") }
        return text
    }

    mutating func optionalText() throws(WireError) -> String? {
        let rest = words.rest()
        if rest.isEmpty { return nil }
        guard json else { return String(decoding: rest, as: UTF8.self) }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(UnsafeBufferPointer(rebasing: rest))
        } catch {
            throw WireError(.badJSON, "With @json=1 the text is one JSON string: \(error).")
        }
        guard case .string(let text) = value else {
            throw WireError(.badJSON, "With @json=1 the text is one JSON string.")
        }
        try Self.check(text)
        let trimmed = Self.trim(text)
        return trimmed.isEmpty ? nil : trimmed
    }

    mutating func hello() throws(WireError) -> Hello {
        var hello = Hello()
        let rest = words.rest()
        if rest.isEmpty { return hello }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(UnsafeBufferPointer(rebasing: rest))
        } catch {
            throw WireError(.badJSON, "HELLO takes one JSON object: \(error).")
        }
        guard case .object = value else { throw WireError(.badJSON, "HELLO takes one JSON object.") }
        func member(_ name: String) throws(WireError) -> String? {
            guard let member = value[name], member != .null else { return nil }
            guard case .string(let text) = member else { throw WireError(.badArgument, "\(name) is a string.") }
            try Self.check(text)
            guard text.utf8.count <= 256 else { throw WireError(.badArgument, "\(name) has at most 256 bytes.") }
            let trimmed = Self.trim(text)
            return trimmed.isEmpty ? nil : trimmed
        }
        hello.language = try member("language")
        hello.channel = try member("channel")
        hello.name = try member("name")
        hello.contact = try member("contact")
        if let customer = value["customer"], customer != .null { hello.customer = try Self.customer(customer) }
        return hello
    }

    /// Nothing is trimmed: the signature is of every character.
    private static func customer(_ value: JSONValue) throws(WireError) -> Hello.Customer {
        func member(_ name: String) throws(WireError) -> String {
            let text: String? =
                switch value[name] {
                case .string(let text): text
                case .integer(let number) where name == "expires": String(number)
                default: nil
                }
            guard let text, text.utf8.count <= 256 else {
                throw WireError(
                    .badArgument,
                    "customer is an object with id, name, expires and signature, strings of at most 256 bytes; expires "
                        + "may be a number of seconds since 1970.")
            }
            try check(text)
            return text
        }
        return Hello.Customer(
            id: try member("id"), name: try member("name"), expires: try member("expires"),
            signature: try member("signature"))
    }

    mutating func rating() throws(WireError) -> Rating {
        let word = try word("a kind and a score")
        guard let kind = Rating.Kind(rawValue: word.lowercased()) else {
            throw WireError(.badArgument, "The kind is csat, nps, ces or answer.")
        }
        guard let score = Int(try self.word("a score")), kind.range.contains(score) else {
            throw WireError(
                .badArgument, "The score of \(kind.rawValue) is \(kind.range.lowerBound) to \(kind.range.upperBound).")
        }
        return Rating(kind: kind, score: score, comment: try optionalText())
    }

    /// `[outcome] [#tag…]`: the words that begin with # are tags, the others the outcome.
    mutating func outcome() throws(WireError) -> (String?, [String]) {
        guard let text = try optionalText() else { return (nil, []) }
        let words = text.split(separator: " ")
        let tags = words.filter { $0.hasPrefix("#") && $0.count > 1 }.map { String($0.dropFirst()) }
        let outcome = words.filter { !($0.hasPrefix("#") && $0.count > 1) }.joined(separator: " ")
        return (outcome.isEmpty ? nil : outcome, tags)
    }

    /// Control characters have no place in a text; a JSON string may hold line breaks.
    private static func check(_ text: String) throws(WireError) {
        for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control {
            if scalar != "\n" && scalar != "\t" {
                throw WireError(.badText, "Take the control characters out of the text; line breaks go as \\n.")
            }
        }
    }

    static func trim(_ text: String) -> String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" }
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }
}
