import SeededRandom
import Testing

@testable import LineServer

struct LineFramerTests {
    enum Seen: Equatable { case text([UInt8]), fault(LineFault) }

    /// Feeds a stream in chunks, as a session would, also where only some lines are taken at a time.
    static func frame(_ stream: [UInt8], chunks: () -> Int, takes: () -> Bool = { true }) -> [Seen] {
        var framer = LineFramer()
        var seen: [Seen] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(max(1, chunks())))
            let used = chunk.withUnsafeBytes { bytes in
                framer.feed(bytes) { line in
                    switch line {
                    case .text(let text): seen.append(.text(Array(text)))
                    case .fault(let fault): seen.append(.fault(fault))
                    }
                    return takes()
                }
            }
            rest = rest.dropFirst(used)
        }
        return seen
    }

    static func frame(_ text: String) -> [Seen] { frame(Array(text.utf8), chunks: { .max }) }

    @Test("lines end with LF, one CR before it is dropped, empty lines are ignored, the unfinished last is too")
    func endings() {
        #expect(
            Self.frame("PING\nSAY a\r\n\n\r\nSAY\tb \nunfinished")
                == [.text(Array("PING".utf8)), .text(Array("SAY a".utf8)), .text(Array("SAY\tb ".utf8))])
        #expect(Self.frame("a\r\r\n") == [.fault(.badText)])
        #expect(Self.frame("a\rb\n") == [.fault(.badText)])
    }

    @Test("a line of 8,192 bytes is whole with LF or CR LF, one more is too long, told once and at once")
    func longest() {
        let full = [UInt8](repeating: 0x61, count: 8_192)
        for chunk in [1, 7, 8_192, 8_193, 100_000] {
            #expect(Self.frame(full + [10], chunks: { chunk }) == [.text(full)])
            #expect(Self.frame(full + [13, 10], chunks: { chunk }) == [.text(full)])
            #expect(Self.frame(full + [0x61, 10, 0x62, 10], chunks: { chunk }) == [.fault(.tooLong), .text([0x62])])
            #expect(Self.frame(full + [0x61], chunks: { chunk }) == [.fault(.tooLong)])
            #expect(Self.frame(full + [13], chunks: { chunk }) == [])
            #expect(Self.frame(full + [13, 13], chunks: { chunk }) == [.fault(.tooLong)])
            #expect(Self.frame(full + full + full + [10], chunks: { chunk }) == [.fault(.tooLong)])
        }
    }

    @Test("ill-formed UTF-8 is refused: overlong, surrogates, beyond the last scalar, cut off")
    func utf8() {
        let bad: [[UInt8]] = [
            [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x28], [0x01, 0xFF],
        ]
        for bytes in bad {
            #expect(Self.frame(bytes + [10], chunks: { .max }) == [.fault(.badUTF8)], "\(bytes)")
            let padded = Array("SAY hola, qué tal ".utf8) + bytes
            #expect(Self.frame(padded + [10], chunks: { .max }) == [.fault(.badUTF8)], "\(bytes)")
        }
    }

    @Test("of single scalars, exactly the control characters but TAB and LF are refused")
    func controls() {
        for value in UInt32(1)...0x10FFFF where value != 10 && value != 13 {
            guard value < 0x3000 || value % 251 == 0, let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array("0123456789\(Character(scalar))".utf8)
            let isControl = scalar.properties.generalCategory == .control && value != 9
            let expected: [Seen] = isControl ? [.fault(.badText)] : [.text(bytes)]
            #expect(Self.frame(bytes + [10], chunks: { .max }) == expected, "U+\(String(value, radix: 16))")
        }
    }

    @Test("any way of cutting a stream gives the same lines")
    func chunking() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        var taking = SplitMix64(seed: seed &+ 1)
        let pieces: [[UInt8]] = [
            [10], [13], [13, 10], Array("SAY hola".utf8), Array("ñandú 😀".utf8), [0xC3], [0xA9], [0x07], [9], [0xFF],
            [UInt8](repeating: 0x7A, count: 4_096), [UInt8](repeating: 0x7A, count: 8_192), [0xC2, 0x85],
        ]
        for _ in 0..<60 {
            var stream: [UInt8] = []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                stream += pieces.randomElement(using: &random) ?? []
            }
            let whole = Self.frame(stream, chunks: { .max })
            let longest = [1, 3, 20, 5_000].randomElement(using: &random) ?? 1
            let cut = Self.frame(
                stream, chunks: { Int.random(in: 1...longest, using: &random) }, takes: { Bool.random(using: &taking) })
            #expect(cut == whole, "seed \(seed)")
        }
    }
}
