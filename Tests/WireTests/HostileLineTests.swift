import Events
import JSON
import SeededRandom
import Testing

@testable import Wire

@Suite("Hostile lines")
struct HostileLineTests {
    private static let lines = [
        "SAY hola, ¿qué tal?", "@id=a-1 @json=1 SAY \"a\\nb\"", "HELLO {\"language\":\"es\",\"name\":\"Ana\"}",
        "RATE csat 5 muy bien", "RESUME abc 7", "HISTORY 50", "LANGUAGE en", "@seq=3 RATE answer 0",
        "LOGIN ana t", "READY 4", "CLAIM 0000000000005", "@after=12 TELL 0000000000005  hola  Ana ",
        "TRANSFER 0000000000005 ventas nota", "RESOLVE 0000000000005 hecho #envio", "EXPLAIN dónde está mi pedido",
    ]

    @Test("changed lines are a command or an ERR line that says so in JSON, on both listeners")
    func mutations() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SplitMix64(seed: seed)
        let parsers = [RequestParser(role: .customer), RequestParser(role: .agent)]
        for round in 0..<800 {
            var scalars = Array((Self.lines.randomElement(using: &generator) ?? "").unicodeScalars)
            for _ in 0...Int.random(in: 0..<4, using: &generator) { Self.mutate(&scalars, &generator) }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            let line = Array(String(text).utf8)
            for parser in parsers {
                let answer: [UInt8]
                do throws(WireError) {
                    _ = try line.withUnsafeBufferPointer { (buffer) throws(WireError) in try parser.parse(buffer) }
                    continue
                } catch { answer = error.line }
                let json = try? JSONValue.parse(Array(answer.dropFirst(4)))
                #expect(json?["code"]?.string.flatMap(WireError.Code.init) != nil, "seed \(seed), round \(round)")
                #expect(json?["message"]?.string?.isEmpty == false, "seed \(seed), round \(round)")
            }
        }
    }

    /// One sign put in, taken out or doubled; none of them a control character, which never come this far.
    private static func mutate(_ line: inout [Unicode.Scalar], _ generator: inout SplitMix64) {
        let signs = Array("@=\"\\{}[]:, #09aAñ😀\u{301}\t".unicodeScalars)
        let index = Int.random(in: 0...line.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: line.insert(signs.randomElement(using: &generator) ?? " ", at: index)
        case 1 where index < line.count: line.remove(at: index)
        default: line += line.suffix(line.count - index).prefix(20)
        }
    }
}
