import JSON
import LineServer
import SeededRandom
import Wire

/// Any way of cutting a stream gives the same lines; each line is a command or an `ERR` line, on both listeners; a
/// text that was understood means the same when it is sent again as a JSON string.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLines(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        guard let seed = bytes.first else { return }
        let stream = Array(bytes.dropFirst())
        let whole = frame(stream, pieces: { .max }, takes: { true })
        var generator = SplitMix64(seed: UInt64(seed))
        var taking = SplitMix64(seed: UInt64(seed) + 256)
        let longest = [1, 7, 64, 9_000][Int(seed) % 4]
        let cut = frame(
            stream, pieces: { Int.random(in: 1...longest, using: &generator) },
            takes: { Bool.random(using: &taking) })
        require(cut == whole, "cut into pieces of at most \(longest) bytes, other lines come out")
        for case .text(let line) in whole.prefix(64) {
            require(!line.isEmpty && line.count <= LineFramer.longest, "a line of \(line.count) bytes")
            for parser in [customers, agents] { understand(line, parser) }
        }
    }
}

private let customers = RequestParser(role: .customer)
private let agents = RequestParser(role: .agent)

private enum Seen: Equatable {
    case text([UInt8])
    case fault(LineFault)
}

private func frame(_ stream: [UInt8], pieces: () -> Int, takes: () -> Bool) -> [Seen] {
    var framer = LineFramer()
    var seen: [Seen] = []
    var rest = stream[...]
    while !rest.isEmpty {
        let piece = Array(rest.prefix(pieces()))
        let used = piece.withUnsafeBytes { bytes in
            framer.feed(bytes) { line in
                switch line {
                case .text(let text): seen.append(.text(Array(text)))
                case .fault(let fault): seen.append(.fault(fault))
                }
                return takes()
            }
        }
        require((1...piece.count).contains(used), "\(used) of \(piece.count) bytes used")
        require(framer.keptBytes <= LineFramer.longest + 1, "\(framer.keptBytes) bytes kept")
        rest = rest.dropFirst(used)
    }
    return seen
}

private func understand(_ line: [UInt8], _ parser: RequestParser) {
    let request: Request
    do throws(WireError) { request = try parse(line, parser) } catch {
        let answer = error.line
        require(answer.starts(with: "ERR ".utf8) && answer.allSatisfy { $0 >= 0x20 }, "no line: \(error)")
        let json = try? JSONValue.parse(Array(answer.dropFirst(4)))
        require(json?["code"]?.string == error.code.rawValue, "the answer is no JSON: \(error)")
        require(answer.count < 2 * LineFramer.longest, "an answer of \(answer.count) bytes")
        return
    }
    require((request.tags.id == nil) == (request.tag == nil), "digests without @id")
    switch request.command {
    case .say(let text), .explain(let text): sameAsJSON(text, request.command, parser)
    case .human(let text?): sameAsJSON(text, request.command, parser)
    case .rate(let rating): require(rating.kind.range.contains(rating.score), "score \(rating.score)")
    case .history(let number): require((1...1000).contains(number), "count \(number)")
    case .resume(_, let number): require(number >= 0, "after \(number)")
    case .resolve(_, let outcome, let tags):
        require(outcome != "" && tags.allSatisfy { !$0.isEmpty }, "an empty outcome or tag")
    default: break
    }
}

private func sameAsJSON(_ text: String, _ command: Command, _ parser: RequestParser) {
    require(!text.isEmpty, "an empty text")
    let verb =
        switch command {
        case .say: "SAY"
        case .explain: "EXPLAIN"
        default: "HUMAN"
        }
    var line = Array("@json=1 \(verb) ".utf8)
    JSONWriter.append(to: &line) { $0.value(text) }
    let again = try? parse(line, parser)
    require(again?.command == command, "sent again as JSON it is \(String(describing: again))")
}

private func parse(_ line: [UInt8], _ parser: RequestParser) throws(WireError) -> Request {
    let result: Result<Request, WireError> = line.withUnsafeBufferPointer { buffer in
        do throws(WireError) { return .success(try parser.parse(buffer)) } catch { return .failure(error) }
    }
    return try result.get()
}
