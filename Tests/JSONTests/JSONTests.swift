import JSON
import SeededRandom
import Testing

@Suite("JSON over bytes")
struct JSONTests {
    private func rewritten(_ text: String) throws -> String {
        var writer = JSONWriter()
        writer.value(try JSONValue.parse(text))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        "what is read is written again, compact",
        arguments: [
            ("{}", "{}"), (" [ 1 , -2.5, 1e3 ,null,true,false] ", "[1,-2.5,1000,null,true,false]"),
            (#"{"a":{"b":["c","d"]},"é":"ñ"}"#, #"{"a":{"b":["c","d"]},"é":"ñ"}"#),
            (#""\u00f1\n\ud83d\ude00\/""#, #""ñ\n😀/""#), (#""\u0001\"\\""#, #""\u0001\"\\""#),
            ("9223372036854775807", "9223372036854775807"), ("0", "0"), ("-0.25", "-0.25"),
        ])
    func roundTrip(text: String, expected: String) throws {
        #expect(try rewritten(text) == expected)
    }

    @Test(
        "faults are told with their place",
        arguments: [
            ("", JSONError.Reason.unexpectedEnd, 0), ("{", .unexpectedEnd, 1), ("[1,]", .unexpectedByte, 3),
            ("{\"a\" 1}", .unexpectedByte, 5), ("01", .badNumber, 2), ("1.", .badNumber, 2), ("1e999", .badNumber, 5),
            (#""\x""#, .badEscape, 3), (#""\ud800""#, .badEscape, 7), ("\"a\nb\"", .controlCharacter, 2),
            ("1 2", .trailingBytes, 2), ("tru", .unexpectedEnd, 3), ("nul0", .unexpectedByte, 3),
            (#""abc"#, .unexpectedEnd, 4), (#""a\"#, .unexpectedEnd, 3),
        ])
    func faults(text: String, reason: JSONError.Reason, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue.parse(text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test("bytes that are not UTF-8 are refused")
    func utf8() {
        let error = #expect(throws: JSONError.self) { try JSONValue.parse([0x22, 0xC0, 0xAF, 0x22]) }
        #expect(error?.reason == .badUTF8)
    }

    @Test("nesting beyond 64 levels is refused, not a crash")
    func depth() {
        #expect(throws: JSONError.self) { try JSONValue.parse(String(repeating: "[", count: 100_000)) }
    }

    @Test("decimals are rounded and zeros at the end left away")
    func decimals() {
        var writer = JSONWriter()
        writer.beginArray()
        for number in [0.93456, 1, 0.5, 0.00004, -0.25, 12.3456] { writer.value(number, decimals: 4) }
        writer.endArray()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[0.9346,1,0.5,0,-0.25,12.3456]")
    }

    @Test("bytes in any order never crash the reader, and what it takes it can write and read again")
    func mutations() throws {
        var generator = SplitMix64(seed: 7)
        let seed = Array(#"{"a":[1,2.5e3,"\u00e9x",{"b":null}],"c":true,"d":"ñ\n"}"#.utf8)
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let value = try? JSONValue.parse(bytes) else { continue }
            var writer = JSONWriter()
            writer.value(value)
            #expect(try JSONValue.parse(writer.bytes) == value)
        }
    }
}
