import JSON

/// A line of the daemon.
enum ServerLine: Equatable {
    /// What was asked for.
    case ok(JSONValue)
    /// Why it was not done.
    case error(Refusal)
    /// Something that nobody asked for.
    case push(type: String, JSONValue)

    /// Reads a line; nil where it is none of the protocol's.
    init?(_ line: String) {
        let line = line.hasSuffix("\r") ? line.dropLast() : line[...]
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let value = try? JSONValue.parse(String(parts[1])), value.members != nil else {
            return nil
        }
        switch parts[0] {
        case "OK": self = .ok(value)
        case "ERR": self = .error(Refusal(value))
        case "*":
            guard let type = value["type"]?.string else { return nil }
            self = .push(type: type, value)
        default: return nil
        }
    }
}
