import Glibc

extension JSONValue {
    /// Reads one JSON text.
    /// - Parameter bytes: the text in UTF-8; white space around the value is allowed.
    /// - Throws: `JSONError` with the first fault.
    /// - Complexity: O(bytes). Nesting is limited to 64 levels.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        return try parser.document()
    }

    /// Reads one JSON text from an array.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        let result: Result<JSONValue, JSONError> = bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONError) { return .success(try parse(buffer)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Reads one JSON text from a string.
    public static func parse(_ text: String) throws(JSONError) -> JSONValue { try parse(Array(text.utf8)) }
}

/// A recursive descent over the bytes of one text.
private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSONValue {
        let result = try value()
        skipSpace()
        if position < bytes.count { throw error(.trailingBytes) }
        return result
    }

    func error(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: position) }

    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        return bytes[position]
    }

    mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw error(.unexpectedByte)
        }
    }

    mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard try peek() == word.utf8Start[index] else { throw error(.unexpectedByte) }
            position += 1
        }
        return value
    }

    mutating func enter() throws(JSONError) {
        position += 1
        depth += 1
        if depth > 64 { throw error(.tooDeep) }
    }

    mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        var members: [JSONValue.Member] = []
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            depth -= 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard try peek() == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
            let name = try string()
            skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw error(.unexpectedByte) }
            position += 1
            members.append(.init(name, try value()))
            if try closes(with: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            depth -= 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Takes the comma or the closing bracket after an element; true for the bracket.
    mutating func closes(with bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        let byte = try peek()
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw error(.unexpectedByte) }
        position += 1
        if byte == bracket { depth -= 1 }
        return byte == bracket
    }

    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leading = position
        try digits()
        if bytes[leading] == UInt8(ascii: "0"), position - leading > 1 { throw error(.badNumber) }
        var whole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            whole = false
            position += 1
            try digits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            whole = false
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if whole, let integer = Int(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else { throw error(.badNumber) }
        // One value has one form: 2.5e3 and 2500 are the same number.
        if abs(double) < 1e15, let integer = Int(exactly: double) { return .integer(integer) }
        return .double(double)
    }

    mutating func digits() throws(JSONError) {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        if position == start { throw error(.badNumber) }
    }

    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                guard let text = Self.text(UnsafeBufferPointer(rebasing: bytes[start..<position])) else {
                    throw error(.badUTF8)
                }
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            if byte < 0x20 { throw error(.controlCharacter) }
            position += 1
        }
        throw error(.unexpectedEnd)
    }

    /// The bytes as text, nil where they are not UTF-8. `String(validating:)` does the same at half the speed: it is
    /// generic at run time. A decoding that mends nothing gives the same bytes.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var text = String(decoding: bytes, as: UTF8.self)
        let isSame = text.withUTF8 { decoded in
            guard decoded.count == bytes.count else { return false }
            guard let left = decoded.baseAddress, let right = bytes.baseAddress else { return true }
            return memcmp(left, right, bytes.count) == 0
        }
        return isSame ? text : nil
    }

    /// The slow way, taken from the first backslash on.
    mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while true {
            let byte = try peek()
            if byte < 0x20 { throw error(.controlCharacter) }
            position += 1
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
        }
        guard let result = String(validating: text, as: UTF8.self) else { throw error(.badUTF8) }
        return result
    }

    mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let byte = try peek()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try fourDigits()
            if (0xD800..<0xDC00).contains(code) {
                for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
                    guard try peek() == expected else { throw error(.badEscape) }
                    position += 1
                }
                let low = try fourDigits()
                guard (0xDC00..<0xE000).contains(low) else { throw error(.badEscape) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error(.badEscape) }
            text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default: throw error(.badEscape)
        }
    }

    mutating func fourDigits() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            switch try peek() {
            case let digit where (0x30...0x39).contains(digit): code = code << 4 | UInt32(digit - 0x30)
            case let digit where (0x41...0x46).contains(digit & 0xDF): code = code << 4 | UInt32((digit & 0xDF) - 0x37)
            default: throw error(.badEscape)
            }
            position += 1
        }
        return code
    }
}
