import JSON

extension LineClient {
    /// A conversation that was opened: its id and its resume token.
    struct Opened {
        let id: String
        let token: String
    }

    /// Opens a conversation.
    @discardableResult
    func open(_ json: String = "") throws -> Opened {
        let answer = try done("HELLO " + json)
        return Opened(id: try answer.text("conversation"), token: try answer.text("resume"))
    }

    /// Sends a command that must be answered `OK`.
    @discardableResult
    func done(_ command: String) throws -> JSONValue {
        switch try ask(command) {
        case .ok(let value): return value
        case .error(let value): throw HarnessError("\(command): \(value)")
        }
    }

    /// Opens a conversation and asks for a person.
    @discardableResult
    func openInQueue(_ reason: String = "quiero una persona", _ json: String = "") throws -> Opened {
        let opened = try open(json)
        try done("HUMAN " + reason)
        return opened
    }

    /// All pushes that came before the answer to a command that goes the same way as those did.
    func pushesSoFar(after barrier: String) throws -> [JSONValue] {
        try done(barrier)
        return takePushes()
    }

    /// The state of a conversation as RESUME tells it to a new connection.
    func state(_ token: String) throws -> String { try done("RESUME \(token) 999999").text("state") }
}

extension JSONValue {
    /// A text that must be there; a path leads into objects: `reply.kind`.
    func text(_ path: String) throws -> String {
        guard let text = self[path: path]?.string else { throw HarnessError("no text \(path) in \(self)") }
        return text
    }

    /// A number that must be there.
    func number(_ path: String) throws -> Int {
        guard let number = self[path: path]?.integer else { throw HarnessError("no number \(path) in \(self)") }
        return number
    }

    /// A list that must be there.
    func list(_ path: String) throws -> [JSONValue] {
        guard let list = self[path: path]?.array else { throw HarnessError("no list \(path) in \(self)") }
        return list
    }

    /// The member at the end of a path with dots.
    subscript(path path: String) -> JSONValue? {
        var value: JSONValue? = self
        for name in path.split(separator: ".") { value = value?[String(name)] }
        return value
    }

    /// The value's type as pushes have it.
    var type: String { self["type"]?.string ?? "" }
}
